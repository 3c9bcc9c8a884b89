// Small helps for pages; everything also works without them. Delegated, so htmx parts need no wiring.
"use strict";

const near = (event, selector) => event.target.closest?.(selector);

document.addEventListener("click", (event) => {
  if (near(event, "[data-print]")) window.print();
  const opener = near(event, "[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (near(event, "[data-close]")) near(event, "dialog")?.close();
  for (const menu of document.querySelectorAll("details.me[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.me[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("change", (event) => {
  const auto = near(event, "[data-autosubmit]");
  if (auto) (auto.form ?? auto).requestSubmit();
  const file = near(event, "input[type=file][data-file]");
  const place = file && document.getElementById(file.dataset.file);
  if (place)
    place.textContent = [...file.files]
      .map((f) => `${f.name} (${Math.max(1, Math.round(f.size / 1024))} KB)`).join(", ");
  const all = near(event, "input[type=checkbox][data-all]");
  if (all)
    for (const box of document.querySelectorAll(`input[type=checkbox][name="${all.dataset.all}"]`))
      box.checked = all.checked;
});

// A second press of "Save" while the first is on its way would be a second visit.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const ask = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (form.getAttribute("aria-busy") === "true" || (ask && !window.confirm(ask))) {
    event.preventDefault();
    event.stopPropagation();
  } else if (form.method === "post" && !form.matches("[hx-post], [data-again]")) {
    form.setAttribute("aria-busy", "true");
  }
}, true);
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// The filter is a folded <details> on a phone and always open beside the list on a wide screen.
const wide = window.matchMedia("(min-width: 62.01rem)");
const unfold = () => {
  for (const box of document.querySelectorAll("details[data-open-wide]")) if (wide.matches) box.open = true;
};
wide.addEventListener("change", unfold);
unfold();

// The life-cycle line starts at today, not at birth; also when a saved visit has drawn it anew.
const startToday = () => {
  for (const now of document.querySelectorAll(".scroll [data-now]")) {
    const line = now.closest(".scroll");
    line.scrollLeft += now.getBoundingClientRect().left - window.innerWidth * 0.7;
  }
};
document.addEventListener("htmx:after:swap", startToday);
startToday();

// htmx: a failed request must say so; an ended session must lead to the login page.
document.addEventListener("htmx:before:response", (event) => {
  const login = document.querySelector("meta[name=login-url]")?.content;
  const answer = event.detail.ctx.response?.raw;
  if (login && answer?.redirected && new URL(answer.url).pathname === login) {
    event.preventDefault();
    window.location.reload();
  }
});
for (const name of ["htmx:error", "htmx:response:error"])
  document.addEventListener(name, (event) => {
    const status = event.detail.ctx?.response?.status;
    if (status === 422 || status === 409) return; // the answer itself says what is wrong
    const shape = document.getElementById("trouble");
    if (shape) document.getElementById("pesan").replaceChildren(shape.content.cloneNode(true));
  });

// What has to be looked at again may stand far above the button that was pressed.
const toFirstError = (root) => {
  const field = root.querySelector?.("main [aria-invalid=true], form [aria-invalid=true]");
  if (!field) return;
  field.focus({ preventScroll: true });
  (field.closest(".asked, .field") ?? field).scrollIntoView({ block: "center" });
};
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail?.ctx?.response?.status === 422) toFirstError(document);
});
toFirstError(document);

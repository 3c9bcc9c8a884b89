"""The main job in Chromium, at phone and desktop width: import a register, see who is due, record
the service, see the village change. axe finds nothing serious on the way; it makes the README's
pictures (`make pictures`)."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

HEADER = (
    "No,NIK,Nama,JK,Tgl Lahir,BB Lahir,TB Lahir,Nama Ortu,Prov,Kab/Kota,Kec,Pukesmas,Desa/Kel,"
    "Posyandu,RT,RW,Alamat,Usia Saat Ukur,Tanggal Pengukuran,Berat,Tinggi,Cara Ukur,LiLA"
)
AT = "KALIMANTAN TENGAH,KAPUAS,SELAT,MELATI,PANAMAS,DAHLIA,003,001,Jl. Barito 7"
SERIOUS = {"serious", "critical"}
PICTURES = os.environ.get("SIMPUL_PICTURES")


def register(width: int) -> str:
    """Two rows of one child, a child written in old spelling, and an impossible weight."""
    child, other = f"Intan Kelana {width}", f"Djoemiati Boenga {width}"
    return "\n".join([
        HEADER,
        f"1,,{child},P,15/03/2026,,,Rusdiana,{AT},7 bln,15/10/2026,\"7,4\",66.0,Terlentang,13.1",
        f"2,,{child},P,15-03-2026,,,Rusdiana,{AT},6 bln,2026-09-15,7.0,64.5,Terlentang,13.0",
        f"3,,{other},L,2025-11-02,,,Noorhayati,{AT},11 bln,2026-10-15,8.1,71.0,Terlentang,13.4",
        f"4,,Salah Timbang {width},L,2025-12-02,,,Wati,{AT},10 bln,2026-10-15,840,70,Terlentang,",
    ]) + "\n"  # fmt: skip


def no_serious_fault(page, what: str) -> None:
    found = Axe().run(page).response["violations"]
    bad = [f"{one['id']}: {one['help']} ({len(one['nodes'])})" for one in found
           if one["impact"] in SERIOUS]  # fmt: skip
    assert not bad, f"{what}: {bad}"
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{what} is {wider} px wider than the screen"
    text = page.inner_text("main")
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", text), f"{what} shows an ISO date"
    assert page.complaints == [], f"{what}: {page.complaints}"


def picture(page, name: str, width: int) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png")


def figure(page, site, indicator: str, which: str) -> tuple[int, int]:
    """(the number on the dashboard, the count of the names it opens)."""
    page.goto(f"{site.url}/pws/")
    link = page.locator(f"main a[href*='/names/{indicator}/{which}/']").first
    number = int(link.inner_text().replace(".", ""))
    link.click()
    heading = page.inner_text("#h-names")
    return number, int(re.search(r"(\d[\d.]*) nama", heading).group(1).replace(".", ""))


@pytest.mark.parametrize("width", [360, 1280])
def test_import_due_record_dashboard(site, open_as, tmp_path, width):
    page = open_as("midwife", width)
    no_serious_fault(page, "due list")
    picture(page, "due-list", width)
    weighed, names = figure(page, site, "d", "reached")
    assert weighed == names
    no_serious_fault(page, "names behind a number")

    file = tmp_path / f"register-{width}.csv"
    file.write_text(register(width))
    page.goto(f"{site.url}/imports/")
    no_serious_fault(page, "import")
    page.set_input_files("input[type=file]", file)
    page.click("main form button[type=submit]")
    confirm = page.locator("form[action$='/confirm/'] button")
    confirm.wait_for(timeout=30_000)
    no_serious_fault(page, "preview")
    picture(page, "import-preview", width)
    preview = page.inner_text("main")
    assert "840" in preview
    assert "Berat" in preview
    confirm.click()
    page.locator(".alert.success").wait_for(timeout=30_000)
    no_serious_fault(page, "imported")

    page.goto(f"{site.url}/due/")
    if width < 992:
        page.click("aside.filter summary")
    page.fill("aside.filter input[name=q]", f"Djumiati Bunga {width}")
    page.click("aside.filter button[type=submit]")
    page.wait_for_url(re.compile(r"[?&]q="))
    assert "Djumiati" not in page.url, "what was typed stands in the address"
    page.locator(f"main a:has-text('Djoemiati Boenga {width}')").first.click()
    no_serious_fault(page, "person")
    open_before = page.locator("main").inner_text()
    assert "Campak-Rubela (MR) dosis 1" in open_before
    page.fill("input[name$='-body.weight']", "84")
    page.check("input[name$='-vaccine.mr']")
    page.locator("main form[action$='/record/'] button.main[type=submit]").first.click()
    page.get_by_text("8,4").first.wait_for()  # asked again, with a guess
    picture(page, "asked-again", width)
    assert all("422" in said for said in page.complaints)  # the browser notes the question
    page.complaints.clear()
    page.get_by_label(re.compile("8,4 kg")).first.check()  # 'I mistyped'
    page.locator("main form[action$='/record/'] button.main[type=submit]").first.click()
    page.get_by_text("Tercatat").first.wait_for()
    no_serious_fault(page, "person after recording")
    page.reload()
    open_now = page.locator("main .open").inner_text()
    assert "Campak-Rubela (MR) dosis 1" not in open_now
    assert "Penimbangan November" not in open_now

    now, names = figure(page, site, "d", "reached")
    assert now == names == weighed + 1, "the village's situation changed before her eyes"
    page.goto(f"{site.url}/pws/")
    no_serious_fault(page, "dashboard")
    picture(page, "pws", width)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_child_and_a_household(site, open_as, width):
    page = open_as("midwife", width)
    page.goto(f"{site.url}/due/")
    page.get_by_role("link", name="Nayla Putri Rahman").first.click()
    no_serious_fault(page, "person")
    picture(page, "person", width)
    page.goto(f"{site.url}/due/")
    page.get_by_role("link", name="Satu kunjungan untuk serumah").first.click()
    no_serious_fault(page, "household")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("head", "/pws/"), ("head", "/people/"), ("head", "/people/duplicates/"),
        ("head", "/accounts/users/"), ("clerk", "/people/register/"), ("kader", "/due/"),
        ("district", "/pws/"), ("nurse", "/book/"),
    ],
)  # fmt: skip
def test_pages_of_each_role(site, open_as, role, path, width):
    page = open_as(role, width)
    page.goto(site.url + path)
    no_serious_fault(page, f"{role} {path}")


def test_the_live_search_leaves_nothing_in_the_address(site, open_as):
    page = open_as("head", 1280)
    page.goto(f"{site.url}/people/")
    page.locator("#q").press_sequentially("siti")
    page.locator("#hits a.nm").first.wait_for()
    page.wait_for_url(re.compile(r"/people/\?q="))
    assert "siti" not in page.url.lower()
    page.locator("#hits a.nm").first.click()
    page.go_back()
    page.locator("#hits a.nm").first.wait_for()  # the list is there again
    assert page.input_value("#q") == "siti"
    page.locator("header form[action*='logout'] button").evaluate("button => button.form.submit()")
    page.wait_for_url("**/accounts/login/")
    page.go_back()
    assert page.locator("#hits a.nm").count() == 0, "after logging out, Back shows nobody"


def test_a_stranger_sees_the_login_only(site, chromium):
    page = chromium.new_context().new_page()
    for path in ("/due/", "/pws/", "/people/", "/imports/", "/due/person/1/", "/book/"):
        page.goto(site.url + path)
        assert "/accounts/login/" in page.url

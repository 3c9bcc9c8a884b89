"""Every component in Chromium: no accessibility fault, no overflow, nothing refused by the CSP.
The pages are handed to the browser by request routing: no server, no socket, no database."""

import mimetypes
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import expect, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip
SITE = "http://localhost"  # a secure context, yet nothing listens: every request is routed
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"{CHROMIUM} is missing")


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served(settings):
    """{path: (status, headers, body)} of the gallery and of an error page, as Django sends them."""
    settings.DEBUG = settings.DEMO = True
    settings.ROOT_URLCONF = "tests.browser.gallery_urls"
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    pages = {}
    for path in ("/gallery/", "/en/gallery/", "/error/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        pages[path] = (200, dict(answer.headers), answer.content)
    return pages


@pytest.fixture
def open_page(chromium, served):
    """open_page(path, width) -> the page, with `page.complaints`: what the console said."""
    contexts = []

    def _open(path, width, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, locale="id-ID", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.posts = [], []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/*", lambda route: _answer(route, page, served))
        page.goto(SITE + path)
        # deferred scripts have run at 'load'; to wait for a function needs eval: the CSP stops it
        assert page.evaluate("typeof htmx") != "undefined"
        return page

    yield _open
    for context in contexts:
        context.close()


def _answer(route, page, served):
    path = urlsplit(route.request.url).path
    if route.request.method == "POST":
        page.posts.append(route.request.all_headers())
        route.fulfill(status=page.answer[0], content_type="text/html", body=page.answer[1])
    elif path in served:
        status, headers, body = served[path]
        route.fulfill(status=status, headers=headers, body=body)
    elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
        kind = mimetypes.guess_type(found)[0]
        route.fulfill(status=200, content_type=kind, body=Path(found).read_bytes())
    else:
        route.fulfill(status=404, body="")


@pytest.mark.parametrize(
    ("path", "width"),
    [("/gallery/", 360), ("/gallery/", 768), ("/gallery/", 1280), ("/en/gallery/", 360),
     ("/error/", 360)],
)  # fmt: skip
def test_page_fits_and_has_no_fault(open_page, path, width):
    page = open_page(path, width)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_touch_targets_on_a_phone(open_page):
    page = open_page("/gallery/", 360, is_mobile=True, has_touch=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.btn:not(.small), select, input[type=search]')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_filter_folds_on_a_phone_and_stands_beside_on_a_desk(open_page):
    visible = "document.querySelector('#cari').checkVisibility({contentVisibilityAuto: true})"
    assert not open_page("/gallery/", 360).evaluate(visible)
    assert open_page("/gallery/", 1280).evaluate(visible)


def test_dialog_and_marked_icons_without_inline_script(open_page):
    page = open_page("/gallery/", 1280)
    page.click("[data-open=tanya]")
    assert page.locator("dialog[open]").count() == 1
    page.click("dialog [data-close] >> nth=0")
    assert page.locator("dialog[open]").count() == 0
    box = page.locator(".st-late svg").first.bounding_box()
    assert box["width"] > 10


def _htmx_button(page, status, body):
    page.answer = (status, body)
    page.evaluate(
        """() => { document.querySelector('#isi').insertAdjacentHTML('beforeend',
        '<button id="probe" hx-post="/save/" hx-target="#out">x</button><div id="out">old</div>');
        htmx.process(document.querySelector('#isi')); }"""
    )
    with page.expect_response("**/save/"):
        page.click("#probe")


def test_htmx_inherits_the_csrf_token(open_page):
    page = open_page("/gallery/", 1280)
    _htmx_button(page, 200, "new")
    expect(page.locator("#out")).to_have_text("new")
    assert len(page.posts[0]["x-csrftoken"]) == 64


def test_a_refused_form_is_shown_again(open_page):
    page = open_page("/gallery/", 1280)
    _htmx_button(page, 422, "please correct")
    expect(page.locator("#out")).to_have_text("please correct")
    assert page.locator("#pesan .alert").count() == 0


def test_a_fault_of_the_server_is_told_and_not_swapped_in(open_page):
    page = open_page("/gallery/", 1280)
    _htmx_button(page, 500, "<h1>500</h1>")
    page.wait_for_selector("#pesan .alert.error")
    assert page.inner_text("#out") == "old"


def test_a_form_is_not_sent_twice(open_page):
    page = open_page("/gallery/", 1280)
    twice = page.evaluate(
        """() => { const form = document.querySelector('.open form'); let n = 0;
        form.addEventListener('submit', e => { n++; e.preventDefault(); });
        form.requestSubmit(); form.requestSubmit(); return n; }"""
    )
    assert twice == 1


def test_print_shows_the_list_and_hides_the_controls(open_page):
    page = open_page("/gallery/", 1280)
    page.emulate_media(media="print")
    assert not page.is_visible(".top")
    assert not page.is_visible("[data-print] >> nth=0")
    assert page.is_visible("text=Campak-Rubela (MR) dosis 1")

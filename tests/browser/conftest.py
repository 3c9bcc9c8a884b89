"""A real server on a demonstration of its own, and a real Chromium beside it.

The server is a process of its own; the tests reach it by HTTP on the loopback only.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIMPUL = Path(sys.executable).parent / "simpul"
# `make pictures` takes the README's from the full demonstration; the test needs less.
RESIDENTS = os.environ.get("SIMPUL_WALK_RESIDENTS", "600")


@pytest.fixture(scope="session")
def chromium():
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A served demonstration: `.url`, `.accounts` by role, `.data` its folder."""
    data = tmp_path_factory.mktemp("walk")
    environment = {
        **os.environ, "SIMPUL_DATA": str(data), "SIMPUL_TODAY": "2026-11-20", "DATABASE_URL": "",
    }  # fmt: skip
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    demo = [SIMPUL, "demo", "--residents", RESIDENTS, "--months", "12"]
    subprocess.run(demo, env=environment, check=True, capture_output=True)
    port = _free_port()
    log = (data / "serve.log").open("w")
    server = subprocess.Popen(
        [SIMPUL, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log,
        start_new_session=True,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server, data)
        listed = json.loads((data / "demo.json").read_text())
        yield SimpleNamespace(url=url, accounts={one["role"]: one for one in listed}, data=data)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, server, data: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError((data / "serve.log").read_text()[-2000:])
        try:
            with urllib.request.urlopen(f"{url}/accounts/login/", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)  # a server that starts is the one thing a test must wait for
    raise RuntimeError("the server did not answer in 30 s")


@pytest.fixture
def open_as(chromium, site):
    """open_as(role, width) -> a page signed in as that role; `page.complaints` is its console."""
    contexts = []

    def _open(role: str, width: int):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, locale="id-ID", has_touch=width < 600,
            accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{site.url}/accounts/login/")
        page.fill("input[name=username]", site.accounts[role]["username"])
        page.fill("input[name=password]", site.accounts[role]["password"])
        page.click("main button[type=submit]")
        page.wait_for_url(f"{site.url}/**")
        return page

    yield _open
    for context in contexts:
        context.close()

"""Seconds from a fresh clone to the first page: git clone, make run, until the page answers 200.

Setting up needs the package registries; what they had in their cache shows in the figure.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

REPO = Path(__file__).resolve().parent.parent
PATIENCE = 900  # seconds
SETS_UP_ANEW = {"SIMPUL_DATA", "DATABASE_URL", "SIMPUL_TODAY", "VIRTUAL_ENV"}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether the page comes with 200, redirections followed."""
    try:
        with urllib.request.urlopen(address, timeout=30) as page:  # noqa: S310  our own
            return page.status == 200 and b"simpul" in page.read()
    except (URLError, OSError):
        return False


def wait_for_page(address: str, server: subprocess.Popen, started: float) -> float | None:
    """Seconds until the page answers; None when the server ended, or it took too long."""
    while time.perf_counter() - started < PATIENCE and server.poll() is None:
        if answers(address):
            return time.perf_counter() - started
        time.sleep(0.2)
    return None


def main() -> int:
    """Clone, run, wait, stop, print."""
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key not in SETS_UP_ANEW}
    environment |= {"SIMPUL_PORT": str(port)}
    with tempfile.TemporaryDirectory(prefix="simpul-clone-") as folder:
        clone, log = Path(folder) / "simpul", Path(folder) / "log"
        started = time.perf_counter()
        subprocess.run(["git", "clone", "--quiet", REPO, clone], check=True)
        with log.open("wb") as out:
            server = subprocess.Popen(
                ["make", "run"], cwd=clone, env=environment, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
            try:
                took = wait_for_page(f"http://127.0.0.1:{port}/", server, started)
            finally:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGTERM)
                server.wait(60)
        if took is None:
            print(log.read_text(errors="replace")[-2000:])
            print("make run from a fresh clone: no page")
            return 1
        print(f"make run from a fresh clone to the first page: {took:.1f} s")
        return 0


if __name__ == "__main__":
    sys.exit(main())

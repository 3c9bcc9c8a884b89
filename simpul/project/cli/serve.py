"""`simpul serve`: the web server and the background worker, until Ctrl+C.

Its one rule: what cannot work is said before anything is started.
"""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from simpul.project.cli import demo as demonstration
from simpul.project.cli import django_ready, fail

THREADS = 4  # each worker; SQLite has one writer, readers do not wait
SLOWEST = 120  # seconds after which a worker that gives no sign is replaced
GRACE = 20  # seconds for requests in hand when stopping


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, envvar="SIMPUL_PORT", show_envvar=True,
    type=click.IntRange(1, 65535),
)  # fmt: skip
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--demo", is_flag=True, help="Make the demonstration first when it is empty.")
def serve(host: str, port: int, workers: int, demo: bool) -> None:
    """Serve simpul's pages at http://HOST:PORT, with the background worker beside it."""
    refuse_if_taken(host, port)
    _finish_restore()
    django_ready.setup()
    from simpul.project.archive import folder

    try:
        with folder.held(_data()):
            if demo:
                demonstration.make_when_empty()
            _run(host, port, workers)
    except folder.InUse:
        fail(f"simpul sudah berjalan di folder {_data()}. Hentikan dahulu, atau atur SIMPUL_DATA.")


def refuse_if_taken(host: str, port: int) -> None:
    """Stop with a clear message when nobody can listen there."""
    try:
        kind = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind[0], kind[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(kind[4])
    except socket.gaierror:
        fail(f"Alamat {host} tidak dikenal. Contoh: --host 127.0.0.1")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            fail(
                f"Port {port} sudah dipakai program lain. Hentikan program itu, "
                f"atau pakai port lain: simpul serve --port {port + 1 if port < 65535 else 8000}"
            )
        if error.errno == errno.EACCES:
            fail(f"Port {port} hanya boleh dipakai administrator. Pakai port di atas 1023.")
        fail(f"Tidak dapat melayani di {host}:{port}: {error.strerror}.")


def _data() -> Path:
    from simpul.project.data_dir import data_dir

    return data_dir()


def _finish_restore() -> None:
    """A restore that was cut off is finished before the database is opened."""
    from simpul.project.archive import folder

    folder.finish_pending(_data())


def _run(host: str, port: int, workers: int) -> None:
    from django.conf import settings
    from django.db import connections

    from simpul import packs
    from simpul.project.wsgi import application

    _refuse_debug(settings, host)
    packs.load()  # before the fork: the workers share it
    _allow(settings, host)
    connections.close_all()  # a connection must not live through a fork
    beside = Beside()
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "timeout": SLOWEST,
        "graceful_timeout": GRACE,
        "keepalive": 5,
        "loglevel": "warning",
        "accesslog": None,  # addresses of pages name persons
        "proc_name": "simpul",
        "umask": 0o077,
        "limit_request_line": 4094,
        "limit_request_fields": 60,
        "limit_request_field_size": 8190,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108
        "when_ready": lambda _server: beside.start(_address(host, port)),
        "on_exit": lambda _server: beside.end(),
    }
    server(application, options).run()


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _refuse_debug(settings: Any, host: str) -> None:
    """Error pages of SIMPUL_DEBUG show what the program holds in its hands: names and values."""
    if not settings.DEBUG:
        return
    if settings.HTTPS or host not in ("127.0.0.1", "::1", "localhost"):
        fail("SIMPUL_DEBUG=1 hanya untuk mencoba di komputer sendiri. Hapus SIMPUL_DEBUG.")
    if not settings.DEMO and demonstration.has_people():
        fail("SIMPUL_DEBUG=1 memperlihatkan data warga di halaman galat. Hapus SIMPUL_DEBUG.")


def _allow(settings: Any, host: str) -> None:
    """Who names an address to listen on may be asked for by it."""
    if host not in ("0.0.0.0", "::", *settings.ALLOWED_HOSTS):  # noqa: S104
        settings.ALLOWED_HOSTS.append(f"[{host}]" if ":" in host else host)


def server(application: Callable, options: dict[str, Any]) -> Any:
    """gunicorn, told what to do by us and by nobody's configuration file."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Callable:
            return application

    return Server()


class Beside:
    """The background worker: a process of its own, ended with the server."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, address: str) -> None:
        """Called when the server listens."""
        command = [sys.executable, "-m", "simpul.project.cli.work"]
        self._process = subprocess.Popen(command)  # noqa: S603  our own module
        click.echo(f"simpul siap di {address}  (Ctrl+C untuk berhenti)")

    def end(self) -> None:
        """Ask the worker to stop; it stops after the step in hand."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()

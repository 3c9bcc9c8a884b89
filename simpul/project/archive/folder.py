"""What lies in SIMPUL_DATA, and the swap of all of it for what a backup holds.

Rule: the swap can be finished after a crash at any point, and what was replaced is kept aside.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.sqlite3._functions import register as register_functions

DATABASE = "simpul.sqlite3"
PENDING = "restore.pending"
LOCK = "serve.lock"
_STAYS = {PENDING, LOCK, "static"}
_STAYS_PREFIX = ("replaced-", "restoring-", ".")
_OF_SQLITE = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"}


class InUse(Exception):
    """simpul is being served from this folder."""


def kept(folder: Path) -> list[Path]:
    """Everything that belongs to the installation, at the top of the folder."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.name not in _STAYS
        and not path.name.startswith(_STAYS_PREFIX)
        and path.suffix != ".simpul"
    ]


def files_beside_database(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name in the backup, path) of every file but the database: secrets, uploads, demo.json."""
    for top in kept(folder):
        if top.name in _OF_SQLITE:
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix(), path


def copy_database(live: sqlite3.Connection, target: Path) -> None:
    """A consistent copy of a live SQLite database, by its own online backup."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    copy = sqlite3.connect(target)
    try:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def is_sound(database: Path) -> bool:
    """Whether SQLite finds the file whole."""
    connection = sqlite3.connect(database)
    register_functions(connection)  # the tables' own checks call them
    try:
        return connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def swap(folder: Path, new: Path, aside: Path) -> None:
    """Put what lies in `new` in place of what the folder keeps, which goes to `aside`."""
    aside.mkdir(mode=0o700)
    pending = folder / PENDING
    unfinished = folder / f".{PENDING}"
    moves = {
        "new": new.name,
        "aside": aside.name,
        "out": [path.name for path in kept(folder)],
        "in": [path.name for path in sorted(new.iterdir())],
    }
    unfinished.write_text(json.dumps(moves))
    unfinished.replace(pending)
    finish_pending(folder)


def finish_pending(folder: Path) -> Path | None:
    """Carry a swap that was begun to its end; returns where the replaced data lie."""
    pending = folder / PENDING
    if not pending.exists():
        return None
    moves = json.loads(pending.read_text())
    new, aside = folder / moves["new"], folder / moves["aside"]
    for name in moves["out"]:
        # once the new one is in, the name no longer stands for the old one
        if (folder / name).exists() and not (aside / name).exists():
            (folder / name).rename(aside / name)
    for name in moves["in"]:
        if (new / name).exists():
            (new / name).rename(folder / name)
    if new.exists():
        new.rmdir()
    pending.unlink()
    return aside


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder while serving or restoring. Raises InUse when another holds it."""
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InUse from error
        yield

"""Backup and restore: what was there comes back whole, and a damaged file changes nothing."""

import gzip
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from simpul.project.archive import bundle, folder, installation
from tests.conftest import REPO


@pytest.fixture
def kept(transactional_db, melati, settings, tmp_path):
    """An installation's folder with all kinds of things in it."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    settings.DATA = data
    (data / "nik_key.secret").write_text("key-of-the-nik")
    (data / "demo.json").write_text("[]")
    (data / "uploads" / "2026").mkdir(parents=True)
    (data / "uploads" / "2026" / "register.csv").write_bytes(b"No,NIK\n" * 1000)
    (data / "static").mkdir()
    (data / "static" / "made.css").write_text("made anew")
    (data / "older.simpul").write_bytes(b"an older backup")
    return data


@pytest.fixture
def made(kept, tmp_path):
    target = tmp_path / "melati.simpul"
    installation.backup(target)
    return target


def test_everything_is_in_the_file_and_hashed(made, tmp_path):
    manifest = bundle.unpack(made, tmp_path / "out")
    names = {member.name for member in manifest.members}
    assert {"nik_key.secret", "demo.json", "uploads/2026/register.csv"} <= names
    assert not [name for name in names if "static" in name or name.endswith(".simpul")]
    assert [name for name in names if name.startswith("database/")]
    assert manifest.counts == {"residents": 5, "facts": 0}
    assert manifest.database == connection.vendor
    assert ("people", "0001_initial") in manifest.migrations
    assert (tmp_path / "out" / "nik_key.secret").read_text() == "key-of-the-nik"


def test_only_its_owner_reads_it(made):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert not list(made.parent.glob(".*unfinished"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the copy is a file on SQLite only")
def test_the_copy_of_the_database_is_whole(made, tmp_path):
    bundle.unpack(made, tmp_path / "out")
    copy = tmp_path / "out" / "database" / folder.DATABASE
    assert folder.is_sound(copy)
    rows = sqlite3.connect(copy)
    assert rows.execute("SELECT count(*) FROM people_person").fetchone() == (5,)
    assert rows.execute("SELECT count(*) FROM accounts_auditentry").fetchone()[0] >= 6
    rows.close()


@pytest.mark.parametrize("where", [b"key-of-the-nik", b"No,NIK", b'"sha256": "', b"database/"])
def test_a_flipped_byte_is_found(made, tmp_path, where):
    raw = bytearray(gzip.decompress(made.read_bytes()))
    raw[raw.index(where) + len(where) - 1] ^= 1
    made.write_bytes(gzip.compress(bytes(raw), 1))
    with pytest.raises(bundle.Damaged):
        bundle.unpack(made, tmp_path / "out")


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_a_file_cut_short_is_found(made, tmp_path, keep):
    raw = made.read_bytes()
    made.write_bytes(raw[: int(len(raw) * keep)])
    with pytest.raises(bundle.Damaged):
        bundle.unpack(made, tmp_path / "out")


def rewritten(made, change):
    """The same backup with its members changed: {name: bytes}."""
    with tarfile.open(made) as tar:
        members = {info.name: tar.extractfile(info).read() for info in tar}
    members = change(members)
    with tarfile.open(made, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize(
    "change",
    [
        lambda m: {k: v for k, v in m.items() if k != "demo.json"},
        lambda m: {k: v for k, v in m.items() if k != "manifest.json"},
        lambda m: {**m, "added.secret": b"x"},
        lambda m: {"../outside": b"x", **m},
        lambda m: {"/etc/outside": b"x", **m},
        lambda m: {
            **m,
            "manifest.json": m["manifest.json"].replace(b'"format": 1', b'"format": 9'),
        },
    ],
    ids=["missing", "no-list", "added", "upwards", "absolute", "other-format"],
)
def test_a_file_that_is_not_as_its_list_says_is_refused(made, tmp_path, change):
    rewritten(made, change)
    with pytest.raises(bundle.Damaged):
        bundle.unpack(made, tmp_path / "out")
    assert not (tmp_path / "outside").exists()


def manifest_of(made, **changed):
    with tarfile.open(made) as tar:
        said = json.loads(tar.extractfile("manifest.json").read())
    return bundle.msgspec.convert(said | changed, bundle.Manifest)


def test_one_of_a_newer_simpul_is_refused(made):
    newer = [*manifest_of(made).migrations, ("people", "0999_tomorrow")]
    with pytest.raises(installation.Refused, match="lebih baru"):
        installation.refuse_if_unfit(manifest_of(made, migrations=newer))


def test_one_of_another_database_is_refused(made):
    with pytest.raises(installation.Refused, match="DATABASE_URL"):
        installation.refuse_if_unfit(manifest_of(made, database="oracle"))


def test_one_under_another_key_is_refused(made, monkeypatch):
    monkeypatch.setenv("SIMPUL_NIK_KEY", "another")
    with pytest.raises(installation.Refused, match="kunci NIK"):
        installation.refuse_if_unfit(manifest_of(made, nik_key="0" * 16))


def test_one_without_its_key_asks_for_it(made, monkeypatch):
    monkeypatch.delenv("SIMPUL_NIK_KEY", raising=False)
    with pytest.raises(installation.Refused, match="SIMPUL_NIK_KEY"):
        installation.refuse_if_unfit(manifest_of(made, holds_nik_key=False))


@pytest.mark.parametrize("crash_after", range(8))
def test_a_swap_cut_off_anywhere_is_finished(tmp_path, monkeypatch, crash_after):
    data, new = tmp_path / "data", tmp_path / "data" / "restoring-x"
    new.mkdir(parents=True)
    for name in ("simpul.sqlite3", "simpul.sqlite3-wal", "demo.json"):
        (data / name).write_text("old")
    for name in ("simpul.sqlite3", "nik_key.secret"):
        (new / name).write_text("new")
    (data / folder.LOCK).touch()
    moves = []

    def rename(path, target, really=Path.rename):
        if len(moves) == crash_after:
            raise KeyboardInterrupt
        moves.append(path)
        return really(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        try:
            folder.swap(data, new, data / "replaced-x")
        except KeyboardInterrupt:
            folder_is_finished_by(data, patch)
    assert {path.name for path in folder.kept(data)} == {"simpul.sqlite3", "nik_key.secret"}
    assert (data / "simpul.sqlite3").read_text() == "new"
    aside = {path.name: path.read_text() for path in (data / "replaced-x").iterdir()}
    assert aside == dict.fromkeys(("simpul.sqlite3", "simpul.sqlite3-wal", "demo.json"), "old")
    assert folder.finish_pending(data) is None


def folder_is_finished_by(data, patch):
    patch.undo()
    assert folder.finish_pending(data) == data / "replaced-x"


# the whole way, by the command, in an installation of its own


@pytest.fixture
def simpul(tmp_path):
    environment = {**os.environ, "SIMPUL_DATA": str(tmp_path / "var"), "PYTHONWARNINGS": "ignore"}

    def run(*arguments, code=0):
        done = subprocess.run(
            [sys.executable, "-c", "from simpul.project.cli import main; main()", *arguments],
            cwd=REPO, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def test_backup_change_restore_check(simpul, tmp_path):
    file = tmp_path / "melati.simpul"
    simpul("demo", "--residents", "50", "--months", "0")
    said = simpul("backup", str(file))
    assert "kunci NIK" in said
    assert "sudah ada" in simpul("backup", str(file), code=2)

    counted = said.split(":")[1].split(",")[0].strip()  # '55 warga'
    (tmp_path / "var" / "demo.json").unlink()
    damaged = tmp_path / "damaged.simpul"
    damaged.write_bytes(file.read_bytes()[:-2000])
    assert "Tidak ada yang diubah" in simpul("restore", str(damaged), "--yes", code=1)
    assert not (tmp_path / "var" / "demo.json").exists()
    assert not list((tmp_path / "var").glob("replaced-*"))

    said = simpul("restore", str(file), "--yes")
    assert counted in said
    assert (tmp_path / "var" / "demo.json").exists()
    assert len(list((tmp_path / "var").glob("replaced-*"))) == 1
    assert not list((tmp_path / "var").glob("restoring-*"))
    checked = simpul("check")
    assert "OK     Rantai audit: utuh" in checked
    assert "tanpa nomor yang hilang" in checked
    assert "semua sama" in checked

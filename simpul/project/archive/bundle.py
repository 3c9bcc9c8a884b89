"""The backup file: a compressed tar whose last member, manifest.json, names and hashes the others.

Rule: a file is a backup only when every member is there, once, with the hash the manifest gives.
"""

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import msgspec

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1 << 20


class Member(msgspec.Struct, frozen=True):
    """One file in the backup."""

    name: str
    size: int
    sha256: str


class Table(msgspec.Struct, frozen=True):
    """One table of a PostgreSQL backup: the member holds its rows as COPY writes them."""

    name: str
    columns: list[str]
    rows: int


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds and where it comes from."""

    format: int
    simpul: str  # version that made it
    made_at: str
    database: str  # sqlite | postgresql
    migrations: list[tuple[str, str]]
    nik_key: str  # fingerprint of the key, never the key
    holds_nik_key: bool
    counts: dict[str, int] = {}
    tables: list[Table] = []
    members: list[Member] = []


class Damaged(Exception):
    """The file is not a whole backup; `str()` says what is wrong, in Indonesian."""


class _Hashing(io.RawIOBase):
    """Reads a file and hashes what was read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk


def write(target: Path, files: Iterable[tuple[str, Path]], manifest: Manifest) -> Manifest:
    """Write the backup beside its name and rename it when it is whole and on disk."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as tar:
                members = [_add(tar, name, path) for name, path in files]
                manifest = msgspec.structs.replace(manifest, members=members)
                _add_manifest(tar, manifest)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Member:
    with path.open("rb") as source:
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(source.fileno()).st_size, 0o600
        reader = _Hashing(source)
        tar.addfile(info, reader)  # type: ignore[arg-type]
        return Member(name, info.size, reader.digest.hexdigest())


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    said = json.dumps(msgspec.to_builtins(manifest), indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(said), 0o600
    tar.addfile(info, io.BytesIO(said))


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder and verify it whole. Raises Damaged."""
    found: dict[str, Member] = {}
    said = b""
    try:
        with tarfile.open(source, mode="r:gz") as tar:
            for info in tar:
                if info.name == MANIFEST:
                    said = (tar.extractfile(info) or io.BytesIO()).read()
                else:
                    member = _extract(tar, info, folder)
                    if member.name in found:
                        raise Damaged(f"{member.name} ada dua kali di dalam berkas")
                    found[member.name] = member
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise Damaged(f"berkas rusak atau terpotong ({type(error).__name__})") from error
    return _verified(said, found)


def _extract(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path) -> Member:
    parts = PurePosixPath(info.name).parts
    if not info.isfile() or info.name.startswith("/") or ".." in parts or not parts:
        raise Damaged(f"isi yang tidak dikenal: {info.name[:60]}")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    reader = tar.extractfile(info)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while reader and (chunk := reader.read(_CHUNK)):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return Member(info.name, size, digest.hexdigest())


def _verified(said: bytes, found: dict[str, Member]) -> Manifest:
    try:
        manifest = msgspec.json.decode(said, type=Manifest)
    except msgspec.DecodeError as error:
        raise Damaged("daftar isi (manifest.json) tidak ada atau rusak") from error
    if manifest.format != FORMAT:
        raise Damaged(f"bentuk cadangan {manifest.format} tidak dikenal oleh simpul ini")
    wanted = {member.name: member for member in manifest.members}
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            raise Damaged(f"{name} tidak sama dengan saat dicadangkan")
    return manifest

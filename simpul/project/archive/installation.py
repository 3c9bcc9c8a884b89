"""This installation as a backup sees it: its folder, its kind of database, its migrations, its key.

Rule: the only place here that asks the settings.
"""

import hashlib
import hmac
import os
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from simpul.accounts.scope import EVERYTHING
from simpul.people import queries as people
from simpul.project import clock
from simpul.project.archive import bundle, folder
from simpul.records import queries as records


class Refused(Exception):
    """This backup cannot be put back here; `str()` says why, in Indonesian."""


def stamp(now: datetime) -> str:
    """A moment as part of a name: 20261120-140502."""
    return now.astimezone(clock.zone()).strftime("%Y%m%d-%H%M%S")


def nik_fingerprint() -> str:
    """Tells one NIK key from another without telling the key."""
    return hmac.new(settings.NIK_KEY.encode(), b"simpul backup", hashlib.sha256).hexdigest()[:16]


def counts() -> dict[str, int]:
    """What a person recognises an installation by."""
    return {
        "residents": people.in_scope(EVERYTHING, also_former=True).count(),
        "facts": records.n_facts(),
    }


def backup(target: Path) -> bundle.Manifest:
    """Write everything this installation keeps to one file."""
    manifest = bundle.Manifest(
        format=bundle.FORMAT,
        simpul=settings.VERSION,
        made_at=clock.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        nik_key=nik_fingerprint(),
        holds_nik_key="SIMPUL_NIK_KEY" not in os.environ,
        counts=counts(),
    )
    data = Path(settings.DATA)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=data) as name:
        place = Path(name)
        manifest = _copy_database(place, manifest)
        parts = [(f"database/{path.name}", path) for path in sorted(place.iterdir())]
        return bundle.write(target, [*parts, *folder.files_beside_database(data)], manifest)


def _copy_database(place: Path, manifest: bundle.Manifest) -> bundle.Manifest:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        folder.copy_database(connection.connection, place / folder.DATABASE)
        return manifest
    from simpul.project.archive import postgres

    return msgspec.structs.replace(manifest, tables=postgres.dump(place))


def refuse_if_unfit(manifest: bundle.Manifest) -> None:
    """Raise Refused when this program or this database cannot take the backup."""
    if manifest.database != connection.vendor:
        raise Refused(
            f"cadangan ini dari {manifest.database}, sedangkan pemasangan ini memakai "
            f"{connection.vendor}. Atur DATABASE_URL seperti pada pemasangan asalnya"
        )
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise Refused(
            f"cadangan ini dibuat oleh simpul {manifest.simpul} yang lebih baru "
            f"({'.'.join(newer[0])} belum dikenal di sini). Perbarui simpul dahulu"
        )
    if "SIMPUL_NIK_KEY" in os.environ and manifest.nik_key != nik_fingerprint():
        raise Refused(
            "kunci NIK pada SIMPUL_NIK_KEY bukan kunci cadangan ini; dengan kunci itu NIK tidak "
            "terbaca. Pakai kunci yang sama seperti saat mencadangkan"
        )
    if not manifest.holds_nik_key and "SIMPUL_NIK_KEY" not in os.environ:
        raise Refused(
            "cadangan ini tidak memuat kunci NIK. Isi SIMPUL_NIK_KEY dengan kunci yang dipakai "
            "saat mencadangkan"
        )


def restore(unpacked: Path, manifest: bundle.Manifest) -> Path:
    """Put what was unpacked and verified in place; returns where the replaced data lie."""
    data = Path(settings.DATA)
    name = f"replaced-{stamp(clock.now())}"
    parts = unpacked / "database"
    if manifest.database == "sqlite":
        if not folder.is_sound(parts / folder.DATABASE):
            raise Refused("basis data di dalam cadangan ini tidak utuh")
        (parts / folder.DATABASE).rename(unpacked / folder.DATABASE)
        parts.rmdir()
    else:
        from simpul.project.archive import postgres

        migrations = set(manifest.migrations)
        postgres.restore(parts, manifest.tables, migrations, name.replace("-", "_"))
        for path in parts.iterdir():
            path.unlink()
        parts.rmdir()
    with closing(connection):
        folder.swap(data, unpacked, data / name)
    return data / name

"""`simpul backup` and `simpul restore`: everything an installation keeps, to one file and back.

Its one rule: a backup that is not whole changes nothing.
"""

import shutil
import tempfile
from pathlib import Path

import click

from simpul.project.cli import django_ready, fail

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", metavar="FILE.simpul", type=_FILE)
@click.option("--overwrite", is_flag=True, help="Replace the file when it exists.")
def backup(file: Path, overwrite: bool) -> None:
    """Write everything the installation keeps to FILE.simpul: database, keys, uploads.

    May run while simpul is being served. The file holds the key of the NIK: keep it like the
    register itself.
    """
    if file.suffix != ".simpul":
        fail(f"Nama berkas cadangan berakhir dengan .simpul, misalnya {file.stem}.simpul")
    if file.exists() and not overwrite:
        fail(f"{file} sudah ada. Pakai nama lain, atau --overwrite untuk menggantinya.")
    if not file.resolve().parent.is_dir():
        fail(f"Folder {file.resolve().parent} tidak ada. Buat foldernya dahulu.")
    django_ready.setup()
    from simpul.project.archive import installation

    try:
        manifest = installation.backup(file.resolve())
    except OSError as error:
        fail(f"Cadangan tidak dapat ditulis: {error.strerror or error}. Periksa ruang dan izin.", 1)
        return
    size = file.stat().st_size / 1_000_000
    click.echo(
        f"{file}: {manifest.counts['residents']} warga, {manifest.counts['facts']} catatan, "
        f"{size:.1f} MB."
    )
    if manifest.holds_nik_key:
        click.echo(
            "Berkas ini memuat data kesehatan dan kunci NIK. Simpan di tempat terkunci, "
            "jangan dikirim lewat surel atau grup.", err=True,
        )  # fmt: skip
    else:
        click.echo(
            "Kunci NIK berasal dari SIMPUL_NIK_KEY dan TIDAK ada di berkas ini. Simpan kunci itu "
            "tersendiri: tanpa kunci, NIK tidak dapat dibaca lagi.", err=True,
        )  # fmt: skip


@click.command()
@click.argument("file", metavar="FILE.simpul", type=_FILE)
@click.option("--yes", is_flag=True, help="Do not ask before replacing what is there.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE.simpul back, in place of what the installation keeps now.

    Stop simpul first. What is replaced is kept aside as replaced-<time>.
    """
    if not file.is_file():
        fail(f"{file} tidak ada.")
    django_ready.setup(migrate=False)
    from django.conf import settings

    from simpul.project.archive import bundle, folder, installation

    data = Path(settings.DATA)
    folder.finish_pending(data)
    unpacked = Path(tempfile.mkdtemp(prefix="restoring-", dir=data))
    try:
        with folder.held(data):
            _restore(file, unpacked, yes)
    except bundle.Damaged as error:
        fail(f"Cadangan ditolak: {error}. Tidak ada yang diubah.", 1)
    except installation.Refused as error:
        fail(f"Cadangan ditolak: {error}. Tidak ada yang diubah.", 1)
    except folder.InUse:
        fail("simpul sedang berjalan di folder ini. Hentikan dahulu, lalu ulangi.")
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def _restore(file: Path, unpacked: Path, yes: bool) -> None:
    from simpul.project.archive import bundle, installation

    manifest = bundle.unpack(file, unpacked)
    installation.refuse_if_unfit(manifest)
    click.echo(
        f"Cadangan {manifest.made_at[:16].replace('T', ' ')}: {manifest.counts['residents']} "
        f"warga, {manifest.counts['facts']} catatan, simpul {manifest.simpul}."
    )
    if not yes:
        click.confirm("Ganti isi pemasangan ini dengan cadangan itu?", abort=True)
    aside = installation.restore(unpacked, manifest)
    click.echo(f"Selesai. Data yang diganti disimpan di {aside}")
    django_ready.setup()  # an older backup is brought to the newest tables

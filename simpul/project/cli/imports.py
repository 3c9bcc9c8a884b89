"""`simpul import`: bring in a register and say what came of it; exit code 1: rows were refused."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from simpul.project import cli
from simpul.project.cli import django_ready, tables

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_REPORT = click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as JSON."
)
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Write the report, nothing else.")
_VILLAGE = click.option("--village", metavar="CODE", help="Village of rows that name none.")


@click.group("import")
def import_() -> None:
    """Import a register of residents or measurements (CSV, XLSX, XLS, ODS).

    Importing the same file twice changes nothing. Exit code 1: some rows were refused (they are in
    the report, with their line, column and reason); 2: the file cannot be read.
    """


@import_.command()
@_FILE
@_REPORT
@_DRY_RUN
@_VILLAGE
def eppgbm(file: Path, report: Path | None, dry_run: bool, village: str | None) -> None:
    """Import an export of e-PPGBM, the national register of child nutrition."""
    django_ready.setup()
    from simpul.exchange.registers import fields

    sheet = _open(file)
    missing = fields.missing_for_eppgbm(sheet.header)
    if missing:
        words = ", ".join(fields.FIELDS[one].headings[0] for one in missing)
        cli.fail(f"{file.name}: bukan ekspor e-PPGBM, kolom ini tidak ada: {words}.")
    _import(file, sheet, fields.eppgbm_columns(sheet.header), report, dry_run, village)


@import_.command()
@_FILE
@click.option("--mapping", metavar="NAME", help="Columns remembered under this name.")
@_REPORT
@_DRY_RUN
@_VILLAGE
def table(
    file: Path, mapping: str | None, report: Path | None, dry_run: bool, village: str | None
) -> None:
    """Import any table of residents or measurements by remembered columns.

    Without --mapping: the columns remembered for this header, else guessed from its words.
    """
    django_ready.setup()
    from simpul.exchange import queries
    from simpul.exchange.registers import fields

    sheet = _open(file)
    kept = (
        queries.remembered_as(mapping)
        if mapping
        else queries.remembered(fields.signature(sheet.header))
    )
    if mapping and kept is None:
        names = ", ".join(queries.names_of_columns()) or "belum ada"
        cli.fail(f"Pemetaan “{mapping}” tidak dikenal. Yang ada: {names}.")
    if kept:
        columns = fields.fitted(queries.columns_of(kept), sheet.header)
    else:
        columns = fields.table_columns(sheet.header)
    if "name" not in columns.fields:
        cli.fail(f"{file.name}: kolom nama tidak ditemukan; petakan dahulu di halaman Impor.")
    _import(file, sheet, columns, report, dry_run, village)


def _open(file: Path):
    from simpul.exchange import runs
    from simpul.exchange.registers.sheet import Unreadable
    from simpul.exchange.wording import unreadable

    try:
        return runs.open_file(file)
    except Unreadable as error:
        cli.fail(f"{file.name}: {unreadable(error.code, error.detail)}")


def _import(file: Path, sheet, columns, report: Path | None, dry_run: bool, village) -> None:
    from simpul.accounts.scope import EVERYTHING
    from simpul.exchange import batch, runs
    from simpul.exchange.registers.sheet import Unreadable
    from simpul.exchange.registers.summary import report as as_report
    from simpul.exchange.wording import unreadable

    try:
        with _progress() as progress:
            prepared = runs.prepare(file, sheet, columns, EVERYTHING, _place(village), progress)
            if dry_run:
                result = runs.preview(prepared, EVERYTHING, progress)
            else:
                result = batch.import_file(file.name, prepared, progress)
    except Unreadable as error:
        cli.fail(f"{file.name}: {unreadable(error.code, error.detail)}")
    if report:
        try:
            _write(report, as_report(result.summary, result.register, columns, result.pairs))
        except OSError as error:
            cli.fail(f"Laporan {report} tidak dapat ditulis: {error.strerror}.")
    _say(result, dry_run, report)
    if result.register.refused:
        raise SystemExit(1)


def _place(code: str | None):
    if not code:
        return None
    from simpul.places import queries as places

    place = places.place_by_code(code)
    if place is None or place.kind != "village":
        cli.fail(f"Desa dengan kode {code} tidak ada.")
    return place


def _write(path: Path, content: dict) -> None:
    """Readable by its owner only: it names people."""
    tables.write_private(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


_STAGES = {"read": "Membaca", "plan": "Mencocokkan", "import": "Mengimpor", "due": "Menyusun"}


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar for each stage, on a terminal only."""
    screen = sys.stderr
    if not screen.isatty():
        yield None
        return
    bars: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            for bar in bars.values():
                bar.render_finish()
            bars[stage] = click.progressbar(length=total, label=_STAGES[stage], file=screen)
        bars[stage].update(done - bars[stage].pos)

    yield show
    for bar in bars.values():
        bar.render_finish()


def _say(result, dry_run: bool, report: Path | None) -> None:
    s = result.summary
    head = "Uji coba, tidak ada yang disimpan. " if dry_run else ""
    click.echo(
        f"{head}{s.rows} baris ({s.blank} kosong): {s.persons_new} orang baru, "
        f"{s.persons_known} sudah dikenal, {s.measurements} pengukuran baru, {s.changed} berubah, "
        f"{s.doubtful} baris meragukan, {s.refused} ditolak, "
        f"{s.possible_duplicates} mungkin ganda."
    )
    if result.register.refused and report:
        click.echo(f"Baris yang ditolak: lihat {report}.")

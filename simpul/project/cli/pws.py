"""`simpul pws`: the indicators of a place and month, as CSV or JSON, in the order of the pack."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from simpul.project.cli import django_ready, fail, tables

COLUMNS = (
    "indicator", "title", "numerator", "denominator", "percent", "estimate", "estimate_year",
    "estimate_source", "target", "status", "published_numerator", "published_denominator",
    "corrected_on",
)  # fmt: skip


@click.command()
@click.option("--place", "code", help="Code of a place (62.03.01.1006) or of a facility.")
@click.option("--month", "text", help="The month, as 2026-11; this month when left out.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File.")
@click.option(
    "--recount", is_flag=False, flag_value="", metavar="[MONTH]",
    help="Judge everybody of the month again first; a closed month shows what that corrects.",
)  # fmt: skip
def pws(
    code: str | None, text: str | None, form: str, output: Path | None, recount: str | None
) -> None:
    """Print the indicators of a place and month.

    \b
    simpul pws --place 62.03.01.1023 --month 2026-11 --format json
    simpul pws --recount 2026-09
    Exit 2 when the place or the month is not known.
    """
    if not code and recount is None:
        fail("Sebutkan wilayahnya: --place KODE, misalnya --place 62.03.01.1023.")
    django_ready.setup()
    month = _month(recount or text)
    area = _area(code) if code else None
    if recount is None:
        _catch_up(month)
    else:
        _recount(month)
    if area is not None:
        rows = _rows(area, month)
        _write(_json(rows) if form == "json" else tables.as_csv(COLUMNS, rows), output)


def _month(text: str | None) -> date:
    from simpul.project import clock
    from simpul.pws import periods

    this_month = periods.first_of(clock.today())
    try:
        month = periods.month_from(text) if text else this_month
    except ValueError:
        fail(f"Bulan {text!r} tidak dikenal. Tulis tahun-bulan, misalnya 2026-11.")
        raise
    if month > this_month:
        fail(f"Bulan {text} belum dimulai. Bulan terakhir yang dapat dihitung: {this_month:%Y-%m}.")
    return month


def _area(code: str):
    from simpul.accounts.scope import EVERYTHING
    from simpul.pws import areas

    area = areas.area(EVERYTHING, code)
    if area is None:
        fail(
            f"Kode {code!r} tidak dikenal. Tulis kode desa, kecamatan, atau kabupaten (misalnya "
            "62.03.01.1023, boleh tanpa titik), kode RT, atau kode Puskesmas, Pustu, Posyandu."
        )
    return area


def _catch_up(month: date) -> None:
    from simpul.pws import actions

    actions.catch_up(month=month)


def _recount(month: date) -> None:
    from simpul.pws import actions

    with click.progressbar(length=1, label=f"Menghitung {month:%Y-%m}", file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        work = actions.judge_month(month=month, progress=show)
    click.echo(f"{work.judged} orang dihitung ulang untuk {month:%Y-%m}.", err=True)


def _rows(area, month: date) -> list[dict[str, object]]:
    from django.utils import translation

    from simpul.accounts.scope import EVERYTHING
    from simpul.pws import situation as situations
    from simpul.pws.queries import Question

    question = Question(area)
    with translation.override("id"):
        period = situations.period_of(EVERYTHING, question, month)
        found = situations.situation(EVERYTHING, question, period)
        return [_row(tile) for _name, tiles in found.groups for tile in tiles]


def _row(tile) -> dict[str, object]:
    from simpul.pws.wording import status_word

    one, estimate, was = tile.indicator, tile.estimate, tile.correction
    values = (
        one.id, one.title["id"], tile.reached, tile.counted,
        None if tile.percent is None else round(tile.percent, 2),
        estimate.official.number if estimate else None,
        estimate.official.year if estimate else None,
        estimate.official.source if estimate else None,
        one.target, status_word(tile.status) if tile.status else None,
        was.reached if was else None, was.counted if was else None,
        was.on.isoformat() if was else None,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _json(rows: Sequence[dict[str, object]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        tables.write_private(output, text)
    except OSError as error:
        fail(f"{output} tidak dapat ditulis: {error.strerror}.")

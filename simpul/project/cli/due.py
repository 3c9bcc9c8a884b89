"""`simpul due`: who is owed what in a place on a day, as CSV or JSON, in the order of the list."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from simpul.project.cli import django_ready, fail, tables

COLUMNS = (
    "person_id", "name", "household_id", "household", "address", "rt", "village", "posyandu",
    "birth_date", "age", "service", "occurrence", "title", "since", "late_since", "status",
    "urgency", "why", "rule", "source",
)  # fmt: skip


@click.command(help="List who is due for what, in a place.")
@click.option("--place", "code", required=True, help="Code of a place (62.03.01.1006) or facility.")
@click.option("--as-of", "as_of", help="The day, as 2026-08-31; today when left out.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File.")
def due(code: str, as_of: str | None, form: str, output: Path | None) -> None:
    """Print the rows; exit 2 when the place or the day is not known."""
    django_ready.setup()
    from django.utils import translation

    from simpul.accounts import actions as accounts
    from simpul.due import areas
    from simpul.project import clock

    day = _day(as_of) or clock.today()
    area = areas.area_of(code)
    if area is None:
        fail(
            f"Kode {code!r} tidak dikenal. Tulis kode desa, kecamatan, atau kabupaten (misalnya "
            "62.03.01.1006, boleh tanpa titik), kode RT, atau kode Puskesmas, Pustu, Posyandu."
        )
        return
    with translation.override("id"):
        rows = list(_rows(_houses(area, day), day))
    accounts.log(by=None, action="look.list", note=f"simpul due, {len(rows)} rows")
    _write(_json(rows) if form == "json" else tables.as_csv(COLUMNS, rows), output)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"--as-of {text!r} bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-08-31.")
        return None


def _houses(area, day: date) -> list:
    """Today from the stored plans, brought up to date first; any other day judged now."""
    from simpul.due import actions, lists, past, queries
    from simpul.project import clock

    if day == clock.today():
        actions.catch_up(area.scope)
        found = queries.found(area.scope, day, area.where)
        return lists.houses(area.scope, day, area.where, found, found.houses)
    total = len(past.residents_on(area, day))
    with click.progressbar(length=total, label="Menyusun sasaran", file=sys.stderr) as bar:
        return past.houses(area, day, bar.update)


def _rows(houses: Iterable, day: date) -> Iterator[dict]:
    from simpul import packs
    from simpul.ui import words

    sources = packs.load().sources
    for house in houses:
        home = house.household
        for one in house.owed:
            for line in one.lines:
                item, late = line.item, line.item.late_on
                values = (
                    one.person.pk, one.person.name, home.pk, home.head_name, home.address,
                    home.rt_label, home.village.name,
                    home.posyandu.full_name if home.posyandu else "",
                    one.person.birth_date.isoformat(), words.age(one.person.birth_date, day, "id"),
                    item.service, item.occurrence, line.title, item.due_on.isoformat(),
                    late.isoformat() if late and late <= day else None, item.status, line.urgency,
                    line.reason, item.because.rule, sources[item.source].title,
                )  # fmt: skip
                yield dict(zip(COLUMNS, values, strict=True))


def _json(rows: list[dict]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        tables.write_private(output, text)
    except OSError:
        fail(f"{output}: tidak dapat ditulis. Periksa foldernya dan hak menulisnya.")

"""`simpul plan`: the plan of one person from a JSON file. Its one rule: it never needs Django."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import click


@click.command(help="Print one person's plan from a JSON file.")
@click.argument("person", type=click.Path(path_type=Path))
@click.option("--as-of", "as_of", help="The day, as 2026-08-31; today when left out.")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", help="Words of the reasons.")
def plan(person: Path, as_of: str | None, lang: str) -> None:
    """Print the items as JSON; exit 2 and say what to mend when the input is wrong."""
    from simpul.engine.plan import plan as plan_of
    from simpul.packs import PackError, load
    from simpul.packs.person import BadPerson, read_person

    day = _day(as_of)
    try:
        text = sys.stdin.read() if str(person) == "-" else person.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        _stop(f"{person}: berkas tidak dapat dibaca. Periksa nama berkas; isinya JSON dalam UTF-8.")
    try:
        pack = load()
        who = read_person(text, pack)
    except (BadPerson, PackError) as error:
        _stop(str(error))
    if who.birth_date > day:
        _stop(
            f"birth_date: {who.birth_date} sesudah tanggal keadaan {day}. "
            "Perbaiki tanggal lahir atau --as-of."
        )
    items = plan_of(pack, who, day)
    rows = [
        {
            "service": item.service,
            "occurrence": item.occurrence,
            "opens_on": _iso(item.opens_on),
            "due_on": _iso(item.due_on),
            "late_on": _iso(item.late_on),
            "closes_on": _iso(item.closes_on),
            "done_on": _iso(item.done_on),
            "status": item.status,
            "valid": item.valid,
            "because": pack.reason_of(item, lang),
            "source": f"{pack.sources[item.source].title} ({item.source})",
        }
        for item in items
    ]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date:
    from simpul.packs.person import BadPerson, read_day

    if text is None:
        from simpul.project import clock

        return clock.today()
    try:
        return read_day(text, "--as-of")
    except BadPerson as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)

"""Content by example: a person's facts, the day, and what is due; readable by a midwife.

Its one rule: every row a case names must come out as written; occurrences it does not name may
be anything, unless the case says `complete: true`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from simpul.engine.indicators import judge
from simpul.engine.plan import plan
from simpul.engine.values import Fact, Person, PlanItem, Value
from simpul.packs.model import FactType, Pack
from simpul.packs.read import Block, Reading
from simpul.packs.take import Taker

_ROW = ("n", "status", "opens", "due", "late", "closes", "done", "valid", "waits", "code")
_ANSWERS = ("reached", "not_reached", "not_counted")


class Case(msgspec.Struct, frozen=True):
    """One example: about a service (rows of the plan) or an indicator (an answer)."""

    name: str
    file: str
    line: int
    person: Person
    facts: tuple[str, ...]
    as_of: date
    service: str = ""
    rows: tuple[dict[str, Any], ...] = ()
    complete: bool = False
    indicator: str = ""
    first: date = date.min
    answer: str = ""


def read_cases(root: Path, pack: Pack, reading: Reading) -> list[Case]:
    """All cases of a pack; problems are told to `reading`."""
    found: list[Case] = []
    for path in sorted((root / "cases").glob("*.yaml")):
        file = f"cases/{path.name}"
        for name, block in reading.file(path, file).items():
            if not isinstance(block, Block):
                reading.problem(Block(file, 1), None, f"{name!r} is not a case", "Write its keys")
                continue
            found.append(_case(name, Taker(reading, block), pack))
    return found


def _case(name: str, taker: Taker, pack: Pack) -> Case:
    block = taker.block
    person, facts = read_person(taker, pack.facts)
    common: dict[str, Any] = {
        "name": name,
        "file": block.file,
        "line": block.line,
        "person": person,
        "facts": facts,
    }
    if "indicator" in block:
        indicator = taker.name("indicator", pack.indicators, "indicator")
        period = taker.many("period", required=True)
        if len(period) != 2 or not all(isinstance(day, date) for day in period):
            taker.wrong(
                "period", f"period: {period!r} is not two dates", "[2026-08-01, 2026-08-31]"
            )
            period = [date.min, date.min]
        answer = taker.one_of("expect", _ANSWERS)
        case = Case(**common, as_of=period[1], indicator=indicator, first=period[0], answer=answer)
    else:
        service = taker.name("service", pack.services, "service")
        rows = read_rows(taker)
        complete = taker.any("complete", False) is True
        case = Case(
            **common, as_of=taker.day("as_of"), service=service, rows=rows, complete=complete
        )
    taker.finish()
    return case


def read_person(taker: Taker, facts: dict[str, FactType]) -> tuple[Person, tuple[str, ...]]:
    """The person of an example, and the facts as they are written."""
    who = Taker(taker.reading, taker.any("person") or Block(taker.block.file, taker.block.line))
    lines = tuple(str(line) for line in taker.many("facts"))
    made = []
    for seq, line in enumerate(lines):
        fact = _fact(line, seq, facts)
        if fact is None:
            taker.wrong("facts", f"{line!r} is not a fact", "Write: 2026-08-31 body.weight 8.4")
        else:
            made.append(fact)
    sex = who.any("sex")
    province = who.any("province")
    birth = who.day("birth")
    who.finish()
    return Person(sex, birth, tuple(made), None if province is None else str(province)), lines


def _fact(line: str, seq: int, facts: dict[str, FactType]) -> Fact | None:
    """`2026-08-31 body.weight 8.4`; a flag without a value is true."""
    parts = line.split()
    if len(parts) not in (2, 3) or parts[1] not in facts:
        return None
    value: Value = True
    try:
        on = date.fromisoformat(parts[0])
        if len(parts) == 3:
            value = _value(parts[2], facts[parts[1]])
    except ValueError:
        return None
    return Fact(parts[1], on, value, seq)


def _value(text: str, fact: FactType) -> Value:
    if fact.type == "number":
        return float(text)
    if fact.type == "flag":
        return text != "false"
    if fact.type == "day":
        return date.fromisoformat(text)
    return text


def read_rows(taker: Taker) -> tuple[dict[str, Any], ...]:
    """The rows of the plan an example expects."""
    rows = []
    for row in taker.many("expect", required=True):
        if not isinstance(row, Block) or any(key not in _ROW for key in row):
            taker.wrong("expect", f"{row!r} is not a row", f"Possible keys: {', '.join(_ROW)}")
            continue
        rows.append(dict(row))
    return tuple(rows)


def failure_of(pack: Pack, case: Case) -> str:
    """What comes out otherwise than the case says; empty when it holds."""
    if case.indicator:
        answers = judge(pack, case.person, case.first, case.as_of)
        reached = answers.get(case.indicator)
        found = "not_counted" if reached is None else "reached" if reached else "not_reached"
        return "" if found == case.answer else f"{case.indicator} is {found}, not {case.answer}"
    items = [i for i in plan(pack, case.person, case.as_of) if i.service == case.service]
    return difference(items, case.rows, case.complete)


def difference(
    items: list[PlanItem], rows: tuple[dict[str, Any], ...], complete: bool = True
) -> str:
    """Where the plan differs from the rows; unless complete, other occurrences may be anything."""
    named = {row["n"] for row in rows if "n" in row}
    shown = [seen(item) for item in items if complete or item.occurrence in named]
    if len(shown) != len(rows):
        return f"{len(shown)} items instead of {len(rows)}: {_told(shown)}"
    for row, item in zip(rows, shown, strict=True):
        for key, value in row.items():
            if item[key] != value:
                return f"occurrence {item['n']}: {key} is {_plain(item[key])}, not {_plain(value)}"
    return ""


def seen(item: PlanItem) -> dict[str, Any]:
    """An item as an example writes it."""
    return {
        "n": item.occurrence,
        "status": item.status,
        "opens": item.opens_on,
        "due": item.due_on,
        "late": item.late_on,
        "closes": item.closes_on,
        "done": item.done_on,
        "valid": item.valid,
        "waits": item.waits,
        "code": item.because.code,
    }


def _told(shown: list[dict[str, Any]]) -> str:
    return "; ".join(", ".join(f"{k} {_plain(v)}" for k, v in row.items()) for row in shown)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def subjects(cases: list[Case]) -> Iterator[str]:
    """The service or indicator each case is about."""
    for case in cases:
        yield case.service or case.indicator

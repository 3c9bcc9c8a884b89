"""Likely pairs as the report and the pages have them: names, lines of the file, what agrees.
A NIK is told only where this very file gave it; somebody outside the scope is not named."""

from collections.abc import Iterable, Iterator

from simpul.accounts.scope import Scope
from simpul.exchange.registers.grouping import Entry
from simpul.exchange.registers.likely import Pair
from simpul.exchange.registers.summary import LikelyPair
from simpul.people import queries as people

_FEW = 400
Entries = dict[int, list[Entry]]


def planned(pairs: Iterable[Pair], entries: Entries, scope: Scope) -> Iterator[LikelyPair]:
    """Pairs found before anything is written."""
    found = list(pairs)
    others = _names({pair.other_id for pair in found if pair.other_id}, scope)
    for pair in found:
        other = _entry(pair.other) if pair.other else _person(pair.other_id, entries, others)
        yield LikelyPair(_entry(pair.entry), other, pair.score, pair.reasons)


def registered(entries: Entries, scope: Scope) -> list[LikelyPair]:
    """Pairs that wait for a decision, of persons that this file names."""
    ids = sorted(entries)
    rows: dict[int, object] = {}
    for start in range(0, len(ids), _FEW):
        few = ids[start : start + _FEW]
        for side in ("first_id__in", "second_id__in"):
            rows |= {pair.pk: pair for pair in people.open_pairs(scope).filter(**{side: few})}
    return [_registered(pair, entries) for pair in rows.values()]


def _registered(pair, entries: Entries) -> LikelyPair:
    names = {pair.first_id: pair.first.name, pair.second_id: pair.second.name}
    first, second = sorted(names, key=lambda pk: (pk not in entries, _first_line(pk, entries)))
    return LikelyPair(
        _person(first, entries, names), _person(second, entries, names), pair.score,
        tuple(pair.reasons.split(",")),
    )  # fmt: skip


def _first_line(pk: int, entries: Entries) -> int:
    return min((entry.lines[0] for entry in entries.get(pk, ())), default=0)


def _names(ids: set[int], scope: Scope) -> dict[int, str]:
    listed = sorted(ids)
    names: dict[int, str] = {}
    for start in range(0, len(listed), _FEW):
        rows = people.in_scope(scope, also_former=True).filter(pk__in=listed[start : start + _FEW])
        names.update(rows.values_list("pk", "name"))
    return names


def _person(pk: int | None, entries: Entries, names: dict[int, str]) -> dict:
    theirs = entries.get(pk or 0, [])
    if not theirs:
        return {"name": names.get(pk or 0, ""), "nik": "", "lines": [], "person": pk}
    told = _entry(theirs[0])
    told["lines"] = sorted(line for entry in theirs for line in entry.lines)
    return told | {"person": pk}


def _entry(entry: Entry) -> dict:
    return {"name": entry.who.name, "nik": entry.who.nik, "lines": entry.lines, "person": None}

"""The names behind a number, with what one needs to find a person and to help.

Its one rule: who was counted is listed, also when the person has moved away or died since.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from django.utils.translation import get_language

from simpul import packs
from simpul.accounts.scope import EVERYTHING, Scope
from simpul.engine.plan import plan
from simpul.engine.values import Fact, Person
from simpul.people import queries as people
from simpul.places import queries as places
from simpul.places.spelling import name_key
from simpul.pws import live, queries, residents
from simpul.pws.asked import Asked
from simpul.pws.situation import NOBODY, Period
from simpul.ui import words

WHICH = ("counted", "reached", "missed")
# KMK 2015/2023: a kader does not judge the nutritional status; numbers she sees, names not
_NUTRITIONAL = frozenset({"stunting", "wasting", "underweight"})
_BATCH = 800  # below SQLite's limit of variables


def unnamed(scope: Scope) -> frozenset[str]:
    """Indicators whose names this reader is not shown."""
    return _NUTRITIONAL if scope.role == "kader" else frozenset()


class Named(msgspec.Struct, frozen=True):
    """Somebody behind a number, and the home on the period's last day."""

    person_id: int
    village: str
    rt: str
    is_reached: bool

    @property
    def address(self) -> str:
        return f"{self.rt}, {self.village}" if self.rt else self.village


class Line(msgspec.Struct, frozen=True):
    """One line of the list. `now` is what the person is today: '', dead, away or merged."""

    named: Named
    name: str
    birth_date: date
    mother: str
    now: str
    is_reachable: bool  # in the reader's scope today: the name is a link
    served_on: date | None
    owed: tuple[str, ...]


class Stored(Sequence):
    """Rows of a stored month as Named, counted and sliced in the database."""

    def __init__(self, rows):
        self._rows = rows.select_related("village", "rt").only(
            "person_id", "village__name", "rt__name"
        )

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, at):
        return [
            Named(
                one.person_id, one.village.name, one.rt.name if one.rt else "", one.is_reached > 0
            )
            for one in self._rows[at]
        ]


def behind(
    scope: Scope, asked: Asked, period: Period, which: str, search: str = ""
) -> Sequence[Named]:
    """Everybody behind the number, by address and name."""
    key = name_key(search)
    if period.kind == "live":
        return _live(scope, asked, period, which, key)
    rows = queries.names(scope, asked.question, period.month or asked.month, asked.indicator, which)
    return Stored(rows.filter(person__name_key__contains=key) if key else rows)


def pair(scope: Scope, asked: Asked, period: Period) -> queries.Pair:
    """(counted, reached) as the page of the situation shows them."""
    if period.kind == "live":
        rows = live.rows(scope, asked.area.villages or (), period.until)
        return live.sums(live.of_question(rows, asked.question)).get(asked.indicator, NOBODY)
    month = period.month or asked.month
    return queries.sums(scope, asked.question, [month]).get(month, {}).get(asked.indicator, NOBODY)


def _live(scope: Scope, asked: Asked, period: Period, which: str, key: str) -> list[Named]:
    rows = live.rows(scope, asked.area.villages or (), period.until)
    rows = live.behind(live.of_question(rows, asked.question), asked.indicator, which)
    done = {row.person_id for row in live.behind(rows, asked.indicator, "reached")}
    keys = {one.pk: one.name_key for one in _persons(EVERYTHING, [row.person_id for row in rows])}
    home = _names_of_places(asked.area.villages or ())
    found = [
        (home.get(row.village_id, ""), home.get(row.rt_id or 0, ""), keys[row.person_id],
         row.person_id)
        for row in rows if key in keys[row.person_id]
    ]  # fmt: skip
    return [Named(pk, village, rt, pk in done) for village, rt, _, pk in sorted(found)]


def _names_of_places(village_ids: Iterable[int]) -> dict[int, str]:
    found = {}
    for village in places.villages_in(frozenset(village_ids)):
        found[village.pk] = village.name
        for kind in ("hamlet", "rw", "rt"):
            found.update(places.children(village, kind).values_list("pk", "name"))
    return found


def lines(
    scope: Scope, asked: Asked, found: Sequence[Named], *, with_owed: bool = True
) -> list[Line]:
    """The lines of these names, in their order; `with_owed` reads what is due for each, too."""
    ids = [one.person_id for one in found]
    by_id = {one.pk: one for one in _persons(EVERYTHING, ids)}
    reachable = {one.pk for one in _persons(scope, ids)}
    # of who lives out of scope today only what was counted then is told, nothing of care elsewhere
    facts = residents.facts_of(reachable, asked.until) if with_owed else {}
    lines = []
    for one in found:
        person, seen = by_id[one.person_id], facts.get(one.person_id, ())
        lines.append(
            Line(
                one, person.name, person.birth_date,
                person.mother.name if person.mother else person.mother_name,
                _now(person) or ("" if person.pk in reachable else "away"), person.pk in reachable,
                max((fact.on for fact in seen), default=None),
                _owed(person, seen, asked.until)
                if with_owed and person.is_current and person.pk in reachable
                else (),
            )
        )  # fmt: skip
    return lines


def _persons(scope: Scope, ids: Sequence[int]) -> list:
    found: list = []
    for start in range(0, len(ids), _BATCH):
        rows = people.in_scope(scope, also_former=True).filter(pk__in=ids[start : start + _BATCH])
        found += rows.select_related("mother", "village")
    return found


def _now(person) -> str:
    if person.merged_into_id:
        return "merged"
    if person.died_on:
        return "dead"
    return "" if person.is_current else "away"


def _owed(person, facts: tuple[Fact, ...], as_of: date) -> tuple[str, ...]:
    """What is due or late on the day, in a few letters each."""
    pack, lang = packs.load(), words.known(get_language())
    province = places.province_code(person.village) or None
    case = Person(person.sex, person.birth_date, facts, province)
    return tuple(
        pack.short_of(item, lang)
        for item in plan(pack, case, as_of)
        if item.status in ("due", "late") and not item.waits
    )

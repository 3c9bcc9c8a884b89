"""What was owed on any day: judged now by the engine, for who lived there on that day.

Internal to callers that have checked the scope; nothing is stored.
"""

from collections.abc import Callable
from datetime import date

import msgspec
from django.db.models import F, Q

from simpul.accounts.scope import EVERYTHING
from simpul.due import lists, plans
from simpul.due.areas import Area
from simpul.due.lists import House, Owed
from simpul.people import queries as people

_AT_ONCE = 800  # below SQLite's limit of variables
_RANK = {"urgent": 0, "late": 1, "due": 2}


class _Resident(msgspec.Struct, frozen=True):
    """A person with the home of the day, under the names the rest of the app uses."""

    pk: int
    name: str
    sex: str | None
    birth_date: date
    mother_name: str
    household_id: int
    village_id: int


def houses(area: Area, day: date, progress: Callable[[int], None] | None = None) -> list[House]:
    """The households of an area on a day with what each person was owed, as a list has it."""
    residents = residents_on(area, day)
    by_house: dict[int, list[Owed]] = {}
    for start in range(0, len(residents), _AT_ONCE):
        batch = residents[start : start + _AT_ONCE]
        for one, owed in zip(batch, _owed(batch, day), strict=True):
            if owed.lines:
                by_house.setdefault(one.household_id, []).append(owed)
        if progress:
            progress(len(batch))
    return _in_order(by_house)


def residents_on(area: Area, day: date) -> list[_Resident]:
    """Who lived in the area on the day: born, not dead, not merged; of two homes the newer."""
    at_home = Q(residences__until__isnull=True) | Q(residences__until__gte=day)
    alive = Q(died_on__isnull=True) | Q(died_on__gt=day)
    there = people.residents_on(area.villages, day).values("person_id")
    rows = (
        people.in_scope(EVERYTHING, also_former=True)
        .filter(at_home, alive, residences__since__lte=day, birth_date__lte=day)
        .filter(merged_into__isnull=True, pk__in=there)
        .annotate(
            house=F("residences__household_id"),
            desa=F("residences__village_id"),
            path=F("residences__household__rt__path"),
            post=F("residences__household__posyandu_id"),
        )
        .order_by("residences__since", "residences__pk")
    )
    newest = {
        row[0]: row
        for row in rows.values_list(
            "pk", "name", "sex", "birth_date", "mother_name", "house", "desa", "path", "post"
        )
    }
    return [_Resident(*row[:7]) for row in newest.values() if _is_in(area, *row[6:])]


def _is_in(area: Area, village: int, path: str | None, posyandu: int | None) -> bool:
    if village not in area.villages:
        return False
    if area.place is not None and f"/{area.place}/" not in (path or ""):
        return False
    return area.posyandu is None or posyandu == area.posyandu


def _owed(batch: list[_Resident], day: date) -> list[Owed]:
    cases = plans.cases(batch, day)
    return [lists.owed(EVERYTHING, one, cases[one.pk], day) for one in batch]


def _in_order(by_house: dict[int, list[Owed]]) -> list[House]:
    homes = {}
    ids = list(by_house)
    for start in range(0, len(ids), _AT_ONCE):
        for home in people.households(EVERYTHING, ids[start : start + _AT_ONCE]):
            homes[home.pk] = home
    found = []
    for pk, owed in by_house.items():
        owed.sort(key=lambda one: (_RANK[one.urgency], one.person.pk))
        home = homes[pk]
        key = (_RANK[owed[0].urgency], home.village.name, home.rt_label, home.address, pk)
        found.append((key, House(home, tuple(owed))))
    return [house for _key, house in sorted(found, key=lambda pair: pair[0])]

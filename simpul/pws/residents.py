"""Who lived where on a day, and what the rules say of them for a period that ends on that day.

Internal to pws: callers have checked the scope, or count for everybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from django.db.models import Q

from simpul.accounts.scope import EVERYTHING
from simpul.engine.indicators import judge
from simpul.engine.values import Fact, Person, Sex
from simpul.packs.model import Pack
from simpul.people import queries as people
from simpul.places import queries as places
from simpul.pws.masks import Judged, masks
from simpul.records import queries as records

_BATCH = 800  # below SQLite's limit of variables


class Resident(msgspec.Struct, frozen=True):
    """A person where the home was on the day."""

    person_id: int
    sex: Sex | None
    birth_date: date
    village_id: int
    rt_id: int | None
    posyandu_id: int | None


_COLUMNS = (
    "pk", "sex", "birth_date", "residences__village_id", "residences__household__rt_id",
    "residences__household__posyandu_id",
)  # fmt: skip


def _living(day: date):
    """Homes on the day of everybody born by then, neither dead nor merged; the newest home last."""
    covers = Q(residences__until__isnull=True) | Q(residences__until__gte=day)
    alive = Q(died_on__isnull=True) | Q(died_on__gt=day)
    return (
        people.in_scope(EVERYTHING, also_former=True)
        .filter(covers, alive, residences__since__lte=day)
        .filter(birth_date__lte=day, merged_into__isnull=True)
        .order_by("residences__since", "residences__pk")
        .values_list(*_COLUMNS)
    )


def of_persons(person_ids: Sequence[int], day: date) -> dict[int, Resident]:
    """{person id: where the home was} of those of these persons who lived here on the day."""
    found = {}
    for start in range(0, len(person_ids), _BATCH):
        for row in _living(day).filter(pk__in=person_ids[start : start + _BATCH]):
            found[row[0]] = Resident(*row)  # of two homes on one day the newer counts
    return found


def of_villages(village_ids: Iterable[int], day: date) -> dict[int, Resident]:
    """{person id: where the home was} of everybody whose home on the day was in these villages."""
    wanted = frozenset(village_ids)
    there = people.residents_on(wanted, day).values("person_id")
    found = {row[0]: Resident(*row) for row in _living(day).filter(pk__in=there)}
    return {pk: one for pk, one in found.items() if one.village_id in wanted}


def villages_of_all() -> list[int]:
    """Ids of the villages where anybody has ever lived, in order."""
    homes = people.in_scope(EVERYTHING, also_former=True)
    ids = homes.order_by("residences__village_id").values_list("residences__village_id", flat=True)
    return [one for one in ids.distinct() if one is not None]


def n_in(village_ids: Iterable[int] | None) -> int:
    """How many live in these villages now (None: all)."""
    found = people.in_scope(EVERYTHING)
    return (found if village_ids is None else found.filter(village_id__in=village_ids)).count()


def provinces() -> dict[int, str]:
    """{village id: two digits of its province}"""
    return {one.pk: places.province_code(one) for one in places.villages()}


class Judge(msgspec.Struct, frozen=True):
    """The rules with what every judgement needs beside the person."""

    pack: Pack
    bit_of: Mapping[str, int]
    province_of: Mapping[int, str]

    def rows(
        self,
        residents: Mapping[int, Resident],
        facts: Mapping[int, tuple[Fact, ...]],
        first: date,
        last: date,
    ) -> dict[int, Judged]:
        """The row of each resident who counts in something in the period."""
        found = {}
        for pk, one in residents.items():
            province = self.province_of.get(one.village_id) or None
            person = Person(one.sex, one.birth_date, facts.get(pk, ()), province)
            counted, reached = masks(judge(self.pack, person, first, last), self.bit_of)
            if counted:
                found[pk] = Judged(
                    pk, one.sex or "", one.village_id, one.rt_id, one.posyandu_id, counted, reached
                )
        return found


def facts_of(person_ids: Iterable[int], until: date) -> dict[int, tuple[Fact, ...]]:
    """What the engine sees of these persons, observed by the day."""
    return records.engine_facts(person_ids, until)

"""Finds the registered household a home of the file belongs to, and the mother living there.
By a resident already matched, by the family card, else by mother or head at the same address."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec
from django.db.models import Q

from simpul.accounts.scope import EVERYTHING
from simpul.exchange.registers.grouping import Entry, Home
from simpul.exchange.registers.matching import Match
from simpul.exchange.registers.rows import Who
from simpul.exchange.registers.values import plain
from simpul.exchange.registers.whereabouts import Whereabouts
from simpul.people import queries as people
from simpul.places.spelling import name_key

YOUNGEST_MOTHER_DAYS = 12 * 365
_FEW = 300
_COLUMNS = (
    "pk", "name", "sex", "birth_date", "mother_name", "village_id", "household_id",
    "household__rt_label", "household__address", "household__head_name", "household__card_number",
)  # fmt: skip


class Resident(msgspec.Struct, frozen=True):
    """A registered person with the household's address."""

    pk: int
    name: str
    sex: str | None
    birth_date: date
    mother_name: str
    village_id: int
    household_id: int
    rt_label: str
    address: str
    head_name: str
    card_number: str


class Roof(msgspec.Struct, frozen=True):
    """Where a home lives. None: the household is new; the residents there already."""

    household_id: int | None = None
    residents: tuple[Resident, ...] = ()

    def mother_of(self, who: Who) -> int | None:
        """The one woman of this name in the household, old enough."""
        if not who.mother:
            return None
        women = [
            one.pk
            for one in self.residents
            if one.sex == "female"
            and plain(one.name) == plain(who.mother)
            and (who.birth_date - one.birth_date).days >= YOUNGEST_MOTHER_DAYS
        ]
        return women[0] if len(women) == 1 else None


def roofs(homes: list[Home], matches: dict[int, Match], where: Whereabouts) -> list[Roof]:
    """One Roof for each home. `matches` is by id() of the entry."""
    residents = _residents(homes, matches, where)
    by_person = {one.pk: one for one in residents}
    by_household = defaultdict(list)
    for one in residents:
        by_household[one.household_id].append(one)
    found = []
    for home in homes:
        at = _household_of(home, matches, by_person, residents, where)
        found.append(Roof(at, tuple(by_household[at])) if at else Roof())
    return found


def _residents(homes, matches, where: Whereabouts) -> list[Resident]:
    """Everybody who could show where a home lives, and who lives with them."""
    whos = [home.entries[0].who for home in homes if _needs_roof(home, matches)]
    villages = {where.areas[who.area].village.pk for who in whos if where.areas[who.area].village}
    if not villages:
        return []
    ids = {m.person_id for home in homes for e in home.entries if (m := matches[id(e)]).person_id}
    cards = {who.card for who in whos if who.card}
    keys = {name_key(who.head or who.mother) for who in whos if who.head or who.mother}
    found: dict[int, Resident] = {}
    for few in _parts(ids):
        found |= _read(Q(pk__in=few))
    for few in _parts(cards):
        found |= _read(Q(household__card_number__in=few))
    for few in _parts(keys):
        theirs = Q(mother_key__in=few) | Q(name_key__in=few)
        found |= _read(Q(village_id__in=villages) & theirs)
    return list(found.values())


def _needs_roof(home: Home, matches: dict[int, Match]) -> bool:
    return any(matches[id(entry)].person_id is None for entry in home.entries)


def _parts(wanted: set) -> Iterable[list]:
    listed = sorted(wanted)
    for start in range(0, len(listed), _FEW):
        yield listed[start : start + _FEW]


def _read(condition: Q) -> dict[int, Resident]:
    rows = people.in_scope(EVERYTHING).filter(condition).values_list(*_COLUMNS)
    return {row[0]: Resident(*row) for row in rows}


def _household_of(
    home: Home, matches: dict[int, Match], by_person: dict[int, Resident],
    residents: list[Resident], where: Whereabouts,
) -> int | None:  # fmt: skip
    who = home.entries[0].who
    village = where.areas[who.area].village
    if village is None or not _needs_roof(home, matches):
        return None
    for entry in home.entries:
        resident = by_person.get(matches[id(entry)].person_id or 0)
        if resident and resident.village_id == village.pk:
            return resident.household_id
    near = [one for one in residents if one.village_id == village.pk]
    if who.card:
        held = (one.household_id for one in near if one.card_number == who.card)
        return next(held, None)
    return _by_name_and_address(home.entries[0], near)


def _by_name_and_address(entry: Entry, near: list[Resident]) -> int | None:
    who = entry.who
    named = plain(who.head or who.mother)
    if not named:
        return None
    same = {
        one.household_id
        for one in near
        if named in (plain(one.mother_name), plain(one.name), plain(one.head_name))
        and one.rt_label == who.rt_label
        and (plain(one.address) == plain(who.address) or not (one.address and who.address))
    }
    return same.pop() if len(same) == 1 else None

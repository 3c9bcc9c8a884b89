"""Search: a linear scan of one narrow index, so that any part of a name finds its bearer."""

import re

import msgspec
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from simpul.accounts.scope import Scope
from simpul.people import nik as niks
from simpul.people.models import Household, Person
from simpul.people.queries.scoped import (
    by_nik,
    canonical_ids,
    households_in_scope,
    in_scope,
    persons,
)
from simpul.places.spelling import name_key, search_words


class Home(msgspec.Struct, frozen=True):
    """A household with the names of who lives there, to recognise it by."""

    household: Household
    names: list[str]


def search_households(scope: Scope, text: str, limit: int = 20) -> list[Home]:
    """Households by head, address, RT or KK number, then by the name of who lives there."""
    digits = re.sub(r"[ .-]", "", text)
    words = search_words(text)
    if scope.is_empty or sum(len(word[0]) for word in words) < 2:
        return []
    homes = households_in_scope(scope)
    if digits.isdigit() and len(digits) == 16:
        homes = homes.filter(Q(card_number=digits) | Q(pk__in=_homes_by_nik(scope, digits)))
        return _with_names(scope, list(homes.values_list("pk", flat=True)[:limit]))
    for word in words:
        homes = homes.filter(_has("search_key", word))
    found = list(homes.order_by("search_key", "pk").values_list("pk", flat=True)[:limit])
    if len(found) < limit:
        people = _ids_by_name(scope, words, name_key(text), limit)
        found += _homes_of(scope, [pk for pk, how in people.items() if how == "name"])
    return _with_names(scope, list(dict.fromkeys(found))[:limit])


def _with_names(scope: Scope, ids: list[int]) -> list[Home]:
    by_home: dict[int, list[str]] = {home_id: [] for home_id in ids}
    rows = in_scope(scope).filter(household_id__in=ids).order_by("birth_date")
    for home_id, name in rows.values_list("household_id", "name"):
        by_home[home_id].append(name)
    homes = households_in_scope(scope).select_related("village", "posyandu").in_bulk(ids)
    return [Home(homes[home_id], by_home[home_id]) for home_id in ids if home_id in homes]


def _homes_of(scope: Scope, person_ids: list[int]) -> list[int]:
    found = in_scope(scope, also_former=True).filter(pk__in=person_ids)
    return list(found.order_by("name_key").values_list("household_id", flat=True))


def _homes_by_nik(scope: Scope, digits: str) -> list[int]:
    return list(by_nik(scope, digits).values_list("household_id", flat=True))


class Hit(msgspec.Struct, frozen=True):
    """One person found, and by what: name, mother, household, nik."""

    person: Person
    by: str


def search(scope: Scope, text: str, limit: int = 200) -> list[Hit]:
    """Anybody in scope by part of a name, of the mother's name, by NIK, KK, address or head.

    Residents before those who died or moved, then the best first: the name begins so, its words
    begin so, it holds the letters; then the mother's name, then the household.
    """
    digits = re.sub(r"[ .-]", "", text)
    if digits.isdigit() and len(digits) == 16:
        return _hits(scope, _ids_by_number(scope, digits, limit))
    words = search_words(text)
    if scope.is_empty or sum(len(word[0]) for word in words) < 2:
        return []
    found = _ids_by_name(scope, words, name_key(text), limit)
    if len(found) < limit:
        for pk in _ids_by_household(scope, words, limit):
            found.setdefault(pk, "household")
    return _hits(scope, dict(list(found.items())[:limit]))


def _ids_by_number(scope: Scope, digits: str, limit: int) -> dict[int, str]:
    everybody = in_scope(scope, also_former=True).order_by("-is_current", "name_key")
    by_nik = everybody.filter(nik_hash=niks.hash_nik(digits))
    found: dict[int, str] = dict.fromkeys(by_nik.values_list("pk", flat=True)[:limit], "nik")
    by_card = everybody.filter(household__card_number=digits).order_by("-is_current", "birth_date")
    for pk in by_card.values_list("pk", flat=True)[:limit]:
        found.setdefault(pk, "household")
    return found


def _has(field: str, word: tuple[str, ...]) -> Q:
    """Whether the field holds any of these spellings. INSTR: twice as fast as LIKE, no escapes."""
    holds = Q()
    for option in word:
        holds |= Q(GreaterThan(StrIndex(F(field), Value(option)), 0))
    return holds


def _ids_by_name(scope: Scope, words, key: str, limit: int) -> dict[int, str]:
    in_either, in_name, begins = Q(), Q(), Q()
    spaced = Concat(Value(" "), F("name_key"))
    for word in words:
        in_either &= _has("name_key", word) | _has("mother_key", word)
        in_name &= _has("name_key", word)
        begins &= Q(GreaterThan(StrIndex(spaced, Value(f" {word[0]}")), 0))
    rank = Case(
        When(name_key=key, then=0),
        When(name_key__startswith=key, then=1),
        When(begins, then=2),
        When(in_name, then=3),
        default=4,
        output_field=IntegerField(),
    )
    rows = (
        in_scope(scope, also_former=True)
        .filter(in_either)
        .annotate(rank=rank)
        .order_by("-is_current", "rank", "name_key", "pk")
        .values_list("pk", "rank")[:limit]
    )
    return {pk: "name" if rank < 4 else "mother" for pk, rank in rows}


def _ids_by_household(scope: Scope, words, limit: int) -> list[int]:
    homes = households_in_scope(scope)
    for word in words:
        homes = homes.filter(_has("search_key", word))
    ids = list(homes.values_list("pk", flat=True)[:limit])
    people = in_scope(scope).filter(household_id__in=ids).order_by("household_id", "birth_date")
    return list(people.values_list("pk", flat=True)[:limit])


def _hits(scope: Scope, found: dict[int, str]) -> list[Hit]:
    """The persons of these ids in their order; of a merged one, the person kept."""
    kept = canonical_ids(found)
    by: dict[int, str] = {}
    for pk, how in found.items():
        by.setdefault(kept[pk], how)
    seen = persons(scope, by)
    return [Hit(seen[pk], how) for pk, how in by.items() if pk in seen]

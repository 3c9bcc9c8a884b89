"""Reads of people. Every read takes the Scope; an empty scope reads nothing."""

import re
from datetime import date

import msgspec
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from simpul.accounts.scope import Scope
from simpul.people import nik as niks
from simpul.people.likeness import Card
from simpul.people.models import Household, LikelyPair, Person, PersonChange, Residence
from simpul.places.spelling import name_key, search_words


def in_scope(scope: Scope, *, also_former: bool = False) -> QuerySet[Person]:
    """Persons this scope may see; `also_former` adds the dead, the moved and the merged."""
    found = Person.objects.all()
    if not also_former:
        found = found.filter(is_current=True)
    if scope.villages is not None:
        found = found.filter(village_id__in=scope.villages)
    if scope.posyandu is not None:
        found = found.filter(posyandu_id__in=scope.posyandu)
    return found


def person(scope: Scope, person_id: int) -> Person | None:
    """One person with household and places, or None when absent or out of scope."""
    return (
        in_scope(scope, also_former=True)
        .select_related("household__village", "household__rt", "household__posyandu", "mother")
        .filter(pk=person_id)
        .first()
    )


def persons(scope: Scope, person_ids) -> dict[int, Person]:
    """{id: person} of those in scope, with household and village."""
    found = in_scope(scope, also_former=True).select_related("household__village")
    return found.in_bulk(list(person_ids))


def household(scope: Scope, household_id: int) -> Household | None:
    """One household, or None when absent or none of it is in scope."""
    return households(scope, [household_id]).first()


def households(scope: Scope, household_ids) -> QuerySet[Household]:
    """These households, as far as they are in scope, with their places."""
    found = _households(scope).select_related("village", "rt", "posyandu")
    return found.filter(pk__in=household_ids)


def household_ids_by_place(scope: Scope) -> list[int]:
    """Ids of all households in scope in the order of a walk: village, RT, address."""
    rows = _households(scope).order_by("village__name", "village", "rt_label", "address", "pk")
    return list(rows.values_list("pk", flat=True))


def _households(scope: Scope) -> QuerySet[Household]:
    found = Household.objects.all()
    if scope.villages is not None:
        found = found.filter(village_id__in=scope.villages)
    if scope.posyandu is not None:
        found = found.filter(posyandu_id__in=scope.posyandu)
    return found


def members(scope: Scope, household_id: int) -> QuerySet[Person]:
    """The living members of a household, oldest first."""
    return in_scope(scope).filter(household_id=household_id).order_by("birth_date", "pk")


def children_of(scope: Scope, person_id: int) -> QuerySet[Person]:
    """Children linked to this mother, or to an entry merged into hers, youngest first."""
    ids = [person_id, *merged_ids([person_id])]
    return in_scope(scope).filter(mother_id__in=ids).order_by("-birth_date")


def mothers(scope: Scope, household: Household | None, person: Person | None = None):
    """Women of a house who may be somebody's mother, and the mother registered of this person."""
    women = Q(household=household) & ~Q(sex="male") & Q(is_current=True)
    if person is not None:
        women = women & Q(birth_date__lt=person.birth_date) | Q(pk=person.mother_id)
    everybody = in_scope(scope, also_former=True).filter(women)
    return everybody.exclude(pk=person.pk if person else 0).order_by("birth_date")


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
    homes = _households(scope).select_related("village", "posyandu")
    if digits.isdigit() and len(digits) == 16:
        numbered = Q(card_number=digits) | Q(pk__in=_homes_by_nik(scope, digits))
        return _with_names(scope, list(homes.filter(numbered)[:limit]))
    named = homes
    for word in words:
        named = named.filter(_has("search_key", word))
    found = list(named.order_by("rt_label", "address")[:limit])
    ids = [hit.person.household_id for hit in search(scope, text, limit) if hit.by == "name"]
    found += homes.filter(pk__in=ids).exclude(pk__in=[home.pk for home in found])
    return _with_names(scope, found[:limit])


def _with_names(scope: Scope, homes: list[Household]) -> list[Home]:
    by_home: dict[int, list[str]] = {home.pk: [] for home in homes}
    rows = in_scope(scope).filter(household_id__in=by_home).order_by("birth_date")
    for home_id, name in rows.values_list("household_id", "name"):
        by_home[home_id].append(name)
    return [Home(home, by_home[home.pk]) for home in homes]


def _homes_by_nik(scope: Scope, digits: str) -> list[int]:
    return list(by_nik(scope, digits).values_list("household_id", flat=True))


def by_nik(scope: Scope, digits: str) -> QuerySet[Person]:
    """Persons registered with this NIK (more than one when two claim it)."""
    return in_scope(scope, also_former=True).filter(nik_hash=niks.hash_nik(digits))


def merged_ids(person_ids) -> dict[int, int]:
    """{id of a merged person: id of the one kept} for those merged into any of these."""
    rows = Person.objects.filter(merged_into_id__in=person_ids)
    return dict(rows.values_list("pk", "merged_into_id"))


def canonical_ids(person_ids) -> dict[int, int]:
    """{id: the id kept}: itself, or the person it was merged into."""
    rows = Person.objects.filter(pk__in=person_ids)
    return {pk: kept or pk for pk, kept in rows.values_list("pk", "merged_into_id")}


def birth_dates(person_ids) -> dict[int, date]:
    """{id: birth date} of these persons; for checks, so without scope."""
    ids = sorted(person_ids)
    found: dict[int, date] = {}
    for start in range(0, len(ids), 900):  # below SQLite's limit of variables
        rows = Person.objects.filter(pk__in=ids[start : start + 900])
        found.update(rows.values_list("pk", "birth_date"))
    return found


def history(scope: Scope, person_id: int) -> QuerySet[PersonChange]:
    """What was changed about a person, newest first."""
    allowed = in_scope(scope, also_former=True).filter(pk=person_id)
    return PersonChange.objects.filter(person__in=allowed).select_related("by").order_by("-at")


def residents_on(village_ids, day) -> QuerySet[Residence]:
    """Who lived in these villages on a day (merged persons excluded)."""
    return Residence.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        village_id__in=village_ids,
        since__lte=day,
        person__merged_into__isnull=True,
    )


def last_change_id() -> int:
    """The id of the newest change of anybody's particulars; 0 when there is none."""
    return PersonChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def changed_after(change_id: int, limit: int | None = None) -> dict[int, int]:
    """{person id: id of the newest change} of those changed after `change_id`, in that order.

    For the layers above that follow the register by cursor.
    """
    rows = PersonChange.objects.filter(pk__gt=change_id).order_by("pk")
    return {person: change for change, person in rows.values_list("pk", "person_id")[:limit]}


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
    homes = _households(scope)
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


_CARD = (
    "pk", "name_key", "mother_key", "sex", "birth_date", "birth_date_is_estimated", "nik_hash",
    "village_id", "household_id", "household__rt_label",
)  # fmt: skip
_FEW = 400  # values in one question


def cards(person_ids) -> list[Card]:
    """What is compared of these persons. Internal to the look for duplicates: without scope."""
    ids = list(person_ids)
    found = []
    for start in range(0, len(ids), _FEW):
        found += _cards(Person.objects.filter(pk__in=ids[start : start + _FEW]))
    return found


def cards_sharing(asked: list[Card]) -> list[Card]:
    """Entries with the NIK, birth or household of these, or in their village name or mother."""
    everybody = Person.objects.all()
    found: dict[int | None, Card] = {}

    def gather(rows: QuerySet[Person], field: str, values: set) -> None:
        listed = sorted(values)
        for start in range(0, len(listed), _FEW):
            chosen = rows.filter(**{f"{field}__in": listed[start : start + _FEW]})
            found.update((card.id, card) for card in _cards(chosen))

    gather(everybody, "nik_hash", {card.nik_hash for card in asked if card.nik_hash})
    gather(everybody, "birth_date", {card.birth_date for card in asked})
    gather(everybody, "household_id", {card.household_id for card in asked if card.household_id})
    for village_id in {card.village_id for card in asked}:
        there, here = everybody.filter(village_id=village_id), village_id
        near = [card for card in asked if card.village_id == here]
        gather(there, "name_key", {card.name_key for card in near})
        gather(there, "mother_key", {card.mother_key for card in near if card.mother_key})
    return list(found.values())


def _cards(rows: QuerySet[Person]) -> list[Card]:
    return [Card(*row) for row in rows.filter(merged_into__isnull=True).values_list(*_CARD)]


def open_pairs(scope: Scope) -> QuerySet[LikelyPair]:
    """Pairs that wait for a decision, both persons in scope, most alike first."""
    return (
        _pairs(scope)
        .filter(
            decision=LikelyPair.Decision.OPEN,
            first__merged_into__isnull=True,
            second__merged_into__isnull=True,
        )
        .order_by("-score", "pk")
    )


def n_open_pairs(scope: Scope) -> int:
    """How many pairs wait, for the badge on the menu."""
    return 0 if scope.is_empty else open_pairs(scope).count()


def pair(scope: Scope, pair_id: int) -> LikelyPair | None:
    """One pair, or None when absent or one of the two is out of scope."""
    return _pairs(scope).filter(pk=pair_id).first()


def _pairs(scope: Scope) -> QuerySet[LikelyPair]:
    seen = in_scope(scope, also_former=True).values("pk")
    found = LikelyPair.objects.select_related(
        "first__household__village", "second__household__village", "decided_by"
    )
    if scope.villages is None:
        return found
    return found.filter(first__in=seen, second__in=seen)


def merged_persons(scope: Scope) -> QuerySet[Person]:
    """Persons merged into another, the kept one beside, last merged first."""
    return (
        in_scope(scope, also_former=True)
        .filter(merged_into__isnull=False)
        .select_related("merged_into__household__village", "household__village")
        .order_by("-pk")
    )


def merged_into(scope: Scope, person_id: int) -> QuerySet[Person]:
    """Entries merged into this person."""
    return in_scope(scope, also_former=True).filter(merged_into_id=person_id).order_by("pk")


def former_members(scope: Scope, household_id: int) -> QuerySet[Person]:
    """Who lived here last and died or moved out of the area."""
    everybody = in_scope(scope, also_former=True)
    return everybody.filter(
        household_id=household_id, is_current=False, merged_into__isnull=True
    ).order_by("birth_date")


def alone(scope: Scope, person_id: int) -> QuerySet[Person]:
    """One person as a set, former or not."""
    return in_scope(scope, also_former=True).filter(pk=person_id)


def histories(scope: Scope, person_ids) -> dict[int, list[PersonChange]]:
    """{person id: changes, oldest first} of those in scope."""
    found: dict[int, list[PersonChange]] = {}
    allowed = in_scope(scope, also_former=True).filter(pk__in=list(person_ids))
    rows = PersonChange.objects.filter(person__in=allowed).select_related("by").order_by("pk")
    for change in rows:
        found.setdefault(change.person_id, []).append(change)
    return found

"""Entries that may be one person: what is compared, which pairs wait, what was merged."""

from django.db.models import QuerySet

from simpul.accounts.scope import Scope
from simpul.people.likeness import Card
from simpul.people.models import LikelyPair, Person
from simpul.people.queries.scoped import in_scope

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
    """Pairs with both persons in scope: by joins, a list of all ids in scope would be long."""
    found = LikelyPair.objects.select_related(
        "first__household__village", "second__household__village", "decided_by"
    )
    for person in ("first", "second"):
        if scope.villages is not None:
            found = found.filter(**{f"{person}__village_id__in": scope.villages})
        if scope.posyandu is not None:
            found = found.filter(**{f"{person}__posyandu_id__in": scope.posyandu})
    return found


def merged_persons(scope: Scope) -> QuerySet[Person]:
    """Persons merged into another, the kept one beside, both in scope, last merged first."""
    return (
        in_scope(scope, also_former=True)
        .filter(merged_into__in=in_scope(scope, also_former=True))
        .select_related("merged_into__household__village", "household__village")
        .order_by("-pk")
    )

"""Reads of people. Every read takes the Scope; an empty scope reads nothing."""

from datetime import date

from django.db.models import Q, QuerySet

from simpul.accounts.scope import Scope
from simpul.people import nik as niks
from simpul.people.models import Household, Person, PersonChange, Residence


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


def household(scope: Scope, household_id: int) -> Household | None:
    """One household, or None when absent or none of it is in scope."""
    found = Household.objects.select_related("village", "rt", "posyandu").filter(pk=household_id)
    if scope.villages is not None:
        found = found.filter(village_id__in=scope.villages)
    if scope.posyandu is not None:
        found = found.filter(posyandu_id__in=scope.posyandu)
    return found.first()


def households(scope: Scope, household_ids) -> QuerySet[Household]:
    """These households, as far as they are in scope, with their places."""
    found = Household.objects.select_related("village", "rt", "posyandu")
    if scope.villages is not None:
        found = found.filter(village_id__in=scope.villages)
    if scope.posyandu is not None:
        found = found.filter(posyandu_id__in=scope.posyandu)
    return found.filter(pk__in=household_ids)


def members(scope: Scope, household_id: int) -> QuerySet[Person]:
    """The living members of a household, oldest first."""
    return in_scope(scope).filter(household_id=household_id).order_by("birth_date", "pk")


def children_of(scope: Scope, person_id: int) -> QuerySet[Person]:
    """Children linked to this mother, youngest first."""
    return in_scope(scope).filter(mother_id=person_id).order_by("-birth_date")


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
    ids, found = sorted(person_ids), {}
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

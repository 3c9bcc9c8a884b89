"""Who and which household a scope may see, what was changed, who lived where."""

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


def persons(scope: Scope, person_ids) -> dict[int, Person]:
    """{id: person} of those in scope, with household and village."""
    found = in_scope(scope, also_former=True).select_related("household__village")
    return found.in_bulk(list(person_ids))


def household(scope: Scope, household_id: int) -> Household | None:
    """One household, or None when absent or none of it is in scope."""
    return households(scope, [household_id]).first()


def households(scope: Scope, household_ids) -> QuerySet[Household]:
    """These households, as far as they are in scope, with their places."""
    found = households_in_scope(scope).select_related("village", "rt", "posyandu")
    return found.filter(pk__in=household_ids)


def household_ids_by_place(scope: Scope) -> list[int]:
    """Ids of all households in scope in the order of a walk: village, RT, address."""
    rows = households_in_scope(scope).order_by(
        "village__name", "village", "rt_label", "address", "pk"
    )
    return list(rows.values_list("pk", flat=True))


def households_in_scope(scope: Scope) -> QuerySet[Household]:
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

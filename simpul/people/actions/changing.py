"""Changing particulars, moving, leaving, dying: each with who, when, what it was and became."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from simpul.accounts import actions as accounts
from simpul.people import nik as niks
from simpul.people.actions.registering import (
    NewHousehold,
    household_key,
    nik_fields,
    register_household,
    rt_of,
)
from simpul.people.models import Household, Person, PersonChange, Residence
from simpul.places.spelling import name_key
from simpul.project import clock

# Derived from others, or secret: the history shows the NIK by its last digits only.
_UNSAID = {"nik_hash", "nik_sealed", "nik_tail", "name_key", "mother_key"}


@transaction.atomic
def edit_person(*, by, person: Person, **fields) -> Person:
    """Change particulars (name, sex, birth_date, nik, mother, mother_name …) with history.

    `nik=""` takes a NIK away; say why in `nik_missing`.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    born = person.birth_date
    changes = [
        _change(by, person, field, before, after)
        for field, before, after in _set(person, _columns(fields))
    ]
    if changes:
        person.save()
        PersonChange.objects.bulk_create(changes)
        Residence.objects.filter(person=person, since=born).update(since=person.birth_date)
        accounts.log(by=by, action="edit.person", object_kind="person", object_id=person.pk)
    return person


def _columns(fields: dict) -> dict:
    """What was asked to change, as columns, with what follows from it."""
    columns = dict(fields)
    if "nik" in columns:
        columns |= nik_fields(columns.pop("nik"), columns.get("nik_missing") or "unknown")
    if columns.get("mother"):
        columns["mother_name"] = columns["mother"].name
    if "name" in columns:
        columns["name_key"] = name_key(columns["name"])
    if "mother_name" in columns:
        columns["mother_key"] = name_key(columns["mother_name"])
    return columns


def _set(person: Person, columns: dict) -> list[tuple[str, object, object]]:
    """Set the columns; what differs, as (field, before, after) for the history."""
    said: list[tuple[str, object, object]] = []
    tail = person.nik_tail
    if "nik_hash" in columns and columns["nik_hash"] != person.nik_hash:
        said.append(("nik", niks.masked(tail), niks.masked(columns["nik_tail"])))
    for field, after in columns.items():
        before = getattr(person, field)
        if before != after and field not in _UNSAID:
            said.append((field, before, after))
        setattr(person, field, after)
    return said


def _change(by, person: Person, field: str, before, after) -> PersonChange:
    return PersonChange(
        person=person, at=clock.now(), by=by, event="edit", field=field,
        before=_shown(before), after=_shown(after),
    )  # fmt: skip


def _shown(value) -> str:
    return "" if value is None else str(value)[:200]


@transaction.atomic
def edit_household(*, by, household: Household, **fields) -> Household:
    """Change address, RT, head, card or Posyandu of a household; the members' history says it.

    The village stays: who goes to live in another village moves (see move_persons).
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    changed = [(name, getattr(household, name), after) for name, after in fields.items()]
    changed = [one for one in changed if one[1] != one[2]]
    if not changed:
        return household
    for name, _before, after in changed:
        setattr(household, name, after)
    if "rt_label" in fields:
        household.rt = rt_of(household.village, household.rt_label)
    household.search_key = household_key(household)
    household.save()
    members = list(Person.objects.filter(household=household))
    if "posyandu" in fields:
        Person.objects.filter(household=household).update(posyandu=household.posyandu)
    said = [
        _change(by, person, f"household.{name}", before, after)
        for person in members
        for name, before, after in changed
    ]
    PersonChange.objects.bulk_create(said)
    accounts.log(by=by, action="edit.household", object_kind="household", object_id=household.pk)
    return household


@transaction.atomic
def move_persons(
    *, by, persons: Iterable[Person], household: Household | NewHousehold, on: date
) -> Household:
    """Move some people together to one household, registered with the move when it is new."""
    if isinstance(household, NewHousehold):
        household = register_household(by=by, new=household)
    for person in persons:
        move_person(by=by, person=person, household=household, on=on)
    return household


@transaction.atomic
def move_person(*, by, person: Person, household: Household, on: date) -> Person:
    """Move a person to another household from a day on; the old residence ends the day before."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = person.household_id
    _end_residence(person, on - timedelta(days=1))
    Residence.objects.create(
        person=person, household=household, village_id=household.village_id, since=on
    )
    person.household = household
    person.village_id = household.village_id
    person.posyandu_id = household.posyandu_id
    person.left_on = None
    person.is_current = person.died_on is None and person.merged_into_id is None
    person.save()
    _note(by, person, "move", str(before), str(household.pk))
    return person


@transaction.atomic
def record_departures(*, by, persons: Iterable[Person], on: date, to: str = "") -> None:
    """Some people moved out of the area together."""
    for person in persons:
        record_departure(by=by, person=person, on=on, to=to)


@transaction.atomic
def record_departure(*, by, person: Person, on: date, to: str = "") -> Person:
    """A person moved out of the area: no longer on any list, still in the register."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    _end_residence(person, on)
    person.left_on, person.is_current = on, False
    person.save()
    _note(by, person, "depart", "", f"{on.isoformat()} {to}".strip())
    return person


@transaction.atomic
def record_death(*, by, person: Person, on: date) -> Person:
    """A person died on a day. Raises ValueError when that is before birth."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if on < person.birth_date:
        raise ValueError("died before birth")
    _end_residence(person, on)
    person.died_on, person.is_current = on, False
    person.save()
    _note(by, person, "death", "", on.isoformat())
    return person


@transaction.atomic
def take_back_exit(*, by, person: Person) -> Person:
    """A death or departure was recorded by mistake: the person lives here still."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    gone_on = person.died_on or person.left_on
    if gone_on is None:
        raise ValueError("neither dead nor gone")
    person.residences.filter(until=gone_on, household=person.household).update(until=None)
    person.died_on = person.left_on = None
    person.is_current = person.merged_into_id is None
    person.save()
    _note(by, person, "return", gone_on.isoformat(), "")
    return person


def _end_residence(person: Person, on: date) -> None:
    for residence in person.residences.filter(until__isnull=True):
        residence.until = max(on, residence.since)
        residence.save(update_fields=["until"])


def _note(by, person: Person, event: str, before: str = "", after: str = "") -> None:
    PersonChange.objects.create(
        person=person, at=clock.now(), by=by, event=event, before=before, after=after[:200]
    )
    accounts.log(by=by, action=f"{event}.person", object_kind="person", object_id=person.pk)

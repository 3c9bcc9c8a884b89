"""Writes of people. Every change leaves a row of history; nothing is merged silently."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from simpul.people import nik as niks
from simpul.people.models import Household, Person, PersonChange, Residence
from simpul.places.spelling import name_key
from simpul.project import clock

if TYPE_CHECKING:
    from simpul.places.models import Facility, Place


class NewHousehold(msgspec.Struct, frozen=True):
    """What registers a household."""

    village: Place
    rt: Place | None = None
    posyandu: Facility | None = None
    address: str = ""
    rt_label: str = ""
    head_name: str = ""
    card_number: str = ""


class NewPerson(msgspec.Struct, frozen=True):
    """What registers a person. `nik` is 16 digits, or None with the reason in `nik_missing`."""

    household: Household
    name: str
    sex: str | None
    birth_date: date
    nik: str | None = None
    nik_missing: str = "unknown"
    mother: Person | None = None
    mother_name: str = ""
    relation: str = ""
    birth_date_is_estimated: bool = False
    since: date | None = None  # lives here since; None: since birth


def register_household(*, by, new: NewHousehold) -> Household:
    """Register one household."""
    return register_households(by=by, new=[new])[0]


def register_households(*, by, new: Iterable[NewHousehold]) -> list[Household]:
    """Register many households at once."""
    rows = [
        Household(
            village=one.village,
            rt=one.rt,
            posyandu=one.posyandu,
            address=one.address,
            rt_label=one.rt_label,
            head_name=one.head_name,
            card_number=one.card_number,
            search_key=_household_key(one),
        )
        for one in new
    ]
    return Household.objects.bulk_create(rows, batch_size=500)


def _household_key(home: NewHousehold | Household) -> str:
    """What search looks in: the head's name, the address, the RT."""
    return name_key(f"{home.head_name} {home.address} {home.rt_label}")[:240]


def register_person(*, by, new: NewPerson, envelope: uuid.UUID | None = None) -> Person:
    """Register one resident. Raises niks.BadNik when a NIK is given that is none."""
    return register_persons(by=by, new=[new], envelope=envelope)[0]


@transaction.atomic
def register_persons(
    *, by, new: Iterable[NewPerson], envelope: uuid.UUID | None = None
) -> list[Person]:
    """Register many residents at once, each with residence and history."""
    new = list(new)
    persons = Person.objects.bulk_create([_person(one) for one in new], batch_size=500)
    Residence.objects.bulk_create(
        [
            Residence(
                person=person,
                household_id=person.household_id,
                village_id=person.village_id,
                since=one.since or one.birth_date,
            )
            for person, one in zip(persons, new, strict=True)
        ],
        batch_size=500,
    )
    at = clock.now()
    PersonChange.objects.bulk_create(
        [
            PersonChange(person=person, at=at, by=by, event="register", envelope=envelope)
            for person in persons
        ],
        batch_size=500,
    )
    return persons


def _person(new: NewPerson) -> Person:
    nik = niks.read_nik(new.nik) if new.nik else None
    return Person(
        household=new.household,
        village_id=new.household.village_id,
        posyandu_id=new.household.posyandu_id,
        name=new.name.strip(),
        name_key=name_key(new.name),
        sex=new.sex,
        birth_date=new.birth_date,
        birth_date_is_estimated=new.birth_date_is_estimated,
        nik_hash=niks.hash_nik(nik.digits) if nik else None,
        nik_sealed=niks.seal_nik(nik.digits) if nik else None,
        nik_tail=nik.digits[-4:] if nik else "",
        nik_missing="" if nik else new.nik_missing,
        mother=new.mother,
        mother_name=new.mother.name if new.mother else new.mother_name.strip(),
        mother_key=name_key(new.mother.name if new.mother else new.mother_name),
        relation=new.relation,
    )


@transaction.atomic
def edit_person(*, by, person: Person, **fields) -> Person:
    """Change particulars (name, sex, birth_date, nik, mother, mother_name …) with history."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    at = clock.now()
    nik = fields.pop("nik", None)
    if nik:
        read = niks.read_nik(nik)
        fields |= {
            "nik_hash": niks.hash_nik(read.digits),
            "nik_sealed": niks.seal_nik(read.digits),
            "nik_tail": read.digits[-4:],
            "nik_missing": "",
        }
    if "name" in fields:
        fields["name_key"] = name_key(fields["name"])
    if "mother_name" in fields:
        fields["mother_key"] = name_key(fields["mother_name"])
    changes = []
    for field, after in fields.items():
        before = getattr(person, field)
        if before == after:
            continue
        setattr(person, field, after)
        if field in {"nik_hash", "nik_sealed", "name_key", "mother_key"}:
            continue  # derived, or secret
        changes.append(
            PersonChange(
                person=person, at=at, by=by, event="edit", field=field,
                before=_shown(before), after=_shown(after),
            )
        )  # fmt: skip
    if changes:
        person.save()
        PersonChange.objects.bulk_create(changes)
    return person


def _shown(value) -> str:
    return "" if value is None else str(value)[:200]


@transaction.atomic
def move_person(*, by, person: Person, household: Household, on: date) -> Person:
    """Move a person to another household from a day on; the old residence ends the day before."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = person.household
    _end_residence(person, on - timedelta(days=1))
    Residence.objects.create(
        person=person, household=household, village_id=household.village_id, since=on
    )
    person.household = household
    person.village_id = household.village_id
    person.posyandu_id = household.posyandu_id
    person.left_on, person.is_current = None, person.died_on is None
    person.save()
    _note(by, person, "move", str(before.pk), str(household.pk))
    return person


@transaction.atomic
def record_departure(*, by, person: Person, on: date, to: str = "") -> Person:
    """A person moved out of the area: no longer on any list, still in the register."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    _end_residence(person, on)
    person.left_on, person.is_current = on, False
    person.save()
    _note(by, person, "move", "", to)
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


def _end_residence(person: Person, on: date) -> None:
    for residence in person.residences.filter(until__isnull=True):
        residence.until = max(on, residence.since)
        residence.save(update_fields=["until"])


def _note(by, person: Person, event: str, before: str = "", after: str = "") -> None:
    PersonChange.objects.create(
        person=person, at=clock.now(), by=by, event=event, before=before, after=after
    )


@transaction.atomic
def merge_persons(*, by, keep: Person, other: Person) -> Person:
    """Say that `other` is the same as `keep`. Facts stay where they are and are read together."""
    if keep.pk == other.pk or keep.merged_into_id or other.merged_into_id:
        raise ValueError("only two unmerged persons can be merged")
    Person.objects.filter(merged_into=other).update(merged_into=keep)
    other.merged_into, other.is_current = keep, False
    other.save(update_fields=["merged_into", "is_current"])
    if keep.nik_hash is None and other.nik_hash is not None:
        edit_person(by=by, person=keep, nik=niks.open_nik(other.nik_sealed))
    _note(by, keep, "merge", str(other.pk), str(keep.pk))
    _note(by, other, "merge", str(other.pk), str(keep.pk))
    return Person.objects.get(pk=keep.pk)


@transaction.atomic
def unmerge_person(*, by, other: Person) -> Person:
    """Take a merge back: the person stands alone again, with the facts recorded for it."""
    other = Person.objects.select_for_update().get(pk=other.pk)
    kept = other.merged_into
    if kept is None:
        raise ValueError("not merged")
    other.merged_into = None
    other.is_current = other.died_on is None and other.left_on is None
    other.save(update_fields=["merged_into", "is_current"])
    _note(by, kept, "unmerge", str(other.pk), str(kept.pk))
    _note(by, other, "unmerge", str(other.pk), str(kept.pk))
    return other

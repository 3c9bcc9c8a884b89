"""Registering households and residents: one by a page, many by an import."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from simpul.accounts import actions as accounts
from simpul.people import nik as niks
from simpul.people.models import Household, Person, PersonChange, Residence
from simpul.places import actions as places
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


@transaction.atomic
def register_household(*, by, new: NewHousehold) -> Household:
    """Register one household; its RT follows from the label when only that is given."""
    if new.rt is None and new.rt_label:
        new = msgspec.structs.replace(new, rt=rt_of(new.village, new.rt_label))
    [household] = register_households(by=by, new=[new])
    accounts.log(
        by=by, action="register.household", object_kind="household", object_id=household.pk
    )
    return household


@transaction.atomic
def admit(*, by, home: Household | NewHousehold, event: str = "register", **fields) -> Person:
    """Register one resident together with the household, when that is new too."""
    if isinstance(home, NewHousehold):
        home = register_household(by=by, new=home)
    return register_person(by=by, new=NewPerson(household=home, **fields), event=event)


def rt_of(village: Place, label: str) -> Place | None:
    """The RT of this label in the village, made when it is first named; None without a label."""
    return places.add_below(parent=village, kind="rt", name=label) if label else None


def register_households(*, by, new: Iterable[NewHousehold]) -> list[Household]:
    """Register many households at once; the importer keeps the audit of its file."""
    rows = [
        Household(
            village=one.village,
            rt=one.rt,
            posyandu=one.posyandu,
            address=one.address,
            rt_label=one.rt_label,
            head_name=one.head_name,
            card_number=one.card_number,
            search_key=household_key(one),
        )
        for one in new
    ]
    return Household.objects.bulk_create(rows, batch_size=500)


def household_key(home: NewHousehold | Household) -> str:
    """What search looks in: the head's name, the address, the RT."""
    return name_key(f"{home.head_name} {home.address} {home.rt_label}")[:240]


@transaction.atomic
def register_person(
    *, by, new: NewPerson, envelope: uuid.UUID | None = None, event: str = "register"
) -> Person:
    """Register one resident. Raises niks.BadNik when a NIK is given that is none."""
    [person] = register_persons(by=by, new=[new], envelope=envelope, event=event)
    accounts.log(by=by, action="register.person", object_kind="person", object_id=person.pk)
    return person


@transaction.atomic
def register_persons(
    *, by, new: Iterable[NewPerson], envelope: uuid.UUID | None = None, event: str = "register"
) -> list[Person]:
    """Register many residents at once, each with residence and history (`event`: or 'birth')."""
    new = list(new)
    persons = Person.objects.bulk_create([_person(one) for one in new], batch_size=500)
    residences = [
        Residence(
            person=person,
            household_id=person.household_id,
            village_id=person.village_id,
            since=one.since or one.birth_date,
        )
        for person, one in zip(persons, new, strict=True)
    ]
    Residence.objects.bulk_create(residences, batch_size=500)
    at = clock.now()
    changes = [
        PersonChange(person=person, at=at, by=by, event=event, envelope=envelope)
        for person in persons
    ]
    PersonChange.objects.bulk_create(changes, batch_size=500)
    return persons


def _person(new: NewPerson) -> Person:
    mother_name = new.mother.name if new.mother else new.mother_name.strip()
    return Person(
        household=new.household,
        village_id=new.household.village_id,
        posyandu_id=new.household.posyandu_id,
        name=new.name.strip(),
        name_key=name_key(new.name),
        sex=new.sex,
        birth_date=new.birth_date,
        birth_date_is_estimated=new.birth_date_is_estimated,
        mother=new.mother,
        mother_name=mother_name,
        mother_key=name_key(mother_name),
        relation=new.relation,
        **nik_fields(new.nik, new.nik_missing),
    )


def nik_fields(nik: str | None, missing: str) -> dict:
    """The columns of a NIK, or of its absence with the reason."""
    if not nik:
        return {"nik_hash": None, "nik_sealed": None, "nik_tail": "", "nik_missing": missing}
    digits = niks.read_nik(nik).digits
    return {
        "nik_hash": niks.hash_nik(digits),
        "nik_sealed": niks.seal_nik(digits),
        "nik_tail": digits[-4:],
        "nik_missing": "",
    }

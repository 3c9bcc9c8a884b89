"""Carries out the plan of one chunk in one transaction: households, persons, facts, likely pairs.
A chunk whose envelope is in the log has been carried out already and changes nothing."""

import uuid
from collections.abc import Iterator
from typing import Any

import msgspec
from django.db import transaction

from simpul.accounts.scope import EVERYTHING, Scope
from simpul.exchange.registers.grouping import Entry, Home
from simpul.exchange.registers.households import YOUNGEST_MOTHER_DAYS, Roof
from simpul.exchange.registers.planning import Part, plan_part
from simpul.exchange.registers.rows import Doubt, Register
from simpul.exchange.registers.values import plain
from simpul.exchange.registers.whereabouts import Whereabouts
from simpul.people import actions as people
from simpul.people import duplicates
from simpul.people import queries as persons
from simpul.records import actions as records


class Done(msgspec.Struct):
    """A chunk that was carried out, and who its entries are now."""

    part: Part
    person_ids: list[int | None]


@transaction.atomic
def import_part(
    *, by, homes: list[Home], envelope: uuid.UUID, scope: Scope, register: Register, source: str
) -> Done:
    """Plan the chunk against the register as it is now, and write what is new."""
    part = plan_part(homes, envelope, scope, register)
    person_ids = [match.person_id for match in part.matches]
    if part.is_repeat:
        return Done(part, person_ids)
    registered = _register(by, part, register.where)
    person_ids = [
        match.person_id or registered[id(entry)]
        for entry, match in zip(part.entries, part.matches, strict=True)
    ]
    _complete(by, part)
    _record(by, part, person_ids, register, source)
    if registered:
        duplicates.find_for(registered.values())
    return Done(part, person_ids)


def _register(by, part: Part, where: Whereabouts) -> dict[int, int]:
    """{id() of a new entry: its person id}. A mother in the same home is registered first."""
    new = {id(e) for e, m in zip(part.entries, part.matches, strict=True) if not m.person_id}
    households = _households(by, part, new, where)
    known_mothers = _known_mothers(part, new)
    made: dict[int, Any] = {}
    first = [
        (entry, home, households[id(home)])
        for home in part.homes
        for entry in home.entries
        if id(entry) in new
    ]
    later = [one for one in first if _mother_in(one[1], one[0], new)]
    postponed = {id(entry) for entry, _home, _household in later}
    for turn in ([one for one in first if id(one[0]) not in postponed], later):
        fresh = []
        for entry, home, household in turn:
            beside = _mother_in(home, entry, new)
            mother = made.get(id(beside)) if beside else known_mothers.get(id(entry))
            fresh.append(_new_person(entry, household, mother))
        rows = people.register_persons(by=by, new=fresh, envelope=part.envelope)
        made |= {id(one[0]): row for one, row in zip(turn, rows, strict=True)}
    return {key: row.pk for key, row in made.items()}


def _new_person(entry: Entry, household, mother) -> people.NewPerson:
    who = entry.who
    return people.NewPerson(
        household=household,
        name=who.name[:120],
        sex=who.sex,
        birth_date=who.birth_date,
        nik=who.nik or None,
        nik_missing="invalid" if entry.is_bad_nik else "unknown",
        mother=mother,
        mother_name=who.mother[:120],
        relation=who.relation,
        birth_date_is_estimated=who.is_estimated,
    )


def _mother_in(home: Home, child: Entry, new: set[int]) -> Entry | None:
    """The one new entry of this home that is the child's mother by name and age."""
    if not child.who.mother:
        return None
    named = plain(child.who.mother)
    women = [
        entry
        for entry in home.entries
        if id(entry) in new
        and entry.who.sex == "female"
        and plain(entry.who.name) == named
        and (child.who.birth_date - entry.who.birth_date).days >= YOUNGEST_MOTHER_DAYS
    ]
    return women[0] if len(women) == 1 else None


def _known_mothers(part: Part, new: set[int]) -> dict[int, Any]:
    wanted = {
        id(entry): mother_id
        for home, roof in zip(part.homes, part.roofs, strict=True)
        for entry in home.entries
        if id(entry) in new and (mother_id := roof.mother_of(entry.who))
    }
    found = persons.in_scope(EVERYTHING).in_bulk(set(wanted.values())) if wanted else {}
    return {key: found[pk] for key, pk in wanted.items() if pk in found}


def _households(by, part: Part, new: set[int], where: Whereabouts) -> dict[int, Any]:
    """{id() of a home with new entries: its household}, made where none is known."""
    needed = [
        (home, roof)
        for home, roof in zip(part.homes, part.roofs, strict=True)
        if any(id(entry) in new for entry in home.entries)
    ]
    ids = {roof.household_id for _home, roof in needed if roof.household_id}
    known = persons.households(EVERYTHING, ids).in_bulk() if ids else {}
    missing = [(home, roof) for home, roof in needed if roof.household_id not in known]
    made = people.register_households(by=by, new=_new_households(missing, where))
    households: dict[int, Any] = {id(home): known.get(roof.household_id) for home, roof in needed}
    for (home, _roof), household in zip(missing, made, strict=True):
        households[id(home)] = household
    return households


def _new_households(
    missing: list[tuple[Home, Roof]], where: Whereabouts
) -> Iterator[people.NewHousehold]:
    for home, _roof in missing:
        who = home.entries[0].who
        village = where.areas[who.area].village
        if village is None:  # made by placing.make_missing, or the row was refused
            raise LookupError("a home without a village")
        yield people.NewHousehold(
            village=village,
            rt=where.corners[who.corner].place if who.corner >= 0 else None,
            posyandu=where.posts[who.post].facility if who.post >= 0 else None,
            address=who.address,
            rt_label=who.rt_label,
            head_name=(who.head or who.mother or who.name)[:120],
            card_number=who.card,
        )


def _complete(by, part: Part) -> None:
    """Persons known without NIK or sex whose row gives it now have it."""
    for entry, match in zip(part.entries, part.matches, strict=True):
        if not (match.person_id and (match.gets_nik or match.gets_sex)):
            continue
        person = persons.person(EVERYTHING, match.person_id)
        if person is None:
            continue
        given: dict[str, str | None] = {}
        if match.gets_nik and person.nik_hash is None:
            given["nik"] = entry.who.nik
        if match.gets_sex and person.sex is None:
            given["sex"] = entry.who.sex
        if given:
            people.edit_person(by=by, person=person, **given)


def _record(by, part: Part, person_ids: list, register: Register, source: str) -> None:
    posts = register.where.posts
    facts, lines = [], []
    for outcome, person_id in zip(part.outcomes, person_ids, strict=True):
        for fact in outcome.facts:
            facility = posts[fact.post].facility if fact.post >= 0 else None
            lines.append(fact.line)
            facts.append(
                records.NewFact(
                    person_id, fact.name, fact.on, fact.value,
                    facility_id=facility.pk if facility else None, supersedes=fact.supersedes,
                )
            )  # fmt: skip
    recorded = records.record_visit(
        by=by, facts=facts, envelope=part.envelope, kind="import", source=source
    )
    for refusal in recorded.refused:
        register.doubts.append(Doubt(lines[refusal.index], "not_recorded", refusal.name))

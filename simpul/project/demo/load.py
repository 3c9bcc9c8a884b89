"""Puts the invented families into the database, by the same actions as everybody else.

Rule: families stream through in batches, each one transaction; memory does not grow with them.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from simpul.people import actions as people
from simpul.places import actions as places
from simpul.project.demo import land, lives
from simpul.project.demo.estimates import groups_of, official
from simpul.project.demo.ground import Ground
from simpul.project.demo.values import DemoFact, Family, Hood, Recipe
from simpul.records import actions as records

if TYPE_CHECKING:
    from simpul.people.models import Person

BATCH = 50  # families
_SPACE = uuid.UUID("6b1d6a6e-0f4a-5e1f-9c2b-620300000000")
Progress = Callable[[int], None]


class Tally:
    """What was written so far."""

    def __init__(self) -> None:
        self.households = self.residents = self.facts = 0
        self.targets: dict[str, Counter[str]] = defaultdict(Counter)  # by village

    def add(self, village: str, families: Sequence[Family], n_facts: int, recipe: Recipe) -> None:
        self.households += len(families)
        self.facts += n_facts
        for family in families:
            self.residents += len(family.residents)
            self.targets[village].update(groups_of(family, recipe.today))


def load(*, recipe: Recipe, ground: Ground, progress: Progress | None = None) -> Tally:
    """Register everybody with their facts; `progress` is told how many residents were added."""
    tally = Tally()
    for hood, holds in land.hoods(recipe.residents, recipe.seed):
        for batch in _batches(lives.stream(recipe, hood, holds)):
            n_facts = _write(recipe, ground, hood, batch)
            tally.add(hood.village_code, batch, n_facts, recipe)
            if progress:
                progress(sum(len(family.residents) for family in batch))
    _estimate(recipe, ground, tally)
    return tally


def _batches(families: Iterator[Family]) -> Iterator[list[Family]]:
    while batch := list(islice(families, BATCH)):
        yield batch


@transaction.atomic
def _write(recipe: Recipe, ground: Ground, hood: Hood, families: list[Family]) -> int:
    by = ground.recorder[hood.village_code]
    envelope = uuid.uuid5(_SPACE, f"{recipe.seed}:{hood.code}:{families[0].number}")
    households = people.register_households(
        by=by, new=[_household(ground, hood, family) for family in families]
    )
    persons = _register(by, families, households, envelope)
    where = {
        "posyandu": ground.posyandu[hood.code].pk,
        "home": ground.posyandu[hood.code].pk,
        "pustu": ground.pustu[hood.village_code].pk,
        "puskesmas": ground.puskesmas[hood.village_code].pk,
    }
    facts = [
        _fact(persons[number, index].pk, fact, where)
        for number, family in enumerate(families)
        for index, one in enumerate(family.residents)
        for fact in one.facts
    ]
    outcome = records.record_visit(by=by, facts=facts, envelope=envelope, source="demo")
    if outcome.refused:
        raise ValueError(f"the demonstration made an impossible fact: {outcome.refused[:3]}")
    _end(by, families, persons)
    return outcome.n_recorded


def _household(ground: Ground, hood: Hood, family: Family) -> people.NewHousehold:
    return people.NewHousehold(
        village=ground.villages[hood.village_code],
        rt=ground.rts[hood.code, family.rw, family.rt],
        posyandu=ground.posyandu[hood.code],
        address=family.address,
        rt_label=family.rt_label,
        head_name=family.head_name,
        card_number=family.card_number,
    )


def _register(by, families: list[Family], households, envelope) -> dict[tuple[int, int], Person]:
    """Mothers before their children: {(number in the batch, index in the family): person}."""
    persons: dict[tuple[int, int], Person] = {}
    waiting = [(n, i) for n, family in enumerate(families) for i in range(len(family.residents))]
    while waiting:
        ready = [key for key in waiting if _mother_is_there(families, persons, key)]
        new = [_person(families, households, persons, key) for key in ready]
        made = people.register_persons(by=by, new=new, envelope=envelope)
        persons.update(zip(ready, made, strict=True))
        waiting = [key for key in waiting if key not in persons]
    return persons


def _mother_is_there(families, persons, key: tuple[int, int]) -> bool:
    mother = families[key[0]].residents[key[1]].mother
    return mother is None or (key[0], mother) in persons


def _person(families, households, persons, key: tuple[int, int]) -> people.NewPerson:
    one = families[key[0]].residents[key[1]]
    return people.NewPerson(
        household=households[key[0]],
        name=one.name,
        sex=one.sex,
        birth_date=one.birth_date,
        nik=one.nik,
        nik_missing=one.nik_missing,
        mother=persons[key[0], one.mother] if one.mother is not None else None,
        mother_name=one.mother_name,
        relation=one.relation,
        since=one.since,
    )


def _fact(person_id: int, fact: DemoFact, where: dict[str, int]) -> records.NewFact:
    return records.NewFact(
        person_id, fact.name, fact.on, fact.value, facility_id=where[fact.at], form="demo"
    )


def _end(by, families: list[Family], persons) -> None:
    """Deaths and departures, with their history."""
    for number, family in enumerate(families):
        for index, one in enumerate(family.residents):
            if one.died_on:
                people.record_death(by=by, person=persons[number, index], on=one.died_on)
            elif one.left_on:
                people.record_departure(by=by, person=persons[number, index], on=one.left_on)


def _estimate(recipe: Recipe, ground: Ground, tally: Tally) -> None:
    """The official numbers, which differ from what is registered, as they do everywhere."""
    for code, counted in tally.targets.items():
        for group, number in official(recipe.seed, code, counted).items():
            for year in (recipe.today.year - 1, recipe.today.year):
                places.estimate(
                    place=ground.villages[code], group=group, year=year, number=number,
                    source="Dinas Kesehatan Kabupaten Kapuas (rekaan)",
                )  # fmt: skip

"""A small register made from a seed, and events in it, drawn from small sets with edges."""

import random
from datetime import date, timedelta

from simpul.accounts.scope import EVERYTHING
from simpul.people import actions as people
from simpul.people import queries as registered
from simpul.places import actions as places
from simpul.records import actions as records
from simpul.records import queries as log

TODAY = date(2026, 11, 20)
# the edges of months and of ages, where mistakes live
DAYS = [
    date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 15), date(2026, 9, 30), date(2026, 10, 1),
    date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 19), TODAY,
]  # fmt: skip
BIRTHS = [
    date(1958, 3, 1), date(1990, 10, 31), date(1996, 2, 29), date(2021, 9, 30), date(2021, 10, 1),
    date(2024, 11, 30), date(2025, 9, 30), date(2025, 10, 1), date(2025, 11, 20),
    date(2026, 6, 1), date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 18),
]  # fmt: skip


class Register:
    """Two villages with three RT and two Posyandu, and the people one event after the other."""

    def __init__(self, melati, seed: int):
        self.melati = melati
        self.draw = random.Random(seed)
        rt9 = places.add_below(parent=melati.hulu, kind="rt", name="RT 009")
        rt4 = places.add_below(parent=melati.panamas, kind="rt", name="RT 004/RW 001")
        anggrek = places.add_facility(
            code="Y-ANGGREK", kind="posyandu", name="Anggrek", village=melati.hulu,
            parent=melati.puskesmas, covers=[rt9],
        )  # fmt: skip
        homes = [(melati.panamas, melati.rt3, melati.dahlia), (melati.panamas, rt4, None),
                 (melati.hulu, rt9, anggrek), (melati.far, None, None)]  # fmt: skip
        self.homes = people.register_households(
            by=None,
            new=[people.NewHousehold(village=v, rt=rt, posyandu=p) for v, rt, p in homes * 2],
        )
        self.persons = [melati.nayla, melati.rafi, melati.mother, melati.grandmother]

    def happen(self, n: int) -> None:
        """n events, one after the other."""
        kinds = [self.register, self.serve, self.serve, self.serve, self.move, self.leave,
                 self.die, self.merge, self.unmerge, self.edit, self.correct]  # fmt: skip
        for _ in range(n):
            self.draw.choice(kinds)()

    def register(self) -> None:
        birth = self.draw.choice(BIRTHS)
        self.persons += people.register_persons(
            by=None,
            new=[
                people.NewPerson(
                    household=self.draw.choice(self.homes), name=f"Orang {len(self.persons)}",
                    sex=self.draw.choice(["female", "male", None]), birth_date=birth,
                    since=self.draw.choice([None, *(d for d in DAYS if d >= birth)]),
                )
            ],
        )  # fmt: skip

    def _one(self):
        chosen = self.draw.choice(self.persons)
        return registered.in_scope(EVERYTHING, also_former=True).get(pk=chosen.pk)

    def _day(self, person) -> date:
        days = [day for day in DAYS if day >= person.birth_date]
        return self.draw.choice(days)

    def serve(self) -> None:
        person = self._one()
        day = self._day(person)
        options = [
            [("body.weight", self.draw.choice([2.9, 6.5, 8.0, 8.6, 12.0]))],
            [("body.weight", 8.1), ("body.lenhei", self.draw.choice([60.0, 74.0, 85.0]))],
            [("vaccine.dpt_hb_hib", True)], [("vaccine.mr", True)], [("vaccine.bcg", True)],
            [("supplement.vitamin_a", "red")], [("bp.systolic", 120), ("bp.diastolic", 80)],
            [("pregnancy.lmp", day - timedelta(days=self.draw.choice([30, 84, 85, 200, 260])))],
            [("anc.visit", "midwife")], [("pregnancy.ended", "birth")], [("postnatal.visit", True)],
        ]  # fmt: skip
        records.record_visit(
            by=None,
            facts=[
                records.NewFact(person.pk, name, day, value)
                for name, value in self.draw.choice(options)
            ],
        )

    def move(self) -> None:
        person = self._one()
        if person.merged_into_id is None and person.died_on is None:
            people.move_person(
                by=None, person=person, household=self.draw.choice(self.homes),
                on=self._day(person),
            )  # fmt: skip

    def leave(self) -> None:
        person = self._one()
        if person.is_current:
            people.record_departure(by=None, person=person, on=self._day(person))

    def die(self) -> None:
        person = self._one()
        if person.is_current and self.draw.random() < 0.3:
            people.record_death(by=None, person=person, on=self._day(person))

    def merge(self) -> None:
        keep, other = self._one(), self._one()
        if keep.pk != other.pk and keep.is_current and other.is_current:
            people.merge_persons(by=None, keep=keep, other=other)

    def unmerge(self) -> None:
        person = self._one()
        if person.merged_into_id:
            people.unmerge_person(by=None, other=person)

    def edit(self) -> None:
        person = self._one()
        people.edit_person(
            by=None, person=person, sex=self.draw.choice(["female", "male"]),
            birth_date=self.draw.choice([person.birth_date, *BIRTHS[:4]]),
        )  # fmt: skip

    def correct(self) -> None:
        found = [
            one for one in log.current(EVERYTHING, self._one().pk) if one.name == "body.weight"
        ]
        if found and self.draw.random() < 0.5:
            records.correct(by=None, fact=self.draw.choice(found), value=7.4)
        elif found:
            records.retract(by=None, fact=self.draw.choice(found))

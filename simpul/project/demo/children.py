"""The facts of an invented child: birth, Posyandu days with weighing and vaccines, school.

Rule: what happens to a child happens on a day it was brought; who comes seldom has gaps.
"""

from bisect import bisect_right
from datetime import date, timedelta
from random import Random

import msgspec

from simpul.project.demo import growing, vaccines
from simpul.project.demo.days import add_months, months_old, sessions
from simpul.project.demo.values import DemoFact, Family, Recipe, Resident

POSYANDU_UNTIL = 60  # months
_MANY = ("body.", "supplement.")  # what there is most of: a large demonstration keeps less
WET_SEASON = (11, 12, 1, 2)
_HEAD_WINDOWS = (0, 3, 6, 9, 12, 18, 24, 30, 36, 42, 48, 54)  # months in which each begins


class Ways(msgspec.Struct, frozen=True):
    """How one child is brought: habits drawn once for the child."""

    weighing: float
    vaccination: float
    drops_at: int  # months: from then on the mother brings it no more for vaccines
    early_days: int
    is_swept: float  # the kader comes to the house with the capsule
    measuring: float  # length taken too, besides February and August


def facts(rng: Random, recipe: Recipe, family: Family, child: Resident) -> list[DemoFact]:
    """Everything observed about a child until now (0 to 17 years)."""
    last = child.last_day(recipe.today)
    ways, hood = _ways(rng, recipe, family), family.hood
    body = growing.newborn(rng, child.sex, 0.9 * (0.85 - hood.attendance))
    card = vaccines.card(child.birth_date)
    found = _birth(rng, ways, body, child, last)
    first = child.birth_date + timedelta(days=18)
    until = min(last, add_months(child.birth_date, POSYANDU_UNTIL) - timedelta(days=1))
    for day in sessions(hood.weekday, hood.nth, first, until) if first <= until else ():
        _session(rng, ways, body, card, child, day, found)
    found += [
        DemoFact(f"vaccine.{name}", day, True, "home")
        for name, day in vaccines.at_school(rng, child.birth_date, child.sex, 0.96, last)
    ]
    oldest = add_months(recipe.today, -recipe.growth_months)
    return [one for one in found if one.on >= oldest or not one.name.startswith(_MANY)]


def _ways(rng: Random, recipe: Recipe, family: Family) -> Ways:
    hood = family.hood
    return Ways(
        weighing=min(0.985, hood.attendance * family.care * rng.uniform(0.94, 1.06)),
        vaccination=min(0.98, hood.vaccination * family.care * rng.uniform(0.97, 1.07)),
        drops_at=rng.choices((8, 13, 99), (0.6, 4, 95.4))[0],
        early_days=rng.choices((0, 4), (98, 2))[0],
        is_swept=0.55 * hood.attendance,
        measuring=0.1 if recipe.is_lean else 0.75,
    )


def _birth(
    rng: Random, ways: Ways, body: growing.Body, child: Resident, last: date
) -> list[DemoFact]:
    born = child.birth_date
    found = [DemoFact("birth.weight", born, body.birth_weight, "pustu")]
    if rng.random() < 0.9:
        found.append(DemoFact("birth.length", born, body.birth_length, "pustu"))
    if rng.random() < 0.985 * min(1.0, 0.5 + ways.vaccination * 0.62):
        on = born + timedelta(days=rng.choices((0, 1, 3, 6), (70, 22, 5, 3))[0])
        if on <= last:
            found.append(DemoFact("vaccine.hb0", on, True, "pustu"))
    return found


def _session(
    rng: Random, ways: Ways, body: growing.Body, card: vaccines.Card, child: Resident,
    day: date, found: list[DemoFact],
) -> None:  # fmt: skip
    """One Posyandu day: brought or not, weighed, measured, vaccinated, given its capsule."""
    months, days = months_old(child.birth_date, day), (day - child.birth_date).days
    comes = rng.random() < ways.weighing * (1.0 if months < 24 else 0.95)
    if comes:
        weight = growing.weigh(rng, body, days, months, day.month in WET_SEASON)
        found.append(DemoFact("body.weight", day, weight))
        _measures(rng, ways, body, months, days, day, found)
    if months < ways.drops_at and not card.is_complete:
        _vaccines(rng, ways, card, months, comes, day, found)
    if day.month in (2, 8) and months >= 6:
        _capsule(rng, ways, months, comes, day, found)


def _measures(
    rng: Random, ways: Ways, body: growing.Body, months: int, days: int, day: date,
    found: list[DemoFact],
) -> None:  # fmt: skip
    if day.month in (2, 8) or body.is_thin or rng.random() < ways.measuring:
        length, how = growing.measure(rng, body, days)
        found.append(DemoFact("body.lenhei", day, length))
        found.append(DemoFact("body.measure", day, how))
        if months >= 6 and (day.month in (2, 8) or body.is_thin):
            found.append(DemoFact("body.muac", day, growing.arm(rng, body, days)))
    window = bisect_right(_HEAD_WINDOWS, months)
    if window > body.head_window and rng.random() < 0.8:
        body.head_window = window
        found.append(DemoFact("body.headc", day, growing.head(rng, body, days)))


def _vaccines(
    rng: Random, ways: Ways, card: vaccines.Card, months: int, comes: bool, day: date,
    found: list[DemoFact],
) -> None:  # fmt: skip
    """Infants are brought for the needle; older ones are caught up when somebody looks."""
    chance = ways.vaccination if months < 13 else 0.72 * ways.vaccination
    if months >= 26:
        chance *= 0.35
    if not comes:
        chance *= 0.55
    if rng.random() >= chance:
        return
    for dose in vaccines.owed(card, day, ways.early_days):
        if rng.random() < 0.975:  # else out of stock, or the child has fever
            vaccines.give(card, dose, day)
            found.append(
                DemoFact(f"vaccine.{dose.vaccine}", day, True, "posyandu" if comes else "pustu")
            )


def _capsule(
    rng: Random, ways: Ways, months: int, comes: bool, day: date, found: list[DemoFact]
) -> None:
    at = "posyandu"
    if not comes or rng.random() < 0.03:
        if rng.random() >= ways.is_swept:
            return
        day, at = day.replace(day=26), "home"
    colour = "blue" if months < 12 else "red"
    found.append(DemoFact("supplement.vitamin_a", day, colour, at))
    if day.month == 8 and months >= 12:
        found.append(DemoFact("supplement.deworming", day, True, at))

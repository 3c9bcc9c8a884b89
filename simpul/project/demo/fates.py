"""Identity numbers, moves and deaths of invented residents.

Rule: nobody dies before the last child is born, and nothing is observed after death or departure.
"""

from datetime import date, timedelta
from random import Random

from simpul.project.demo.values import Family, Recipe, Resident

WITHIN = 730  # days: moves and deaths on record
_DIES = ((1, 0.012), (5, 0.002), (45, 0.0012), (60, 0.007), (70, 0.022), (130, 0.07))  # a year
_MOVES_IN, _MOVES_OUT, _LEAVES_HOME = 0.03, 0.014, 0.035


def settle(rng: Random, recipe: Recipe, family: Family) -> None:
    """Give everybody a NIK or the reason why not, and let some die, come or go."""
    for one in family.residents:
        _number(rng, recipe.today, one)
    for index, one in enumerate(family.residents):
        _maybe_dies(rng, recipe.today, family, index, one)
    day = recipe.today - timedelta(days=rng.randint(8, WITHIN))
    if rng.random() < _MOVES_IN:
        for one in family.residents:
            one.since = max(one.birth_date, day)
            if one.died_on and one.died_on < one.since:
                one.died_on = None
    elif rng.random() < _MOVES_OUT and not any(p.ended_on is None for p in family.pregnancies):
        for one in family.residents:
            _leave(one, day)
    else:
        mothers = {p.mother for p in family.pregnancies}
        for index, one in enumerate(family.residents):
            is_young = one.relation == "anak" and 18 <= one.age_on(recipe.today) < 30
            if is_young and index not in mothers and rng.random() < _LEAVES_HOME:
                _leave(one, recipe.today - timedelta(days=rng.randint(8, WITHIN)))


def _leave(one: Resident, day: date) -> None:
    if one.died_on is None and one.birth_date < day:
        one.left_on = day


def _number(rng: Random, today: date, one: Resident) -> None:
    days, roll = (today - one.birth_date).days, rng.random()
    if days < 90:
        one.nik_missing = "newborn" if roll < 0.7 else ""
    elif days < 5 * 365:
        one.nik_missing = "unknown" if roll < 0.08 else ""
    elif days > 65 * 365:
        one.nik_missing = "never" if roll < 0.05 else "no_card" if roll < 0.1 else ""
    else:
        one.nik_missing = "no_card" if roll < 0.035 else ""
    if not one.nik_missing:
        born = one.birth_date
        day = born.day + (40 if one.sex == "female" else 0)
        serial = rng.randint(1, 9999)
        one.nik = f"620301{day:02d}{born.month:02d}{born.year % 100:02d}{serial:04d}"


def _maybe_dies(rng: Random, today: date, family: Family, index: int, one: Resident) -> None:
    chance = next(share for limit, share in _DIES if one.age_on(today) < limit)
    day = today - timedelta(days=rng.randint(3, WITHIN))
    if rng.random() >= chance * 2 or day <= one.birth_date:
        return
    mine = [p for p in family.pregnancies if p.mother == index]
    births = [other.birth_date for other in family.residents if other.mother == index]
    if any(p.ended_on is None or p.ended_on >= day for p in mine) or any(b >= day for b in births):
        return
    one.died_on = day

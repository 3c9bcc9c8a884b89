"""The facts of invented adults: yearly screening, what was found, whether they came back.

Rule: most were screened within the year, because a Puskesmas that works keeps at it; whoever
was found high is measured again until it is well or stops coming.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import msgspec

from simpul.project.demo.values import DemoFact, Family, Recipe, Resident

FROM_YEARS = 15
ELDERLY_FROM = 60
_HIGH = ((30, 0.03), (45, 0.09), (60, 0.20), (130, 0.32))  # share with high blood pressure, by age
_SUGAR = ((30, 0.01), (45, 0.03), (60, 0.08), (130, 0.11))  # with raised blood sugar
_NEVER = 0.02  # never screened, besides those the neighbourhood misses


class Trait(msgspec.Struct, frozen=True):
    """What one adult tends to."""

    is_high: bool
    is_sweet: bool
    comes_back: float
    waist: float


def facts(rng: Random, recipe: Recipe, family: Family, one: Resident) -> list[DemoFact]:
    """Screenings and follow-ups of one adult."""
    last = one.last_day(recipe.today)
    found: list[DemoFact] = []
    trait = _trait(rng, family, one.age_on(last))
    for day in _screened_on(rng, recipe, family, last):
        years = one.age_on(day)
        if years < FROM_YEARS:
            continue
        at = "posyandu" if rng.random() < 0.7 else "pustu"
        _pressure(rng, day, trait.is_high, at, found)
        sugar = _sugar(rng, day, trait.is_sweet, at, found)
        if rng.random() < 0.5:
            waist = round(trait.waist + rng.gauss(0, 1.5), 1)
            found.append(DemoFact("body.waist", day, waist, at))
        if years >= ELDERLY_FROM:
            found += _elderly(rng, day, years, at)
        _follow(rng, day, trait, sugar, last, found)
    return found


def _trait(rng: Random, family: Family, years: int) -> Trait:
    high = next(share for limit, share in _HIGH if years < limit)
    sweet = next(share for limit, share in _SUGAR if years < limit)
    return Trait(
        is_high=rng.random() < high,
        is_sweet=rng.random() < sweet,
        comes_back=min(0.97, 0.2 + 0.85 * family.hood.screening),
        waist=min(125.0, max(58.0, rng.gauss(78 + min(years, 55) * 0.12, 9))),
    )


def _screened_on(rng: Random, recipe: Recipe, family: Family, last: date) -> list[date]:
    """Days of screening, oldest first: one a year, sometimes a year left out."""
    if rng.random() < _NEVER + 0.08 * (1 - family.hood.screening):
        return []
    is_kept = rng.random() < min(0.985, family.hood.screening + 0.08)
    back = rng.randint(3, 352) if is_kept else rng.randint(368, 800)
    oldest = recipe.screening_years * 365
    days: list[date] = []
    while back < oldest or not days:
        days.append(last - timedelta(days=back))
        back += rng.randint(300, 420) if rng.random() < 0.8 else rng.randint(500, 800)
    return days[::-1]


def _pressure(rng: Random, day: date, is_high: bool, at: str, found: list[DemoFact]) -> None:
    if is_high:
        systolic, diastolic = rng.randint(140, 172), rng.randint(84, 104)
    elif rng.random() < 0.06:
        systolic, diastolic = rng.randint(130, 138), rng.randint(78, 88)
    else:
        systolic, diastolic = rng.randint(100, 127), rng.randint(62, 82)
    found.append(DemoFact("bp.systolic", day, float(systolic), at))
    found.append(DemoFact("bp.diastolic", day, float(diastolic), at))


def _sugar(rng: Random, day: date, is_sweet: bool, at: str, found: list[DemoFact]) -> int:
    value = rng.randint(142, 290) if is_sweet else rng.randint(82, 136)
    found.append(DemoFact("glucose.random", day, float(value), at))
    return value


def _elderly(rng: Random, day: date, years: int, at: str) -> Iterator[DemoFact]:
    frailty = max(0.0, (years - 62) / 30)
    aks = 20 if rng.random() > frailty else rng.choice((19, 18, 17, 15, 12, 8))
    ticks = 0 if rng.random() > frailty + 0.1 else rng.choice((1, 1, 2, 3))
    yield DemoFact("elderly.aks", day, float(aks), at)
    yield DemoFact("elderly.skilas", day, float(ticks), at)


def _follow(
    rng: Random, day: date, trait: Trait, sugar: int, last: date, found: list[DemoFact]
) -> None:
    """Measured again a month later (sugar: three months) until well, or until no longer coming."""
    on = day
    while _is_raised(found):
        on += timedelta(days=rng.randint(24, 33))
        if on > last or rng.random() > trait.comes_back:
            break
        _pressure(rng, on, rng.random() < 0.3, "pustu", found)
    on = day
    while sugar >= 140:
        is_suspect = sugar >= 200
        on += timedelta(days=rng.randint(1, 9) if is_suspect else rng.randint(80, 95))
        if on > last or rng.random() > trait.comes_back:
            break
        if is_suspect and rng.random() < 0.6:
            found.append(DemoFact("dx.diabetes", on, True, "puskesmas"))
            break
        sugar = _sugar(rng, on, rng.random() < 0.3, "puskesmas", found)


def _is_raised(found: list[DemoFact]) -> bool:
    """Whether the last blood pressure asks for another measuring (130/85 and above)."""
    last = {one.name: one.value for one in found if isinstance(one.value, float)}
    return last["bp.systolic"] >= 130 or last["bp.diastolic"] >= 85

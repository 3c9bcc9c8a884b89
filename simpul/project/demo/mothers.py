"""The facts of an invented pregnancy: visits, birth, care of mother and baby afterwards.

Rule: only pregnancies of the last two years are on record; a visit lies in its own weeks.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from simpul.project.demo.values import DemoFact, Family, Pregnancy, Recipe

ON_RECORD = 730  # days
_VISITS = (  # first and last day after the last menstruation, who sees her
    (38, 72, "doctor"), (90, 112, "midwife"), (142, 164, "midwife"),
    (172, 194, "midwife"), (210, 226, "doctor"), (240, 252, "midwife"),
)  # fmt: skip
_AFTER_BIRTH = ((0, 2), (3, 7), (8, 27), (29, 41))
_NEWBORN = ((0, 2), (3, 7), (8, 27))


def facts(rng: Random, recipe: Recipe, family: Family) -> Iterator[tuple[int, DemoFact]]:
    """(index of mother or baby, fact) for every pregnancy on record."""
    for pregnancy in family.pregnancies:
        ended = pregnancy.ended_on
        if ended is None or (recipe.today - ended).days <= ON_RECORD:
            yield from _one(rng, recipe, family, pregnancy)


def _one(
    rng: Random, recipe: Recipe, family: Family, pregnancy: Pregnancy
) -> Iterator[tuple[int, DemoFact]]:
    mother, last = pregnancy.mother, pregnancy.ended_on or recipe.today
    visits = list(_visits(rng, family, pregnancy, last))
    if not visits:  # she came for no visit: known from the kader only, or from the birth
        known = min(last, pregnancy.lmp + timedelta(days=150))
        yield mother, DemoFact("pregnancy.lmp", known, pregnancy.lmp, "home")
    else:
        yield mother, DemoFact("pregnancy.lmp", visits[0][0], pregnancy.lmp, "puskesmas")
    yield from ((mother, one) for visit in visits for one in _visit(rng, *visit))
    if pregnancy.ended_on:
        how = "loss" if pregnancy.is_loss else "birth"
        yield mother, DemoFact("pregnancy.ended", pregnancy.ended_on, how, "puskesmas")
        if not pregnancy.is_loss:
            yield from _after_birth(rng, recipe, family, pregnancy)


def _visits(
    rng: Random, family: Family, pregnancy: Pregnancy, last: date
) -> Iterator[tuple[date, int, str]]:
    """The visits she came for: day, number, by whom."""
    comes = min(0.99, family.hood.antenatal * family.care)
    is_late = rng.random() > 0.6 + 0.38 * comes
    for number, (first, until, who) in enumerate(_VISITS, 1):
        days = rng.randint(first, until)
        if number == 1 and is_late:
            days = rng.randint(86, 89)
        day = _workday(pregnancy.lmp + timedelta(days=days))
        if day < last and (number == 1 or rng.random() < 0.72 + 0.275 * comes):
            yield day, number, who


def _workday(day: date) -> date:
    return day - timedelta(days=1) if day.weekday() == 6 else day


def _visit(rng: Random, day: date, number: int, who: str) -> Iterator[DemoFact]:
    at = "puskesmas" if who == "doctor" else "pustu"
    yield DemoFact("anc.visit", day, who, at)
    is_high = rng.random() < 0.02
    systolic = rng.randint(140, 152) if is_high else rng.randint(98, 126)
    yield DemoFact("bp.systolic", day, float(systolic), at)
    yield DemoFact(
        "bp.diastolic", day, float(rng.randint(*((90, 96) if is_high else (62, 82)))), at
    )
    yield DemoFact("supplement.iron", day, 30.0, at)
    if number in (1, 5):
        yield DemoFact("lab.hb", day, round(rng.gauss(11.6, 1.0), 1), at)
    if number == 1:
        yield DemoFact("body.muac", day, round(rng.gauss(25.6, 2.3), 1), at)


def _after_birth(
    rng: Random, recipe: Recipe, family: Family, pregnancy: Pregnancy
) -> Iterator[tuple[int, DemoFact]]:
    born = pregnancy.ended_on or recipe.today
    comes = 0.6 + 0.4 * min(1.0, family.hood.antenatal * family.care)
    babies = [
        index
        for index, one in enumerate(family.residents)
        if one.mother == pregnancy.mother and one.birth_date == born
    ]
    for number, (first, until) in enumerate(_AFTER_BIRTH, 1):
        day = born + timedelta(days=rng.randint(first, until))
        if day > recipe.today or rng.random() > comes:
            continue
        at = "puskesmas" if number == 1 else "pustu"
        yield pregnancy.mother, DemoFact("postnatal.visit", day, True, at)
        if number <= len(_NEWBORN):
            for baby in babies:
                yield baby, DemoFact("neonatal.visit", day, True, at)

"""When an invented child is vaccinated: by age and interval, on the days it is brought.

Rule: the ages are those of the national schedule; that doses come late, are missed or were given
too early lies with the family and the Posyandu, not here.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

import msgspec

from simpul.project.demo.days import add_months, months_old, school_day


class Dose(msgspec.Struct, frozen=True):
    """One dose: from which age in months, up to which age, how long after the one before."""

    vaccine: str
    number: int
    months: int
    before_months: int
    gap_days: int = 28
    gap_months: int = 0
    introduced: date = date.min


_PCV, _RV = date(2022, 9, 12), date(2023, 8, 15)
_IPV2, _OPV = date(2023, 5, 1), date(2000, 1, 1)
SERIES: dict[str, tuple[Dose, ...]] = {
    "bcg": (Dose("bcg", 1, 0, 12),),
    "opv": tuple(
        Dose("opv", k, months, 60, introduced=_OPV) for k, months in enumerate((0, 2, 3, 4), 1)
    ),
    "dpt_hb_hib": (
        Dose("dpt_hb_hib", 1, 2, 60), Dose("dpt_hb_hib", 2, 3, 60), Dose("dpt_hb_hib", 3, 4, 60),
        Dose("dpt_hb_hib", 4, 18, 60, gap_months=12),
    ),
    "pcv": (
        Dose("pcv", 1, 2, 60, introduced=_PCV), Dose("pcv", 2, 3, 60, introduced=_PCV),
        Dose("pcv", 3, 12, 60, gap_days=56, introduced=_PCV),
    ),
    "rv": tuple(
        Dose("rv", k, months, 7, introduced=_RV) for k, months in enumerate((2, 3, 4), 1)
    ),
    "ipv": (Dose("ipv", 1, 4, 60), Dose("ipv", 2, 9, 60, gap_months=4, introduced=_IPV2)),
    "mr": (Dose("mr", 1, 9, 60), Dose("mr", 2, 18, 60, gap_months=6)),
}  # fmt: skip
FULL = sum(len(doses) for doses in SERIES.values())
HPV_FROM = date(2023, 8, 1)


class Card(msgspec.Struct):
    """The vaccinations of one child so far: how many doses of each, and when the last was."""

    birth: date
    given: dict[str, int]
    last: dict[str, date]
    n: int = 0

    @property
    def is_complete(self) -> bool:
        return self.n >= FULL


def card(birth: date) -> Card:
    """An empty card."""
    return Card(birth, dict.fromkeys(SERIES, 0), {})


def owed(card: Card, day: date, early_days: int = 0) -> list[Dose]:
    """The doses that may be given on a day; `early_days` lets a careless hand be too early."""
    months = months_old(card.birth, day)
    found = []
    for vaccine, doses in SERIES.items():
        done = card.given[vaccine]
        if done >= len(doses):
            continue
        dose = doses[done]
        if not dose.introduced <= day or months >= dose.before_months:
            continue
        is_near = early_days and dose.months > 1
        if months < dose.months - (1 if is_near else 0):
            continue
        last = card.last.get(vaccine)
        if last is None or _is_apart(dose, last, day, early_days):
            found.append(dose)
    return found


def _is_apart(dose: Dose, last: date, day: date, early_days: int) -> bool:
    if dose.gap_months:
        return day >= add_months(last, dose.gap_months)
    return (day - last).days >= dose.gap_days - early_days


def give(card: Card, dose: Dose, day: date) -> None:
    """Write a dose on the card."""
    card.given[dose.vaccine] += 1
    card.last[dose.vaccine] = day
    card.n += 1


def at_school(
    rng: Random, birth: date, sex: str, goes: float, last: date
) -> Iterator[tuple[str, date]]:
    """School vaccinations (BIAS): MR and DT in the year after 7, Td at 8 and 11, HPV for girls."""
    shift = rng.randrange(20)
    plans = [("mr", 7, 8), ("dt", 7, 11), ("td", 8, 11), ("td", 11, 11)]
    if sex == "female":
        plans.append(("hpv", 11, 8))
    attends = rng.random() < 0.985
    for vaccine, years, month in plans:
        turned = add_months(birth, years * 12)
        year = turned.year if (turned.month, turned.day) <= (month, 1) else turned.year + 1
        day = school_day(year, month, shift)
        if vaccine == "hpv" and day < HPV_FROM:
            continue
        if attends and day <= last and rng.random() < goes:
            yield vaccine, day

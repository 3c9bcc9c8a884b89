"""Target groups of the demonstration, counted and as an office far away estimated them.

Rule: the estimate is near the truth but never it, and is higher more often than lower.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from simpul.project.demo.days import months_old
from simpul.project.demo.values import Family


def groups_of(family: Family, today: date) -> Iterator[str]:
    """The target groups each of the family belongs to today, once for each person."""
    for one in family.residents:
        if not one.is_current:
            continue
        months = months_old(one.birth_date, today)
        yield from (name for name, first, last in _BY_AGE if first <= months <= last)
    for pregnancy in family.pregnancies:
        if family.residents[pregnancy.mother].is_current and not pregnancy.is_loss:
            born = pregnancy.ended_on
            if born is None or (today - born).days <= 365:
                yield "pregnancies"
            if born is not None and (today - born).days <= 365:
                yield "births"


_BY_AGE = (
    ("infants", 0, 11),
    ("toddlers", 12, 23),
    ("under_fives", 0, 59),
    ("vitamin_a", 6, 59),
    ("deworming", 12, 59),
    ("adults", 15 * 12, 60 * 12 - 1),
    ("elderly", 60 * 12, 130 * 12),
)


def official(seed: int, village: str, counted: Mapping[str, int]) -> dict[str, int]:
    """What the estimate says for a village: one is over-estimated as a whole, another not."""
    rng = Random(f"{seed}:estimate:{village}")  # noqa: S311  invented numbers
    lean = rng.uniform(0.97, 1.16)
    return {
        group: max(1, round(number * lean * rng.uniform(0.97, 1.05)))
        for group, number in sorted(counted.items())
    }

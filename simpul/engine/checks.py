"""Judges a number at the moment it is entered: possible, usual, and not far from the last one.

Its one rule: it asks, it never corrects; the guess is only what it may have been.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, Protocol

import msgspec

Range = tuple[float, float]
Level = Literal["ok", "impossible", "implausible", "jump"]


class Measured(Protocol):
    """What is needed of a fact type of the pack."""

    @property
    def hard(self) -> Range | None: ...
    @property
    def plausible(self) -> Range | None: ...
    @property
    def by_age(self) -> tuple[tuple[int, Range], ...]: ...
    @property
    def jump(self) -> float | None: ...
    @property
    def fall(self) -> float | None: ...


class Check(msgspec.Struct, frozen=True, gc=False):
    """`impossible` is refused, the others are asked again; `guess` is what may have been meant."""

    level: Level
    guess: float | None = None
    low: float | None = None
    high: float | None = None


def check_value(
    fact_type: Measured,
    value: float,
    previous: float | None = None,
    age_months: int | None = None,
) -> Check:
    """Judge one number. `previous` is the last one of this person, `age_months` the age now."""
    usual = usual_range(fact_type, age_months)
    if fact_type.hard is not None and not _within(value, fact_type.hard):
        return _asked("impossible", fact_type, value, previous, usual, fact_type.hard)
    if usual is not None and not _within(value, usual):
        return _asked("implausible", fact_type, value, previous, usual, usual)
    if previous is not None and _jumps(fact_type, value, previous):
        return _asked("jump", fact_type, value, previous, usual, usual)
    return Check("ok")


def usual_range(fact_type: Measured, age_months: int | None) -> Range | None:
    """The plausible range at this age: the first age band the person is younger than."""
    if age_months is not None:
        for before, band in fact_type.by_age:
            if age_months < before:
                return band
    return fact_type.plausible


def _asked(
    level: Level,
    fact_type: Measured,
    value: float,
    previous: float | None,
    usual: Range | None,
    limits: Range | None,
) -> Check:
    low, high = limits or (None, None)
    return Check(level, _guess(fact_type, value, previous, usual), low, high)


def _guess(
    fact_type: Measured, value: float, previous: float | None, usual: Range | None
) -> float | None:
    """A lost or added decimal point, grams for kilograms, two digits changed about."""
    if usual is None or value <= 0:
        return None
    for slips in (_shifted(value), _swapped(value)):
        likely = [near for near in slips if near != value and _within(near, usual)]
        if previous is not None:
            likely = [near for near in likely if not _jumps(fact_type, near, previous)]
            likely.sort(key=lambda near: abs(near - previous))
        if likely:
            return likely[0]
    return None


def _shifted(value: float) -> Iterator[float]:
    """8400 (grams) and 84 may be 8.4: the point left out or set wrongly."""
    for factor in (1000, 10, 100):
        yield round(value / factor, 4)
    for factor in (10, 100):
        yield round(value * factor, 4)


def _swapped(value: float) -> Iterator[float]:
    """4.8 may be 8.4: two neighbouring digits changed about, the point left where it is."""
    text = f"{value:g}"
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    for first, second in pairwise(places):
        signs = list(text)
        signs[first], signs[second] = signs[second], signs[first]
        yield float("".join(signs))


def _jumps(fact_type: Measured, value: float, previous: float) -> bool:
    if fact_type.fall is not None and value < previous - fact_type.fall:
        return True
    return fact_type.jump is not None and abs(value - previous) > fact_type.jump * previous


def _within(value: float, limits: Range) -> bool:
    return limits[0] <= value <= limits[1]

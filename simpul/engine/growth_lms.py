"""WHO's L, M, S tables, and from them the z-score of one measurement.

Its one rule: the numbers are WHO's; nothing here knows a child, a flag or a word.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from itertools import accumulate

import msgspec

DAYS_OF_MONTH = 30.4375  # WHO's month: 365.25 / 12 days
Lms = tuple[float, float, float]
SCALE = {"l": 10_000.0, "m": 10_000.0, "s": 100_000.0}


class Table(msgspec.Struct, frozen=True, gc=False):
    """L, M and S of one index and sex; element i belongs to x = first + i (days, mm or months)."""

    first: int
    lam: tuple[float, ...]
    mu: tuple[float, ...]
    sigma: tuple[float, ...]


@cache
def tables() -> dict[str, Table]:
    """Every table, by `<index> <sex>`, e.g. `wfa male`. Read once, at the first use (some 20 ms).

    Indices: wfa lhfa bfa hcfa acfa by day; wfl wfh by mm; wfa5 hfa5 bfa5 by month (5-19 years).
    """
    text = files("simpul.engine.growth_tables").joinpath("who_lms.txt").read_text("ascii")
    columns: dict[str, list[tuple[float, ...]]] = {}
    first: dict[str, int] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        index, sex, x, parameter, *steps = line.split(" ")
        name, scale = f"{index} {sex}", SCALE[parameter]
        first[name] = int(x)
        # whole units divided once give the very float that WHO's decimal text would
        values = tuple(value / scale for value in accumulate(map(int, steps)))
        columns.setdefault(name, []).append(values)
    return {name: Table(first[name], *columns[name]) for name in columns}


def zscore(y: float, lam: float, mu: float, sigma: float) -> float:
    """The plain LMS z-score of a measurement y >= 0. WHO 2006, chapter 7."""
    try:
        power = math.pow(y / mu, lam)
    except (OverflowError, ValueError):  # a (nearly) zero y with a negative L
        power = math.inf
    return (power - 1.0) / (sigma * lam)


def restricted(y: float, lam: float, mu: float, sigma: float) -> float:
    """The z-score of a weight-based index: beyond ±3 SD on the straight line through 2 and 3 SD.

    WHO 2006, chapter 7: the tails of weight are too uncertain for the power curve. So a weight of
    0, a slip of the recorder, gets a number too, far below every flag: that is WHO's own answer.
    """
    z = zscore(y, lam, mu, sigma)
    if z > 3.0:
        far, near = _at_sd(3.0, lam, mu, sigma), _at_sd(2.0, lam, mu, sigma)
        return 3.0 + (y - far) / (far - near)
    if z < -3.0:
        far, near = _at_sd(-3.0, lam, mu, sigma), _at_sd(-2.0, lam, mu, sigma)
        return -3.0 + (y - far) / (near - far)
    return z


def _at_sd(sd: float, lam: float, mu: float, sigma: float) -> float:
    """The measurement that lies `sd` standard deviations from the median."""
    return mu * math.pow(1.0 + lam * sigma * sd, 1.0 / lam)

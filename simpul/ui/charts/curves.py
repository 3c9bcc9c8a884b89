"""Lines of equal z-score for the growth charts, from the engine's WHO tables.
Rule: the same L, M, S that judge the child draw the curve; nothing is copied."""

from functools import cache
from typing import Literal

from simpul.engine.growth_lms import DAYS_OF_MONTH, tables
from simpul.ui.charts.svg import Point

SDS = (-3, -2, -1, 0, 1, 2, 3)


@cache
def curves_of(
    kind: Literal["weight_for_age", "length_for_age", "weight_for_length", "weight_for_height"],
    sex: Literal["female", "male"],
) -> dict[int, tuple[Point, ...]]:
    """{-3: ((x, y), …), …}: every half month from birth to 60 months, or every half cm.
    weight_for_length is for lying (45-110 cm), weight_for_height for standing (65-120 cm)."""
    if kind in ("weight_for_length", "weight_for_height"):
        table = tables()[f"{'wfl' if kind == 'weight_for_length' else 'wfh'} {sex}"]
        places = [((table.first + i) / 10, i) for i in range(0, len(table.mu), 5)]
    else:
        table = tables()[f"{'wfa' if kind == 'weight_for_age' else 'lhfa'} {sex}"]
        days = [(half / 2, round(half / 2 * DAYS_OF_MONTH)) for half in range(121)]
        places = [(month, day - table.first) for month, day in days if day < len(table.mu)]
    return {
        sd: tuple((x, _at(sd, table.lam[i], table.mu[i], table.sigma[i])) for x, i in places)
        for sd in SDS
    }


def _at(sd: int, lam: float, mu: float, sigma: float) -> float:
    """The measurement at `sd`: the inverse of the engine's zscore (a test holds them together)."""
    return float(mu * (1 + lam * sigma * sd) ** (1 / lam))

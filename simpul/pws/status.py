"""The classic status of local area monitoring: coverage against target, this month against last.

Source: Pedoman PWS-KIA 2010 (domain 1.5). Registered persons are the denominator of a month, so
the yearly target is not cut into twelfths.
"""

from fractions import Fraction
from typing import Literal

from simpul.packs.model import Indicator
from simpul.pws.queries import Pair

Classic = Literal["good", "falling", "rising", "poor"]
Limit = Literal["within", "beyond"]


def share(pair: Pair) -> Fraction | None:
    """Percent reached of those counted, exactly; None when nobody counts."""
    counted, reached = pair
    return Fraction(100 * reached, counted) if counted else None


def classic(now: Pair, before: Pair, target: float | None) -> Classic | None:
    """Baik, Kurang, Cukup or Jelek; None without a target or without a month to compare with."""
    this, last = share(now), share(before)
    if this is None or last is None or target is None:
        return None
    if this >= Fraction(str(target)):
        return "good" if this >= last else "falling"
    return "rising" if this > last else "poor"


def limit(now: Pair, target: float | None) -> Limit | None:
    """Of a share that should be small: is it within what is allowed?"""
    this = share(now)
    if this is None or target is None:
        return None
    return "within" if this <= Fraction(str(target)) else "beyond"


def status_of(indicator: Indicator, now: Pair, before: Pair) -> Classic | Limit | None:
    """Coverage has the classic status, a share that should be small a limit, a count none."""
    if indicator.kind == "coverage":
        return classic(now, before, indicator.target)
    if indicator.kind == "prevalence" and indicator.good == "down":
        return limit(now, indicator.target)
    return None

"""Calendar of the demonstration: Posyandu days, months after a date.

Rule: months are counted as the engine counts them (the 31st is clamped to the end of the month).
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache


def add_months(day: date, months: int) -> date:
    """So many months later, clamped to the last day of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_old(birth: date, day: date) -> int:
    """Completed months."""
    months = (day.year - birth.year) * 12 + day.month - birth.month
    return months if day.day >= min(birth.day, monthrange(day.year, day.month)[1]) else months - 1


@lru_cache(maxsize=4096)
def posyandu_day(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month: the third Tuesday of November 2026 is the 17th."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


@lru_cache(maxsize=64)
def _all_days(weekday: int, nth: int, year: int, years: int) -> tuple[date, ...]:
    return tuple(
        posyandu_day(each, month, weekday, nth)
        for each in range(year, year + years)
        for month in range(1, 13)
    )


def sessions(weekday: int, nth: int, first: date, last: date) -> Sequence[date]:
    """The Posyandu days of a neighbourhood between two days, both included."""
    days = _all_days(weekday, nth, first.year, last.year - first.year + 1)
    return [day for day in days if first <= day <= last]


def school_day(year: int, month: int, shift: int) -> date:
    """A weekday in the month the schools are vaccinated (BIAS)."""
    day = date(year, month, 5 + shift % 20)
    return day - timedelta(days=max(0, day.weekday() - 4))

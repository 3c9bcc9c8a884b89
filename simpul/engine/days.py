"""Days and months as the rules count them, on day ordinals (integers).

Its one rule: a month later is the same day of the month, or the last day where there is none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import msgspec

_UNITS = {"d": (0, 1), "wk": (0, 7), "mo": (1, 0), "y": (12, 0)}
_SPAN = re.compile(r"\s*(\d+)\s*(d|wk|mo|y)\s*")


class Span(msgspec.Struct, frozen=True, gc=False):
    """A length of time as written in a rule: calendar months, then days."""

    months: int
    days: int
    text: str = ""


class BadSpan(ValueError):
    """The text is not a number followed by d, wk, mo or y."""


def span(text: str) -> Span:
    """Read `9 mo`, `28 d`, `8 wk` or `7 y`."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise BadSpan(text)
    number, unit = int(match[1]), match[2]
    months, days = _UNITS[unit]
    return Span(number * months, number * days, f"{number} {unit}")


def add_months(day: int, months: int) -> int:
    """The same day of the month `months` later, clamped to that month's last day."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    number = start.day
    if number > 28:
        number = min(number, monthrange(year, month + 1)[1])
    return date(year, month + 1, number).toordinal()


def plus(day: int, length: Span) -> int:
    """`day` moved by a span."""
    if length.months:
        day = add_months(day, length.months)
    return day + length.days


def completed_months(birth: int, day: int) -> int:
    """How many whole months have passed: the age in months."""
    born, now = date.fromordinal(birth), date.fromordinal(day)
    months = (now.year - born.year) * 12 + now.month - born.month
    # A longer birth day than this month has is complete on the month's last day.
    if now.day < born.day and now.day < monthrange(now.year, now.month)[1]:
        months -= 1
    return months


class _Dates(dict[int, date]):
    """Dates by ordinal: the same few thousand days come again for everybody."""

    def __missing__(self, ordinal: int) -> date:
        day = self[ordinal] = date.fromordinal(ordinal)
        return day


DATES = _Dates()

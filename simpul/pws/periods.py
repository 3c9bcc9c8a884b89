"""Months as periods: the first and last day, the months before, the day a month closes."""

from calendar import monthrange
from datetime import date, timedelta

from django.conf import settings

TREND = 12  # months in a trend, the one asked for included


def first_of(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def before(month: date, n: int = 1) -> date:
    """The month n months earlier."""
    whole = month.year * 12 + month.month - 1 - n
    return date(whole // 12, whole % 12 + 1, 1)


def row_of(month: date, n: int = TREND) -> list[date]:
    """The n months that end with this one, oldest first."""
    return [before(month, k) for k in range(n - 1, -1, -1)]


def closes_on(month: date) -> date:
    """The first day on which a month is closed: so many days after its end."""
    wait = getattr(settings, "PWS_CLOSES_AFTER_DAYS", 10)
    return last_of(month) + timedelta(days=wait + 1)


def month_from(text: str) -> date:
    """The month written as 2026-11. Raises ValueError when it is none."""
    if len(text) != 7:
        raise ValueError("not a month")
    return date.fromisoformat(f"{text}-01")

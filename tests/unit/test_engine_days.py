"""Months later and completed months, at the edges of the calendar."""

from datetime import date

import pytest

from simpul.engine.days import BadSpan, add_months, completed_months, plus, span


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2025-05-31", 9, "2026-02-28"),
        ("2023-05-31", 9, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-01-30", 0, "2025-01-30"),
    ],
)
def test_add_months(day, months, later):
    found = date.fromordinal(add_months(date.fromisoformat(day).toordinal(), months))
    assert found.isoformat() == later


def test_completed_months_is_the_most_that_fit():
    for birth in (date(2023, 12, 31), date(2024, 2, 29), date(2024, 1, 30), date(2024, 6, 15)):
        start = birth.toordinal()
        for day in range(start, start + 800):
            months = completed_months(start, day)
            assert add_months(start, months) <= day < add_months(start, months + 1)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [("9 mo", 9, 0), ("28 d", 0, 28), ("8 wk", 0, 56), ("7 y", 84, 0), (" 0 d ", 0, 0)],
)
def test_span(text, months, days):
    length = span(text)
    assert (length.months, length.days) == (months, days)


@pytest.mark.parametrize("text", ["9", "mo", "-1 d", "1.5 mo", "9 months", ""])
def test_bad_span(text):
    with pytest.raises(BadSpan):
        span(text)


def test_plus():
    day = date(2026, 1, 31).toordinal()
    assert date.fromordinal(plus(day, span("1 mo"))) == date(2026, 2, 28)

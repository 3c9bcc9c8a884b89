"""Dates, ages and numbers in words, in both languages, at their edges."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from simpul.ui import words

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("birth", "shown", "english"),
    [
        (date(2026, 11, 20), "0 hr", "0 d"),
        (date(2026, 11, 12), "8 hr", "8 d"),
        (date(2026, 10, 21), "30 hr", "30 d"),
        (date(2026, 10, 20), "1 bln", "1 mo"),
        (date(2026, 2, 20), "9 bln", "9 mo"),
        (date(2025, 11, 21), "11 bln", "11 mo"),
        (date(2025, 11, 20), "1 th 0 bln", "1 y 0 mo"),
        (date(2024, 7, 20), "2 th 4 bln", "2 y 4 mo"),
        (date(2020, 11, 21), "5 th 11 bln", "5 y 11 mo"),
        (date(2020, 11, 20), "6 th", "6 y"),
        (date(1992, 3, 1), "34 th", "34 y"),
        (date(2026, 11, 21), "belum lahir", "not yet born"),
        (None, "–", "–"),
    ],
)
def test_age(birth, shown, english):
    assert words.age(birth, TODAY) == shown
    assert words.age(birth, TODAY, "en") == english
    assert words.age(birth, TODAY, "en-gb") == english


def test_month_after_the_31st_ends_on_the_last_day():
    assert words.age(date(2026, 5, 31), date(2026, 6, 29)) == "29 hr"
    assert words.age(date(2026, 5, 31), date(2026, 6, 30)) == "1 bln"
    assert words.age(date(2024, 2, 29), date(2025, 2, 28)) == "1 th 0 bln"


def test_days():
    assert words.day(TODAY) == "20 Nov 2026"
    assert words.day(date(2026, 5, 1)) == "1 Mei 2026"
    assert words.day(date(2026, 5, 1), "en") == "1 May 2026"
    assert words.day(date(2026, 8, 1)) == "1 Agu 2026"
    assert words.day_long(TODAY) == "Jumat, 20 Nov 2026"
    assert words.day_long(TODAY, "en") == "Friday, 20 Nov 2026"
    assert words.day_short(TODAY) == "20 Nov"
    assert words.month(TODAY) == "November 2026"
    assert words.month(date(2026, 10, 1), "en") == "October 2026"
    assert words.month_short(date(2026, 10, 1)) == "Okt 2026"
    assert words.moment(datetime(2026, 11, 20, 14, 5)) == "20 Nov 2026 14.05"  # noqa: DTZ001
    assert words.moment(datetime(2026, 11, 20, 14, 5), "en") == "20 Nov 2026 14:05"  # noqa: DTZ001


def test_spans():
    assert words.span(date(2026, 11, 1), TODAY) == "1–20 Nov 2026"
    assert words.span(date(2026, 10, 28), TODAY) == "28 Okt 2026 – 20 Nov 2026"
    assert words.span(TODAY, TODAY) == "20 Nov 2026"
    assert words.span(None, TODAY) == "20 Nov 2026"


@pytest.mark.parametrize(
    "function",
    [words.day, words.day_long, words.day_short, words.month, words.month_short, words.moment,
     words.number, words.percent, words.kg, words.cm, words.rupiah, words.since,
     words.age_months],
)  # fmt: skip
def test_nothing_known_is_a_dash(function):
    assert function(None) == "–"


def test_weeks_and_durations():
    assert words.weeks(date(2026, 4, 10), TODAY) == "32 mg"
    assert words.weeks(date(2026, 4, 10), TODAY, "en") == "32 wk"
    assert words.weeks(date(2026, 11, 21), TODAY) == "–"
    assert words.weeks(None, TODAY) == "–"
    assert words.duration(date(2026, 11, 7), TODAY) == "13 hr"
    assert words.duration(date(2026, 10, 20), TODAY) == "4 mg"
    assert words.duration(date(2026, 6, 8), TODAY) == "5 bln"
    assert words.duration(date(2023, 6, 8), TODAY) == "3 th"
    assert words.since(date(2026, 6, 8)) == "sejak 8 Jun 2026"
    assert words.since(date(2026, 6, 8), TODAY) == "sejak 8 Jun 2026 (5 bln)"
    assert words.since(date(2026, 6, 8), TODAY, "en") == "since 8 Jun 2026 (5 mo)"
    assert words.since(TODAY, TODAY) == "sejak 20 Nov 2026 (hari ini)"
    assert words.since(date(2027, 1, 1), TODAY) == "sejak 1 Jan 2027"
    assert [words.age_months(m) for m in (0, 9, 12, 18, 24, 30)] == [
        "0 bln", "9 bln", "12 bln", "18 bln", "2 th", "2 th 6 bln",
    ]  # fmt: skip


def test_numbers():
    assert words.number(1250.5) == "1.250,5"
    assert words.number(1250.5, lang="en") == "1,250.5"
    assert words.number(1000000) == "1.000.000"
    assert words.number(8.0) == "8"
    assert words.number(8.0, 1) == "8,0"
    assert words.number(-3.25, 1) == "−3,3"
    assert words.number(-0.001) == "0"
    assert words.number(float("nan")) == "–"
    assert words.number(Decimal("0.125")) == "0,13"
    assert words.number(0) == "0"


def test_percents_say_when_there_is_nobody():
    assert words.percent(76.087) == "76,1%"
    assert words.percent(100) == "100,0%"
    assert words.percent(76.087, "en") == "76.1%"
    assert words.share(35, 46) == "76,1%"
    assert words.share(0, 46) == "0,0%"
    assert words.share(0, 0) == "–"
    assert words.share(None, 46) == "–"


def test_units_and_money():
    assert words.kg(8.7) == "8,7 kg"
    assert words.kg(4) == "4,0 kg"
    assert words.kg(8.65) == "8,65 kg"
    assert words.cm(73.5, "en") == "73.5 cm"
    assert words.rupiah(1250000) == "Rp 1.250.000"
    assert words.rupiah(-500) == "−Rp 500"

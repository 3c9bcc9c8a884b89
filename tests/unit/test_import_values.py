"""Cells of registers, in every way people write them."""

from datetime import UTC, date, datetime

import pytest

from simpul.exchange.registers import values
from simpul.exchange.registers.values import BadValue

THE_DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "04/03/2026", "4-3-2026", "2026-03-04", "4.3.26", "04 Mar 2026", "4 Maret 2026",
        "4-Mrt-26", "20260304", "04032026", "2026-03-04 00:00:00", "2026/03/04", "04/03/2026 08:15",
        datetime(2026, 3, 4, 8, tzinfo=UTC), date(2026, 3, 4), 46085, 46085.0, "46085",
    ],
)  # fmt: skip
def test_days(cell):
    assert values.day(cell) == THE_DAY


def test_the_order_of_day_and_month_can_be_chosen():
    assert values.day("03/04/2026", "mdy") == THE_DAY
    assert values.day("26-03-04", "ymd") == THE_DAY
    assert values.day("2026-03-04", "mdy") == THE_DAY


MONTHS = "Januari Pebruari Maret April Mei Juni Juli Agustus September Oktober Nopember Desember"


@pytest.mark.parametrize(("number", "word"), list(enumerate(MONTHS.split(), start=1)))
def test_indonesian_months(number, word):
    assert values.day(f"1 {word} 2025") == date(2025, number, 1)
    assert values.day(f"1-{word[:3]}-25") == date(2025, number, 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31-02-2026", "no_such_day"), ("29/02/2025", "no_such_day"), ("12/13/2026", "no_such_day"),
        ("00/01/2026", "no_such_day"), ("kemarin", "unreadable"), ("4 Foo 2026", "unreadable"),
        ("1/2", "unreadable"), ("04/03/0026", "unreadable"), (5, "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_so(cell, code):
    with pytest.raises(BadValue) as caught:
        values.day(cell)
    assert caught.value.code == code


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", "n/a", "NULL"])
def test_blank_is_not_zero(cell):
    assert values.day(cell) is None
    assert values.number(cell) is None
    assert values.sex(cell) is None
    assert values.age(cell) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("8,4", 8.4), ("8.4", 8.4), ("8,40 kg", 8.4), ("73.5cm", 73.5), (8.4, 8.4), (8, 8.0),
        ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("-3", -3.0), ("0", 0.0), (" 8 ,4 ", 8.4),
    ],
)  # fmt: skip
def test_numbers(cell, number):
    assert values.number(cell) == number


@pytest.mark.parametrize("cell", ["abc", "8,4,2", "8-9", "8'4", "1.2.3", "8,4 kilometer"])
def test_what_is_no_number(cell):
    with pytest.raises(BadValue):
        values.number(cell)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("L", "male"), ("p", "female"), (1, "male"), (2.0, "female"), ("Laki-laki", "male"),
        ("LAKI - LAKI", "male"), ("Perempuan", "female"), ("Pr.", "female"), ("m", "male"),
        ("F", "female"), ("Lk", "male"), ("wanita", "female"),
    ],
)  # fmt: skip
def test_sex(cell, sex):
    assert values.sex(cell) == sex


@pytest.mark.parametrize("cell", ["?", "X", "3", "L/P"])
def test_an_unknown_sex_is_not_guessed(cell):
    with pytest.raises(BadValue):
        values.sex(cell)


@pytest.mark.parametrize(
    ("cell", "unit", "months", "days"),
    [
        ("0 Tahun - 4 Bulan - 8 Hari", "years", 4, 8), ("2 th 3 bln", "years", 27, 0),
        ("15 bulan", "years", 15, 0), ("3 thn", "years", 36, 0), ("10 hari", "years", 0, 10),
        ("2 minggu", "years", 0, 14), ("15", "months", 15, 0), ("2", "years", 24, 0),
        ("1,5", "years", 18, 0), ("2th3bl", "years", 27, 0), (14, "months", 14, 0),
    ],
)  # fmt: skip
def test_ages(cell, unit, months, days):
    assert values.age(cell, unit) == (months, days)


@pytest.mark.parametrize(
    ("months", "days", "born"),
    [(1, 0, "2026-02-28"), (0, 31, "2026-02-28"), (13, 0, "2025-02-28"), (0, 0, "2026-03-31"),
     (1, 3, "2026-02-25"), (25, 0, "2024-02-29")],
)  # fmt: skip
def test_born_about(months, days, born):
    assert values.born_about(date(2026, 3, 31), months, days) == date.fromisoformat(born)


def test_addresses_are_written_one_way():
    assert values.rt_label("3", "1") == "RT 003/RW 001"
    assert values.rt_label("RT 03", "RW.1") == "RT 003/RW 001"
    assert values.rt_label(3.0, None) == "RT 003"
    assert values.rt_label("003/001", "") == "RT 003/RW 001"
    assert values.rt_label("-", "0") == ""


def test_other_words():
    assert (values.measure("Terlentang"), values.measure("BERDIRI"), values.measure("L")) == (
        "l", "h", "l")  # fmt: skip
    assert (values.capsule("1"), values.capsule("Merah"), values.capsule("0")) == (
        "any", "red", None)  # fmt: skip
    assert values.pressure("120/80") == (120.0, 80.0)
    assert values.nik_text(6203016712255285.0) == "6203016712255285"
    assert values.nik_text("'6203") == "6203"
    assert values.nik_text("0000000000000000") == ""
    assert values.plain("  NUR'AINI  Dé-Sari") == "nuraini de sari"

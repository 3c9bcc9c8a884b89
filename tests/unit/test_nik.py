"""The NIK: every vector of the outside list, and what is wrong with those that are none."""

import csv

import pytest

from simpul.people import nik as niks


def _vectors(shared_data):
    with (shared_data / "register" / "nik_vectors.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_vector_is_read_as_it_says(shared_data):
    vectors = _vectors(shared_data)
    assert len(vectors) == 300
    for vector in vectors:
        if vector["expected"] != "valid":
            with pytest.raises(niks.BadNik):
                niks.read_nik(vector["nik"])
            continue
        read = niks.read_nik(vector["nik"])
        assert read.sex == {"L": "male", "P": "female"}[vector["sex_LP"]], vector
        assert read.day == int(vector["birth_day"]), vector
        assert read.month == int(vector["birth_month"]), vector
        assert read.year == int(vector["birth_yy"]), vector
        assert read.digits[12:] == f"{int(vector['serial']):04d}"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("620301510226067", "length"),
        ("62030151022606733", "length"),
        ("6203016712A55285", "digits"),
        ("6,20302E+15", "digits"),
        ("0903016712255285", "area"),  # no province 09
        ("6200016712255285", "area"),
        ("6203003112255285", "area"),
        ("6203013202255285", "date"),  # 32 February
        ("6203013002255285", "date"),  # 30 February exists in no year
        ("6203012902255285", "date"),  # 29 February 2025 and 1925
        ("6203017202255285", "date"),  # 72 - 40 = 32
        ("6203010013255285", "date"),
        ("6203011213255285", "date"),  # month 13
        ("6203014012255285", "date"),  # day 40 is neither
        ("6203016712250000", "serial"),
        ("", "digits"),
    ],
)
def test_what_is_none_says_why(written, why):
    with pytest.raises(niks.BadNik) as caught:
        niks.read_nik(written)
    assert caught.value.code == why


@pytest.mark.parametrize(
    "written",
    ["6203012902001234", "62 0301 6712 25 5285", "6203.0167.1225.5285", "'6203016712255285"],
)
def test_leap_days_and_marks_between_digits_are_allowed(written):
    assert len(niks.read_nik(written).digits) == 16


def test_the_number_is_never_shown_whole():
    assert niks.masked("5285") == "••••••••••••5285"
    sealed = niks.seal_nik("6203016712255285")
    assert b"6203016712255285" not in sealed
    assert niks.open_nik(sealed) == "6203016712255285"
    assert niks.hash_nik("6203016712255285") != niks.hash_nik("6203016712255286")

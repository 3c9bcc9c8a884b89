"""Which two entries may be one person, by example."""

from datetime import date

import pytest

from simpul.people.likeness import Card, likeness
from simpul.places.spelling import name_key

BORN = date(2026, 2, 16)


def card(name, mother="Wati", born=BORN, sex="male", **more) -> Card:
    more = {"nik_hash": None, "village_id": 1, "rt": "RT 003/RW 001", "is_estimated": False, **more}
    return Card(
        id=more.pop("id", 1), name_key=name_key(name), mother_key=name_key(mother), sex=sex,
        birth_date=born, **more,
    )  # fmt: skip


ASK = {
    "old spelling": (card("Ahmad Fauzan"), card("Achmad Faoezan")),
    "first name only": (card("Dimas Prayoga"), card("DIMAS")),
    "a letter dropped": (card("Fajar Nugroho"), card("Fajar Nugroo")),
    "written together": (card("Nur Hasanah"), card("Nurhasanah")),
    "abbreviated": (card("Muhammad Rizky"), card("M. Rizki")),
    "title": (card("Masniah", ""), card("Hj. Masniah", "")),
    "mother by her first name": (card("Oki", "Siti Aminah"), card("Oki", "Siti")),
    "sex unknown": (card("Oki"), card("Oki", sex=None)),
    "another village, same mother": (card("Oki"), card("Oki", village_id=2)),
    "day and month swapped": (
        card("Oki Setiawan", born=date(2026, 2, 5)),
        card("Oki Setiawan", born=date(2026, 5, 2)),
    ),
    "one digit of the date, same RT": (
        card("Oki Setiawan"),
        card("Oki Setiawan", born=date(2026, 2, 26)),
    ),
    "estimated year": (
        card("Hj. Masniah Arsyad", "", born=date(1959, 3, 5)),
        card("Masniah Arsyad", "", born=date(1960, 1, 1), is_estimated=True),
    ),
    "newborn without a name": (card("By. Ny. Wati"), card("Oki Setiawan")),
    "same NIK": (
        card("Oki", "Tuti", nik_hash="a"),
        card("Setiawan", "Wati", date(2020, 1, 1), nik_hash="a"),
    ),
    "two NIK, all else equal": (card("Oki", nik_hash="a"), card("Oki", nik_hash="b")),
}
LEAVE = {
    "another mother": (card("Oki Setiawan"), card("Oki Setiawan", "Tuti")),
    "another birth date": (card("Oki"), card("Oki", born=date(2025, 7, 1))),
    "twins": (card("Rizki Saputra"), card("Rizka Saputra")),
    "twins with one word in common": (card("Muhammad Hasan"), card("Muhammad Husin")),
    "twins of unknown sex": (card("Hasan", sex=None), card("Husin", sex=None)),
    "other sex": (card("Putra"), card("Putra", sex="female")),
    "two NIK": (card("Oki Setiawan", nik_hash="a"), card("Oki", nik_hash="b")),
    "two NIK, no mother": (card("Oki", "", nik_hash="a"), card("Oki", "", nik_hash="b")),
    "one digit of the date, another RT": (
        card("Oki Setiawan"),
        card("Oki Setiawan", born=date(2026, 2, 26), rt="RT 009/RW 002"),
    ),
    "one first name, another village, mothers unknown": (
        card("Siti", "", sex="female"),
        card("Siti Aminah", "", sex="female", village_id=2),
    ),
    "father and son": (
        card("Ahmad", "", born=date(1990, 1, 1), household_id=5),
        card("Ahmad", "", household_id=5),
    ),
}


@pytest.mark.parametrize("case", ASK)
def test_asks(case):
    one, other = ASK[case]
    found = likeness(one, other)
    assert found is not None
    assert found == likeness(other, one)
    assert 0 < found.score <= 100


@pytest.mark.parametrize("case", LEAVE)
def test_leaves_alone(case):
    one, other = LEAVE[case]
    assert likeness(one, other) is None
    assert likeness(other, one) is None


def test_the_reasons_are_named_and_the_more_agrees_the_higher_the_score():
    same = likeness(card("Oki Setiawan"), card("Oki Setiawan"))
    part = likeness(card("Oki Setiawan"), card("Oki"))
    assert same.reasons == ("name", "birth_date", "mother", "rt")
    assert part.reasons == ("name_part", "birth_date", "mother", "rt")
    assert same.score > part.score

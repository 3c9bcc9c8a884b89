"""Numbers as people write them, and the questions an unusual one raises."""

from datetime import date

import pytest
from django.utils import translation

from simpul.due import doubts, pregnancy
from simpul.engine.values import Fact, Person

TODAY = date(2026, 11, 20)
NAYLA = Person("female", date(2025, 9, 8), (Fact("body.weight", date(2026, 10, 20), 8.1, 1),), "62")


@pytest.fixture(autouse=True)
def _indonesian():
    with translation.override("id"):
        yield


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8,4", 8.4), ("8.4", 8.4), ("8,4 kg", 8.4), (" 12 ", 12.0), ("1.250,5", 1250.5),
        ("1,250.5", 1250.5), ("120 mmHg", 120.0), ("8,4,1", None), ("delapan", None), ("", None),
        ("8-9", None), ("1.2.3", None), ("9" * 400, None), ("-4", -4.0),
    ],
)  # fmt: skip
def test_reads_what_people_write(text, number):
    assert doubts.read_number(text) == number


@pytest.mark.parametrize(("said", "guess"), [(84.0, 8.4), (8400.0, 8.4), (4.8, 8.4)])
def test_guesses_what_was_meant(said, guess):
    assert doubts.about(NAYLA, "body.weight", said, TODAY).guess == guess


def test_the_usual_is_not_asked():
    assert doubts.about(NAYLA, "body.weight", 8.3, TODAY) is None
    assert doubts.about(NAYLA, "body.lenhei", 74.0, TODAY) is None


def test_the_question_names_both_and_the_last():
    doubt = doubts.about(NAYLA, "body.weight", 84.0, TODAY)
    assert doubt.text == "84,0 kg? Maksudnya 8,4 kg? Terakhir 8,1 kg, 20 Okt 2026."
    assert not doubt.is_impossible
    hidden = doubts.about(NAYLA, "body.weight", 84.0, TODAY, may_tell_last=False)
    assert "Terakhir" not in hidden.text


def test_the_impossible_says_what_is_possible():
    doubt = doubts.about(NAYLA, "body.weight", 8400.0, TODAY)
    assert doubt.is_impossible
    assert "Yang mungkin hanya" in doubt.text


def test_a_score_no_child_has_is_asked():
    """74 cm is usual for somebody of this age, 15 kg is; 105 cm is not."""
    assert doubts.about(NAYLA, "body.lenhei", 105.0, TODAY) is not None


def test_the_latest_pregnancy():
    facts = [
        Fact("pregnancy.lmp", date(2024, 3, 1), date(2024, 1, 1), 1),
        Fact("pregnancy.ended", date(2024, 10, 5), "birth", 2),
        Fact("pregnancy.lmp", date(2026, 5, 1), date(2026, 4, 1), 3),
    ]
    now = pregnancy.latest(facts, TODAY)
    assert (now.started_on, now.ended_on) == (date(2026, 4, 1), None)
    assert now.is_open_on(TODAY)
    before = pregnancy.latest(facts[:2], TODAY)
    assert before.until == date(2024, 11, 16)
    assert pregnancy.latest(facts, date(2024, 2, 1)) is None
    by_usg = Fact("pregnancy.edd_usg", date(2026, 6, 1), date(2027, 1, 20), 4)
    assert pregnancy.latest([*facts, by_usg], TODAY).due_on == date(2027, 1, 20)

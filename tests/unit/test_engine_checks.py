"""Numbers as they are typed at the posyandu: refused, asked again, or fine, with a good guess."""

import pytest

from simpul.engine.checks import check_value
from simpul.packs import load

FACTS = load().facts
WEIGHT, LENGTH = FACTS["body.weight"], FACTS["body.lenhei"]


@pytest.mark.parametrize(
    ("value", "previous", "months", "level", "guess"),
    [
        (8.4, 8.1, 12, "ok", None),
        (84, 8.1, 12, "implausible", 8.4),
        (84, None, 12, "implausible", 8.4),
        (4.8, 8.1, 12, "jump", 8.4),
        (8400, 8.1, 12, "impossible", 8.4),
        (8400, None, 12, "impossible", 8.4),
        (5.1, 5.3, 3, "ok", None),
        (84, 84.5, 400, "ok", None),
        (840, 84, 400, "impossible", 84),
        (0.84, 8.2, 12, "implausible", 8.4),
        (-1, 8.2, 12, "impossible", None),
        (0, 8.2, 12, "impossible", None),
    ],
)
def test_weight(value, previous, months, level, guess):
    found = check_value(WEIGHT, value, previous, months)
    assert (found.level, found.guess) == (level, guess)


def test_shrinking_is_asked():
    assert check_value(LENGTH, 72.0, 73.5, 14).level == "jump"
    assert check_value(LENGTH, 73.0, 73.5, 14).level == "ok"


def test_length_in_metres():
    found = check_value(LENGTH, 0.735, 73.0, 14)
    assert (found.level, found.guess) == ("impossible", 73.5)


def test_limits_are_told():
    found = check_value(WEIGHT, 84, None, 12)
    assert (found.low, found.high) == (4.0, 22.0)


def test_without_limits_anything_goes():
    assert check_value(FACTS["body.oedema"], 3.0).level == "ok"

"""The classic status, by the table of the guideline."""

import pytest

from simpul.pws.status import classic, limit, share


@pytest.mark.parametrize(
    ("now", "before", "status"),
    [
        ((10, 8), (10, 7), "good"),  # on target, up
        ((10, 8), (10, 8), "good"),  # on target, as before
        ((10, 9), (10, 10), "falling"),  # on target, down
        ((10, 7), (10, 6), "rising"),  # below, up
        ((10, 7), (10, 7), "poor"),  # below, as before
        ((10, 7), (10, 8), "poor"),  # below, down
        ((3, 1), (6, 2), "poor"),  # the same share of another number is not up
        ((0, 0), (10, 8), None),  # nobody to count
        ((10, 8), (0, 0), None),  # nothing to compare with
    ],
)
def test_coverage_against_target_and_last_month(now, before, status):
    assert classic(now, before, 80.0) == status


def test_without_a_target_there_is_no_status():
    assert classic((10, 8), (10, 7), None) is None
    assert limit((10, 8), None) is None


@pytest.mark.parametrize(
    ("pair", "status"), [((20, 1), "within"), ((20, 2), "beyond"), ((0, 0), None)]
)
def test_a_share_that_should_be_small_has_a_limit(pair, status):
    assert limit(pair, 5) == status


def test_shares_are_exact():
    assert share((3, 1)) * 3 == 100
    assert share((0, 0)) is None

"""The KMS by example: B, O, N, T, the minimal gain by age, two T, the red line."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engine.growth import assess, kms
from simpul.engine.growth_kms import KBM, KmsStatus
from simpul.engine.growth_lms import tables

BORN = date(2026, 1, 5)


def weighed(*kilos, born=BORN, day=10):
    """One weighing a month from the month of birth on; None: not weighed."""
    return [
        (date(born.year + (born.month - 1 + i) // 12, (born.month - 1 + i) % 12 + 1, day), kg)
        for i, kg in enumerate(kilos)
        if kg is not None
    ]


def status(weighings, month, born=BORN, sex="male"):
    return kms(weighings, born, sex, month)


def test_first_weighing_is_b():
    assert status(weighed(3.5), date(2026, 1, 1)) == KmsStatus("B")
    assert status(weighed(None, None, 5.6), date(2026, 3, 31)).status == "B"


def test_not_weighed_has_no_status():
    assert status([], date(2026, 1, 1)) == KmsStatus()
    assert status(weighed(3.5, None), date(2026, 2, 1)) == KmsStatus()


def test_not_weighed_last_month_is_o():
    found = status(weighed(3.5, None, 5.6), date(2026, 3, 1))
    assert (found.status, found.gain_g, found.needed_g) == ("O", None, None)


def test_enough_is_n_and_less_is_t():
    enough = status(weighed(3.5, 4.3), date(2026, 2, 1))
    assert (enough.status, enough.gain_g, enough.needed_g) == ("N", 800, 800)  # exactly enough
    less = status(weighed(3.5, 4.29), date(2026, 2, 1))
    assert (less.status, less.gain_g, less.needed_g) == ("T", 790, 800)
    assert status(weighed(3.5, 3.4), date(2026, 2, 1)).gain_g == -100


@pytest.mark.parametrize(
    ("months", "needed"),
    [
        *zip(
            (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 59, 60),
            (800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200, 200, 200, 200),
            strict=True,
        )
    ],
)
def test_minimal_gain_by_completed_months(months, needed):
    kilos = [None] * (months - 1) + [8.0, 8.0 + needed / 1000]
    month = weighed(*kilos)[-1][0]
    assert status(weighed(*kilos), month).needed_g == needed
    assert status(weighed(*kilos), month).status == "N"
    kilos[-1] -= 0.01
    assert status(weighed(*kilos), month).status == "T"


def test_age_is_completed_months_on_the_day_of_weighing():
    # born on the 5th; weighed on 4 March: one month completed, on 5 March: two
    february = (date(2026, 2, 10), 4.5)
    assert status([february, (date(2026, 3, 4), 5.3)], date(2026, 3, 1)).needed_g == 800
    assert status([february, (date(2026, 3, 5), 5.3)], date(2026, 3, 1)).needed_g == 900


def test_in_the_first_month_of_life_only_a_loss_is_t():
    born = date(2026, 1, 28)
    pair = [(date(2026, 1, 30), 3.2), (date(2026, 2, 12), 3.2)]
    assert kms(pair, born, "male", date(2026, 2, 1)).status == "N"
    pair[1] = (date(2026, 2, 12), 3.1)
    assert kms(pair, born, "male", date(2026, 2, 1)).status == "T"


def test_of_several_weighings_in_a_month_the_last_counts():
    january = [(date(2026, 1, 28), 3.9), (date(2026, 1, 8), 3.4)]
    february = [(date(2026, 2, 3), 4.4), (date(2026, 2, 27), 4.8), (date(2026, 2, 27), 4.7)]
    found = status([*february, *january], date(2026, 2, 15))
    assert found.gain_g == 800  # 4.7 (entered last on the last day) - 3.9


def test_later_weighings_and_those_before_birth_are_not_seen():
    kilos = weighed(3.5, 4.4, 5.5)
    assert status(kilos, date(2026, 1, 31)).status == "B"
    assert status([(date(2025, 12, 31), 9.9), *kilos], date(2026, 1, 1)).status == "B"


def test_two_t_is_t_this_month_and_last():
    kilos = weighed(3.5, 4.4, 5.0, 5.5, 6.3)
    assert [status(kilos, date(2026, m, 1)).status for m in range(1, 6)] == list("BNTTN")
    assert [status(kilos, date(2026, m, 1)).two_t for m in range(1, 6)] == [
        False, False, False, True, False
    ]  # fmt: skip


def test_two_t_goes_on_and_passes_new_year():
    born = date(2025, 8, 5)
    kilos = weighed(3.5, 4.0, 4.5, 5.0, 5.2, 5.3, 5.4, born=born)
    assert [kms(kilos, born, "male", d).two_t for d, _ in kilos] == [False] * 2 + [True] * 5


def test_a_missed_month_breaks_two_t():
    kilos = weighed(3.5, 4.0, None, 4.6, 4.7)
    assert status(kilos, date(2026, 4, 1)).status == "O"
    may = status(kilos, date(2026, 5, 1))
    assert (may.status, may.two_t) == ("T", False)


def test_below_the_red_line():
    assert status(weighed(3.5, 2.4), date(2026, 2, 1)).bgm is True
    assert status(weighed(2.0), date(2026, 1, 1)).bgm is True  # B says nothing about the line
    assert status(weighed(3.5, 4.4), date(2026, 2, 1)).bgm is False
    assert status(weighed(3.5, 2.4), date(2026, 2, 1), sex=None).bgm is False


@pytest.mark.parametrize("sex", ["male", "female"])
def test_on_the_red_line_is_not_below_it(sex):
    table, age = tables()[f"wfa {sex}"], 200
    lam, sigma = table.lam[age], table.sigma[age]
    line = table.mu[age] * (1 - 3 * lam * sigma) ** (1 / lam)  # kg at -3 SD
    day = BORN + timedelta(age)
    assert kms([(day, line)], BORN, sex, day).bgm is False
    assert kms([(day, line - 0.02)], BORN, sex, day).bgm is True


@settings(deadline=None)
@given(st.integers(0, 1826), st.floats(0.5, 30.0), st.sampled_from(("male", "female")))
def test_the_red_line_is_sangat_kurang_or_beyond(days, kilos, sex):
    born = date(2020, 2, 29)
    day = born + timedelta(days)
    found = kms([(day, kilos)], born, sex, day)
    if found.status:
        assert found.bgm == (assess(sex, days, kilos).zwei < -3.0)


def test_older_than_60_months_has_no_status():
    born = date(2021, 1, 5)
    at_60 = [(date(2025, 12, 10), 17.0), (date(2026, 1, 10), 17.3)]
    assert kms(at_60, born, "male", date(2026, 1, 1)).status == "N"
    at_61 = [(date(2026, 1, 10), 17.0), (date(2026, 2, 10), 17.3)]
    assert kms(at_61, born, "male", date(2026, 2, 1)) == KmsStatus()


def test_another_table_of_minimal_gains_can_be_given():
    kbm = (*KBM[:3], 600, *KBM[4:])  # one programme file has 600 g at three months
    kilos = weighed(3.5, 4.4, 5.4, 6.0)
    assert kms(kilos, BORN, "male", date(2026, 4, 1)).status == "T"
    assert kms(kilos, BORN, "male", date(2026, 4, 1), kbm).status == "N"


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(20, 120)),
        max_size=12,
        unique_by=lambda weighing: weighing[0],
    ),
    st.integers(0, 14),
    st.randoms(),
)
def test_the_order_of_the_list_does_not_matter(weighings, month, random):
    days = [(BORN + timedelta(day), tenths / 10) for day, tenths in sorted(weighings)]
    on = date(2026 + month // 12, month % 12 + 1, 1)
    shuffled = days[:]
    random.shuffle(shuffled)
    assert kms(days, BORN, "female", on) == kms(shuffled, BORN, "female", on)

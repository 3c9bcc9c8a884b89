"""The count of names is the number: always, whatever happened in between."""

from collections import Counter
from datetime import date

import pytest

from simpul import packs
from simpul.accounts.scope import EVERYTHING
from simpul.pws import actions, areas, listed, live, masks, periods, queries
from simpul.pws.asked import Asked
from simpul.pws.models import IndicatorCount, IndicatorRow, MonthState
from simpul.pws.queries import Question
from simpul.pws.situation import period_of, situation
from tests.apps.pws.register import Register

pytestmark = pytest.mark.django_db

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
CODES = ["62.03", "62.03.01.1010", "P-MELATI", "Y-ANGGREK"]


def _stored_rows(state) -> dict:
    from simpul.pws import rows

    return rows.merged(IndicatorRow.objects.filter(state=state).values_list(*rows._COLUMNS))


def _sums_from_rows(state) -> Counter:
    found: Counter = Counter()
    for row in _stored_rows(state).values():
        for bit in masks.set_bits(row.counted):
            for level, area in (("village", 0), ("rt", row.rt_id), ("posyandu", row.posyandu_id)):
                if area is not None:
                    key = (level, row.village_id, area, row.sex, bit)
                    found[key, "counted"] += 1
                    found[key, "reached"] += row.reached >> bit & 1
    return +found


def _stored_sums(state) -> Counter:
    found: Counter = Counter()
    for one in IndicatorCount.objects.filter(state=state):
        key = (one.level, one.village_id, one.area, one.sex, one.bit)
        found[key, "counted"], found[key, "reached"] = one.n_counted, one.n_reached
    return +found


def _check_sums() -> None:
    for state in MonthState.objects.all():
        assert _stored_sums(state) == _sums_from_rows(state), state


def _check_rows_follow_from_the_log(months) -> None:
    """What was kept up step by step is what judging from nothing gives."""
    everywhere = {one.village_id for one in IndicatorRow.objects.all()}
    names = dict(enumerate(packs.load().indicators))
    bit_of = masks.known_bits()
    for month in months:
        fresh = live.rows(EVERYTHING, everywhere, periods.last_of(month))
        expected = {
            row.person_id: (
                sum(1 << bit_of[names[bit]] for bit in masks.set_bits(row.counted)),
                sum(1 << bit_of[names[bit]] for bit in masks.set_bits(row.reached)),
                row.village_id, row.rt_id, row.posyandu_id, row.sex,
            )
            for row in fresh
        }  # fmt: skip
        stored = {
            pk: (one.counted, one.reached, one.village_id, one.rt_id, one.posyandu_id, one.sex)
            for pk, one in _stored_rows(MonthState.objects.get(month=month)).items()
        }
        assert stored == expected, month


def _check_names(months, sex: str = "") -> None:
    for code in CODES:
        area = areas.area(EVERYTHING, code)
        assert area is not None, code
        for month in months:
            question = Question(area, sex)
            sums = queries.sums(EVERYTHING, question, [month]).get(month, {})
            for indicator in [*sums, "k6"]:
                counted, reached = sums.get(indicator, (0, 0))
                expected = {"counted": counted, "reached": reached, "missed": counted - reached}
                for which, n in expected.items():
                    found = queries.names(EVERYTHING, question, month, indicator, which)
                    ids = list(found.values_list("person_id", flat=True))
                    assert len(ids) == len(set(ids)) == n, (code, month, indicator, which)


@pytest.mark.parametrize("seed", range(6))
def test_names_are_the_number_after_anything(melati, seed):
    register = Register(melati, seed)
    register.happen(40)
    actions.catch_up(month=OCT)
    actions.catch_up(month=NOV)
    _check_sums()
    for _ in range(4):
        register.happen(12)
        actions.catch_up(month=NOV)
        if register.draw.random() < 0.5:
            actions.catch_up(month=OCT)
        _check_sums()
    actions.catch_up(month=OCT)
    _check_sums()
    _check_rows_follow_from_the_log([OCT, NOV])
    _check_names([OCT, NOV], sex=register.draw.choice(["", "female"]))


@pytest.mark.parametrize("seed", [11, 12])
def test_any_order_of_counting_ends_in_the_same_rows(melati, seed):
    register = Register(melati, seed)
    register.happen(60)
    actions.catch_up_all()
    register.happen(30)
    actions.judge_month(month=NOV, village_ids=[melati.panamas.pk, melati.hulu.pk])
    register.happen(10)
    while actions.catch_up(month=NOV, most=3).waiting:
        pass
    actions.catch_up_all()
    _check_sums()
    _check_rows_follow_from_the_log([SEP, OCT, NOV])
    before = _stored_sums(MonthState.objects.get(month=NOV))
    actions.judge_month(month=NOV)
    assert _stored_sums(MonthState.objects.get(month=NOV)) == before


def test_a_day_judged_live_has_the_names_of_its_numbers(melati):
    Register(melati, 21).happen(80)
    area = areas.area(EVERYTHING, "62.03.01.1010")
    day = date(2026, 10, 14)
    ask = Asked(Question(area), OCT, day, "d", "")
    period = period_of(EVERYTHING, ask.question, OCT, day)
    assert period.kind == "live"
    found = situation(EVERYTHING, ask.question, period)
    assert any(tile.counted for _, tiles in found.groups for tile in tiles)
    for _, tiles in found.groups:
        for tile in tiles:
            asked = Asked(ask.question, OCT, day, tile.indicator.id, "")
            for which in listed.WHICH:
                names = listed.behind(EVERYTHING, asked, period, which)
                assert len(names) == getattr(tile, which), (tile.indicator.id, which)


def test_of_two_homes_on_one_day_the_newer_counts(melati):
    from simpul.people import actions as people

    register = Register(melati, 31)
    for home in (register.homes[2], register.homes[0]):  # Selat Hulu, and back to Panamas
        people.move_person(by=None, person=melati.nayla, household=home, on=date(2026, 10, 31))
    actions.catch_up(month=OCT)
    rows = IndicatorRow.objects.filter(person_id=melati.nayla.pk)
    assert [row.village_id for row in rows] == [melati.panamas.pk]
    _check_sums()

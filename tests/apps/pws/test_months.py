"""Months: who is counted, how they follow what is recorded, how they close and are corrected."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from simpul.accounts.scope import EVERYTHING
from simpul.people import actions as people
from simpul.people import queries as registered
from simpul.pws import actions, areas, masks, periods, queries, rows, touched
from simpul.pws.models import IndicatorCount, IndicatorRow, MonthState
from simpul.pws.queries import Question
from simpul.records import actions as records
from simpul.records import queries as log

pytestmark = pytest.mark.django_db

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def _record(person, name, on, value):
    outcome = records.record_visit(
        by=None, facts=[records.NewFact(person.pk, name, on, value)], envelope=uuid4()
    )
    assert not outcome.refused


def _pair(code: str, month: date, indicator: str):
    area = areas.area(EVERYTHING, code)
    return queries.sums(EVERYTHING, Question(area), [month]).get(month, {}).get(indicator, (0, 0))


def _counted(month: date, indicator: str = "s") -> set[int]:
    area = areas.area(EVERYTHING, "62.03")
    found = queries.names(EVERYTHING, Question(area), month, indicator, "counted")
    return set(found.values_list("person_id", flat=True))


@pytest.fixture
def village(melati):
    return melati.panamas.code


# who is counted


def test_children_under_five_are_counted_and_nobody_else(melati):
    actions.catch_up(month=NOV)
    assert _counted(NOV) == {melati.nayla.pk, melati.rafi.pk}


def test_who_counts_in_nothing_has_no_row(melati):
    girl = people.register_person(
        by=None,
        new=people.NewPerson(
            household=melati.home, name="Rina", sex="female", birth_date=date(2015, 1, 1)
        ),
    )
    actions.catch_up(month=NOV)
    assert not IndicatorRow.objects.filter(person_id=girl.pk).exists()
    assert IndicatorRow.objects.filter(person_id=melati.nayla.pk).exists()


@pytest.mark.parametrize(
    ("died_on", "is_counted"),
    [(date(2026, 10, 30), False), (date(2026, 10, 31), False), (date(2026, 11, 1), True)],
)
def test_the_dead_are_not_counted(melati, died_on, is_counted):
    people.record_death(by=None, person=melati.nayla, on=died_on)
    actions.catch_up(month=OCT)
    assert (melati.nayla.pk in _counted(OCT)) is is_counted


@pytest.mark.parametrize(
    ("left_on", "is_counted"), [(date(2026, 10, 30), False), (date(2026, 10, 31), True)]
)
def test_who_left_is_counted_as_long_as_the_month_ends_here(melati, left_on, is_counted):
    people.record_departure(by=None, person=melati.nayla, on=left_on)
    actions.catch_up(month=OCT)
    assert (melati.nayla.pk in _counted(OCT)) is is_counted


def test_who_moved_counts_where_the_month_ends(melati, village):
    there = people.register_household(by=None, new=people.NewHousehold(village=melati.hulu))
    people.move_person(by=None, person=melati.nayla, household=there, on=date(2026, 11, 1))
    for month in (OCT, NOV):
        actions.catch_up(month=month)
    assert (_pair(village, OCT, "s"), _pair(melati.hulu.code, OCT, "s")) == ((2, 2), (0, 0))
    assert (_pair(village, NOV, "s"), _pair(melati.hulu.code, NOV, "s")) == ((1, 1), (1, 1))
    assert _pair(melati.dahlia.code, NOV, "s") == (1, 1)


def test_who_came_later_is_not_counted_before(melati):
    came = people.register_person(
        by=None,
        new=people.NewPerson(
            household=melati.home, name="Bima", sex="male", birth_date=date(2025, 1, 1),
            since=date(2026, 11, 1),
        ),
    )  # fmt: skip
    for month in (OCT, NOV):
        actions.catch_up(month=month)
    assert came.pk not in _counted(OCT)
    assert came.pk in _counted(NOV)


def test_merged_persons_count_once_with_the_services_of_both(melati, village):
    twin = people.register_person(
        by=None,
        new=people.NewPerson(
            household=melati.home, name="Naila P", sex="female", birth_date=date(2025, 9, 8)
        ),
    )
    _record(twin, "body.weight", date(2026, 11, 17), 8.4)
    actions.catch_up(month=NOV)
    assert _pair(village, NOV, "d") == (3, 1)
    people.merge_persons(by=None, keep=melati.nayla, other=twin)
    actions.catch_up(month=NOV)
    assert _pair(village, NOV, "d") == (2, 1)
    people.unmerge_person(by=None, other=registered.person(EVERYTHING, twin.pk))
    actions.catch_up(month=NOV)
    assert _pair(village, NOV, "d") == (3, 1)


# following what is recorded


def test_recording_changes_the_month_at_once_and_only_that_month(melati, village):
    for month in (OCT, NOV):
        actions.catch_up(month=month)
    assert _pair(village, NOV, "d") == (2, 0)
    _record(melati.nayla, "body.weight", date(2026, 11, 17), 8.4)
    assert actions.catch_up(month=NOV).judged == 1
    actions.catch_up(month=OCT)
    assert _pair(village, NOV, "d") == (2, 1)
    assert _pair(village, OCT, "d") == (2, 0)


def test_nothing_new_is_nothing_to_do(melati):
    actions.catch_up(month=NOV)
    assert actions.catch_up(month=NOV) == actions.Work(0)


def test_a_retraction_and_a_change_of_birth_date_are_followed(melati, village):
    _record(melati.nayla, "body.weight", date(2026, 11, 17), 8.4)
    actions.catch_up(month=NOV)
    fact = log.current(EVERYTHING, melati.nayla.pk).get(name="body.weight")
    records.retract(by=None, fact=fact)
    people.edit_person(by=None, person=melati.rafi, birth_date=date(2020, 1, 1))
    actions.catch_up(month=NOV)
    assert _pair(village, NOV, "d") == (1, 0)


def test_with_a_limit_it_says_what_is_waiting(melati, village, monkeypatch):
    actions.catch_up(month=NOV)
    monkeypatch.setattr(touched, "FEW", 2)
    for person in (melati.nayla, melati.rafi, melati.mother, melati.father, melati.grandmother):
        _record(person, "bp.systolic", date(2026, 11, 17), 120.0)
        _record(person, "bp.diastolic", date(2026, 11, 17), 80.0)
    first = actions.catch_up(month=NOV, most=1)
    assert (first.judged, first.waiting > 0) == (1, True)
    while actions.catch_up(month=NOV, most=1).waiting:
        pass
    assert _pair(village, NOV, "bp_screened") == (3, 3)


def test_a_change_of_an_uncommitted_number_is_waited_for(melati):
    """PostgreSQL gives out ids before they are committed: a hole may still be filled."""
    from simpul.people.models import PersonChange

    last = touched.newest().change
    people.edit_person(by=None, person=melati.nayla, name="Nayla P")
    hole = PersonChange.objects.order_by("-pk").first()
    PersonChange.objects.filter(pk=hole.pk).update(id=hole.pk + 5)
    ids, cursor = touched.after(touched.Cursor(touched.newest().seq, last))
    assert (ids, cursor.change) == ([melati.nayla.pk], last)
    PersonChange.objects.filter(pk=hole.pk + 5).update(at=hole.at - timedelta(hours=2))
    assert touched.after(cursor)[1].change == hole.pk + 5


def test_who_was_judged_from_older_facts_is_judged_again(melati, village):
    """Two processes at once: the slower one writes what it saw, and the month tells it is old."""
    actions.catch_up(month=NOV)
    seen = touched.newest()
    state = MonthState.objects.get(month=NOV)
    stale = rows._stored(state, [melati.nayla.pk])
    _record(melati.nayla, "body.weight", date(2026, 11, 17), 8.4)
    actions.catch_up(month=NOV)
    rows.replace(state, [melati.nayla.pk], stale, seen)
    assert _pair(village, NOV, "d") == (2, 0)
    actions.catch_up(month=NOV)
    assert _pair(village, NOV, "d") == (2, 1)


def test_new_rules_judge_an_open_month_again_and_a_closed_one_not(melati, monkeypatch):
    for month in (OCT, NOV):
        actions.catch_up(month=month)
    monkeypatch.setattr(rows, "rules_in_force", lambda: "ilp next year")
    assert actions.catch_up(month=NOV).judged > 0
    assert actions.catch_up(month=OCT).judged == 0


# closing and correcting


def test_a_month_closes_some_days_after_its_end(melati):
    actions.catch_up_all()
    assert periods.closes_on(OCT) == date(2026, 11, 11)
    frozen = dict(MonthState.objects.values_list("month", "frozen_on"))
    assert (frozen[OCT], frozen[NOV]) == (date(2026, 11, 20), None)
    assert len(frozen) == periods.TREND + 1


def test_the_days_until_closing_are_a_setting(melati, settings):
    settings.PWS_CLOSES_AFTER_DAYS = 30
    actions.catch_up(month=OCT)
    assert MonthState.objects.get(month=OCT).frozen_on is None


def test_a_month_in_which_nobody_was_counted_is_not_closed(db):
    actions.catch_up(month=OCT)
    assert MonthState.objects.get(month=OCT).frozen_on is None


def test_a_late_fact_corrects_a_closed_month_visibly(melati, village):
    actions.catch_up_all()
    assert _pair(village, OCT, "d") == (2, 0)
    _record(melati.nayla, "body.weight", date(2026, 10, 20), 8.4)
    actions.catch_up_all()
    assert _pair(village, OCT, "d") == (2, 1)
    question = Question(areas.area(EVERYTHING, village))
    sums = queries.sums(EVERYTHING, question, [OCT])[OCT]
    found = queries.corrections(EVERYTHING, question, OCT, sums)
    assert found["d"] == queries.Correction(2, 0, date(2026, 11, 20))
    assert "s" not in found


def test_the_first_published_number_stays_beside_a_second_correction(melati, village):
    actions.catch_up_all()
    for child in (melati.nayla, melati.rafi):
        _record(child, "body.weight", date(2026, 10, 20), 9.0)
        actions.catch_up_all()
    question = Question(areas.area(EVERYTHING, village))
    sums = queries.sums(EVERYTHING, question, [OCT])[OCT]
    assert sums["d"] == (2, 2)
    assert queries.corrections(EVERYTHING, question, OCT, sums)["d"].reached == 0
    # seen from above, the village's correction is the Puskesmas'
    above = Question(areas.area(EVERYTHING, "P-MELATI"))
    sums = queries.sums(EVERYTHING, above, [OCT])[OCT]
    assert queries.corrections(EVERYTHING, above, OCT, sums)["d"].reached == 0


def test_a_correction_that_is_taken_back_is_none(melati, village):
    actions.catch_up_all()
    _record(melati.nayla, "body.weight", date(2026, 10, 20), 8.4)
    actions.catch_up_all()
    records.retract(by=None, fact=log.current(EVERYTHING, melati.nayla.pk).get())
    actions.catch_up_all()
    question = Question(areas.area(EVERYTHING, village))
    sums = queries.sums(EVERYTHING, question, [OCT])[OCT]
    assert sums["d"] == (2, 0)
    assert "d" not in queries.corrections(EVERYTHING, question, OCT, sums)


def test_recounting_a_month_that_is_right_changes_nothing(melati):
    _record(melati.nayla, "body.weight", date(2026, 10, 20), 8.4)
    actions.catch_up_all()
    before = list(IndicatorCount.objects.order_by("pk").values_list())
    assert actions.judge_month(month=OCT).judged == 5
    assert list(IndicatorCount.objects.order_by("pk").values_list()) == before
    assert MonthState.objects.get(month=OCT).next_village is None


def test_an_open_month_is_never_corrected(melati):
    actions.catch_up(month=NOV)
    _record(melati.nayla, "body.weight", date(2026, 11, 17), 8.4)
    actions.catch_up(month=NOV)
    assert not IndicatorCount.objects.filter(corrected_on__isnull=False).exists()


# whose numbers


def test_queries_ask_again_whose_numbers_they_are(melati):
    from simpul.accounts.queries import scope_of

    actions.catch_up_all()
    panamas, dahlia = (areas.area(EVERYTHING, code) for code in ("62.03.01.1010", "Y-DAHLIA"))
    for user, area, sees in (
        (melati.budi, panamas, True), (melati.citra, panamas, False), (melati.ani, panamas, False),
        (melati.ani, dahlia, True), (melati.citra, dahlia, False),
    ):  # fmt: skip
        scope, question = scope_of(user), Question(area)
        assert bool(queries.sums(scope, question, [NOV])) is sees
        assert queries.names(scope, question, NOV, "s", "counted").exists() is sees
        division = areas.divided(EVERYTHING, panamas, "posyandu")
        found = queries.sums_of_parts(scope, question, division, [NOV])
        assert bool(found) is sees


# masks


def test_a_mask_of_any_length_is_stored_in_words():
    counted, reached = 1 << 130 | 1 << 61 | 1, 1 << 130
    found = [(7, "", 1, None, None, word, c, r) for word, c, r in masks.words(counted, reached)]
    assert [row[5] for row in found] == [0, 2]
    one = rows.merged(found)[7]
    assert (one.counted, one.reached) == (counted, reached)


def test_bits_are_never_renumbered(db):
    class Pack:
        indicators = {"b": None, "a": None}

    assert masks.bits_of(Pack) == {"b": 0, "a": 1}
    Pack.indicators = {"a": None, "c": None, "b": None}
    assert masks.bits_of(Pack) == {"b": 0, "a": 1, "c": 2}

"""Stored open items say what the engine says, on every day, whatever happens to people."""

from datetime import timedelta

import pytest

from simpul.accounts.scope import EVERYTHING
from simpul.due import actions, areas, lists, past, queries
from simpul.due.models import DueItem, PlanState
from simpul.people import actions as people
from simpul.project import clock
from tests.apps.due import steps

pytestmark = pytest.mark.django_db
WHERE = queries.Where()


def as_rows(houses) -> list[tuple]:
    return [
        (house.household.pk, one.person.pk, line.item.service, line.item.occurrence, line.urgency)
        for house in houses
        for one in house.owed
        for line in one.lines
    ]


def stored(day) -> list[tuple]:
    found = queries.found(EVERYTHING, day, WHERE)
    return as_rows(lists.houses(EVERYTHING, day, WHERE, found, found.houses))


def stored_items(day) -> set[tuple]:
    rows = DueItem.objects.filter(due_on__lte=day).exclude(closes_on__lt=day)
    return set(rows.values_list("plan_id", "service", "occurrence"))


def judged(melati, day) -> list[tuple]:
    return as_rows(past.houses(areas.area_of("62.03.01"), day))


@pytest.fixture
def family(melati):
    """The cast, with births near the edges, a pregnancy and a follow-up."""

    def person(name, sex, birth):
        new = people.NewPerson(
            household=melati.home, name=name, sex=sex, birth_date=steps.day(birth)
        )
        return people.register_person(by=None, new=new)

    melati.newborn = person("Bayi", "male", "2026-11-18")
    melati.nearly_five = person("Lima", "female", "2021-12-31")
    melati.nearly_fifteen = person("Remaja", "male", "2011-12-05")
    melati.nearly_sixty = person("Pralansia", "female", "1966-12-24")
    steps.write_down(melati.mother, pregnancy__lmp=("2026-07-01", steps.day("2026-03-20")))
    steps.write_down(
        melati.father, bp__systolic=("2026-11-02", 165.0), bp__diastolic=("2026-11-02", 99.0)
    )
    steps.weigh(melati.nayla, d20260915=8.6, d20261020=8.7, d20261117=8.7)
    steps.weigh(melati.rafi, d20261020=15.2)
    return melati


def test_every_day_of_three_months_agrees_with_the_engine(family, monkeypatch):
    actions.refresh()
    for n in range(92):
        day = steps.TODAY + timedelta(days=n)
        monkeypatch.setenv("SIMPUL_TODAY", day.isoformat())
        actions.catch_up()
        live = judged(family, day)
        assert stored(day) == live, day
        assert stored_items(day) == {row[1:4] for row in live}, day


def test_midnight_alone_changes_no_row(family, monkeypatch):
    actions.refresh()
    before = list(DueItem.objects.order_by("pk").values())
    monkeypatch.setenv("SIMPUL_TODAY", "2026-11-21")
    assert actions.catch_up() == 0
    after = {row["id"]: row for row in DueItem.objects.values()}
    assert all(after.get(row["id"], row) == row for row in before)


def test_catching_up_twice_writes_nothing(family, django_assert_max_num_queries):
    actions.catch_up()
    pks = set(DueItem.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(7):
        assert actions.catch_up() == 0
    assert set(DueItem.objects.values_list("pk", flat=True)) == pks


def test_new_facts_are_followed(melati):
    actions.catch_up()
    steps.write_down(melati.nayla, vaccine__mr=("2026-11-19", True))
    actions.catch_up()
    owed = DueItem.objects.filter(plan_id=melati.nayla.pk, service="imm.mr")
    assert list(owed.values_list("occurrence", flat=True)) == []


def test_who_leaves_dies_or_is_merged_leaves_the_list(melati):
    actions.catch_up()
    people.record_departure(by=None, person=melati.father, on=steps.TODAY)
    people.record_death(by=None, person=melati.grandmother, on=steps.TODAY)
    people.merge_persons(by=None, keep=melati.nayla, other=melati.rafi)
    actions.catch_up()
    gone = [melati.father.pk, melati.grandmother.pk, melati.rafi.pk]
    assert not DueItem.objects.filter(plan_id__in=gone).exists()
    people.unmerge_person(by=None, other=melati.rafi)
    actions.catch_up()
    assert DueItem.objects.filter(plan_id=melati.rafi.pk).exists()


def test_a_move_takes_the_items_along(melati):
    actions.catch_up()
    home = people.register_household(by=None, new=people.NewHousehold(village=melati.hulu))
    people.move_person(by=None, person=melati.nayla, household=home, on=steps.TODAY)
    actions.catch_up()
    items = DueItem.objects.filter(plan_id=melati.nayla.pk)
    assert set(items.values_list("village_id", "household_id")) == {(melati.hulu.pk, home.pk)}


def test_facts_of_a_merged_person_count_for_the_one_kept(melati):
    steps.write_down(melati.rafi, vaccine__mr=("2026-09-01", True))
    people.merge_persons(by=None, keep=melati.nayla, other=melati.rafi)
    actions.catch_up()
    owed = DueItem.objects.filter(plan_id=melati.nayla.pk, service="imm.mr", occurrence=1)
    assert not owed.exists()


def test_a_page_waits_for_so_many_only(family):
    left = actions.catch_up(most=3)
    assert left > 0
    for _ in range(10):
        left = actions.catch_up(most=3)
    assert left == 0
    assert PlanState.objects.count() == 9


def test_new_rules_make_plans_anew(melati, monkeypatch):
    actions.refresh()
    assert actions.catch_up(most=0) == 0
    monkeypatch.setattr("simpul.due.actions._rules", lambda: "other")
    assert actions.catch_up(most=0) == 5
    assert actions.catch_up() == 0


def test_an_older_plan_never_replaces_a_newer(melati, monkeypatch):
    actions.catch_up()
    steps.write_down(melati.nayla, vaccine__mr=("2026-11-19", True))
    actions.refresh([melati.nayla.pk])
    monkeypatch.setattr("simpul.due.actions.records.last_seq", lambda: 0)
    monkeypatch.setattr("simpul.due.actions.records.engine_facts", lambda ids, until: {})
    actions.refresh([melati.nayla.pk])
    owed = DueItem.objects.filter(plan_id=melati.nayla.pk, service="imm.mr")
    assert not owed.filter(due_on__lte=clock.today()).exists()


def test_progress_counts_everybody(melati):
    seen = []
    assert actions.refresh(progress=seen.append) == 5
    assert sum(seen) == 5

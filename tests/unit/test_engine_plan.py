"""What a plan never does: look ahead, count twice, change with the order of the facts."""

from datetime import date

import pytest

from simpul.engine.plan import plan, status_on
from simpul.engine.values import Because, Fact, Person, PlanItem
from simpul.packs import load

PACK = load()
BIRTH = date(2025, 1, 31)


def of(service, *facts, as_of=date(2026, 8, 31), sex="female", birth=BIRTH, province="62"):
    person = Person(sex, birth, tuple(facts), province)
    return [item for item in plan(PACK, person, as_of) if item.service == service]


def dose(vaccine, on, value=True, seq=0):
    return Fact(f"vaccine.{vaccine}", date.fromisoformat(on), value, seq)


def test_facts_after_the_day_are_not_seen():
    (item,) = of("imm.bcg", dose("bcg", "2025-02-02"), as_of=date(2025, 2, 1))
    assert item.done_on is None


def test_of_two_facts_on_one_day_the_higher_number_counts():
    yes, no = dose("bcg", "2025-02-02", True, 1), dose("bcg", "2025-02-02", False, 2)
    for facts in ((yes, no), (no, yes)):
        assert of("imm.bcg", *facts)[0].done_on is None
    later_yes = dose("bcg", "2025-02-02", True, 3)
    assert of("imm.bcg", later_yes, no)[0].done_on == date(2025, 2, 2)


def test_two_doses_on_one_day_are_one():
    items = of("imm.opv", dose("opv", "2025-04-01", seq=1), dose("opv", "2025-04-01", seq=2))
    assert [item.done_on for item in items] == [date(2025, 4, 1), None, None, None]


@pytest.mark.parametrize("value", [True, None, "batch 7", 1.0])
def test_anything_but_no_is_a_dose(value):
    assert of("imm.bcg", dose("bcg", "2025-02-02", value))[0].valid is True


def test_a_fifth_dose_changes_nothing():
    four = [dose("opv", day) for day in ("2025-02-05", "2025-04-01", "2025-05-01", "2025-06-01")]
    fifth = dose("opv", "2025-07-01")
    assert of("imm.opv", *four) == of("imm.opv", *four, fifth)


def test_je_needs_the_province():
    assert of("imm.je", province=None)[0].status == "not_applicable"
    assert of("imm.je", province="51")[0].status == "late"


def test_a_man_has_no_pregnancy():
    lmp = Fact("pregnancy.lmp", date(2026, 5, 1), date(2026, 4, 1))
    born = date(1990, 1, 1)
    assert of("anc.visit", lmp, sex="male", birth=born)[0].status == "not_applicable"
    assert of("anc.visit", lmp, sex=None, birth=born)[0].status == "missed"


def item(**changes):
    fields = {
        "service": "x", "occurrence": 1, "opens_on": date(2026, 1, 1), "due_on": date(2026, 2, 1),
        "late_on": date(2026, 3, 1), "closes_on": date(2026, 4, 1), "done_on": None, "valid": None,
        "because": Because("owed"), "source": "s", "waits": False, "status": "later",
    }  # fmt: skip
    return PlanItem(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "day", "status"),
    [
        ({}, date(2026, 1, 31), "later"),
        ({}, date(2026, 2, 1), "due"),
        ({}, date(2026, 2, 28), "due"),
        ({}, date(2026, 3, 1), "late"),
        ({}, date(2026, 4, 1), "late"),
        ({}, date(2026, 4, 2), "missed"),
        ({"late_on": None}, date(2026, 4, 1), "due"),
        ({"closes_on": None}, date(2030, 1, 1), "late"),
        ({"done_on": date(2026, 2, 2)}, date(2026, 1, 1), "done"),
        ({"waits": True}, date(2026, 3, 5), "later"),
        ({"waits": True}, date(2026, 4, 2), "missed"),
        ({"opens_on": date(2026, 4, 2)}, date(2026, 1, 1), "missed"),
        ({"opens_on": None, "due_on": None, "closes_on": None}, date(2026, 1, 1), "not_applicable"),
    ],
)
def test_status_on(changes, day, status):
    assert status_on(item(**changes), day) == status

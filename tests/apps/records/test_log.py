"""The log: an envelope is written once, `seq` has no holes, what is impossible never enters."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.accounts.scope import EVERYTHING, NOTHING
from simpul.records import actions, queries
from simpul.records.models import Envelope, Fact

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 17)


def weight(person, value=8.7, on=DAY, **more):
    return actions.NewFact(person.pk, "body.weight", on, value, **more)


@transaction.atomic
def _record_and_lose_power(person):
    actions.record_visit(by=None, facts=[weight(person, 8.9)])
    raise RuntimeError("the power went off")


def test_a_repeated_envelope_changes_nothing(melati):
    envelope = uuid.uuid4()
    first = actions.record_visit(by=melati.budi, facts=[weight(melati.nayla)], envelope=envelope)
    again = actions.record_visit(by=melati.ani, facts=[weight(melati.nayla, 9)], envelope=envelope)
    assert (first.n_recorded, first.is_repeat) == (1, False)
    assert (again.n_recorded, again.is_repeat) == (1, True)
    assert Fact.objects.get().number == 8.7
    assert Envelope.objects.get().by == melati.budi


def test_seq_has_no_holes_and_what_failed_takes_none(melati):
    actions.record_visit(by=None, facts=[weight(melati.nayla), weight(melati.rafi, 15)])
    with pytest.raises(RuntimeError):
        _record_and_lose_power(melati.nayla)
    actions.record_visit(by=None, facts=[weight(melati.nayla, 8.8, date(2026, 11, 18))])
    assert list(Fact.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert queries.last_seq() == 3
    assert queries.persons_after(2) == [melati.nayla.pk]


@pytest.mark.parametrize(
    ("name", "on", "value", "code"),
    [
        ("body.wieght", DAY, 8.7, "unknown_name"),
        ("body.weight", DAY, "8,7", "wrong_type"),
        ("body.weight", DAY, True, "wrong_type"),
        ("body.weight", DAY, 8400.0, "impossible"),
        ("body.weight", date(2026, 11, 21), 8.7, "in_future"),
        ("body.weight", date(2025, 9, 7), 3.1, "before_birth"),
        ("body.measure", DAY, "x", "unknown_code"),
        ("vaccine.mr", DAY, 1.0, "wrong_type"),
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_is_kept(melati, name, on, value, code):
    bad = actions.NewFact(melati.nayla.pk, name, on, value)
    outcome = actions.record_visit(by=None, facts=[bad, weight(melati.nayla)])
    assert [(one.index, one.code) for one in outcome.refused] == [(0, code)]
    assert outcome.n_recorded == 1


def test_a_correction_is_read_and_both_stay(melati):
    actions.record_visit(by=melati.ani, facts=[weight(melati.nayla, 7.8)])
    wrong = Fact.objects.get()
    actions.correct(by=melati.budi, fact=wrong, value=8.7)
    assert [fact.number for fact in queries.current(EVERYTHING, melati.nayla.pk)] == [8.7]
    assert [fact.number for fact in queries.history(EVERYTHING, melati.nayla.pk)] == [8.7, 7.8]
    [seen] = queries.engine_facts([melati.nayla.pk])[melati.nayla.pk]
    assert seen.value == 8.7


def test_two_corrections_apart_from_each_other_are_both_kept(melati):
    actions.record_visit(by=melati.ani, facts=[weight(melati.nayla, 7.8)])
    wrong = Fact.objects.get()
    actions.correct(by=melati.budi, fact=wrong, value=8.7)
    actions.correct(by=melati.dewi, fact=wrong, value=8.8)
    assert Fact.objects.count() == 3
    assert {fact.number for fact in queries.current(EVERYTHING, melati.nayla.pk)} == {8.7, 8.8}


def test_a_retracted_fact_is_gone_from_the_plan_and_stays_readable(melati):
    actions.record_visit(by=melati.ani, facts=[weight(melati.nayla)])
    actions.retract(by=melati.ani, fact=Fact.objects.get())
    assert queries.engine_facts([melati.nayla.pk]).get(melati.nayla.pk, ()) == ()
    assert queries.history(EVERYTHING, melati.nayla.pk).count() == 2


def test_without_scope_nothing_is_read(melati):
    actions.record_visit(by=None, facts=[weight(melati.nayla)])
    assert not queries.current(NOTHING, melati.nayla.pk).exists()
    assert not queries.history(NOTHING, melati.nayla.pk).exists()
    assert queries.fact(NOTHING, 1) is None


def test_the_database_itself_refuses_a_fact_with_two_values(melati):
    actions.record_visit(by=None, facts=[weight(melati.nayla)])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_fact SET code = 'x'")

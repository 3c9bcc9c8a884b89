"""Corrections, retractions, pregnancies: small writes of a person's page, each once and logged."""

import uuid

from django.db import transaction

from simpul.accounts import actions as accounts
from simpul.due import actions
from simpul.due.histories import fact_words
from simpul.records import actions as records
from simpul.records import queries as log

__all__ = ["correct", "fact_words", "is_repeat", "is_superseded", "record_pregnancy", "retract"]


def is_repeat(envelope: str | None) -> bool:
    """Whether this envelope has arrived before: a double click."""
    try:
        return log.envelope(uuid.UUID(envelope or "")) is not None
    except ValueError:
        return False


def is_superseded(fact) -> bool:
    """Whether the fact was corrected or taken back already."""
    return fact.superseded_by.exists()


@transaction.atomic
def correct(*, by, fact, value, is_confirmed: bool) -> None:
    """Record a fact that supersedes this one."""
    new = records.NewFact(
        fact.person_id, fact.name, fact.observed_on, value, facility_id=fact.facility_id,
        form=fact.form, supersedes=fact.seq, is_confirmed=is_confirmed,
    )  # fmt: skip
    records.record_visit(by=by, facts=[new], kind="correction", source="page")
    _after(by, "correct.fact", fact)


@transaction.atomic
def retract(*, by, fact) -> None:
    """Take a fact back."""
    records.retract(by=by, fact=fact, source="page")
    _after(by, "retract.fact", fact)


@transaction.atomic
def record_pregnancy(*, by, person_id: int, form) -> None:
    """Record the facts of a form about a pregnancy."""
    facts = form.facts(person_id, getattr(by, "facility_id", None))
    records.record_visit(by=by, facts=facts, envelope=form.cleaned_data["envelope"], source="page")
    accounts.log(by=by, action="record.visit", object_kind="person", object_id=person_id)
    actions.refresh([person_id])


def _after(by, action: str, fact) -> None:
    accounts.log(by=by, action=action, object_kind="person", object_id=fact.person_id)
    actions.refresh([fact.person_id])

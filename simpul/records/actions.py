"""The only writer of facts. One envelope is one transaction; a known envelope changes nothing."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import connection, transaction

from simpul import packs
from simpul.engine.checks import check_value
from simpul.people import queries as people
from simpul.project import clock
from simpul.records import queries
from simpul.records.models import Envelope, Fact, LogCounter

Value = float | str | bool | date
_COLUMN = {"number": "number", "text": "text", "day": "day", "code": "code", "flag": "flag"}


class NewFact(msgspec.Struct, frozen=True):
    """A fact to record. `value` is of the type the pack gives this name."""

    person_id: int
    name: str
    observed_on: date
    value: Value
    facility_id: int | None = None
    form: str = ""
    supersedes: int | None = None
    is_confirmed: bool = False


class Refusal(msgspec.Struct, frozen=True):
    """Why a fact was not recorded: its index in the envelope, its name, a code."""

    index: int
    name: str
    code: str  # unknown_name | wrong_type | impossible | before_birth | in_future | unknown_code


class Outcome(msgspec.Struct, frozen=True):
    """What became of an envelope. `is_repeat`: it was known, nothing was written."""

    envelope: uuid.UUID
    n_recorded: int
    refused: tuple[Refusal, ...] = ()
    is_repeat: bool = False


@transaction.atomic
def record_visit(
    *,
    by,
    facts: Sequence[NewFact],
    envelope: uuid.UUID | None = None,
    kind: str = "visit",
    made_at: datetime | None = None,
    source: str = "",
) -> Outcome:
    """Append the facts of one envelope.

    1. A known envelope id returns its stored outcome.
    2. Each fact is checked against the pack; the impossible is refused, the others are kept.
    3. `seq` is taken from the counter row inside this transaction.
    """
    envelope = envelope or uuid.uuid4()
    counter, _ = LogCounter.objects.select_for_update().get_or_create(pk=1)
    known = queries.envelope(envelope)
    if known:
        return Outcome(envelope, known.n_facts, is_repeat=True)
    refused = tuple(check(facts))
    bad = {one.index for one in refused}
    good = [fact for index, fact in enumerate(facts) if index not in bad]
    now = clock.now()
    header = Envelope.objects.create(
        id=envelope, kind=kind, made_at=made_at or now, received_at=now, by=by, source=source,
        n_facts=len(good),
    )  # fmt: skip
    _append(good, counter.seq + 1, now, by, header)
    counter.seq += len(good)
    counter.save(update_fields=["seq"])
    return Outcome(envelope, len(good), refused)


def correct(*, by, fact: Fact, value: Value, source: str = "") -> Outcome:
    """Correct a fact by one that supersedes it; both stay readable."""
    new = NewFact(
        fact.person_id, fact.name, fact.observed_on, value,
        facility_id=fact.facility_id, form=fact.form, supersedes=fact.seq,
    )  # fmt: skip
    return record_visit(by=by, facts=[new], kind="correction", source=source)


def retract(*, by, fact: Fact, source: str = "") -> Outcome:
    """Take back a fact entered by mistake; it stays readable in the history."""
    new = NewFact(fact.person_id, queries.RETRACTED, clock.today(), True, supersedes=fact.seq)
    return record_visit(by=by, facts=[new], kind="correction", source=source)


def check(facts: Sequence[NewFact]) -> Iterable[Refusal]:
    """What cannot be recorded, and why."""
    types = packs.load().facts
    births = people.birth_dates({fact.person_id for fact in facts})
    today = clock.today()
    for index, fact in enumerate(facts):
        code = _refusal(types.get(fact.name), fact, births.get(fact.person_id), today)
        if code:
            yield Refusal(index, fact.name, code)


def _refusal(type_, fact: NewFact, birth: date | None, today: date) -> str | None:
    if type_ is None:
        return "unknown_name"
    if not _fits(type_.type, fact.value):
        return "wrong_type"
    if fact.observed_on > today:
        return "in_future"
    if birth and fact.observed_on < birth and not fact.name.startswith("pregnancy."):
        return "before_birth"
    if type_.type == "code" and type_.codes and fact.value not in type_.codes:
        return "unknown_code"
    if type_.type == "number" and isinstance(fact.value, int | float):
        return "impossible" if check_value(type_, fact.value).level == "impossible" else None
    return None


def _fits(type_: str, value: Value) -> bool:
    if type_ == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if type_ == "flag":
        return isinstance(value, bool)
    if type_ == "day":
        return isinstance(value, date)
    return isinstance(value, str) and value != ""


def _append(facts: Sequence[NewFact], first: int, now: datetime, by, header: Envelope) -> None:
    """Insert all rows by one statement: for a register the ORM spends five times as long."""
    types = packs.load().facts
    fields = Fact._meta.concrete_fields
    fixed = {
        "recorded_at": now, "recorded_by": by.pk if by else None, "envelope": header.pk,
    }  # fmt: skip
    known = {name: _kept(name, value) for name, value in fixed.items()}
    days = {fact.observed_on: _kept("observed_on", fact.observed_on) for fact in facts}
    rows: list[list[Any]] = []
    for seq, fact in enumerate(facts, start=first):
        column = _COLUMN[types[fact.name].type]
        value = fact.value if column in ("number", "code") else _kept(column, fact.value)
        row = {
            **known, "seq": seq, "person": fact.person_id, "name": fact.name,
            "observed_on": days[fact.observed_on], "facility": fact.facility_id,
            "form": fact.form, "supersedes": fact.supersedes, "is_confirmed": fact.is_confirmed,
            column: value,
        }  # fmt: skip
        rows.append([row.get(field.name) for field in fields])
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(Fact._meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608
            rows,
        )


def _kept(name: str, value: object) -> Any:
    """A value as this database keeps it."""
    field = next(field for field in Fact._meta.concrete_fields if field.name == name)
    return field.get_db_prep_save(value, connection)

"""The values that go into the engine and come out: facts, a person, plan items, and why.

Its one rule: values never change; a new fact makes a new plan.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Value = float | str | bool | date | None
Sex = Literal["female", "male"]
Status = Literal["later", "due", "late", "done", "missed", "not_applicable"]


class Fact(msgspec.Struct, frozen=True, gc=False):
    """What was observed about a person on a day. Of two on one day the higher `seq` wins."""

    name: str
    on: date
    value: Value = None
    seq: int = 0


class Person(msgspec.Struct, frozen=True, gc=False):
    """Who the plan is for. `province` is the two-digit code of the Ministry of Home Affairs."""

    sex: Sex | None
    birth_date: date
    facts: tuple[Fact, ...] = ()
    province: str | None = None


class Because(msgspec.Struct, frozen=True, gc=False):
    """Why an item stands as it does, for machines: `pack.reason_of` puts it into words.

    `rule` names the block of the pack it comes from, `params` the dates and facts that decided.
    """

    code: str
    rule: str = ""
    params: dict[str, Value] = {}


class PlanItem(msgspec.Struct, frozen=True, gc=False):
    """One service for one person: when it may be given, when it is late, when it was done.

    `late_on` is the first late day (None: never late), `closes_on` the last day it may be given.
    """

    service: str
    occurrence: int
    opens_on: date | None
    due_on: date | None
    late_on: date | None
    closes_on: date | None
    done_on: date | None
    valid: bool | None
    because: Because
    source: str
    waits: bool
    status: Status

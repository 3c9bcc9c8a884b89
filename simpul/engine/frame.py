"""What all kinds of service share: who it is for, how an item is written, its status on a day.

Its one rule: a status is computed from the dates of the item and a day, nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import DATES
from simpul.engine.language import Rule
from simpul.engine.values import Because, PlanItem, Status, Value

Window = tuple[int, int, int | None, int]
"""opens, due, late (None: never late), closes, as day ordinals."""

NEVER = date.max.toordinal()
"""A last day that does not come: the item has no end."""


class Condition(msgspec.Struct, frozen=True):
    """One reason why a service may not be for somebody, with the words for it.

    `unknown_waits`: when it cannot be told the service waits; else it is not for this person.
    """

    rule: Rule
    otherwise: str
    unknown: str
    unknown_waits: bool = True
    text: str = ""


class Service(Protocol):
    """A compiled block of the pack: writes its items for one case."""

    @property
    def name(self) -> str: ...

    def plan(self, case: Case, out: list[PlanItem]) -> None: ...


class Head(msgspec.Struct, frozen=True):
    """What every compiled block carries: its name, its source and for whom it is."""

    name: str
    block: str
    source: str
    conditions: tuple[Condition, ...] = ()

    def part(self, number: int, source: str = "") -> Head:
        """The head of one dose or visit of the block, with its own source if it has one."""
        return Head(self.name, f"{self.block}#{number}", source or self.source)


def standing(head: Head, case: Case) -> tuple[str, bool] | None:
    """None when the service is for this person, else the code of the words and whether it waits.

    A clear no comes before anything unknown.
    """
    if not head.conditions:
        return None
    unknown: tuple[str, bool] | None = None
    memo = case.memo
    for condition in head.conditions:
        answer = memo.get(condition.otherwise, memo)
        if answer is memo:
            answer = memo[condition.otherwise] = condition.rule(case)
        if answer is None:
            unknown = unknown or (condition.unknown, condition.unknown_waits)
        elif not answer:
            return condition.otherwise, False
    return unknown


def not_for(
    head: Head, occurrence: int, code: str, facts: dict[str, Value] | None = None
) -> PlanItem:
    """The item that says: this service is not for this person, and why."""
    why = Because(code, head.block, facts or {})
    return PlanItem(
        head.name,
        occurrence,
        None,
        None,
        None,
        None,
        None,
        None,
        why,
        head.source,
        False,
        "not_applicable",
    )


def done_item(
    head: Head,
    occurrence: int,
    window: Window,
    on: int,
    code: str,
    facts: dict[str, Value],
    valid: bool = True,
) -> PlanItem:
    """An item that was done; when not valid the service stays owed as another item."""
    opens, due, late, closes = window
    return PlanItem(
        head.name,
        occurrence,
        DATES[opens],
        DATES[due],
        None if late is None else DATES[late],
        None if closes == NEVER else DATES[closes],
        DATES[on],
        valid,
        Because(code, head.block, facts),
        head.source,
        False,
        "done",
    )


def open_item(
    head: Head,
    occurrence: int,
    window: Window,
    at: int,
    code: str,
    facts: dict[str, Value],
    waits: bool = False,
) -> PlanItem:
    """An item not done: later, due, late or missed on the day `at`."""
    opens, due, late, closes = window
    status: Status
    if closes < at or opens > closes:
        status, waits = "missed", False
    elif waits or at < due:
        status = "later"
    elif late is not None and at >= late:
        status = "late"
    else:
        status = "due"
    return PlanItem(
        head.name,
        occurrence,
        DATES[opens],
        DATES[due],
        None if late is None else DATES[late],
        None if closes == NEVER else DATES[closes],
        None,
        None,
        Because(code, head.block, facts),
        head.source,
        waits,
        status,
    )


def status_on(item: PlanItem, as_of: date) -> Status:
    """How the item stands on another day, from its dates alone."""
    if item.done_on is not None:
        return "done"
    if item.due_on is None:
        return "not_applicable"
    closes = item.closes_on
    if closes is not None and (closes < as_of or (item.opens_on or closes) > closes):
        return "missed"
    if item.waits or as_of < item.due_on:
        return "later"
    if item.late_on is not None and as_of >= item.late_on:
        return "late"
    return "due"

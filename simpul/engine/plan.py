"""The plan of one person on one day: every service of the pack, in the pack's order.

Its one rule: the plan is a function of the pack, the person's facts and the day, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from simpul.engine.case import Case
from simpul.engine.frame import Service, status_on
from simpul.engine.values import Person, PlanItem

__all__ = ["Content", "plan", "status_on"]


class Content(Protocol):
    """What the engine needs of a pack: the compiled services that hold on a day."""

    def services_on(self, day: int) -> Sequence[Service]: ...


def plan(pack: Content, person: Person, as_of: date) -> list[PlanItem]:
    """All items of all services; facts after `as_of` are not seen."""
    at = as_of.toordinal()
    case = Case(person, at)
    out: list[PlanItem] = []
    for service in pack.services_on(at):
        service.plan(case, out)
    return out

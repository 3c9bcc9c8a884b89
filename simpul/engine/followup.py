"""A finding that opens a service: what was measured asks for something, until it is answered.

Its one rule: only the last measurement asks; a later one answers the ones before it.
"""

from __future__ import annotations

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import DATES, Span, plus
from simpul.engine.frame import NEVER, Head, done_item, not_for, open_item, standing
from simpul.engine.language import Rule
from simpul.engine.values import PlanItem, Value

_LOOK_BACK = 6
"""How many measurements that tell neither yes nor no are passed over to find one that does."""


class Finding(msgspec.Struct, frozen=True):
    """One finding, judged on each day one of the facts it watches was observed.

    `over`: when given, only this ends the finding; a measurement that tells neither leaves it open.
    """

    head: Head
    code: str
    watch: tuple[str, ...]
    when: Rule
    due: Span
    late_after: Span | None
    urgency: str
    over: Rule | None = None
    shows: tuple[str, ...] = ()


class FollowUp(msgspec.Struct, frozen=True):
    """A compiled follow-up: the first finding that holds is the one shown."""

    head: Head
    findings: tuple[Finding, ...]
    answered_by: tuple[str, ...] = ()
    closes_before: Span | None = None
    absent: str = ""

    @property
    def name(self) -> str:
        return self.head.name

    def plan(self, case: Case, out: list[PlanItem]) -> None:
        outside = standing(self.head, case)
        if outside is not None and not outside[1]:
            out.append(not_for(self.head, 1, outside[0]))
            return
        ended: PlanItem | None = None
        for finding in self.findings:
            days = _watched(case, finding.watch)
            if not days:
                continue
            opened, closed = _state(case, finding, days)
            if not opened:
                continue
            closed = closed or self._answer(case, opened)
            item = self._item(case, finding, opened, closed)
            if not closed:
                out.append(item)
                return
            ended = ended or item
        out.append(ended or not_for(self.head, 1, self.absent))

    def _answer(self, case: Case, opened: int) -> int:
        """The first day after the finding on which something else answered it; 0 if none."""
        days = [d for fact in self.answered_by for d in case.given(fact) if d > opened]
        return min(days, default=0)

    def _item(self, case: Case, finding: Finding, opened: int, closed: int) -> PlanItem:
        due = plus(opened, finding.due)
        late = None if finding.late_after is None else plus(due, finding.late_after)
        closes = NEVER if self.closes_before is None else case.age(self.closes_before) - 1
        day = DATES[opened]
        number = day.year * 10000 + day.month * 100 + day.day
        facts: dict[str, Value] = {"found_on": day, "urgency": finding.urgency}
        for name in finding.shows:
            value = case.seen_on(opened).on_day(name, opened)
            if value is not None:
                facts[name.partition(".")[2]] = value
        window = (opened, due, late, closes)
        if closed:
            return done_item(finding.head, number, window, closed, finding.code, facts)
        return open_item(finding.head, number, window, case.at, finding.code, facts)


def _state(case: Case, finding: Finding, days: list[int]) -> tuple[int, int]:
    """The day the last finding was made and the day it ended; zeros: none, not ended."""
    closed = 0
    for step, day in enumerate(reversed(days)):
        view = case.seen_on(day)
        if finding.when(view):
            return day, closed
        if finding.over is None:
            if closed:
                break  # the last two measurements say no: what was before is history
            closed = day
        elif finding.over(view):
            if closed:
                break
            closed = day
        elif closed or step >= _LOOK_BACK:
            break
    return 0, 0


def _watched(case: Case, facts: tuple[str, ...]) -> list[int]:
    if len(facts) == 1:
        return case.days(facts[0])
    found = [days for fact in facts if (days := case.days(fact))]
    if not found or found.count(found[0]) == len(found):
        return found[0] if found else []
    return sorted({day for days in found for day in days})

"""A service that comes again so long after it was last done; first when somebody comes to it.

Its one rule: who was never served is due from the day the rule first applied to them, but never
from before the pack began.
"""

from __future__ import annotations

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import DATES, Span, plus
from simpul.engine.frame import NEVER, Head, done_item, not_for, open_item, standing
from simpul.engine.language import Rule
from simpul.engine.values import PlanItem, Value

HORIZON = 366
"""A service that begins later than this many days from now is not for this person yet."""


class Risk(msgspec.Struct, frozen=True):
    """A reason to begin early, and the facts on whose day it was known."""

    rule: Rule
    facts: tuple[str, ...]


class Start(msgspec.Struct, frozen=True):
    """The age at which the service begins; with `risks` only for whom one of them holds."""

    age: Span
    risks: tuple[Risk, ...] = ()


class Every(msgspec.Struct, frozen=True):
    """A compiled service of this kind. `all_of`: it is done once each of the facts was recorded."""

    head: Head
    facts: tuple[str, ...]
    all_of: bool
    interval: Span
    late_after: Span | None
    starts: tuple[Start, ...]
    not_before: int

    @property
    def name(self) -> str:
        return self.head.name

    def plan(self, case: Case, out: list[PlanItem]) -> None:
        outside = standing(self.head, case)
        if outside is not None and not outside[1]:
            out.append(not_for(self.head, 1, outside[0]))
            return
        done = self._done(case)
        begins, unsure = self._begins(case)
        if not done and begins > case.at + HORIZON and not unsure:
            out.append(not_for(self.head, 1, "not_yet", {"from": DATES[begins]}))
            return
        due = begins
        facts: dict[str, Value] = {}
        if done:
            due = self._last(case, done, begins, out)
            facts = {"last_on": DATES[done[-1]]}
        code = "risk_unknown" if unsure and not done else "owed"
        late = None if self.late_after is None else plus(due, self.late_after)
        window = (due, due, late, NEVER)
        waits = code != "owed" and case.at < due
        out.append(open_item(self.head, len(done) + 1, window, case.at, code, facts, waits))

    def _last(self, case: Case, done: list[int], begins: int, out: list[PlanItem]) -> int:
        """Write the last time it was done; return the day it is due again."""
        on = done[-1]
        was_due = plus(done[-2], self.interval) if len(done) > 1 else begins
        window = (min(was_due, on), min(was_due, on), None, NEVER)
        out.append(done_item(self.head, len(done), window, on, "done", {}))
        return max(plus(on, self.interval), begins)

    def _done(self, case: Case) -> list[int]:
        """The days on which it was done."""
        tracks = case.tracks
        there = [fact for fact in self.facts if fact in tracks]
        if not there or (self.all_of and len(there) < len(self.facts)):
            return []
        if len(there) == 1:
            return case.given(there[0])
        days: list[tuple[int, str]] = []
        for fact in there:
            days += [(day, fact) for day in case.given(fact)]
        if not self.all_of:
            return sorted({day for day, _ in days})
        done, seen = [], set()
        for day, fact in sorted(days):
            seen.add(fact)
            if len(seen) == len(self.facts):
                done.append(day)
                seen.clear()
        return done

    def _begins(self, case: Case) -> tuple[int, bool]:
        """The day on which the service begins for this person, and whether a risk is unknown."""
        begins, unsure = NEVER, False
        for start in self.starts:
            day = max(case.age(start.age), self.not_before)
            if day >= begins or (start.risks and day > case.at):
                continue
            if not start.risks:
                begins = day
                continue
            known = [_known_from(case, risk) for risk in start.risks]
            true = [since for since in known if since]
            if true:
                begins = max(day, min(true))
            else:
                unsure = unsure or None in known
        return begins, unsure and begins > case.at


def _known_from(case: Case, risk: Risk) -> int | None:
    """The day since which the risk is known to be there; 0 when it is not, None when unknown."""
    answer = risk.rule(case)
    if answer is None:
        return None
    if not answer:
        return 0
    days = [case.days(fact)[-1] for fact in risk.facts if case.days(fact)]
    return max(days, default=case.at)

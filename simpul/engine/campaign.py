"""A service of named months: vitamin A in February and August, weighing in every month.

Its one rule: one window for each month named; the one before, the present one and the next.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import Span
from simpul.engine.frame import Head, Window, done_item, not_for, open_item, standing
from simpul.engine.values import PlanItem, Value

_FAR = 4  # how many months named are looked through for the first one that is for the person


class Give(msgspec.Struct, frozen=True):
    """What is given, up to an age."""

    before: Span | None
    code: str


class Month(msgspec.Struct, frozen=True):
    """A month named: 202608, its first day, the first days of the month after and of the next
    month named."""

    number: int
    start: int
    end: int
    following: int


class Campaign(msgspec.Struct, frozen=True):
    """A compiled service of the kind `calendar`.

    `stays_open`: it may be done until the next month named begins, else until the month ends.
    """

    head: Head
    fact: str
    months: tuple[int, ...]
    opens: Span
    closes_before: Span
    stays_open: bool
    late: bool
    give: tuple[Give, ...] = ()

    @property
    def name(self) -> str:
        return self.head.name

    def plan(self, case: Case, out: list[PlanItem]) -> None:
        outside = standing(self.head, case)
        if outside is not None and not outside[1]:
            out.append(not_for(self.head, 1, outside[0]))
            return
        youngest = case.ages[self.opens.months] + self.opens.days
        oldest = case.ages[self.closes_before.months] + self.closes_before.days - 1
        given = case.given(self.fact)
        for month in _months(self.months, case.at):
            window = self._window(month, youngest, oldest)
            if window is None:
                continue
            self._write(case, month.number, window, _done(given, window), out)
            if month.start > case.at:
                break  # the next one for this person is enough

    def latest_done(self, case: Case) -> bool | None:
        """Whether it was done in the latest campaign; None when that was not for this person."""
        month = _months(self.months, case.at)[1]
        window = self._window(month, case.age(self.opens), case.age(self.closes_before) - 1)
        if window is None or window[0] > case.at:
            return None
        return _done(case.given(self.fact), window) != 0

    def _write(self, case: Case, number: int, window: Window, on: int, out: list[PlanItem]) -> None:
        facts: dict[str, Value] = {}
        if self.give:
            day = on or min(max(window[1], case.at), window[3])
            facts = {"give": self._give(case, day)}
        if on:
            out.append(done_item(self.head, number, window, on, "done", facts))
        else:
            out.append(open_item(self.head, number, window, case.at, "owed", facts))

    def _window(self, month: Month, youngest: int, oldest: int) -> Window | None:
        """The window of a month named; None when the person is too young or too old for it."""
        opens = max(month.start, youngest)
        closes = min(month.following if self.stays_open else month.end, oldest + 1) - 1
        if opens >= month.end or opens > closes:
            return None
        late = month.end if self.late and month.end <= closes else None
        return opens, opens, late, closes

    def _give(self, case: Case, day: int) -> str:
        return next((g.code for g in self.give if g.before is None or day < case.age(g.before)), "")


@lru_cache(maxsize=256)
def _months(named: tuple[int, ...], at: int) -> tuple[Month, ...]:
    """The month named before the latest one, the latest that has begun, and those that follow."""
    today = date.fromordinal(at)
    latest = today.year * len(named) + sum(month <= today.month for month in named) - 1
    starts = []
    for turn in range(latest - 1, latest + 2 + _FAR):
        year, place = divmod(turn, len(named))
        starts.append(date(year, named[place], 1))
    return tuple(_month(start, following) for start, following in pairwise(starts))


def _month(start: date, following: date) -> Month:
    after = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    number = start.year * 100 + start.month
    return Month(number, start.toordinal(), after.toordinal(), following.toordinal())


def _done(given: list[int], window: Window) -> int:
    for day in reversed(given):
        if day <= window[3]:
            return day if day >= window[0] else 0
    return 0

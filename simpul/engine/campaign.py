"""A service of named months: vitamin A in February and August, weighing in every month.

Its one rule: one window for each month named; the one before, the present one and the next.
"""

from __future__ import annotations

from datetime import date

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
        now = self._latest(case.at)
        for turn in (now - 1, now):
            self._write(case, turn, out)
        for turn in range(now + 1, now + 1 + _FAR):
            if self._write(case, turn, out):
                break

    def latest_done(self, case: Case) -> bool | None:
        """Whether it was done in the latest campaign; None when that was not for this person."""
        turn = self._latest(case.at)
        window = self._window(case, turn)
        if window is None or window[0] > case.at:
            return None
        return self._done(case, window) != 0

    def _write(self, case: Case, turn: int, out: list[PlanItem]) -> bool:
        window = self._window(case, turn)
        if window is None:
            return False
        year, month = self._month(turn)
        number = year * 100 + month
        on = self._done(case, window)
        facts: dict[str, Value] = {}
        if self.give:
            day = on or min(max(window[1], case.at), window[3])
            facts = {"give": self._give(case, day)}
        if on:
            out.append(done_item(self.head, number, window, on, "done", facts))
        else:
            out.append(open_item(self.head, number, window, case.at, "owed", facts))
        return True

    def _latest(self, at: int) -> int:
        """The number of the last month named that has begun: years times months, and the place."""
        today = date.fromordinal(at)
        place = sum(month <= today.month for month in self.months) - 1
        return today.year * len(self.months) + place

    def _month(self, turn: int) -> tuple[int, int]:
        year, place = divmod(turn, len(self.months))
        return year, self.months[place]

    def _window(self, case: Case, turn: int) -> Window | None:
        """The window of a month named; None when the person is too young or too old for it."""
        year, month = self._month(turn)
        start = date(year, month, 1).toordinal()
        end = _month_after(year, month)
        opens = max(start, case.age(self.opens))
        closes = case.age(self.closes_before) - 1
        if self.stays_open:
            following = self._month(turn + 1)
            closes = min(closes, date(*following, 1).toordinal() - 1)
        else:
            closes = min(closes, end - 1)
        if opens >= end or opens > closes:
            return None
        return opens, opens, end if self.late and end <= closes else None, closes

    def _done(self, case: Case, window: Window) -> int:
        for day in reversed(case.given(self.fact)):
            if day <= window[3]:
                return day if day >= window[0] else 0
        return 0

    def _give(self, case: Case, day: int) -> str:
        return next((g.code for g in self.give if g.before is None or day < case.age(g.before)), "")


def _month_after(year: int, month: int) -> int:
    """The first day of the month after."""
    return date(year + month // 12, month % 12 + 1, 1).toordinal()

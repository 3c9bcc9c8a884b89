"""A series of doses: each valid only from its age and its interval after the last valid dose.

Its one rule: a series is never begun again; an early dose is kept, shown, and not counted.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import DATES, Span, plus
from simpul.engine.frame import NEVER, Head, Window, done_item, not_for, open_item, standing
from simpul.engine.values import PlanItem, Value


class Dose(msgspec.Struct, frozen=True):
    """One dose. Ages from birth; `closes_before` is the first age too old; `month` is the month of
    the year in which schools are visited."""

    head: Head
    opens: Span
    due: Span
    late_from: Span | None = None
    closes_before: Span | None = None
    after_valid: Span | None = None
    after_due: Span | None = None
    month: int | None = None


class Spacing(msgspec.Struct, frozen=True):
    """Other live vaccines: the same day, or so many days apart."""

    facts: tuple[str, ...]
    days: int


class Rejected(msgspec.Struct, frozen=True):
    """A dose that does not count: its slot, its day, why, and the day that decides."""

    slot: int
    on: int
    code: str
    bound: int
    window: Window
    other: int = 0


class Course(msgspec.Struct, frozen=True):
    """The doses a person had, put into the slots of the series. 0 is an empty slot."""

    filled: list[int]
    windows: list[Window | None]
    rejected: list[Rejected]


class Series(msgspec.Struct, frozen=True):
    """A compiled series; `once` is a series of one dose."""

    head: Head
    fact: str
    doses: tuple[Dose, ...]
    apart: Spacing | None = None

    @property
    def name(self) -> str:
        return self.head.name

    def course(self, case: Case) -> Course:
        """Which dose fills which slot; kept in the case, several rules ask for it."""
        found = case.memo.get(self.head.block)
        if found is None:
            found = case.memo[self.head.block] = self._match(case)
        return found  # type: ignore[return-value]

    def _match(self, case: Case) -> Course:
        windows: list[Window | None] = [None] * len(self.doses)
        filled = [0] * len(windows)
        rejected: list[Rejected] = []
        slot = previous = 0
        for on in case.given(self.fact):
            if slot == len(filled):
                break  # nothing is owed any more: a further dose changes nothing
            window = self._window(case, slot, previous, on)
            if on > window[3]:
                later = self._admitting(case, slot, previous, on)
                if later is None:
                    rejected.append(Rejected(slot, on, "too_old", window[3], window))
                    continue
                slot, window = later
            elif on < window[0]:
                rejected.append(self._early(case, slot, previous, on, window))
                continue
            filled[slot] = previous = on
            windows[slot] = window
            slot += 1
        return Course(filled, windows, rejected)

    def _early(self, case: Case, slot: int, previous: int, on: int, window: Window) -> Rejected:
        """An early dose; says so when only another live vaccine stood in its way."""
        near = self._last_other(case, on)
        alone = self._window(case, slot, previous, 0)[0]
        if near and alone <= on:
            return Rejected(slot, on, "too_near", window[0], window, near)
        return Rejected(slot, on, "too_early", window[0], window)

    def _last_other(self, case: Case, before: int) -> int:
        """The last day before `before` on which another live vaccine was given; 0 if none."""
        last = 0
        for fact in self.apart.facts if self.apart else ():
            given = case.given(fact)
            earlier = bisect_left(given, before)
            if earlier:
                last = max(last, given[earlier - 1])
        return last

    def _admitting(
        self, case: Case, slot: int, previous: int, on: int
    ) -> tuple[int, Window] | None:
        """The next slot whose window admits a dose that came after the end of its own."""
        for later in range(slot + 1, len(self.doses)):
            window = self._window(case, later, previous, on)
            if window[0] <= on <= window[3]:
                return later, window
        return None

    def _window(self, case: Case, slot: int, previous: int, before: int) -> Window:
        """opens, due, late, closes of a slot after the last valid dose `previous` (0: none).

        `before`: other live vaccines count when they were given earlier than this day. Due is not
        before it opens; late not before it is due, also when an interval pushed it there.
        """
        dose, ages = self.doses[slot], case.ages
        length = dose.opens
        opens = due = ages[length.months] + length.days
        length = dose.due
        if length is not dose.opens:
            due = ages[length.months] + length.days
        late = None
        if dose.late_from is not None:
            late = ages[dose.late_from.months] + dose.late_from.days
        closes = NEVER
        if dose.closes_before is not None:
            closes = ages[dose.closes_before.months] + dose.closes_before.days - 1
        if dose.month is not None:
            due, late = _school_month(opens, dose.month)
        if previous and dose.after_valid is not None:
            opens = max(opens, plus(previous, dose.after_valid))
            due = max(due, plus(previous, dose.after_due or dose.after_valid))
        if self.apart is not None and (last := self._last_other(case, before)):
            opens = max(opens, last + self.apart.days)
        if due < opens:
            due = opens
        if late is not None and late < due:
            late = due
        return opens, due, late, closes

    def plan(self, case: Case, out: list[PlanItem]) -> None:
        outside = standing(self.head, case)
        if outside is not None and not outside[1]:
            for slot, dose in enumerate(self.doses):
                out.append(not_for(dose.head, slot + 1, outside[0]))
            return
        blocked = "" if outside is None else outside[0]
        course = self.course(case)
        waiting_for = previous = previous_number = 0
        number = 0
        for dose, on, window in zip(self.doses, course.filled, course.windows, strict=True):
            number += 1
            if course.rejected:
                _rejected(course, dose, number - 1, out)
            if window is not None:
                facts = _facts(previous_number, previous, 0)
                out.append(done_item(dose.head, number, window, on, "done", facts))
                previous, previous_number = on, number
                continue
            window = self._window(case, number - 1, previous, case.at)
            facts = _facts(previous_number, previous, waiting_for)
            code = blocked or ("waits" if waiting_for else "owed")
            item = open_item(dose.head, number, window, case.at, code, facts, code != "owed")
            out.append(item)
            if item.status != "missed":
                # the next dose is counted from the day on which this one can be given at best
                waiting_for, previous, previous_number = number, max(window[1], case.at), number


def _rejected(course: Course, dose: Dose, slot: int, out: list[PlanItem]) -> None:
    for bad in course.rejected:
        if bad.slot == slot:
            facts: dict[str, Value] = {"bound": DATES[bad.bound]}
            if bad.other:
                facts["other_on"] = DATES[bad.other]
            item = done_item(dose.head, slot + 1, bad.window, bad.on, bad.code, facts, valid=False)
            out.append(item)


def _facts(number: int, on: int, waiting_for: int) -> dict[str, Value]:
    """The earlier dose the dates come from, given or assumed."""
    if waiting_for:
        return {"waits_for": waiting_for}
    return {"previous": number, "previous_on": DATES[on]} if on else {}


def _school_month(opens: int, month: int) -> tuple[int, int]:
    """Due in the named month that holds or follows the birthday; late a year after it began."""
    birthday = DATES[opens]
    year = birthday.year if birthday.month <= month else birthday.year + 1
    start = date(year, month, 1).toordinal()
    return max(start, opens), date(year + 1, month, 1).toordinal()

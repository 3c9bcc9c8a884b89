"""A series of doses: each valid only from its age and its interval after the last valid dose.

Its one rule: a series is never begun again; an early dose is kept, shown, and not counted.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import Span, plus
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
    rejected: list[Rejected]
    reached: int


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
        filled = [0] * len(self.doses)
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
                slot = later
            elif on < window[0]:
                rejected.append(self._early(case, slot, previous, on, window))
                continue
            filled[slot] = previous = on
            slot += 1
        return Course(filled, rejected, slot)

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

    def _admitting(self, case: Case, slot: int, previous: int, on: int) -> int | None:
        """The next slot whose window admits a dose that came after the end of its own."""
        for later in range(slot + 1, len(self.doses)):
            opens, _, _, closes = self._window(case, later, previous, on)
            if opens <= on <= closes:
                return later
        return None

    def _window(self, case: Case, slot: int, previous: int, before: int) -> Window:
        """opens, due, late, closes of a slot after the last valid dose `previous` (0: none).

        `before`: other live vaccines count when they were given earlier than this day.
        """
        dose = self.doses[slot]
        opens = case.age(dose.opens)
        due = opens if dose.due is dose.opens else case.age(dose.due)
        late = None if dose.late_from is None else case.age(dose.late_from)
        closes = NEVER if dose.closes_before is None else case.age(dose.closes_before) - 1
        if dose.month is not None:
            due, late = _school_month(opens, dose.month)
        if previous and dose.after_valid is not None:
            opens = max(opens, plus(previous, dose.after_valid))
            due = max(due, plus(previous, dose.after_due or dose.after_valid))
        if self.apart and (last := self._last_other(case, before)):
            opens = max(opens, last + self.apart.days)
        return _in_order(opens, due, late, closes)

    def plan(self, case: Case, out: list[PlanItem]) -> None:
        outside = standing(self.head, case)
        if outside is not None and not outside[1]:
            for slot, dose in enumerate(self.doses):
                out.append(not_for(dose.head, slot + 1, outside[0]))
            return
        blocked = "" if outside is None else outside[0]
        course = self.course(case)
        waiting_for = previous = previous_number = 0
        for slot, dose in enumerate(self.doses):
            number, on = slot + 1, course.filled[slot]
            _rejected(course, dose, slot, out)
            window = self._window(case, slot, previous, on or case.at)
            facts = _facts(previous_number, previous, waiting_for)
            if on:
                out.append(done_item(dose.head, number, window, on, "done", facts))
                previous, previous_number = on, number
                continue
            code = blocked or ("waits" if waiting_for else "owed")
            item = open_item(dose.head, number, window, case.at, code, facts, code != "owed")
            out.append(item)
            if item.status != "missed":
                # the next dose is counted from the day on which this one can be given at best
                waiting_for, previous, previous_number = number, max(window[1], case.at), number


def _rejected(course: Course, dose: Dose, slot: int, out: list[PlanItem]) -> None:
    for bad in course.rejected:
        if bad.slot == slot:
            facts: dict[str, Value] = {"bound": date.fromordinal(bad.bound)}
            if bad.other:
                facts["other_on"] = date.fromordinal(bad.other)
            item = done_item(dose.head, slot + 1, bad.window, bad.on, bad.code, facts, valid=False)
            out.append(item)


def _facts(number: int, on: int, waiting_for: int) -> dict[str, Value]:
    """The earlier dose the dates come from, given or assumed."""
    if waiting_for:
        return {"waits_for": waiting_for}
    return {"previous": number, "previous_on": date.fromordinal(on)} if on else {}


def _school_month(opens: int, month: int) -> tuple[int, int]:
    """Due in the named month that holds or follows the birthday; late a year after it began."""
    birthday = date.fromordinal(opens)
    year = birthday.year if birthday.month <= month else birthday.year + 1
    start = date(year, month, 1).toordinal()
    return max(start, opens), date(year + 1, month, 1).toordinal()


def _in_order(opens: int, due: int, late: int | None, closes: int) -> Window:
    """Due not before it opens; late not before it is due, also when intervals pushed it there."""
    due = max(due, opens)
    return opens, due, None if late is None else max(late, due), closes

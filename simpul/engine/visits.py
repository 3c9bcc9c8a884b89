"""Visits at set times of an episode: in pregnancy, after delivery, by age.

Its one rule: a contact fills the first open visit whose window holds its day; further contacts
are counted, never renamed.
"""

from __future__ import annotations

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import DATES, Span, plus
from simpul.engine.episodes import Anchor, Episode
from simpul.engine.frame import NEVER, Head, Window, done_item, not_for, open_item, standing
from simpul.engine.values import PlanItem, Value


class Visit(msgspec.Struct, frozen=True):
    """One visit; times are counted from the start of the episode. `gap` keeps it from the visit
    before in the same window."""

    head: Head
    opens: Span
    due: Span
    late_from: Span | None = None
    closes_before: Span | None = None
    gap: Span | None = None


class Visits(msgspec.Struct, frozen=True):
    """Compiled visits. `keep`: shown so long after the last window; `nearby`: only the ones next
    to the day."""

    head: Head
    fact: str
    anchor: Anchor
    visits: tuple[Visit, ...]
    keep: Span
    nearby: bool = False
    absent: str = ""

    @property
    def name(self) -> str:
        return self.head.name

    def episode(self, case: Case) -> Episode | None:
        return self.anchor(case)

    def filled(self, case: Case, episode: Episode) -> list[int]:
        """The day that filled each visit; 0 is an empty one."""
        windows = [self._window(visit, case, episode) for visit in self.visits]
        return _match(case.given(self.fact), windows)

    def plan(self, case: Case, out: list[PlanItem]) -> None:
        outside = standing(self.head, case)
        if outside is not None and not outside[1]:
            out.append(not_for(self.head, 1, outside[0]))
            return
        episode = self.anchor(case)
        if episode is None or case.at > self._shown_until(case, episode):
            out.append(not_for(self.head, 1, self.absent))
            return
        out.extend(self._items(case, episode))

    def _items(self, case: Case, episode: Episode) -> list[PlanItem]:
        places = self._near(case, episode) if self.nearby else range(len(self.visits))
        windows = [self._window(self.visits[place], case, episode) for place in places]
        days = case.given(self.fact)
        contacts = sum(1 for day in days if day >= episode.start)
        items: list[PlanItem] = []
        before, owed = 0, False  # the visit before in the same window: its day, done or assumed
        behind = False  # the visit before was missed: the next one does not wait for its due day
        for place, window, on in zip(places, windows, _match(days, windows), strict=True):
            visit, number = self.visits[place], place + 1
            if not on and episode.end is not None and window[0] > episode.end:
                items.append(not_for(visit.head, number, "ended"))
                continue
            if place and visit.opens != self.visits[place - 1].opens:
                before, owed = 0, False
            if behind:
                window = (window[0], window[0], *window[2:])
            if before:
                window = _apart(visit, window, before)
            facts = _facts(episode, contacts)
            if on:
                items.append(done_item(visit.head, number, window, on, "done", facts))
                before, owed, behind = on, False, False
                continue
            code = "waits" if owed else "owed"
            if owed:
                facts["waits_for"] = place
            item = open_item(visit.head, number, window, case.at, code, facts, owed)
            items.append(item)
            behind = item.status == "missed"
            if not behind:
                before, owed = max(window[1], case.at), True
        return items

    def _near(self, case: Case, episode: Episode) -> range:
        """The visit behind, the one whose time it is and the next one; windows do not overlap."""
        begun, days = 0, case.at - episode.start
        for visit in self.visits:
            # no month is shorter than 28 days: most visits need no look at the calendar
            soonest = visit.opens.months * 28 + visit.opens.days
            if soonest > days or episode.after(case, visit.opens) > case.at:
                break
            begun += 1
        return range(max(0, begun - 2), min(len(self.visits), begun + 1))

    def _window(self, visit: Visit, case: Case, episode: Episode) -> Window:
        opens, due = episode.after(case, visit.opens), episode.after(case, visit.due)
        late = None if visit.late_from is None else episode.after(case, visit.late_from)
        closes = NEVER
        if visit.closes_before is not None:
            closes = episode.after(case, visit.closes_before) - 1
        if episode.end is not None:
            closes = min(closes, episode.end)
        return opens, due, late, closes

    def _shown_until(self, case: Case, episode: Episode) -> int:
        last = self._window(self.visits[-1], case, episode)[3]
        return last if last == NEVER else plus(last, self.keep)


def _match(days: list[int], windows: list[Window]) -> list[int]:
    filled = [0] * len(windows)
    for on in days:
        for place, window in enumerate(windows):
            if not filled[place] and window[0] <= on <= window[3]:
                filled[place] = on
                break
    return filled


def _apart(visit: Visit, window: Window, before: int) -> Window:
    """Two visits of one window are kept apart, but still fit in before its end."""
    opens, due, late, closes = window
    opens = max(opens, before + 1)
    if visit.gap is not None:
        due = min(max(due, plus(before, visit.gap)), max(closes, opens))
    due = max(due, opens)
    return opens, due, None if late is None else max(late, due), closes


def _facts(episode: Episode, contacts: int) -> dict[str, Value]:
    """What the dates were counted from, and how many contacts there were in all."""
    return {
        "start_on": DATES[episode.start],
        "anchor": "usg" if episode.by_usg else episode.kind,
        "contacts": contacts,
    }

"""The episodes that visits are anchored on: birth, pregnancy, delivery.

Its one rule: an episode is worked out from all facts each time, so that a correction moves it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from simpul.engine.case import Case
from simpul.engine.days import Span, add_months

TERM = 280
"""Days from the last period to the due date (Naegele)."""


class Episode(msgspec.Struct, frozen=True):
    """`start` anchors the windows, `end` is its last day; `ended` tells birth or loss."""

    start: int
    end: int | None = None
    ended: str = ""
    by_usg: bool = False
    kind: str = "birth"

    def after(self, case: Case, length: Span) -> int:
        """The day so long after the start."""
        if not length.months:
            return self.start + length.days
        if self.start == case.birth:
            return case.ages[length.months] + length.days
        return add_months(self.start, length.months) + length.days


Anchor = Callable[[Case], Episode | None]


def birth(case: Case) -> Episode:
    """The person's own birth."""
    return Episode(case.birth)


def pregnancy(case: Case) -> Episode | None:
    """The pregnancy that began last: by ultrasound where there is one, else by the last period."""
    if "pregnancy" not in case.memo:
        case.memo["pregnancy"] = _pregnancy(case)
    return case.memo["pregnancy"]  # type: ignore[return-value]


def _pregnancy(case: Case) -> Episode | None:
    if case.person.sex == "male":
        return None
    period, _ = _latest_day(case, "pregnancy.lmp")
    due, seen = _latest_day(case, "pregnancy.edd_usg")
    by_usg = False
    # an ultrasound made before this period began told of an earlier pregnancy
    if due and seen >= period:
        period, by_usg = due - TERM, True
    if not period or period > case.at:
        return None
    for day in case.days("pregnancy.ended"):
        if day >= period:
            return Episode(period, day, str(case.on_day("pregnancy.ended", day)), by_usg, "lmp")
    return Episode(period, None, "", by_usg, "lmp")


def delivery(case: Case) -> Episode | None:
    """The mother's last birth."""
    if case.person.sex == "male":
        return None
    track = case.tracks.get("pregnancy.ended")
    if track is None:
        return None
    for day, how in zip(reversed(track.days), reversed(track.values), strict=True):
        if day <= case.at and how == "birth":
            return Episode(day, None, "birth", False, "delivery")
    return None


def _latest_day(case: Case, name: str) -> tuple[int, int]:
    """The day the last fact of this name tells, and the day it was observed; zeros if none."""
    track = case.tracks.get(name)
    if track is None:
        return 0, 0
    for seen, value in zip(reversed(track.days), reversed(track.values), strict=True):
        if seen <= case.at and isinstance(value, date):
            return value.toordinal(), seen
    return 0, 0


ANCHORS: dict[str, Anchor] = {"birth": birth, "pregnancy": pregnancy, "delivery": delivery}

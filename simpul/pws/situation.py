"""The situation of an area for a month or a day: what each tile of the page shows.

Its one rule: registered numbers and official estimates stand beside each other, never mixed.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.packs.model import Indicator
from simpul.pws import areas, estimates, live, periods, queries, status
from simpul.pws.areas import Division
from simpul.pws.estimates import Official
from simpul.pws.masks import Judged
from simpul.pws.queries import Correction, Pair, Question, Sums

NOBODY: Pair = (0, 0)
GROUPS: dict[str, tuple[str, ...]] = {
    "nutrition": ("growth", "supplement"),
    "immunisation": ("immunisation",),
    "mother": ("mother",),
    "adults": ("ptm", "elderly"),
}


class Period(msgspec.Struct, frozen=True):
    """What was asked for, and what answers: a stored month, or a day judged now."""

    asked: date  # the first day of the month asked for
    on: date | None = None  # the day asked for, when not the whole month
    kind: Literal["stored", "live", "nearest", "none"] = "none"
    month: date | None = None  # the month whose numbers these are

    @property
    def until(self) -> date:
        """The last day that is seen."""
        return self.on or periods.last_of(self.asked)


class Estimate(msgspec.Struct, frozen=True):
    """The official number of a target group, and the share of it that was reached.

    No share where the group comes together over a year: a month's number is not a part of it.
    """

    official: Official
    percent: float | None
    is_of_a_year: bool = False


class Tile(msgspec.Struct, frozen=True):
    """One indicator as the page shows it."""

    indicator: Indicator
    counted: int
    reached: int
    percent: float | None
    before: float | None  # last month's percent, or its number when the indicator is a count
    change: float | None  # in points, or in number
    status: status.Classic | status.Limit | None
    estimate: Estimate | None
    correction: Correction | None
    trend: tuple[float | None, ...]

    @property
    def missed(self) -> int:
        """Counted and not reached."""
        return self.counted - self.reached

    @property
    def value(self) -> float | None:
        """What stands large: the percent, of a count the number; None when nobody counts."""
        if self.indicator.kind == "count":
            return self.reached if self.counted else None
        return self.percent


class Situation(msgspec.Struct, frozen=True):
    """All of one page: tiles by group, and this month and the last of each part."""

    question: Question
    period: Period
    months: tuple[date, ...]
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]
    division: Division
    parts: Mapping[str, Sums]
    parts_before: Mapping[str, Sums]
    frozen_on: date | None = None

    def tile(self, indicator: str) -> Tile | None:
        """The tile of an indicator."""
        found = (one for _, tiles in self.groups for one in tiles if one.indicator.id == indicator)
        return next(found, None)


def period_of(scope: Scope, question: Question, month: date, on: date | None = None) -> Period:
    """What answers: the stored month; a day or month that is not stored is judged now when the
    area is small, else the nearest stored month answers."""
    if on is None and queries.month_state(scope, month):
        return Period(month, None, "stored", month)
    if question.area.villages and live.is_small(question.area.villages):
        return Period(month, on, "live", month)
    nearest = queries.nearest_month(scope, month)
    return Period(month, on, "nearest" if nearest else "none", nearest)


def situation(
    scope: Scope, question: Question, period: Period, by: str = "", parts_of: Sequence[str] = ()
) -> Situation:
    """The situation of an area. `parts_of`: indicators wanted of the parts too."""
    month = period.month or period.asked
    months = periods.row_of(month)
    stored = queries.sums(scope, question, months)
    division = _division(scope, question, period, by)
    found = _live_rows(scope, question, period, division)
    if found is not None:
        stored[month] = live.sums(live.of_question(found, question))
    parts, parts_before = _parts(scope, question, month, division, parts_of, found)
    state = queries.month_state(scope, month) if period.kind in ("stored", "nearest") else None
    corrected = (
        queries.corrections(scope, question, month, stored.get(month, {}))
        if state and state.frozen_on
        else {}
    )
    official = estimates.of_area(question.area, month.year) if not question.sex else {}
    tiles = {
        one.id: _tile(one, months, stored, official, corrected.get(one.id))
        for one in packs.load().indicators.values()
    }
    return Situation(
        question, period, tuple(months), _grouped(tiles), division, parts, parts_before,
        state.frozen_on if state else None,
    )  # fmt: skip


def _division(scope: Scope, question: Question, period: Period, by: str) -> Division:
    """The parts; not a village's neighbours where they are too many to be judged now."""
    division = areas.divided(scope, question.area, by)
    if period.kind == "live" and not live.is_small(_villages(question, division)):
        return areas.divided(scope, question.area, "posyandu")
    return division


def _villages(question: Question, division: Division) -> frozenset[int]:
    """All villages whose rows a page needs."""
    villages = question.area.villages or frozenset()
    if division.by != "village":
        return villages
    return villages.union(*(part.keys for part in division.parts))


def _live_rows(
    scope: Scope, question: Question, period: Period, division: Division
) -> list[Judged] | None:
    """The rows judged now, of the area and of the parts it is compared with."""
    if period.kind != "live":
        return None
    return live.rows(scope, _villages(question, division), period.until)


def _parts(
    scope: Scope, question: Question, month: date, division: Division, of: Sequence[str],
    found: list[Judged] | None,
) -> tuple[Mapping[str, Sums], Mapping[str, Sums]]:  # fmt: skip
    """Of each part, this month and the one before."""
    before = periods.before(month)
    stored = queries.sums_of_parts(scope, question, division, [before, month], of or None)
    earlier = {code: sums for (one, code), sums in stored.items() if one == before}
    if found is None:
        return {code: sums for (one, code), sums in stored.items() if one == month}, earlier
    return live.sums_of_parts(found, division, question.sex), earlier


def _grouped(tiles: Mapping[str, Tile]) -> tuple[tuple[str, tuple[Tile, ...]], ...]:
    placed = {group: name for name, members in GROUPS.items() for group in members}
    groups: dict[str, list[Tile]] = {name: [] for name in GROUPS}
    for one in tiles.values():
        groups.setdefault(placed.get(one.indicator.group, "others"), []).append(one)
    return tuple((name, tuple(found)) for name, found in groups.items() if found)


def _tile(
    indicator: Indicator, months: Sequence[date], stored: Mapping[date, Sums],
    official: Mapping[str, Official], correction: Correction | None,
) -> Tile:  # fmt: skip
    pairs = [stored.get(month, {}).get(indicator.id, NOBODY) for month in months]
    now, before = pairs[-1], pairs[-2]
    is_count = indicator.kind == "count"
    values = [_number(pair) if is_count else _percent(pair) for pair in pairs]
    change = None
    if values[-1] is not None and values[-2] is not None:
        change = values[-1] - values[-2]
    return Tile(
        indicator, *now, _percent(now), values[-2], change,
        status.status_of(indicator, now, before),
        _estimate(indicator, now, official), correction, tuple(values),
    )  # fmt: skip


def _number(pair: Pair) -> float | None:
    return float(pair[1]) if pair[0] else None


def _percent(pair: Pair) -> float | None:
    exact = status.share(pair)
    return None if exact is None else float(exact)


def _estimate(indicator: Indicator, now: Pair, official: Mapping[str, Official]) -> Estimate | None:
    found = estimates.of_indicator(indicator, official)
    if found is None:
        return None
    if estimates.is_of_a_year(indicator):
        return Estimate(found, None, is_of_a_year=True)
    if not found.number or not now[0]:
        return Estimate(found, None)
    return Estimate(found, 100 * now[1] / found.number)

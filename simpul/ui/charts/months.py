"""Months in a row: a sparkline for a tile, a trend for a card, both with their target.
Rule: a month without a value is a gap in the line, never a zero."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.ui import words
from simpul.ui.charts.svg import Point, Scale, el, frame, label, line, points, ticks, width_of

Value = float | None


def _pieces(values: Sequence[Value]) -> list[list[tuple[int, float]]]:
    """Runs of months that have a value."""
    runs = groupby(enumerate(values), key=lambda pair: pair[1] is not None)
    return [[(i, v) for i, v in run if v is not None] for known, run in runs if known]


def _range(values: Sequence[Value], target: Value) -> tuple[float, float]:
    known = [v for v in (*values, target) if v is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    spare = (high - low) * 0.1 or max(abs(high) * 0.1, 1.0)
    return low - spare, high + spare


def sparkline(values: Sequence[Value], *, title: str, target: Value = None) -> SafeString:
    """104 by 42: `title` says it in words ('IDL, Jun to Nov 2026: 66,7%; …; dashed: target')."""
    low, high = _range(values, target)
    x = Scale([(0, 5.0), (max(len(values) - 1, 1), 96.0)])
    y = Scale([(low, 38.0), (high, 4.0)])
    body = []
    if target is not None:
        body.append(
            line(0, y(target), 104, y(target), stroke="var(--ink-soft)", stroke_dasharray="3 3")
        )
    body += _curve(values, x, y, 2.2)
    last = next(((i, v) for i, v in reversed(list(enumerate(values))) if v is not None), None)
    if last:
        body.append(el("circle", cx=x(last[0]), cy=y(last[1]), r=4, fill="var(--brand)"))
    return frame(104, 42, body, title=title, class_="spark")


def _curve(values: Sequence[Value], x: Scale, y: Scale, width: float) -> list[SafeString]:
    parts = []
    for piece in _pieces(values):
        pairs: list[Point] = [(x(i), y(v)) for i, v in piece]
        if len(pairs) == 1:
            parts.append(el("circle", cx=pairs[0][0], cy=pairs[0][1], r=2, fill="var(--brand)"))
        else:
            parts.append(
                el("polyline", points=points(pairs), fill="none", stroke="var(--brand)",
                   stroke_width=width, stroke_linejoin="round")
            )  # fmt: skip
    return parts


def trend(
    months: Sequence[tuple[str, Value]], *, title: str, desc: str, target: Value = None,
    unit: str = "%",
) -> SafeString:  # fmt: skip
    """A line over months with every value written: [('Jun', 66.7), ('Jul', None), …]."""
    width, height, left, right, top, bottom = 600.0, 260.0, 44.0, 24.0, 26.0, 34.0
    values = [v for _label, v in months]
    marks = _marks(values, target, unit)
    x = Scale([(0, left + 26), (max(len(months) - 1, 1), width - right - 26)])
    y = Scale([(marks[0], height - bottom), (marks[-1], top)])
    body = []
    for mark in marks:
        shown = words.number(mark, lang=get_language()) + unit
        body.append(line(left, y(mark), width - right, y(mark)))
        body.append(label(left - 6, y(mark) + 4, shown, anchor="end", class_="axis"))
    if target is not None:
        ends = [v for v in values[-2:] if v is not None]
        crowded = any(-26 < y(v) - y(target) < 34 for v in ends)
        body += _target(target, y(target), (left, width - right), unit, crowded)
    body += _curve(values, x, y, 2.6)
    thin = len(months) > 8
    for i, (name, value) in enumerate(months):
        alternate = "w-only" if thin and (len(months) - 1 - i) % 2 else None
        body.append(label(x(i), height - 10, name, anchor="middle", class_=alternate))
        if value is not None:
            body += _value(x(i), y(value), value, unit, i == len(months) - 1, alternate)
    return frame(width, height, body, title=title, desc=desc, class_="trend")


def _marks(values: Sequence[Value], target: Value, unit: str) -> list[float]:
    """Figures of the axis: not below zero when no value is, not above 100%."""
    low, high = _range(values, target)
    if all(v >= 0 for v in values if v is not None):
        low = max(low, 0.0)
    marks = ticks(low, high, 4)
    return [m for m in marks if unit != "%" or m <= 100] or marks


def _target(target: float, at: float, ends: Point, unit: str, on_left: bool) -> list[SafeString]:
    name = _("target %(value)s") % {"value": words.number(target, lang=get_language()) + unit}
    return [
        line(ends[0], at, ends[1], at, stroke="var(--ink)", stroke_width=1.5,
             stroke_dasharray="5 4"),
        label(ends[0] + 4 if on_left else ends[1], at - 5, name,
              anchor=None if on_left else "end", weight=600, class_="halo"),
    ]  # fmt: skip


def _value(
    x: float, y: float, value: float, unit: str, is_last: bool, class_: str | None
) -> list[SafeString]:
    shown = words.number(value, 1 if unit == "%" else None, get_language()) + unit
    size = 14 if is_last else 12
    classes = " ".join(filter(None, ("halo", class_)))
    return [
        el("circle", cx=x, cy=y, r=6 if is_last else 4, fill="var(--brand)",
           stroke="var(--bg-surface)", stroke_width=1.5),
        label(min(x, 600 - width_of(shown, size) / 2), y - 11, shown, size, anchor="middle",
              weight=700 if is_last else None, class_=classes),
    ]  # fmt: skip

"""Villages beside each other: bars from zero, or dots of two months on a cut axis.
Rule: the figure stands beside its bar in words; the order is the caller's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.ui import words
from simpul.ui.charts.svg import Scale, el, frame, label, line, ticks, width_of

PLOT, FIGURES, TOP, FOOT = 225.0, 82.0, 34.0, 30.0


@dataclass(frozen=True)
class Village:
    """One row. `value` and `before` in the chart's unit; `title`: 'Panamas: 76,1%, 35 of 46'."""

    name: str
    value: float | None
    before: float | None = None
    title: str = ""
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class _Rows:
    rows: Sequence[Village]
    height: float
    left: float  # where the plot begins, after the longest name
    x: Scale
    unit: str

    @property
    def right(self) -> float:
        return self.left + PLOT

    @property
    def width(self) -> float:
        return self.right + FIGURES

    @property
    def bottom(self) -> float:
        return TOP + self.height * len(self.rows)


def dots(
    rows: Sequence[Village], *, title: str, desc: str, target: float | None = None,
    unit: str = "%",
) -> SafeString:  # fmt: skip
    """Each village a dot, and a ring for the month before; the axis shows only what is needed."""
    known = [v for r in rows for v in (r.value, r.before) if v is not None]
    low, high = min([*known, *_list(target)], default=0), max([*known, *_list(target)], default=1)
    marks = ticks(low, high, 5)
    if unit == "%" and high <= 100:
        marks = [m for m in marks if m <= 100]
    return _draw(rows, marks, 50, _dot_row, target, unit, title, desc)


def bars(
    rows: Sequence[Village], *, title: str, desc: str, target: float | None = None,
    unit: str = "%",
) -> SafeString:  # fmt: skip
    """Each village a bar from zero, and a stroke for the month before."""
    known = [v for r in rows for v in (r.value, r.before) if v is not None]
    high = max([*known, *_list(target)], default=1)
    marks = ticks(0, 100 if unit == "%" and high > 50 else high, 5)
    return _draw(rows, marks, 38, _bar_row, target, unit, title, desc)


def dots_key(before: str, now: str) -> SafeString:
    """Which month is the ring, which the dot (HTML, below the chart)."""
    return format_html(
        '<p class="key"><span><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">'
        '<circle cx="8" cy="8" r="5" fill="var(--bg-surface)" stroke="var(--brand)" '
        'stroke-width="2"/></svg>{}</span><span><svg width="18" height="18" viewBox="0 0 18 18" '
        'aria-hidden="true"><circle cx="9" cy="9" r="8" fill="var(--brand)"/></svg>{}</span></p>',
        before, now,
    )  # fmt: skip


def bars_key(before: str, now: str) -> SafeString:
    """Which month is the stroke, which the bar (HTML, below the chart)."""
    return format_html(
        '<p class="key"><span><svg width="8" height="18" viewBox="0 0 8 18" aria-hidden="true">'
        '<path d="M4 0V18" stroke="var(--ink)" stroke-width="2.5"/></svg>{}</span><span>'
        '<svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">'
        '<rect width="26" height="16" rx="3" fill="var(--brand)"/></svg>{}</span></p>',
        before, now,
    )  # fmt: skip


RowOf = Callable[["_Rows", Village, int], list[SafeString]]


def _list(value: float | None) -> list[float]:
    return [] if value is None else [value]


def _draw(
    rows: Sequence[Village], marks: Sequence[float], height: float, row_of: RowOf,
    target: float | None, unit: str, title: str, desc: str,
) -> SafeString:  # fmt: skip
    left = 26 + max((width_of(r.name, 15.5) for r in rows), default=60)
    x = Scale([(marks[0], left), (marks[-1], left + PLOT)])
    plot = _Rows(rows, float(height), left, x, unit)
    body = [*_currents(plot), *_axis(plot, marks)]
    body += [_linked(row, row_of(plot, row, k)) for k, row in enumerate(rows)]
    if target is not None:
        body += _target(plot, target)
    return frame(
        plot.width, plot.bottom + FOOT, body, title=title, desc=desc, class_="barchart",
        role="group" if any(r.url for r in rows) else "img",
    )  # fmt: skip


def _middle(plot: _Rows, k: int) -> float:
    return TOP + plot.height * (k + 0.5)


def _currents(plot: _Rows) -> list[SafeString]:
    """The village the page is about stands on a tinted ground."""
    return [
        el("rect", x=0, y=_middle(plot, k) - plot.height / 2 + 2, width=plot.width,
           height=plot.height - 4, rx=6, fill="var(--brand-soft)")
        for k, row in enumerate(plot.rows) if row.is_current
    ]  # fmt: skip


def _axis(plot: _Rows, marks: Sequence[float]) -> list[SafeString]:
    parts = []
    for k, mark in enumerate(marks):
        x = plot.x(mark)
        parts.append(line(x, TOP - 6, x, plot.bottom))
        shown = words.number(mark, lang=get_language()) + plot.unit
        parts.append(
            label(
                x, plot.bottom + 20, shown, 13, anchor="middle", class_="w-only" if k % 2 else None
            )
        )
    return parts


def _target(plot: _Rows, target: float) -> list[SafeString]:
    x = plot.x(target)
    name = _("Target %(value)s") % {"value": words.number(target, lang=get_language()) + plot.unit}
    half = width_of(name, 15) / 2
    return [
        line(x, TOP - 8, x, plot.bottom, stroke="var(--bg-surface)", stroke_width=4),
        line(
            x,
            TOP - 8,
            x,
            plot.bottom,
            stroke="var(--ink)",
            stroke_width=1.6,
            stroke_dasharray="5 4",
        ),
        label(min(x, plot.width - half), 16, name, 13, anchor="middle", weight=600),
    ]


def _name_and_figure(plot: _Rows, row: Village, y: float) -> list[SafeString]:
    shown = words.DASH if row.value is None else (
        words.number(row.value, 1 if plot.unit == "%" else None, get_language()) + plot.unit
    )  # fmt: skip
    return [
        el("title", row.title or f"{row.name}: {shown}"),
        label(10, y + 5, row.name, 14, weight=700 if row.is_current else None),
        label(plot.width - 8, y + 5, shown, 15, anchor="end", weight=600),
    ]


def _dot_row(plot: _Rows, row: Village, k: int) -> list[SafeString]:
    y = _middle(plot, k)
    parts = [*_name_and_figure(plot, row, y), line(plot.left, y, plot.right, y)]
    if row.value is None:
        return parts
    now = plot.x(row.value)
    if row.before is not None:
        before = plot.x(row.before)
        parts.append(line(before, y, now, y, stroke="var(--brand)", stroke_width=3))
        parts.append(el("circle", cx=before, cy=y, r=5, fill="var(--bg-surface)",
                        stroke="var(--brand)", stroke_width=2))  # fmt: skip
    parts.append(el("circle", cx=now, cy=y, r=8, fill="var(--brand)"))
    return parts


def _bar_row(plot: _Rows, row: Village, k: int) -> list[SafeString]:
    y, zero = _middle(plot, k), plot.x(0)
    parts = _name_and_figure(plot, row, y)
    if row.value is not None:
        parts.append(el("rect", x=zero, y=y - 10, width=max(plot.x(row.value) - zero, 1.0),
                        height=20, rx=3, fill="var(--brand)", class_="bar-fill"))  # fmt: skip
    if row.before is not None:
        x = plot.x(row.before)
        parts.append(line(x, y - 14, x, y + 14, stroke="var(--bg-surface)", stroke_width=6))
        parts.append(line(x, y - 14, x, y + 14, stroke="var(--ink)", stroke_width=2.5))
    return parts


def _linked(row: Village, parts: list[SafeString]) -> SafeString:
    group = el("g", *parts)
    return el("a", group, href=row.url) if row.url else group

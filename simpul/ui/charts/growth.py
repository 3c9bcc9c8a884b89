"""Growth charts: weight for age as the KMS shows it, length for age, weight for length.
Rule: curves come from the caller (simpul.engine.growth); here nothing is judged, only drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.ui import words
from simpul.ui.charts.svg import (
    Point,
    Scale,
    el,
    frame,
    hatch,
    join,
    label,
    line,
    points,
    ticks,
    width_of,
)  # fmt: skip

Kind = Literal["weight_for_age", "length_for_age", "weight_for_length"]

WIDTH, HEIGHT = 600.0, 450.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 82.0, 34.0, 52.0

ORANGE, RED, GREEN = "var(--kms-orange-line)", "var(--kms-red-line)", "var(--kms-median)"
SOLID, DASHED, DOTTED = None, "7 4", "2 3.5"
LOWEST, LOW, MEDIAN = (RED, 2.6, SOLID), (ORANGE, 1.8, DASHED), (GREEN, 1.5, SOLID)
FAINT, HIGHEST = (GREEN, 1.2, DOTTED), (RED, 1.5, DASHED)


@dataclass(frozen=True)
class _Style:
    """Bands (lower SD, upper SD, tone) and lines (SD: colour, width, dashes) of one chart.
    A tone is told by hatching as well as by colour, a line by its dashes and its name."""

    bands: tuple[tuple[int, int, str], ...]
    lines: Mapping[int, tuple[str, float, str | None]]


STYLES: dict[str, _Style] = {
    "weight_for_age": _Style(
        ((-3, -2, "warn"), (-2, -1, "fair"), (-1, 1, "good"), (1, 2, "fair"), (2, 3, "warn")),
        {0: MEDIAN, 1: LOW, -3: LOWEST},
    ),
    "length_for_age": _Style(
        ((-3, -2, "warn"), (-2, 2, "good"), (2, 3, "fair")),
        {0: MEDIAN, 2: FAINT, -2: LOW, -3: LOWEST},
    ),
    "weight_for_length": _Style(
        ((-3, -2, "warn"), (-2, 1, "good"), (1, 2, "fair"), (2, 3, "warn")),
        {0: MEDIAN, 1: FAINT, 2: LOW, 3: HIGHEST, -2: LOW, -3: LOWEST},
    ),
}


@dataclass(frozen=True)
class Measure:
    """One measurement. `x` in months (or cm), `letter` B O N T, `title` for the mouse."""

    x: float
    y: float
    title: str
    letter: str = ""
    is_flat: bool = False  # a diamond instead of a dot: weight did not rise
    is_alert: bool = False  # in the colour of urgency


@dataclass(frozen=True)
class Callout:
    """A box that points at the last measurement: '2T: …' over '8,7 kg, 17 Nov 2026'."""

    head: str
    text: str = ""


@dataclass(frozen=True)
class _Plot:
    kind: Kind
    curves: Mapping[int, Sequence[Point]]
    x_ticks: Sequence[float]
    y_ticks: Sequence[float]
    x: Scale = field(init=False)
    y: Scale = field(init=False)

    def __post_init__(self) -> None:
        right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
        x_ends, y_ends = (self.x_ticks[0], self.x_ticks[-1]), (self.y_ticks[0], self.y_ticks[-1])
        object.__setattr__(self, "x", Scale([(x_ends[0], LEFT), (x_ends[1], right)]))
        object.__setattr__(self, "y", Scale([(y_ends[0], bottom), (y_ends[1], TOP)]))

    def at(self, pairs: Sequence[Point]) -> list[Point]:
        return [(self.x(x), self.y(y)) for x, y in pairs]


def window(age_months: float) -> tuple[float, float]:
    """The two pages of the KMS: from birth to 24 months, and on to 60."""
    return (0.0, 24.0) if age_months <= 24 else (24.0, 60.0)


def growth_chart(
    kind: Kind,
    curves: Mapping[int, Sequence[Point]],
    measures: Sequence[Measure],
    *,
    title: str,
    desc: str,
    x_range: tuple[float, float] | None = None,
    callout: Callout | None = None,
) -> SafeString:
    """The chart. `curves`: {-3: [(x, y), …], -2: …, 0: …, 1: …, 2: …, 3: …}; what is missing is
    left out. `x` is the age in months, or the length in cm for weight_for_length. `x_range` cuts
    to a part of the axis (see `window`)."""
    low, high = x_range or _extent(curves)
    inside = {sd: _cut(pairs, low, high) for sd, pairs in sorted(curves.items())}
    inside = {sd: pairs for sd, pairs in inside.items() if len(pairs) > 1}
    shown = sorted((m for m in measures if low <= m.x <= high), key=lambda m: m.x)
    heights = [y for pairs in inside.values() for _, y in pairs] + [m.y for m in shown]
    plot = _Plot(kind, inside, _x_ticks(kind, low, high), ticks(min(heights), max(heights), 8))
    body = [
        el("defs", hatch(f"h-{kind}", "var(--kms-yellow)", "var(--kms-hatch)")),
        *_grid_across(plot), *_bands(plot), *_grid_along(plot), *_lines(plot),
        *_names(plot), *_child(plot, shown), *_axes(plot),
    ]  # fmt: skip
    if callout and shown:
        body.append(_callout(plot, shown[-1], callout))
    return frame(WIDTH, HEIGHT, body, title=title, desc=desc, class_="growthchart")


def _extent(curves: Mapping[int, Sequence[Point]]) -> tuple[float, float]:
    xs = [x for pairs in curves.values() for x, _ in pairs]
    return min(xs), max(xs)


def _cut(pairs: Sequence[Point], low: float, high: float) -> list[Point]:
    return [(x, y) for x, y in pairs if low <= x <= high]


def _x_ticks(kind: Kind, low: float, high: float) -> list[float]:
    if kind == "weight_for_length":
        return ticks(low, high, 8)
    size = 1 if high - low <= 12 else 2 if high - low <= 24 else 3 if high - low <= 36 else 6
    count = int((high - low) // size)
    return [low + k * size for k in range(count + 1)]


def _grid_across(plot: _Plot) -> list[SafeString]:
    lang = get_language()
    return [
        part
        for value in plot.y_ticks
        for part in (
            line(LEFT, plot.y(value), WIDTH - RIGHT, plot.y(value)),
            label(LEFT - 6, plot.y(value) + 4, words.number(value, lang=lang), anchor="end"),
        )
    ]


def _grid_along(plot: _Plot) -> list[SafeString]:
    """Vertical lines lie over the bands, faint; every second number goes on a narrow screen."""
    parts, lang = [], get_language()
    for k, value in enumerate(plot.x_ticks):
        x = plot.x(value)
        parts.append(line(x, TOP, x, HEIGHT - BOTTOM, stroke="var(--ink)", stroke_opacity=0.09))
        parts.append(
            label(
                x, HEIGHT - BOTTOM + 20, words.number(value, lang=lang), anchor="middle",
                class_="w-only" if k % 2 else None,
            )
        )  # fmt: skip
    return parts


def _bands(plot: _Plot) -> list[SafeString]:
    fills = {
        "good": "var(--kms-green)",
        "fair": "var(--kms-green-soft)",
        "warn": f"url(#h-{plot.kind})",
    }
    return [
        el(
            "polygon",
            points=points(plot.at(plot.curves[low]) + plot.at(plot.curves[high])[::-1]),
            fill=fills[tone],
        )
        for low, high, tone in STYLES[plot.kind].bands
        if low in plot.curves and high in plot.curves
    ]


def _lines(plot: _Plot) -> list[SafeString]:
    return [
        el(
            "polyline", points=points(plot.at(plot.curves[sd])), fill="none",
            stroke=colour, stroke_width=width, stroke_dasharray=dashes,
        )
        for sd, (colour, width, dashes) in STYLES[plot.kind].lines.items()
        if sd in plot.curves
    ]  # fmt: skip


def _name(kind: Kind, sd: int) -> tuple[str, str]:
    """The name of a curve, in full and for a narrow screen."""
    if kind == "weight_for_age" and sd == -3:
        return _("red line"), _("red")
    if kind == "weight_for_age" and sd == 1:
        return _("orange line"), _("orange")
    if sd == 0:
        return _("median"), _("median")
    short = f"+{sd}" if sd > 0 else f"{words.MINUS}{abs(sd)}"
    return f"{short} SD", short


def _names(plot: _Plot) -> list[SafeString]:
    """Names at the right end of the curves, pushed apart where they would touch."""
    style = STYLES[plot.kind]
    wanted = set(style.lines) | {sd for band in style.bands for sd in band[:2]}
    ends = sorted((plot.y(plot.curves[sd][-1][1]), sd) for sd in wanted & set(plot.curves))
    if plot.kind == "weight_for_age":
        ends = [(y, sd) for y, sd in ends if sd != -1]
    parts, floor = [], -100.0
    for y, sd in ends:
        floor = max(y + 4, floor + 17)
        full, short = _name(plot.kind, sd)
        weight = 600 if sd == -3 else None
        x = WIDTH - RIGHT + 6
        parts.append(label(x, floor, full, class_="w-only", weight=weight))
        parts.append(label(x, floor, short, class_="n-only", weight=weight))
    return parts


def _child(plot: _Plot, measures: Sequence[Measure]) -> list[SafeString]:
    pairs = plot.at([(m.x, m.y) for m in measures])
    path = el(
        "polyline", points=points(pairs), fill="none", stroke="var(--ink)", stroke_width=2,
        stroke_linejoin="round",
    )  # fmt: skip
    return [path, *(_dot(m, x, y) for m, (x, y) in zip(measures, pairs, strict=True))]


def _dot(measure: Measure, x: float, y: float) -> SafeString:
    fill = "var(--s-urgent)" if measure.is_alert else "var(--ink)"
    if measure.is_flat:
        shape = el("path", d=f"M{x:.1f} {y - 6.5:.1f}l6.5 6.5-6.5 6.5-6.5-6.5z", fill=fill)
    else:
        shape = el("circle", cx=x, cy=y, r=4.5, fill=fill)
    letter = label(x, y - 10, measure.letter, 11, anchor="middle", weight=600, class_="halo letter")
    return el("g", el("title", measure.title), shape, *([letter] if measure.letter else []))


def _axes(plot: _Plot) -> list[SafeString]:
    along = _("Length or height (cm)") if plot.kind == "weight_for_length" else _("Age (months)")
    across = _("Length or height (cm)") if plot.kind == "length_for_age" else _("Weight (kg)")
    return [
        label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, along, anchor="middle", class_="axis"),
        label(2, 14, across, class_="axis"),
    ]


def _callout(plot: _Plot, measure: Measure, callout: Callout) -> SafeString:
    """Below the curve where the chart is empty; above it when there is no room below."""
    x, y = plot.x(measure.x), plot.y(measure.y)
    width = max(width_of(callout.head, 14), width_of(callout.text, 12)) + 20
    height = 46.0 if callout.text else 28.0
    left = min(max(x - 10, LEFT + 6), WIDTH - RIGHT - width - 6)
    bottom = HEIGHT - BOTTOM - 8
    top = min(y + 62, bottom - height)
    if top < y + 18:
        top = max(TOP + 4, y - 62 - height)
    touch = top if top > y else top + height
    away = 8 if top > y else -8
    body = [
        line(x, y + away, min(max(x + 12, left + 8), left + width - 8), touch,
             stroke="var(--s-urgent)", stroke_width=1.5),
        el("rect", x=left, y=top, width=width, height=height, rx=6, fill="var(--bg-surface)",
           stroke="var(--s-urgent-line)"),
        label(left + 10, top + 19, callout.head, 13, weight=700, class_="onred"),
    ]  # fmt: skip
    if callout.text:
        body.append(label(left + 10, top + 36, callout.text))
    return el("g", join(body), class_="callout")

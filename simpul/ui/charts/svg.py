"""The few SVG elements that the charts are made of.
Rule: what goes in is escaped here; colours come by token or class, never by a style attribute."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import ceil, floor, log10
from zlib import crc32

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

Point = tuple[float, float]


def n(value: float) -> str:
    """A coordinate: one decimal is a tenth of a pixel."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _attribute(name: str, value: object) -> str:
    shown = n(value) if isinstance(value, float) else str(value)
    return f' {name.rstrip("_").replace("_", "-")}="{escape(shown)}"'


def _escaped(child: object) -> str:
    return conditional_escape(child if isinstance(child, SafeString) else str(child))


def el(name: str, *children: object, **attributes: object) -> SafeString:
    """<name …>children</name>; children that are not safe already are escaped."""
    head = "".join(_attribute(k, v) for k, v in attributes.items() if v is not None)
    if not children:
        return mark_safe(f"<{name}{head}/>")  # noqa: S308 - attributes are escaped above
    inner = "".join(_escaped(child) for child in children)
    return mark_safe(f"<{name}{head}>{inner}</{name}>")  # noqa: S308 - children are escaped above


def join(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 - escaped


def label(x: float, y: float, words: object, size: float = 12, **attributes: object) -> SafeString:
    """A text; `anchor`, `weight` and `class_` as wanted. Its colour is ink unless a class says."""
    anchor, weight = attributes.pop("anchor", None), attributes.pop("weight", None)
    return el(
        "text", words, x=float(x), y=float(y), font_size=float(size),
        text_anchor=anchor, font_weight=weight, **attributes,
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> SafeString:
    attributes.setdefault("stroke", "var(--line)")
    return el("path", d=f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}", **attributes)


def points(values: Iterable[Point]) -> str:
    return " ".join(f"{n(x)},{n(y)}" for x, y in values)


def frame(
    width: float, height: float, body: Iterable[SafeString], *, title: str, desc: str = "",
    class_: str = "", role: str = "img",
) -> SafeString:  # fmt: skip
    """The <svg> with its title and description. `role="group"` keeps links inside reachable."""
    uid = f"c{crc32(f'{class_}|{title}|{desc}'.encode()):x}"
    ids = f"{uid}t {uid}d" if desc else f"{uid}t"
    return el(
        "svg",
        el("title", title, id=f"{uid}t"),
        *([el("desc", desc, id=f"{uid}d")] if desc else []),
        *body,
        class_=f"chart {class_}".strip(), viewBox=f"0 0 {n(width)} {n(height)}", role=role,
        aria_labelledby=ids, xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


class Scale:
    """Piecewise linear from values to coordinates: two stops are an ordinary axis."""

    def __init__(self, stops: Sequence[Point]):
        self.values = [value for value, _ in stops]
        self.places = [place for _, place in stops]

    def __call__(self, value: float) -> float:
        last = len(self.values) - 2
        i = min(max(bisect_right(self.values, value) - 1, 0), last)
        share = (value - self.values[i]) / (self.values[i + 1] - self.values[i])
        return self.places[i] + share * (self.places[i + 1] - self.places[i])


def step(extent: float, wanted: int) -> float:
    """A round step (1, 2, 5 times a power of ten) that cuts `extent` into about `wanted` parts."""
    if extent <= 0:
        return 1.0
    rough = extent / wanted
    power = 10.0 ** floor(log10(rough))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= rough * 0.999)


def ticks(low: float, high: float, wanted: int = 6) -> list[float]:
    """Round values from at or below `low` to at or above `high`."""
    size = step(high - low, wanted)
    first, last = floor(low / size + 1e-9), ceil(high / size - 1e-9)
    return [k * size for k in range(first, max(last, first + 1) + 1)]


def width_of(words: str, size: float = 12) -> float:
    """About how wide a text will be; a little too wide is better than an overlap."""
    return len(words) * size * 0.56


def hatch(uid: str, ground: str, stroke: str, gap: float = 7) -> SafeString:
    """A pattern of slanted lines: the second cue beside a colour."""
    return el(
        "pattern",
        el("rect", width=gap, height=gap, fill=ground),
        el("path", d=f"M0 0V{n(gap)}", stroke=stroke, stroke_width=1.4),
        id=uid, width=gap, height=gap, patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )  # fmt: skip

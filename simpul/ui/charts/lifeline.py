"""The life-cycle line: what was due at which age, done or not, up to and beyond today.
Rule: the statuses are the caller's; the line only puts them in their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from simpul.ui import words
from simpul.ui.charts.svg import Scale, el, frame, label, line, width_of

WIDTH, LEFT, RIGHT = 1100.0, 180.0, 1038.0
HEAD, ROW, LINE, GAP = 32.0, 50.0, 14.0, 22.0
MOST_LINES, MOST_WIDE = 5, 150.0
COLOURS = {"urgent", "late", "due", "done", "later", "missed", "na"}


@dataclass(frozen=True)
class Stop:
    """A labelled place on the axis: at which value, and how far along (0 to 1)."""

    value: float
    label: str
    along: float


@dataclass(frozen=True)
class Mark:
    """One service on the line: `at` in the axis's unit, status as in `{% status %}`."""

    at: float
    status: str
    label: str = ""  # short, under the mark: 'MR1'
    title: str = ""  # full, for the mouse: 'Campak-Rubela dosis 1, umur 9 bln: terlambat'


@dataclass(frozen=True)
class Row:
    label: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class _Placed:
    """A mark at its place, its label in lines, and in which line below the row they begin."""

    mark: Mark
    place: float
    lines: tuple[str, ...]
    first: int


def _stops(months: Sequence[tuple[float, float]]) -> list[Stop]:
    lang = get_language()
    birth = "Birth" if words.known(lang) == "en" else "Lahir"
    return [
        Stop(m, words.age_months(int(m), lang) if m else birth, along) for m, along in months
    ]  # fmt: skip


def first_two_years() -> list[Stop]:
    """Wider up to 4 months, where the services stand close."""
    return _stops(
        [(0, 0), (1, 0.084), (2, 0.168), (3, 0.252), (4, 0.336), (6, 0.402), (9, 0.502),
         (12, 0.601), (18, 0.801), (24, 1)]
    )  # fmt: skip


def first_six_years() -> list[Stop]:
    return _stops(
        [(0, 0), (2, 0.12), (4, 0.24), (9, 0.36), (12, 0.43), (18, 0.53), (24, 0.62), (36, 0.74),
         (48, 0.83), (60, 0.92), (72, 1)]
    )  # fmt: skip


def pregnancy_weeks() -> list[Stop]:
    lang = get_language()
    unit = words.UNITS[words.known(lang)]["week"]
    return [Stop(w, f"{w} {unit}", w / 42) for w in (0, 6, 12, 18, 24, 30, 36, 42)]


def years(first: int, last: int, every: int) -> list[Stop]:
    """An axis of years of age, e.g. years(60, 70, 2); values are years."""
    unit = words.UNITS[words.known(get_language())]["year"]
    span = last - first
    return [Stop(y, f"{y} {unit}", (y - first) / span) for y in range(first, last + 1, every)]


def life_line(
    rows: Sequence[Row], stops: Sequence[Stop], *, today: float, today_label: str, title: str,
    desc: str,
) -> SafeString:  # fmt: skip
    """Rows of marks along `stops` (see first_two_years); `today` in the axis's unit. Put it in
    `<div class="scroll" tabindex="0" role="group" aria-label="…">` under a `.card.life`."""
    left = max([LEFT, *(width_of(row.label, 15) + 16 for row in rows)])
    x = Scale([(s.value, left + s.along * (RIGHT - left)) for s in stops])
    now = min(max(x(today), left), RIGHT)
    drawn, y = [], HEAD + 42
    for row in rows:
        placed = _placed(row.marks, x)
        drawn += _row(row, placed, y, (left, now))
        y += ROW + LINE * max([1, *(p.first + len(p.lines) for p in placed)])
    bottom = y - 24
    body = [
        el("rect", x=now, y=HEAD, width=max(RIGHT + 20 - now, 0.0), height=bottom - HEAD,
           fill="var(--bg-page)"),
        *_axis(stops, x, bottom), *_today(now, bottom, today_label), *drawn,
    ]  # fmt: skip
    return frame(WIDTH, bottom + 34, body, title=title, desc=desc, class_="lifechart")


def _axis(stops: Sequence[Stop], x: Scale, bottom: float) -> list[SafeString]:
    return [
        part
        for stop in stops
        for part in (
            label(x(stop.value), 24, stop.label, 12.5, anchor="middle", class_="axis"),
            line(x(stop.value), HEAD, x(stop.value), bottom),
        )
    ]


def _today(now: float, bottom: float, words_of_today: str) -> list[SafeString]:
    width = width_of(words_of_today, 12.5) + 26
    left = min(max(now - width / 2, 0.0), WIDTH - width)
    return [
        el("path", d=f"M{now:.1f} {HEAD}V{bottom + 6:.1f}", stroke="var(--brand)",
           stroke_width=2, data_now=""),
        el("rect", x=left, y=bottom + 4, width=width, height=25, rx=12, fill="var(--brand)"),
        label(left + width / 2, bottom + 21, words_of_today, 12.5, anchor="middle", weight=600,
              class_="ondark"),
    ]  # fmt: skip


def _row(
    row: Row, placed: Sequence[_Placed], y: float, ends: tuple[float, float]
) -> list[SafeString]:
    left, now = ends
    return [
        label(0, y + 5, row.label, 14, weight=600),
        # on a phone the line is scrolled to today: the name stands there once more
        label(max(now - 242, left), y - 18, row.label, 13, weight=600, class_="n-only",
              aria_hidden="true"),
        line(left, y, RIGHT, y, stroke_width=3),
        *(part for one in placed for part in (_mark(one, y), *_under(one, y))),
    ]  # fmt: skip


def _placed(marks: Sequence[Mark], x: Scale) -> list[_Placed]:
    """Marks with their places, and their labels in lines as narrow as the neighbours ask."""
    spread = _spread(_merged(marks, x), x)
    labelled = [place for mark, place in spread if mark.label]
    taken: list[list[tuple[float, float]]] = [[] for _line in range(MOST_LINES)]
    placed = []
    for mark, place in spread:
        room = min([MOST_WIDE, *(abs(place - other) for other in labelled if other != place)])
        lines = _wrapped(mark.label, room - 3)
        half = max([0.0, *(width_of(text) for text in lines)]) / 2 + 1.5
        span = (place - half, place + half)
        first = _free_line(lines, span, taken)
        if first is None:  # the title still says it
            placed.append(_Placed(mark, place, (), 0))
            continue
        for used in taken[first : first + len(lines)]:
            used.append(span)
        placed.append(_Placed(mark, place, lines, first))
    return placed


def _free_line(
    lines: Sequence[str], span: tuple[float, float], taken: Sequence[list[tuple[float, float]]]
) -> int | None:
    for first in range(MOST_LINES - len(lines) + 1):
        wanted = taken[first : first + len(lines)]
        if all(span[1] <= a or span[0] >= b for used in wanted for a, b in used):
            return first
    return None


def _wrapped(text: str, room: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > MOST_LINES - 1:
        lines = [*lines[: MOST_LINES - 2], lines[MOST_LINES - 2] + " …"]
    return tuple(lines)


def _merged(marks: Sequence[Mark], x: Scale) -> list[Mark]:
    """Services of one day and one status are one mark: 'DPT1, PCV1'."""
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.at, m.status)):
        last = merged[-1] if merged else None
        if last and last.status == mark.status and abs(x(last.at) - x(mark.at)) < GAP / 2:
            joined = ", ".join(filter(None, (last.label, mark.label)))
            titles = "; ".join(filter(None, (last.title, mark.title)))
            merged[-1] = Mark(last.at, last.status, joined, titles)
        else:
            merged.append(mark)
    return merged


def _spread(marks: Sequence[Mark], x: Scale) -> list[tuple[Mark, float]]:
    """Marks that would lie on each other step aside to the right, and back at the end."""
    places = [x(mark.at) for mark in marks]
    for i, (before, place) in enumerate(pairwise(places)):
        places[i + 1] = max(place, before + GAP)
        places[i + 1] = max(places[i + 1], places[i] + GAP)
    edge = RIGHT + 8
    for i in range(len(places) - 1, -1, -1):
        places[i] = min(places[i], edge)
        edge = places[i] - GAP
    return list(zip(marks, places, strict=True))


def _mark(one: _Placed, y: float) -> SafeString:
    status = one.mark.status if one.mark.status in COLOURS else "na"
    return el(
        "g",
        el("title", one.mark.title or one.mark.label),
        el("circle", cx=10, cy=10, r=11, fill="var(--bg-surface)"),
        el("use", href=f"{static('ui/icons.svg')}#i-{status}", width=20, height=20),
        transform=f"translate({one.place - 10:.1f} {y - 10:.1f})", color=f"var(--s-{status})",
    )  # fmt: skip


def _under(one: _Placed, y: float) -> list[SafeString]:
    weight = 600 if one.mark.status in {"urgent", "late"} else None
    return [
        label(one.place, y + 27 + LINE * (one.first + k), text, anchor="middle", weight=weight,
              class_="halo")
        for k, text in enumerate(one.lines)
    ]  # fmt: skip

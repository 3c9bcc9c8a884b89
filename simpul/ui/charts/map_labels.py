"""Names and figures on the map: in their village, beside it, or by number.
Rule: no label covers another or a village that has one; what finds no place goes into the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from simpul.ui.charts.land import Box, Land, along, touch
from simpul.ui.charts.svg import Point, el, label, line, width_of

SIZE = 13.0
MOST_BESIDE = 6  # more lines than this confuse
MOST_LISTED = 40  # of a whole regency only the villages with room are named
DIRECTIONS = ((1, 0), (-1, 0), (0.8, -0.6), (0.8, 0.6), (-0.8, -0.6), (-0.8, 0.6), (0.3, -0.95),
              (0.3, 0.95), (-0.3, -0.95), (-0.3, 0.95))  # fmt: skip


@dataclass(frozen=True)
class Named:
    name: str
    figure: str
    land: Land

    def box(self, x: float, y: float) -> Box:
        half = max(width_of(self.name, SIZE + 1.5), width_of(self.figure, SIZE + 1)) / 2 + 3
        return x - half, y - 17, x + half, y + 19

    def room(self) -> Point | None:
        """The place in the village where the label fits: a name may reach a little over the
        border, its figure not."""
        left, top, right, bottom = self.land.box
        if right - left < 30 or bottom - top < 26:
            return None
        for reach, (x, y) in self.land.spots:
            if reach < 13:
                break
            box = self.box(x, y)
            width = box[2] - box[0]
            if all(
                self.land.holds(px, py)
                for px in (box[0] + width * 0.12, x, box[2] - width * 0.12)
                for py in (y - 10, y + 13)
            ):
                return x, y
        return None

    def written(self, x: float, y: float) -> list[SafeString]:
        return [
            label(x, y - 3, self.name, SIZE, anchor="middle", weight=600, class_="halo name"),
            label(x, y + 15, self.figure, SIZE, anchor="middle", class_="halo"),
        ]


def labels(named: Sequence[Named], width: float, height: float) -> tuple[list[SafeString], float]:
    """The labels, and the height of the picture with the list below."""
    taken: list[Box] = []
    parts: list[SafeString] = []
    rest = []
    for area in named:
        room = area.room()
        if room and not any(touch(area.box(*room), other) for other in taken):
            taken.append(area.box(*room))
            parts += area.written(*room)
        else:
            rest.append(area)
    if len(rest) <= MOST_BESIDE:
        beside, rest = _beside(rest, named, taken, (width, height))
        parts += beside
    if len(rest) > MOST_LISTED:
        return parts, height
    return [*parts, *_numbered(rest, width, height)], height + 24 * ((len(rest) + 1) // 2)


def _beside(
    areas: Sequence[Named], named: Sequence[Named], taken: list[Box], size: tuple[float, float]
) -> tuple[list[SafeString], list[Named]]:
    parts: list[SafeString] = []
    rest: list[Named] = []
    lines: list[list[Point]] = []
    for area in areas:
        place = _free_place(area, named, taken, lines, size)
        if place is None:
            rest.append(area)
            continue
        taken.append(area.box(*place))
        end = _edge(area, place)
        lines.append(along(area.land.heart, end, 12))
        parts += [_leader(area.land.heart, end), *area.written(*place)]
    return parts, rest


def _free_place(
    area: Named, named: Sequence[Named], taken: Sequence[Box], lines: Sequence[Sequence[Point]],
    size: tuple[float, float],
) -> Point | None:  # fmt: skip
    """The nearest place off every village, label and line, searched in widening rings."""
    x, y = area.land.heart
    for distance in range(30, 190, 10):
        for dx, dy in DIRECTIONS:
            place = (x + dx * distance, y + dy * distance)
            box = area.box(*place)
            if box[0] < 0 or box[2] > size[0] or box[1] < 0 or box[3] > size[1]:
                continue
            if any(touch(box, other) for other in taken) or _covers(box, named):
                continue
            if any(_holds(box, *point) for way in lines for point in way):
                continue
            way = along((x, y), _edge(area, place), 12)
            if not _crosses(area, way, named, taken):
                return place
    return None


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _covers(box: Box, named: Sequence[Named]) -> bool:
    left, top, right, bottom = box
    spots = [(left + (right - left) * i / 4, top + (bottom - top) * k / 2)
             for i in range(5) for k in range(3)]  # fmt: skip
    return any(
        touch(box, area.land.box) and any(area.land.holds(x, y) for x, y in spots) for area in named
    )


def _crosses(
    area: Named, way: Sequence[Point], named: Sequence[Named], taken: Sequence[Box]
) -> bool:
    """A line over a label is never good; over more than one other village neither."""
    if any(_holds(box, *point) for box in taken for point in way):
        return True
    strangers = sum(
        1 for other in named if other is not area and any(other.land.holds(*p) for p in way)
    )
    return strangers > 1


def _edge(area: Named, place: Point) -> Point:
    """Where the line from the village meets the label's box."""
    (x, y), (px, py) = area.land.heart, place
    left, top, right, bottom = area.box(px, py)
    dx, dy = x - px, y - py
    reach = [((right if dx > 0 else left) - px) / dx] if dx else []
    reach += [((bottom if dy > 0 else top) - py) / dy] if dy else []
    part = min([*reach, 0.95])
    return px + dx * part, py + dy * part


def _leader(heart: Point, end: Point) -> SafeString:
    return el(
        "g",
        line(*heart, *end, stroke="var(--ink)", stroke_width=1.2),
        el("circle", cx=heart[0], cy=heart[1], r=3, fill="var(--ink)"),
        class_="leader", aria_hidden="true",
    )  # fmt: skip


def _numbered(areas: Sequence[Named], width: float, height: float) -> list[SafeString]:
    """A number in the village, and the list in two columns below the map."""
    parts, rows = [], (len(areas) + 1) // 2
    for k, area in enumerate(areas):
        x, y = area.land.heart
        left = 16 + (width / 2) * (k // rows)
        top = height + 18 + 24 * (k % rows)
        parts += [
            *_disc(x, y, k + 1), *_disc(left, top - 5, k + 1),
            label(left + 18, top, area.name, SIZE),
            label(left + width / 2 - 32, top, area.figure, SIZE, anchor="end", weight=600),
        ]  # fmt: skip
    return parts


def _disc(x: float, y: float, number: int) -> list[SafeString]:
    return [
        el("circle", cx=x, cy=y, r=9.5, fill="var(--bg-surface)", stroke="var(--ink)"),
        label(x, y + 4, number, 11, anchor="middle", weight=600, class_="disc"),
    ]

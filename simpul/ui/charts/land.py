"""Where things lie on the map: from lon/lat to the picture, inside or outside, far from the border.
Rule: only geometry; no colour, no word."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, radians

from simpul.ui.charts.svg import Point

Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]
GRID = 12


@dataclass(frozen=True)
class Land:
    """The rings of one area in the picture."""

    rings: tuple[tuple[Point, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        return any(_inside(ring, x, y) for ring in self.rings)

    @cached_property
    def box(self) -> Box:
        """Of the largest ring: islands do not carry the label."""
        return max((_box(ring) for ring in self.rings), key=_extent)

    @cached_property
    def spots(self) -> list[tuple[float, Point]]:
        """Points of a grid inside the largest ring, the farthest from its border first."""
        ring = max(self.rings, key=lambda ring: _extent(_box(ring)))
        left, top, right, bottom = self.box
        found = []
        for i in range(1, GRID):
            for k in range(1, GRID):
                x, y = left + (right - left) * i / GRID, top + (bottom - top) * k / GRID
                if _inside(ring, x, y):
                    found.append((_to_border(ring, x, y), (x, y)))
        return sorted(found, reverse=True) or [(0.0, ((left + right) / 2, (top + bottom) / 2))]

    @property
    def heart(self) -> Point:
        return self.spots[0][1]


def project(
    areas: Sequence[Sequence[Ring]], width: float, margin: float, max_height: float
) -> tuple[list[Land], float]:
    """The areas in a picture of that width, and its height. A degree of longitude shrinks with the
    cosine of the latitude, so that the land keeps its shape."""
    every = [point for rings in areas for ring in rings for point in ring]
    if not every:
        return [Land(()) for _area in areas], 60.0
    west, east = min(p[0] for p in every), max(p[0] for p in every)
    south, north = min(p[1] for p in every), max(p[1] for p in every)
    shrink = cos(radians((south + north) / 2))
    wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = min((width - 2 * margin) / wide, (max_height - 24) / high)
    left = (width - wide * scale) / 2

    def placed(ring: Ring) -> tuple[Point, ...]:
        drawn: list[Point] = []
        for lon, lat, *_altitude in ring:
            x, y = left + (lon - west) * shrink * scale, 12 + (north - lat) * scale
            if not drawn or hypot(x - drawn[-1][0], y - drawn[-1][1]) >= 0.7:
                drawn.append((round(x, 1), round(y, 1)))
        return tuple(drawn)

    lands = [
        Land(tuple(r for r in (placed(ring) for ring in rings) if len(r) > 2)) for rings in areas
    ]
    return lands, high * scale + 24


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def along(start: Point, end: Point, count: int) -> list[Point]:
    """Points of the way from one to the other."""
    (x, y), (ex, ey) = start, end
    return [(x + (ex - x) * i / count, y + (ey - y) * i / count) for i in range(1, count)]


def _box(ring: Sequence[Point]) -> Box:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _extent(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(ring: Sequence[Point], x: float, y: float) -> bool:
    """Ray casting."""
    inside, (px, py) = False, ring[-1]
    for qx, qy in ring:
        if (qy > y) != (py > y) and x < (px - qx) * (y - qy) / (py - qy) + qx:
            inside = not inside
        px, py = qx, qy
    return inside


def _to_border(ring: Sequence[Point], x: float, y: float) -> float:
    nearest, (px, py) = 1e9, ring[-1]
    for qx, qy in ring:
        dx, dy = qx - px, qy - py
        part = ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy or 1e-9)
        part = min(max(part, 0.0), 1.0)
        nearest = min(nearest, hypot(px + part * dx - x, py + part * dy - y))
        px, py = qx, qy
    return nearest

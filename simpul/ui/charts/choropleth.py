"""A map of villages coloured by class, drawn once on the server from lon/lat rings.
Rule: the class is told three ways: colour, hatching of the lowest, and the figure in words."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from simpul.ui.charts.svg import Point, el, frame, hatch, label, line, n, width_of

Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]

WIDTH, MARGIN, MAX_HEIGHT = 560.0, 12.0, 640.0
NAME, FIGURE = 13.0, 13.0
ROOM_FOR_LABELS = 96.0  # on both sides, when a figure does not fit into its village


@dataclass(frozen=True)
class Area:
    """A village: outer rings as [[lon, lat], …]; `level` 1 (lowest) to 4, 0 without a figure,
    None outside the area of work (no label, no link)."""

    name: str
    rings: Sequence[Ring]
    level: int | None
    figure: str = ""  # '69,1%'
    title: str = ""  # 'Panamas: 76,1%, 35 of 46'
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class _Shape:
    area: Area
    rings: tuple[tuple[Point, ...], ...]
    heart: Point  # the point farthest from the border
    reach: float  # how far

    def holds(self, x: float, y: float) -> bool:
        return any(_inside(ring, x, y) for ring in self.rings)


def level_of(value: float | None, breaks: Sequence[float]) -> int:
    """1 to 4 by three rising breaks (70, 80, 90): 69,9 is 1, 70 is 2; None is 0."""
    return 0 if value is None else 1 + bisect_right(breaks, value)


def choropleth(areas: Sequence[Area], *, title: str, desc: str) -> SafeString:
    """The map. An area with a url is a link; what does not fit stands beside, with a line."""
    shapes, height = _project(areas)
    body = [
        el("defs", hatch("map-out", "var(--map-none)", "var(--map-hatch)", 8),
           hatch("map-low", "var(--map-1)", "var(--map-low-hatch)", 8)),
        *(_drawn(shape) for shape in sorted(shapes, key=lambda s: s.area.is_current)),
        *_labels([s for s in shapes if s.area.level is not None], shapes, height),
    ]  # fmt: skip
    role = "group" if any(a.url for a in areas) else "img"
    return frame(WIDTH, height, body, title=title, desc=desc, class_="map", role=role)


def map_key(labels: Sequence[str], *, with_none: bool = True) -> SafeString:
    """The legend in HTML: four labels from the lowest class ('below 70%') to the highest."""
    fills = ["url(#key-low)", "var(--map-2)", "var(--map-3)", "var(--map-4)"]
    rows = [(fill, text) for fill, text in zip(fills, labels, strict=True)]
    if with_none:
        rows.append(("url(#key-out)", _("outside the area, or no figure")))
    defs = el("defs", hatch("key-low", "var(--map-1)", "var(--map-low-hatch)", 6),
              hatch("key-out", "var(--map-none)", "var(--map-hatch)", 6))  # fmt: skip
    swatches = format_html_join(
        "",
        '<span><svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">{}'
        '<rect x=".5" y=".5" width="21" height="15" fill="{}" stroke="var(--line-strong)"/></svg>'
        "{}</span>",
        ((defs if k == 0 else "", fill, text) for k, (fill, text) in enumerate(rows)),
    )
    return format_html('<p class="key">{}</p>', swatches)


# projection


def _project(areas: Sequence[Area]) -> tuple[list[_Shape], float]:
    """Longitudes shrink with the cosine of the latitude; the map fills the width or the height."""
    every = [point for area in areas for ring in area.rings for point in ring]
    if not every:
        return [], 60.0
    west, east = min(p[0] for p in every), max(p[0] for p in every)
    south, north = min(p[1] for p in every), max(p[1] for p in every)
    shrink = cos(radians((south + north) / 2))
    wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    room = WIDTH - 2 * MARGIN - ROOM_FOR_LABELS
    scale = min(room / wide, (MAX_HEIGHT - 2 * MARGIN) / high)
    left = (WIDTH - wide * scale) / 2

    def placed(ring: Ring) -> tuple[Point, ...]:
        drawn: list[Point] = []
        for lon, lat, *_altitude in ring:
            point = (
                round(left + (lon - west) * shrink * scale, 1),
                round(MARGIN + (north - lat) * scale, 1),
            )
            if not drawn or hypot(point[0] - drawn[-1][0], point[1] - drawn[-1][1]) >= 0.7:
                drawn.append(point)
        return tuple(drawn)

    shapes = []
    for area in areas:
        rings = tuple(r for r in (placed(ring) for ring in area.rings) if len(r) > 2)
        if rings:
            shapes.append(_Shape(area, rings, *_heart(max(rings, key=_extent))))
    return shapes, high * scale + 2 * MARGIN


def _box(ring: Sequence[Point]) -> Box:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _extent(ring: Sequence[Point]) -> float:
    left, top, right, bottom = _box(ring)
    return (right - left) * (bottom - top)


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
        along = ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy or 1e-9)
        along = min(max(along, 0.0), 1.0)
        nearest = min(nearest, hypot(px + along * dx - x, py + along * dy - y))
        px, py = qx, qy
    return nearest


def _heart(ring: Sequence[Point]) -> tuple[Point, float]:
    """The point farthest from the border, on a grid refined once: where a label sits best."""
    left, top, right, bottom = _box(ring)
    best, reach = ((left + right) / 2, (top + bottom) / 2), -1.0
    stride = max(right - left, bottom - top) / 14 or 1.0
    for _round in range(2):
        cx, cy = best
        span = 14 if _round == 0 else 5
        start = (left, top) if _round == 0 else (cx - 2 * stride, cy - 2 * stride)
        for i in range(span + 1):
            for k in range(span + 1):
                x, y = start[0] + i * stride, start[1] + k * stride
                if _inside(ring, x, y) and (away := _to_border(ring, x, y)) > reach:
                    best, reach = (x, y), away
        stride /= 2.5
    return best, max(reach, 0.0)


# drawing


def _drawn(shape: _Shape) -> SafeString:
    area = shape.area
    fill = {None: "url(#map-out)", 0: "url(#map-out)", 1: "url(#map-low)"}.get(
        area.level, f"var(--map-{area.level})"
    )
    path = el(
        "path",
        el("title", area.title or f"{area.name} {area.figure}".strip()),
        d="".join("M" + "L".join(f"{n(x)} {n(y)}" for x, y in ring) + "Z" for ring in shape.rings),
        fill=fill, class_="area",
        stroke="var(--brand-strong)" if area.is_current else "var(--bg-surface)",
        stroke_width=3 if area.is_current else 1.5, stroke_linejoin="round",
    )  # fmt: skip
    if not area.url or area.level is None:
        return path
    return el("a", path, href=area.url, aria_label=area.title or f"{area.name} {area.figure}")


def _labels(named: Sequence[_Shape], shapes: Sequence[_Shape], height: float) -> list[SafeString]:
    """The roomiest village first; who finds no place inside is written outside, with a line."""
    taken: list[Box] = []
    parts: list[SafeString] = []
    outside = []
    for shape in sorted(named, key=lambda s: -s.reach):
        box = _box_of(shape.area, *shape.heart)
        if _fits(shape, box) and not any(_touch(box, other) for other in taken):
            taken.append(box)
            parts += _written(shape.area, *shape.heart)
        else:
            outside.append(shape)
    for shape in outside:
        place = _free_place(shape, shapes, taken, height)
        if place is None:  # no room anywhere: the title and the table still have it
            continue
        taken.append(_box_of(shape.area, *place))
        parts += [_leader(shape.heart, place), *_written(shape.area, *place)]
    return parts


def _box_of(area: Area, x: float, y: float) -> Box:
    half = max(width_of(area.name, NAME + 2), width_of(area.figure, FIGURE + 1)) / 2 + 3
    return x - half, y - 17, x + half, y + 19


def _fits(shape: _Shape, box: Box) -> bool:
    """A name may reach a little over the border, its figure not."""
    left, top, right, bottom = box
    width = right - left
    return all(
        shape.holds(x, y)
        for x in (left + width * 0.14, left + width * 0.5, right - width * 0.14)
        for y in (top + 6, bottom - 5)
    )


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _free_place(
    shape: _Shape, shapes: Sequence[_Shape], taken: Sequence[Box], height: float
) -> Point | None:
    """The nearest place off every village and label, searched in widening rings."""
    x, y = shape.heart
    for distance in range(30, 330, 12):
        for dx, dy in ((1, 0), (-1, 0), (0.8, -0.6), (0.8, 0.6), (-0.8, -0.6), (-0.8, 0.6),
                       (0.3, -0.95), (0.3, 0.95), (-0.3, -0.95), (-0.3, 0.95)):  # fmt: skip
            place = (x + dx * distance, y + dy * distance)
            box = _box_of(shape.area, *place)
            if box[0] < 0 or box[2] > WIDTH or box[1] < 0 or box[3] > height:
                continue
            if any(_touch(box, other) for other in taken) or _covers(box, shapes):
                continue
            return place
    return None


def _covers(box: Box, shapes: Sequence[_Shape]) -> bool:
    left, top, right, bottom = box
    spots = [(left + (right - left) * i / 4, top + (bottom - top) * k / 2)
             for i in range(5) for k in range(3)]  # fmt: skip
    return any(s.area.level is not None and s.holds(x, y) for s in shapes for x, y in spots)


def _leader(heart: Point, place: Point) -> SafeString:
    (x, y), (px, py) = heart, place
    toward = (
        19 / max(abs(py - y), 1e-6) if abs(py - y) > abs(px - x) else 30 / max(abs(px - x), 1e-6)
    )
    toward = min(toward, 0.9)
    end = (px + (x - px) * toward, py + (y - py) * toward)
    return el(
        "g",
        line(x, y, *end, stroke="var(--ink)", stroke_width=1.2),
        el("circle", cx=x, cy=y, r=3, fill="var(--ink)"),
        class_="leader", aria_hidden="true",
    )  # fmt: skip


def _written(area: Area, x: float, y: float) -> list[SafeString]:
    return [
        label(x, y - 3, area.name, NAME, anchor="middle", weight=600, class_="halo name"),
        label(x, y + 15, area.figure, FIGURE, anchor="middle", class_="halo"),
    ]

"""A map of villages coloured by class, drawn once on the server from lon/lat rings.
Rule: the class is told three ways: colour, hatching of the lowest, and the figure in words."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from simpul.ui.charts.land import Land, Ring, project
from simpul.ui.charts.map_labels import Named, labels
from simpul.ui.charts.svg import el, frame, hatch, n

WIDTH, MAX_HEIGHT = 560.0, 640.0
MARGIN = 80.0  # on both sides, for figures that do not fit into their village


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

    @property
    def words(self) -> str:
        return self.title or f"{self.name} {self.figure}".strip()


def level_of(value: float | None, breaks: Sequence[float]) -> int:
    """1 to 4 by three rising breaks (70, 80, 90): 69,9 is 1, 70 is 2; None is 0."""
    return 0 if value is None else 1 + bisect_right(breaks, value)


def choropleth(areas: Sequence[Area], *, title: str, desc: str) -> SafeString:
    """The map. An area with a url is a link. Names and figures stand in their villages; where
    they do not fit, beside them with a line, or, when many do not, as numbers with a list below."""
    lands, height = project([area.rings for area in areas], WIDTH, MARGIN, MAX_HEIGHT)
    drawn = [(area, land) for area, land in zip(areas, lands, strict=True) if land.rings]
    named = [Named(a.name, a.figure, land) for a, land in drawn if a.level is not None]
    texts, total = labels(named, WIDTH, height)
    border = 1.5 if len(drawn) <= 60 else 0.6  # of a whole regency, the border would be the map
    body = [
        el("defs", hatch("map-out", "var(--map-none)", "var(--map-hatch)", 8),
           hatch("map-low", "var(--map-1)", "var(--map-low-hatch)", 8)),
        *(_drawn(*pair, border) for pair in sorted(drawn, key=lambda pair: pair[0].is_current)),
        *texts,
    ]  # fmt: skip
    role = "group" if any(area.url for area in areas) else "img"
    return frame(WIDTH, total, body, title=title, desc=desc, class_="map", role=role)


def _drawn(area: Area, land: Land, border: float) -> SafeString:
    fill = {None: "url(#map-out)", 0: "url(#map-out)", 1: "url(#map-low)"}.get(
        area.level, f"var(--map-{area.level})"
    )
    path = el(
        "path",
        el("title", area.words),
        d="".join("M" + "L".join(f"{n(x)} {n(y)}" for x, y in ring) + "Z" for ring in land.rings),
        fill=fill, class_="area",
        stroke="var(--brand-strong)" if area.is_current else "var(--bg-surface)",
        stroke_width=2 * border if area.is_current else border, stroke_linejoin="round",
    )  # fmt: skip
    if not area.url or area.level is None:
        return path
    return el("a", path, href=area.url, aria_label=area.words)


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

"""Charts of a situation: sparkline of a tile, comparison of the parts, map.

Its one rule: what a chart shows stands beside it as a table or a sentence.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.places import queries as places
from simpul.pws import status
from simpul.pws.areas import Part
from simpul.pws.asked import Asked
from simpul.pws.queries import Pair
from simpul.pws.situation import NOBODY, Situation, Tile
from simpul.ui import charts, words

_MOST_BARS = 40
_FEW_BARS = 12  # with more parts, those without anybody stand in the table only


class Compared(msgspec.Struct, frozen=True):
    """One part beside the others: this month, last month, and where it leads."""

    part: Part
    counted: int
    reached: int
    value: float | None
    before: float | None
    url: str
    names_query: str
    is_current: bool

    @property
    def missed(self) -> int:
        """Counted and not reached."""
        return self.counted - self.reached


def value_text(tile: Tile, value: float | None) -> str:
    """76,1%, or of a count the number."""
    lang = get_language()
    if tile.indicator.kind == "count":
        return words.number(value, 0, lang)
    return words.percent(value, lang)


def title_of(tile: Tile) -> str:
    """The indicator's name in the reader's language."""
    return tile.indicator.title[words.known(get_language())]


def of_page(found: Situation, asked: Asked) -> dict[str, object]:
    """The drawings of a page, and the tile that is compared."""
    tile = found.tile(asked.indicator)
    drawn = {
        "groups": [
            (name, [(one, spark(one, found.months)) for one in tiles])
            for name, tiles in found.groups
        ],
        "sources": _sources(found),
        "tile": tile,
    }
    if tile is None:
        return drawn
    rows = compared(found, asked, tile)
    return drawn | {
        "rows": rows,
        "chart": comparison(rows, tile),
        "key": key(tile, found.months),
        "map": map_of(rows, tile),
        "source": packs.load().sources[tile.indicator.source].title,
        "trend": trend(tile, found.months),
    }


def _sources(found: Situation) -> list[str]:
    """Who estimated the target groups of this page, and for which year."""
    official = (
        tile.estimate.official for _, tiles in found.groups for tile in tiles if tile.estimate
    )
    return sorted({f"{one.source}, {one.year}" for one in official})


def trend(tile: Tile, months: Sequence[date]) -> SafeString:
    """The year of the chosen indicator with every value written."""
    lang = get_language()
    names = [words.month_short(month, lang).split()[0] for month in months]
    said = "; ".join(
        f"{words.month_short(month, lang)} {value_text(tile, value)}"
        for month, value in zip(months, tile.trend, strict=True)
    )
    return charts.trend(
        list(zip(names, tile.trend, strict=True)), title=title_of(tile), desc=said,
        target=tile.indicator.target, unit="" if tile.indicator.kind == "count" else "%",
    )  # fmt: skip


def spark(tile: Tile, months: Sequence[date]) -> SafeString:
    """Twelve months as a line; its title says all of them in words."""
    lang = get_language()
    said = "; ".join(value_text(tile, value) for value in tile.trend)
    span = f"{words.month_short(months[0], lang)} – {words.month_short(months[-1], lang)}"
    title = f"{title_of(tile)}, {span}: {said}"
    if tile.indicator.target is not None:
        title = ". ".join((title, _("Dashed: target")))
    return charts.sparkline(tile.trend, title=title, target=tile.indicator.target)


def compared(found: Situation, asked: Asked, tile: Tile) -> list[Compared]:
    """The parts of the area for one indicator, the best first; those without anybody last."""
    rows = []
    for part in found.division.parts:
        now = found.parts.get(part.code, {}).get(tile.indicator.id, NOBODY)
        before = found.parts_before.get(part.code, {}).get(tile.indicator.id, NOBODY)
        query = asked.query(place=part.code)
        rows.append(
            Compared(
                part, *now, _value(tile, now), _value(tile, before),
                f"{reverse('pws:dashboard')}?{query}", asked.query(place=part.code, by=""),
                part.code == asked.area.code
                or (part.kind == "village" and part.keys == asked.area.villages),
            )
        )  # fmt: skip
    sign = 1 if tile.indicator.good == "down" else -1
    return sorted(rows, key=lambda r: (r.value is None, sign * (r.value or 0), r.part.name))


def _value(tile: Tile, pair: Pair) -> float | None:
    if tile.indicator.kind == "count":
        return float(pair[1]) if pair[0] else None
    exact = status.share(pair)
    return None if exact is None else float(exact)


def comparison(rows: Sequence[Compared], tile: Tile) -> SafeString | str:
    """Bars or dots of the parts; nothing when there are none, or too many to be read."""
    known = [row for row in rows if row.value is not None]
    shown = rows if len(rows) <= _FEW_BARS else known
    if not known or len(shown) > _MOST_BARS:
        return ""
    unit = "" if tile.indicator.kind == "count" else "%"
    villages = [
        charts.Village(
            row.part.name, row.value, row.before, _said(tile, row), row.url, row.is_current
        )
        for row in shown
    ]
    draw = charts.dots if tile.indicator.kind == "coverage" else charts.bars
    return draw(
        villages, title=title_of(tile), desc="; ".join(_said(tile, row) for row in rows),
        target=tile.indicator.target, unit=unit,
    )  # fmt: skip


def key(tile: Tile, months: Sequence[date]) -> SafeString:
    """Which month is which in the comparison."""
    draw = charts.dots_key if tile.indicator.kind == "coverage" else charts.bars_key
    lang = get_language()
    return draw(words.month(months[-2], lang), words.month(months[-1], lang))


def _said(tile: Tile, row: Compared) -> str:
    if row.value is None:
        return _("%(name)s: nobody to count") % {"name": row.part.name}
    return _("%(name)s: %(value)s, %(reached)s of %(counted)s") % {
        "name": row.part.name,
        "value": value_text(tile, row.value),
        "reached": words.number(row.reached, 0, get_language()),
        "counted": words.number(row.counted, 0, get_language()),
    }


class Map(msgspec.Struct, frozen=True):
    """The map, its key, and whether it is drawn by hand."""

    svg: SafeString
    key: SafeString
    is_schematic: bool
    missing: tuple[str, ...]


def map_of(rows: Sequence[Compared], tile: Tile) -> Map | None:
    """The parts coloured by the chosen indicator; None when none of them has an outline."""
    placed = {row.part.place_id: row for row in rows if row.part.place_id is not None}
    outlines = places.shapes(placed)
    if not outlines or tile.indicator.kind == "count":
        return None
    breaks = _breaks(tile, [row.value for row in rows if row.value is not None])
    drawn = [
        charts.Area(
            row.part.name, outlines[pk].rings, _class_of(tile, row.value, breaks),
            value_text(tile, row.value), _said(tile, row), row.url, row.is_current,
        )
        for pk, row in placed.items() if pk in outlines
    ]  # fmt: skip
    drawn += [charts.Area(name, rings, None, title=title) for name, rings, title in _around(placed)]
    title = _("Map: %(indicator)s") % {"indicator": title_of(tile)}
    return Map(
        charts.choropleth(drawn, title=title, desc="; ".join(_said(tile, row) for row in rows)),
        charts.map_key(_key_words(tile, breaks)),
        any(outline.is_schematic for outline in outlines.values()),
        tuple(row.part.name for pk, row in placed.items() if pk not in outlines),
    )


def _around(placed: dict[int, Compared]) -> list[tuple[str, list, str]]:
    """Neighbours in the same district, so that a reader finds the way: outlines without numbers."""
    if any(row.part.kind != "village" for row in placed.values()):
        return []
    villages = places.villages_in(frozenset(placed)).values_list("parent_id", flat=True)
    beside = places.villages().filter(parent_id__in=set(villages)).exclude(pk__in=placed)
    names = {one.pk: one.name for one in beside}
    return [
        (names[pk], one.rings, _("%(name)s: outside the area") % {"name": names[pk]})
        for pk, one in places.shapes(names).items()
    ]


def _breaks(tile: Tile, values: Sequence[float]) -> tuple[float, float, float]:
    """Three borders between four classes: below the target, or across what there is."""
    target = tile.indicator.target
    if target is not None and tile.indicator.good == "up":
        a, b = max(target - 20, target / 2), max(target - 10, target * 3 / 4)
        return round(a), round(b), target
    high = max([*values, target or 0, 1.0])
    if target:
        return target / 2, target, target * 1.5
    return round(high / 4, 1), round(high / 2, 1), round(high * 3 / 4, 1)


def _class_of(tile: Tile, value: float | None, breaks: tuple[float, float, float]) -> int:
    level = charts.level_of(value, breaks)
    if not level or tile.indicator.good == "up":
        return level
    return 5 - level  # few is good: the darkest class is the smallest share


def _key_words(tile: Tile, breaks: tuple[float, float, float]) -> list[str]:
    lang = get_language()
    a, b, c = (words.number(one, None, lang) for one in breaks)
    said = [
        _("below %(a)s%%") % {"a": a},
        _("%(a)s%% to below %(b)s%%") % {"a": a, "b": b},
        _("%(a)s%% to below %(b)s%%") % {"a": b, "b": c},
        _("%(a)s%% and above") % {"a": c},
    ]
    return said if tile.indicator.good == "up" else said[::-1]

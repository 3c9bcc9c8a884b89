"""`{% load pws %}`: words of indicators and statuses, as the pages of pws show them."""

from collections import Counter
from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from simpul.packs.model import Indicator
from simpul.pws import figures, wording
from simpul.pws.situation import Tile
from simpul.ui import words
from simpul.ui.templatetags.ui import status as pill

register = template.Library()


@register.filter
def said(of: dict) -> str:
    """{{ indicator.title|said }}: in the reader's language, without a full stop at its end"""
    return of[words.known(get_language())].rstrip(".")


@register.filter
def group_title(name: str) -> str:
    """The heading of a group of tiles"""
    return wording.group_title(name)


@register.filter
def large(tile: Tile) -> str:
    """What stands large on a tile"""
    return figures.value_text(tile, tile.value)


@register.filter
def last_month(tile: Tile) -> str:
    """The value of the month before"""
    return figures.value_text(tile, tile.before)


@register.filter
def moved(tile: Tile) -> str:
    """2,2: how much it moved since last month, without a sign"""
    decimals = 0 if tile.indicator.kind == "count" else 1
    return words.number(None if tile.change is None else abs(tile.change), decimals, get_language())


@register.filter
def rises(change: float | None) -> str:
    """up, down or flat, as far as one decimal shows"""
    if change is None or round(abs(change), 1) == 0:
        return "flat"
    return "up" if change > 0 else "down"


@register.simple_tag
def pws_status(status: str | None, n: int | None = None) -> SafeString | str:
    """{% pws_status tile.status %}: icon and word, with how many have it when that is given"""
    if status is None:
        return ""
    colour, shape = wording.STATUS_LOOKS[status]
    word = wording.status_word(status)
    return pill(colour, word if n is None else f"{n} {word}", shape)


@register.filter
def statuses(tiles: Iterable[tuple[Tile, object]]) -> list[tuple[str, int]]:
    """How many of a group's tiles have each status, the worst first"""
    found = Counter(str(tile.status) for tile, _spark in tiles)
    return [(one, found[one]) for one in wording.WORST_FIRST if found[one]]


@register.simple_tag
def which_word(indicator: Indicator, which: str) -> str:
    """{% which_word indicator 'missed' %}: the list's name in the words of its kind"""
    return wording.which_word(indicator, which)


@register.filter
def way_word(by: str) -> str:
    """By what an area is compared"""
    return wording.way_word(by)


@register.filter
def part_word(by: str) -> str:
    """The first column of a comparison"""
    return wording.part_word(by)


@register.simple_tag
def comparison_title(by: str, n: int) -> str:
    """{% comparison_title 'village' 4 %}: Banding 4 desa"""
    return wording.comparison_title(by, n)


@register.filter
def now_word(now: str) -> str:
    """What became of somebody who was counted"""
    return wording.now_word(now)

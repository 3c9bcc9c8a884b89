"""`{% load pws %}`: words of indicators and statuses, as the pages of pws show them."""

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
    """{{ indicator.title|said }}: in the reader's language"""
    return of[words.known(get_language())]


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
def points(change: float | None) -> str:
    """2,2: how much a percentage moved, without a sign"""
    return words.number(None if change is None else abs(change), 1, get_language())


@register.filter
def rises(change: float | None) -> str:
    """up, down or flat, as far as one decimal shows"""
    if change is None or round(abs(change), 1) == 0:
        return "flat"
    return "up" if change > 0 else "down"


@register.simple_tag
def pws_status(status: str | None) -> SafeString | str:
    """{% pws_status tile.status %}: icon and word"""
    if status is None:
        return ""
    colour, shape = wording.STATUS_LOOKS[status]
    return pill(colour, wording.status_word(status), shape)


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


@register.filter
def now_word(now: str) -> str:
    """What became of somebody who was counted"""
    return wording.now_word(now)

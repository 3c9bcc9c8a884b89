"""Official estimates of target groups: the other denominator, always with its source and year.

Its one rule: an estimate is added up over villages only when every village has one.
"""

from collections.abc import Mapping

import msgspec

from simpul.packs.model import Indicator
from simpul.places import queries as places
from simpul.pws.areas import Area
from simpul.pws.models import Level

YEARLY = frozenset({"pregnancies", "births"})


class Official(msgspec.Struct, frozen=True):
    """How many an office says there are of a target group in a year."""

    number: int
    year: int
    source: str


def of_indicator(indicator: Indicator, official: Mapping[str, Official]) -> Official | None:
    """The other denominator of an indicator; None unless all of its groups have an estimate."""
    found = [official[group] for group in indicator.estimate if group in official]
    if not found or len(found) < len(indicator.estimate):
        return None
    sources = "; ".join(dict.fromkeys(one.source for one in found))
    return Official(sum(one.number for one in found), min(one.year for one in found), sources)


def is_of_a_year(indicator: Indicator) -> bool:
    """A group that comes together over a year, so that a month's number is no share of it."""
    return not YEARLY.isdisjoint(indicator.estimate)


def of_area(area: Area, year: int) -> dict[str, Official]:
    """{group: estimate} of this year, of the year before where this one has none."""
    if area.level != Level.VILLAGE:
        return {}
    return _of_year(area, year - 1) | _of_year(area, year)


def _of_year(area: Area, year: int) -> dict[str, Official]:
    villages = area.villages or frozenset()
    by_group: dict[str, list] = {}
    for one in places.estimates(villages, year):
        by_group.setdefault(one.group, []).append(one)
    found = {
        group: Official(
            sum(one.number for one in rows), year, "; ".join(sorted({one.source for one in rows}))
        )
        for group, rows in by_group.items()
        if len(rows) == len(villages)
    }
    if area.place_id is not None:
        for one in places.estimates([area.place_id], year):
            found[one.group] = Official(one.number, year, one.source)
    return found

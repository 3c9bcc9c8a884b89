"""Official estimates of target groups: the other denominator, always with its source and year.

Its one rule: an estimate is added up over villages only when every village has one.
"""

import msgspec

from simpul.packs.model import Indicator
from simpul.places import queries as places
from simpul.pws.areas import Area
from simpul.pws.models import Level


class Official(msgspec.Struct, frozen=True):
    """How many an office says there are of a target group in a year."""

    number: int
    year: int
    source: str


def group_of(indicator: Indicator) -> str:
    """The target group whose official estimate is the indicator's other denominator."""
    return str(indicator.written.get("estimate", ""))


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

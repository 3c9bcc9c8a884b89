"""The part of the register a code names: a place of any level, or a facility."""

import msgspec

from simpul.accounts.scope import EVERYTHING, Scope
from simpul.due.queries import Where
from simpul.places import queries as places

_BELOW_VILLAGE = frozenset({"hamlet", "rw", "rt"})


class Area(msgspec.Struct, frozen=True):
    """Villages, narrowed to a hamlet or RT, or to a Posyandu."""

    name: str
    villages: frozenset[int]
    place: int | None = None
    posyandu: int | None = None

    @property
    def scope(self) -> Scope:
        """Everything in these villages, for the command line."""
        wanted = {"villages": self.villages}
        if self.posyandu is not None:
            wanted["posyandu"] = frozenset([self.posyandu])
        return msgspec.structs.replace(EVERYTHING, **wanted)

    @property
    def where(self) -> Where:
        """What narrows a list to the area within its villages."""
        return Where(place=self.place)


def area_of(code: str) -> Area | None:
    """The area of a code, with or without points; None when nothing has this code."""
    code = code.strip()
    place = places.place_by_code(code)
    if place is not None:
        below = place.pk if place.kind in _BELOW_VILLAGE else None
        return Area(place.name, places.village_ids_below(place.pk), below)
    facility = places.facility_by_code(code)
    if facility is None:
        return None
    posyandu = facility.pk if facility.kind == "posyandu" else None
    villages = places.village_ids_covered_by(facility.pk)
    if posyandu and facility.village_id is not None:
        villages |= {facility.village_id}
    return Area(facility.full_name, villages, None, posyandu)

"""Areas one may ask about: a facility, or a place from regency down to RT, inside the scope.

Its one rule: an area is answered whole or not at all; never the part of it that is in scope.
"""

import msgspec

from simpul.accounts.scope import Scope
from simpul.places import queries as places
from simpul.places.naming import full_name
from simpul.pws.models import Level

MANY = 25  # villages; more of them are compared by district


class Area(msgspec.Struct, frozen=True):
    """Whose numbers are added up: all sums of a level in these villages (None: everywhere)."""

    kind: str
    code: str
    name: str
    level: Level
    villages: frozenset[int] | None
    areas: frozenset[int] | None = None  # ids of RTs' places or of Posyandu; None: all
    place_id: int | None = None
    facility_id: int | None = None

    @property
    def label(self) -> str:
        """The name with its kind before it: 'Desa Panamas'."""
        return full_name(self.kind, self.name)


def area(scope: Scope, code: str) -> Area | None:
    """The area of this code of a place or facility; None when unknown or not wholly in scope."""
    place = places.place_by_code(code)
    found = _of_place(place) if place else _of_facility(places.facility_by_code(code))
    return found if found and _is_within(found, scope) else None


def home(scope: Scope, user) -> Area | None:
    """Where a user's page opens: the place of work, or the area that was given."""
    if user.area_id is not None:
        return area(scope, user.area.code)
    if user.facility_id is None:
        return None
    found = area(scope, user.facility.code)
    if found and found.kind == "pustu" and len(found.villages or ()) == 1:
        (village,) = places.villages_in(found.villages)  # a Pustu's situation is its village's
        return area(scope, village.code)
    return found


def _of_place(place) -> Area:
    villages = places.village_ids_below(place.pk)
    if place.kind in ("hamlet", "rw", "rt"):
        below = places.children(place, "rw") | places.children(place, "rt")
        ids = frozenset([place.pk, *below.values_list("pk", flat=True)])
        return Area(place.kind, place.code, place.name, Level.RT, villages, ids, place.pk)
    return Area(place.kind, place.code, place.name, Level.VILLAGE, villages, None, place.pk)


def _of_facility(facility) -> Area | None:
    if facility is None or facility.kind not in ("puskesmas", "pustu", "posyandu"):
        return None
    villages = places.village_ids_covered_by(facility.pk)
    level, ids = Level.VILLAGE, None
    if facility.kind == "posyandu":
        level, ids = Level.POSYANDU, frozenset([facility.pk])
        if facility.village_id:
            villages |= {facility.village_id}
    return Area(
        facility.kind, facility.code, facility.name, level, villages, ids, None, facility.pk
    )


def _is_within(found: Area, scope: Scope) -> bool:
    if scope.is_empty or not found.villages:
        return False
    if scope.posyandu is not None:
        return found.level == Level.POSYANDU and (found.areas or frozenset()) <= scope.posyandu
    return scope.villages is None or found.villages <= scope.villages


class Part(msgspec.Struct, frozen=True):
    """A smaller area inside an area: these villages' sums, or one RT's or Posyandu's."""

    kind: str
    code: str
    name: str
    keys: frozenset[int]  # ids of villages, or the one id of the RT or Posyandu
    place_id: int | None = None


class Division(msgspec.Struct, frozen=True):
    """An area taken apart: by what, at which level of sums, and the parts in order of name."""

    by: str
    level: Level
    parts: tuple[Part, ...] = ()


def divided(scope: Scope, whole: Area, by: str = "") -> Division:
    """The parts of an area, by what is asked for or the usual way."""
    ways = ways_to_divide(scope, whole)
    if not ways:
        return Division("", whole.level)
    by = by if by in ways else ways[0]
    if by in ("rt", "posyandu"):
        return _inside_village(whole, by)
    villages = _compared(scope, whole)
    if by == "village":
        parts = [Part(by, v.code, v.name, frozenset([v.pk]), v.pk) for v in villages]
    elif by == "district":
        parts = _districts(villages)
    else:
        parts = _puskesmas(villages)
    return Division(by, Level.VILLAGE, tuple(sorted(parts, key=lambda p: p.name)))


def ways_to_divide(scope: Scope, whole: Area) -> list[str]:
    """By what an area can be taken apart, the usual way first; a village beside its neighbours."""
    if whole.level != Level.VILLAGE:
        return []
    n_villages = len(whole.villages or ())
    if n_villages > MANY:
        return ["district", "puskesmas", "village"]
    if n_villages > 1:
        return ["village"]
    return [*(["village"] if len(_compared(scope, whole)) > 1 else []), "posyandu", "rt"]


def _compared(scope: Scope, whole: Area) -> list:
    """The villages of an area; of a single one, all of its Puskesmas that are in scope."""
    ids = whole.villages or frozenset()
    if len(ids) == 1:
        (village_id,) = ids
        puskesmas = places.puskesmas_of(village_id)
        ids |= places.village_ids_covered_by(puskesmas.pk) if puskesmas else frozenset()
        ids = ids if scope.villages is None else ids & scope.villages
    return list(places.villages_in(ids).select_related("parent"))


def _inside_village(whole: Area, by: str) -> Division:
    village_id = next(iter(whole.villages or ()))
    if by == "posyandu":
        found = places.facilities("posyandu", frozenset([village_id]))
        parts = [Part(by, one.code, one.name, frozenset([one.pk])) for one in found]
        return Division(by, Level.POSYANDU, tuple(parts))
    village = places.villages_in(frozenset([village_id])).get()
    below = [one for kind in ("hamlet", "rw", "rt") for one in places.children(village, kind)]
    above = {one.parent_id for one in below}
    leaves = [one for one in below if one.pk not in above]
    parts = [Part(one.kind, one.code, one.name, frozenset([one.pk]), one.pk) for one in leaves]
    return Division(by, Level.RT, tuple(sorted(parts, key=lambda p: p.name)))


def _districts(villages: list) -> list[Part]:
    members: dict[int, set[int]] = {}
    for one in villages:
        members.setdefault(one.parent_id, set()).add(one.pk)
    above = {one.parent_id: one.parent for one in villages}
    return [
        Part("district", above[pk].code, above[pk].name, frozenset(ids), pk)
        for pk, ids in members.items()
    ]


def _puskesmas(villages: list) -> list[Part]:
    wanted = {one.pk for one in villages}
    members: dict[tuple[str, str], set[int]] = {}
    rows = places.facilities("puskesmas").values_list("code", "name", "coverage__place_id")
    for code, name, place_id in rows:
        if place_id in wanted:
            members.setdefault((code, name), set()).add(place_id)
    return [Part("puskesmas", code, name, frozenset(ids)) for (code, name), ids in members.items()]

"""Makes the villages, RT, Puskesmas and Posyandu a file names and simpul does not have yet.
A name that means one place of the Ministry's list gets its code; any other is provisional."""

import hashlib

from django.db import transaction

from simpul.exchange.registers.whereabouts import (
    LEVELS,
    Area,
    Whereabouts,
    find_post,
    find_puskesmas,
)
from simpul.places import actions as places
from simpul.places import ministry, queries
from simpul.places.spelling import name_key


@transaction.atomic
def make_missing(where: Whereabouts) -> int:
    """Make what is missing and fill it into `where`; returns how many places and facilities."""
    made = 0
    for area in where.areas:
        if area.village is None and not area.problem:
            area.village = _village(area)
            made += 1
        if area.village is not None and area.puskesmas and where.scope.villages is None:
            _cover(area, area.village)
    for corner in where.corners:
        village = corner.area.village
        if corner.place is None and village is not None and not corner.area.problem:
            corner.place = places.add_below(parent=village, kind="rt", name=corner.label)
            made += 1
    for post in where.posts:
        village = post.area.village
        if post.facility is None and village is not None and not post.area.problem:
            post.facility = find_post(village, post.name) or _posyandu(village, post.name)
            made += 1
    return made


def _village(area: Area) -> queries.Place | None:
    """The village, with the places above it that the file names."""
    code = ministry.code_of(area.names)
    parent = places.add_official(code=code) if code else None
    for level, name in list(zip(LEVELS, area.names, strict=True))[code.count(".") + bool(code) :]:
        if not name:
            continue
        found = queries.find(level, name, within=parent)
        parent = found or places.add_place(
            code=_code(parent.code if parent else "", level, name),
            kind=level, name=name, parent=parent, is_provisional=True,
        )  # fmt: skip
    return parent


def _code(above: str, kind: str, name: str) -> str:
    digest = hashlib.sha256(f"{above}/{kind}/{name_key(name)}".encode()).hexdigest()
    return f"X{kind[0].upper()}-{digest[:12]}"


def _cover(area: Area, village: queries.Place) -> None:
    """The Puskesmas of the file covers the village, unless another one does already."""
    if queries.puskesmas_of(village.pk):
        return
    found = find_puskesmas(area.puskesmas)
    places.add_facility(
        code=found.code if found else _code(area.names[1], "puskesmas", area.puskesmas),
        kind="puskesmas",
        name=found.name if found else area.puskesmas,
        village=None if found else village,
        covers=[village],
    )


def _posyandu(village: queries.Place, name: str) -> queries.Facility:
    return places.add_facility(
        code=_code(village.code, "posyandu", name), kind="posyandu", name=name, village=village,
        parent=queries.puskesmas_of(village.pk), covers=[village],
    )  # fmt: skip

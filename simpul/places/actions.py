"""Writes of places and facilities. Provisional codes mark what a file named before it was known."""

from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction

from simpul.places import ministry, queries
from simpul.places.models import (
    Coverage,
    Facility,
    Place,
    PlaceKind,
    Shape,
    TargetEstimate,
)
from simpul.places.spelling import name_key

_CODE_LENGTH = 40
_LEVELS = {1: PlaceKind.PROVINCE, 2: PlaceKind.REGENCY, 3: PlaceKind.DISTRICT, 4: PlaceKind.VILLAGE}


@transaction.atomic
def add_place(
    *, code: str, kind: str, name: str, parent: Place | None = None, is_provisional: bool = False
) -> Place:
    """The place of this code, made when it is new; its path follows from the parent."""
    known = Place.objects.filter(code=code).first()
    if known:
        return known
    place = Place.objects.create(
        code=code,
        kind=kind,
        name=name,
        name_key=name_key(name),
        parent=parent,
        path="",
        is_provisional=is_provisional,
    )
    place.path = f"{parent.path if parent else '/'}{place.pk}/"
    place.save(update_fields=["path"])
    return place


def add_below(*, parent: Place, kind: str, name: str) -> Place:
    """A hamlet, RW or RT below a village, or a village a file names before its code is known."""
    found = queries.find(kind, name, within=parent)
    if found:
        return found
    return add_place(
        code=_code_below(parent, kind, name),
        kind=kind,
        name=name,
        parent=parent,
        is_provisional=kind in (PlaceKind.REGENCY, PlaceKind.DISTRICT, PlaceKind.VILLAGE),
    )


def _code_below(parent: Place, kind: str, name: str) -> str:
    """'62.03.01.1023/sei-asam/rw-003/rt-009'; where that is too long, a digest in its place.

    Never cut short: two RT of one RW would get one code, and so become one place.
    """
    own = name.partition("/")[0] if parent.kind == PlaceKind.RW else name  # 'RT 009/RW 003'
    slug = name_key(own).replace(" ", "-") or "x"
    code = f"{parent.code}/{slug}"
    if len(code) <= _CODE_LENGTH and queries.place_by_code(code) is None:
        return code
    whole = f"{parent.code}/{kind}/{name_key(name)}"
    return f"{parent.code.partition('/')[0]}/{sha256(whole.encode()).hexdigest()[:12]}"


@transaction.atomic
def load_codes(*, rows: Iterable[tuple[str, str]]) -> int:
    """Places from (code, name) pairs of the Ministry's list, parents first. Idempotent."""
    count = 0
    by_code: dict[str, Place] = {}
    for code, name in rows:
        parts = code.split(".")
        parent_code = ".".join(parts[:-1])
        parent = by_code.get(parent_code) or queries.place_by_code(parent_code)
        by_code[code] = add_place(code=code, kind=_LEVELS[len(parts)], name=name, parent=parent)
        count += 1
    return count


@transaction.atomic
def draw(*, place: Place, rings: list, is_schematic: bool = False) -> Shape:
    """Set the outline of a place: a list of rings of [lon, lat]."""
    shape, _ = Shape.objects.update_or_create(
        place=place, defaults={"rings": rings, "is_schematic": is_schematic}
    )
    return shape


@transaction.atomic
def add_facility(
    *,
    code: str,
    kind: str,
    name: str,
    village: Place | None = None,
    parent: Facility | None = None,
    covers: Iterable[Place] = (),
    phone: str = "",
) -> Facility:
    """The facility of this code, made when it is new, covering these places."""
    facility, _ = Facility.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name": name,
            "name_key": name_key(name),
            "village": village,
            "parent": parent,
            "phone": phone,
        },
    )
    for place in covers:
        Coverage.objects.get_or_create(facility=facility, place=place)
    return facility


@transaction.atomic
def estimate(*, place: Place, group: str, year: int, number: int, source: str) -> TargetEstimate:
    """Set the official estimate of a target group."""
    row, _ = TargetEstimate.objects.update_or_create(
        place=place, group=group, year=year, defaults={"number": number, "source": source}
    )
    return row


@transaction.atomic
def add_official(*, code: str) -> Place:
    """The place of an official code with all above it. Raises KeyError for an unknown code."""
    parts = code.split(".")
    place = None
    for depth in range(1, len(parts) + 1):
        own = ".".join(parts[:depth])
        place = queries.place_by_code(own) or add_place(
            code=own, kind=ministry.kind_of(own), name=ministry.shown(own), parent=place
        )
    if place is None:
        raise KeyError(code)
    return place

"""Reads of places and facilities. These are public facts, so they take no scope."""

from django.db.models import F, Q

from simpul.places.models import Facility, FacilityKind, Place, PlaceKind, Shape, TargetEstimate
from simpul.places.spelling import name_key


def place_by_code(code: str) -> Place | None:
    """The place of a code of the Ministry of Home Affairs, written with or without points."""
    found = Place.objects.filter(code=code).first()
    if found or "." in code or not code.isdigit():
        return found
    dotted = ".".join(part for part in (code[:2], code[2:4], code[4:6], code[6:10]) if part)
    return Place.objects.filter(code=dotted).first()


def facility_by_code(code: str) -> Facility | None:
    """The facility of this code, or None."""
    return Facility.objects.filter(code=code).first()


def villages():
    """All villages by name."""
    return Place.objects.filter(kind=PlaceKind.VILLAGE).order_by("name")


def villages_in(village_ids: frozenset[int] | None):
    """The villages of a scope, by name; None means all."""
    found = villages()
    return found if village_ids is None else found.filter(pk__in=village_ids)


def village_ids_below(place_id: int) -> frozenset[int]:
    """Ids of the villages at or below a place; of a hamlet or RT: the village above it."""
    place = Place.objects.get(pk=place_id)
    below = Place.objects.filter(kind=PlaceKind.VILLAGE, path__startswith=place.path)
    ids = frozenset(below.values_list("pk", flat=True))
    if ids:
        return ids
    above = [int(part) for part in place.path.strip("/").split("/")]
    return frozenset(
        Place.objects.filter(kind=PlaceKind.VILLAGE, pk__in=above).values_list("pk", flat=True)
    )


def village_ids_covered_by(facility_id: int) -> frozenset[int]:
    """Ids of the villages a facility covers; a Puskesmas also what its Pustu and Posyandu cover."""
    covered = Place.objects.filter(
        Q(coverage__facility_id=facility_id) | Q(coverage__facility__parent_id=facility_id)
    )
    around: set[int] = set()  # ids from the root to each place: the village of an RT is among them
    above: list[str] = []
    for kind, path in covered.values_list("kind", "path").distinct():
        around.update(int(part) for part in path.strip("/").split("/"))
        if kind in (PlaceKind.PROVINCE, PlaceKind.REGENCY, PlaceKind.DISTRICT):
            above.append(path)
    wanted = Q(pk__in=around)
    for path in above:
        wanted |= Q(path__startswith=path)
    return frozenset(
        Place.objects.filter(wanted, kind=PlaceKind.VILLAGE).values_list("pk", flat=True)
    )


def facilities(kind: str, village_ids: frozenset[int] | None = None):
    """Facilities of a kind by name, optionally only those in these villages."""
    found = Facility.objects.filter(kind=kind).select_related("village").order_by("name")
    return found if village_ids is None else found.filter(village_id__in=village_ids)


def branches(facility_id: int):
    """A facility and those that hang below it, by name: the Puskesmas first."""
    own = Facility.objects.filter(Q(pk=facility_id) | Q(parent_id=facility_id))
    return own.order_by(F("parent_id").asc(nulls_first=True), "kind", "name")


def all_facilities():
    """Every facility with what it covers, Puskesmas first, by code."""
    kinds = {kind: rank for rank, kind in enumerate(FacilityKind.values)}
    found = Facility.objects.select_related("village", "parent").prefetch_related("covers")
    return sorted(found, key=lambda one: (kinds[one.kind], one.code))


def ancestors(place: Place) -> list[Place]:
    """From the province down to the place itself."""
    ids = [int(part) for part in place.path.strip("/").split("/")]
    by_id = Place.objects.in_bulk(ids)
    return [by_id[pk] for pk in ids]


def children(place: Place, kind: str | None = None):
    """Places directly below (or of a kind anywhere below), by code."""
    if kind:
        return Place.objects.filter(kind=kind, path__startswith=place.path).order_by("code")
    return place.children.order_by("code")


def find(kind: str, name: str, within: Place | None = None) -> Place | None:
    """The place of this kind whose name matches in any spelling, below `within`."""
    found = Place.objects.filter(kind=kind, name_key=name_key(name))
    if within is not None:
        found = found.filter(path__startswith=within.path)
    return found.order_by("is_provisional", "pk").first()


def find_facility(kind: str, name: str, village: Place | None = None) -> Facility | None:
    """The facility of this kind whose name matches in any spelling, in the village if given."""
    found = Facility.objects.filter(kind=kind, name_key=name_key(name))
    if village is not None:
        found = found.filter(village=village)
    return found.order_by("pk").first()


def puskesmas_of(village_id: int) -> Facility | None:
    """The Puskesmas that covers a village."""
    return (
        Facility.objects.filter(kind="puskesmas", coverage__place_id=village_id)
        .order_by("pk")
        .first()
    )


def province_code(village: Place) -> str:
    """Two digits of the province, as the packs know it ('62'); '' when the code is provisional."""
    return "" if village.is_provisional else village.code[:2]


def shapes(place_ids):
    """Outlines of these places: {place id: Shape}."""
    return Shape.objects.in_bulk(list(place_ids))


def estimates(place_ids, year: int):
    """Official target estimates of these places for a year."""
    return TargetEstimate.objects.filter(place_id__in=place_ids, year=year)

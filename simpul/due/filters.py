"""Reads the filter of a list from the address, and offers what can be chosen in it."""

from collections.abc import Mapping

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.due import queries, stages
from simpul.due.groups import TITLES as GROUPS
from simpul.due.queries import Where
from simpul.places import queries as places
from simpul.ui import words

NAMES = ("village", "place", "posyandu", "service", "urgency", "stage")
_BELOW = ("hamlet", "rw", "rt")


class Option(msgspec.Struct, frozen=True):
    """One thing to choose."""

    value: str
    label: str
    n: int | None = None
    is_chosen: bool = False


class Filter(msgspec.Struct, frozen=True):
    """The filter as the page shows it."""

    where: Where
    villages: list[Option]
    places: list[Option]
    posyandu: list[Option]
    services: list[tuple[str, list[Option]]]
    urgencies: list[Option]
    stages: list[Option]
    area: str  # 'Desa Panamas'

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the place of work narrows the list."""
        asked = self.where
        narrowing = (asked.text, asked.place, asked.posyandu, asked.group, asked.service)
        return any((*narrowing, asked.urgencies, asked.stages)) or (
            bool(asked.village) and len(self.villages) > 1
        )


def read(scope: Scope, query, text: str = "") -> Where:
    """The filter an address asks for; what is unknown in it is left out. `text`: what was typed."""
    village_ids = [place.pk for place in places.villages_in(scope.villages)]
    village = _number(query.get("village"))
    if village not in village_ids:
        village = village_ids[0] if len(village_ids) == 1 else None
    service, group = query.get("service", ""), ""
    if service.startswith("group."):
        service, group = "", service.removeprefix("group.")
    known = packs.load().services
    return Where(
        text=text[:80],
        village=village,
        place=_number(query.get("place")) if village else None,
        posyandu=_number(query.get("posyandu")),
        group=group if group in GROUPS else "",
        service=service if service in known else "",
        urgencies=frozenset(query.getlist("urgency")) & frozenset(queries.URGENCIES),
        stages=frozenset(query.getlist("stage")) & frozenset(stages.CODES),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 18 else None


def shown(scope: Scope, user, where: Where, found: queries.Found) -> Filter:
    """The filter with the numbers of people behind each choice."""
    villages = list(places.villages_in(scope.villages))
    village = next((one for one in villages if one.pk == where.village), None)
    below, posyandu = _places(village, where), _posyandu(scope, where)
    return Filter(
        where=where,
        villages=[Option(str(v.pk), v.name, None, v.pk == where.village) for v in villages],
        places=below,
        posyandu=posyandu,
        services=_services(where, found.by_group),
        urgencies=[
            Option(code, "", n, not where.urgencies or code in where.urgencies)
            for code, n in found.by_urgency.items()
        ],
        stages=[
            Option(code, str(stages.TITLES[code]), n, code in where.stages)
            for code, n in found.by_stage.items()
        ],
        area=_part(below, posyandu) + area(scope, user, village),
    )


def _part(below: list[Option], posyandu: list[Option]) -> str:
    """The Posyandu and the hamlet or RT that were chosen, to stand before the area."""
    chosen = [f"Posyandu {one.label}" for one in posyandu if one.is_chosen]
    chosen += [one.label for one in below if one.is_chosen]
    return "".join(f"{one}, " for one in chosen)


def area(scope: Scope, user, village=None) -> str:
    """The area a list is about, in words."""
    if scope.posyandu is not None and getattr(user, "facility", None) is not None:
        return user.facility.full_name
    if village is not None:
        return village.full_name
    if getattr(user, "facility", None) is not None:
        return user.facility.full_name
    place = getattr(user, "area", None)
    return _("All villages") if place is None else place.full_name


def _places(village, where: Where) -> list[Option]:
    if village is None:
        return []
    found = [
        place
        for kind in _BELOW
        for place in sorted(places.children(village, kind), key=lambda one: one.name)
    ]
    return [Option(str(one.pk), one.name, None, one.pk == where.place) for one in found]


def _posyandu(scope: Scope, where: Where) -> list[Option]:
    village_ids = frozenset([where.village]) if where.village else scope.villages
    found = places.facilities("posyandu", village_ids)
    if scope.posyandu is not None:
        found = found.filter(pk__in=scope.posyandu)
    options = [Option(str(one.pk), one.name, None, one.pk == where.posyandu) for one in found]
    return options if len(options) > 1 or where.posyandu else []


def _services(where: Where, by_group: Mapping[str, int]) -> list[tuple[str, list[Option]]]:
    """Groups with their services below: either can be chosen."""
    lang = words.known(get_language())
    out = []
    for group, title in GROUPS.items():
        services = [one for one in packs.load().services.values() if one.group == group]
        if not services:
            continue
        whole = Option(f"group.{group}", str(title), by_group.get(group, 0), group == where.group)
        single = [
            Option(one.name, one.title[lang], None, one.name == where.service) for one in services
        ]
        out.append((str(title), [whole, *single] if len(single) > 1 else [whole]))
    return out

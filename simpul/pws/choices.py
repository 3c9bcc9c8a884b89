"""The areas and months a page offers to choose from: only what its reader may see whole."""

from datetime import date

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.accounts.scope import Scope
from simpul.places import queries as places
from simpul.places.naming import full_name
from simpul.pws import periods
from simpul.pws.areas import Area
from simpul.pws.areas import area as area_of
from simpul.pws.asked import Asked
from simpul.pws.models import Level

MONTHS = 24


class Choice(msgspec.Struct, frozen=True):
    """One area of the list."""

    code: str
    label: str


class Choices(msgspec.Struct, frozen=True):
    """A heading with areas below it."""

    heading: str
    choices: tuple[Choice, ...]


def areas_for(scope: Scope, home: Area | None, here: Area) -> list[Choices]:
    """The home area, then Puskesmas, districts, villages, and the parts of the village shown."""
    top = {one.code: Choice(one.code, one.label) for one in (home, here) if one}
    if scope.posyandu is not None or scope.is_empty:
        return [Choices("", tuple(top.values()))]
    villages = list(places.villages_in(scope.villages).select_related("parent"))
    groups = [
        Choices("", tuple(top.values())),
        _group(_("Puskesmas"), _puskesmas(scope)),
        _group(_("Districts"), _districts(villages)),
        _group(_("Villages"), [Choice(one.code, one.name) for one in villages]),
        *_inside(here),
    ]
    return [one for one in groups if one.choices]


def _group(heading: str, found: list[Choice]) -> Choices:
    return Choices(heading, tuple(found))


def _puskesmas(scope: Scope) -> list[Choice]:
    """Those whose whole area of work is in scope."""
    covered: dict[tuple[str, str], set[int]] = {}
    rows = places.facilities("puskesmas").values_list("code", "name", "coverage__place_id")
    for code, name, place_id in rows:
        covered.setdefault((code, name), set()).add(place_id)
    return [
        Choice(code, full_name("puskesmas", name))
        for (code, name), ids in covered.items()
        if None not in ids and (scope.villages is None or ids <= scope.villages)
    ]


def _districts(villages: list) -> list[Choice]:
    """Districts all of whose villages are in scope."""
    here: dict[int, int] = {}
    for one in villages:
        here[one.parent_id] = here.get(one.parent_id, 0) + 1
    above = {one.parent_id: one.parent for one in villages if one.parent_id}
    return [
        Choice(one.code, one.name)
        for pk, one in sorted(above.items(), key=lambda pair: pair[1].name)
        if one.kind == "district" and len(places.village_ids_below(pk)) == here[pk]
    ]


def _inside(here: Area) -> list[Choices]:
    if len(here.villages or ()) != 1:
        return []
    village_id = next(iter(here.villages or ()))
    village = places.villages_in(frozenset([village_id])).get()
    posyandu = places.facilities("posyandu", frozenset([village_id]))
    below = [one for kind in ("hamlet", "rw", "rt") for one in places.children(village, kind)]
    found = [
        _group(
            _("Posyandu in %(village)s") % {"village": village.name},
            [Choice(one.code, full_name("posyandu", one.name)) for one in posyandu],
        ),
        _group(
            _("Hamlets and RT in %(village)s") % {"village": village.name},
            [Choice(one.code, full_name(one.kind, one.name)) for one in below],
        ),
    ]
    if here.level != Level.VILLAGE:
        found.insert(0, _group("", [Choice(village.code, full_name("village", village.name))]))
    return found


def way_to(scope: Scope, asked: Asked) -> list[tuple[str, str]]:
    """From the regency down to the area: links where the reader may see the whole."""
    area = asked.area
    steps: list[tuple[str, str, str]] = []
    if len(area.villages or ()) == 1 or area.kind in ("district", "regency"):
        village_id = next(iter(area.villages or ()))
        village = places.villages_in(frozenset([village_id])).select_related("parent").get()
        above = places.ancestors(village)
        levels = {"regency": 1, "district": 2}.get(area.kind, 3)
        steps = [(one.kind, one.code, one.name) for one in above if one.kind != "province"]
        steps = steps[: levels - 1] if levels < 3 else _with_puskesmas(steps, village_id)
    found = [
        (full_name(kind, name), _link(scope, asked, code))
        for kind, code, name in steps if code != area.code
    ]  # fmt: skip
    return [*found, (area.label, "")]


def _with_puskesmas(steps: list, village_id: int) -> list:
    puskesmas = places.puskesmas_of(village_id)
    if puskesmas is None:
        return steps
    return [*steps[:-1], ("puskesmas", puskesmas.code, puskesmas.name), steps[-1]]


def _link(scope: Scope, asked: Asked, code: str) -> str:
    if area_of(scope, code) is None:
        return ""
    return f"{reverse('pws:dashboard')}?{asked.query(place=code, by='')}"


def months_for(today: date, shown: date) -> list[date]:
    """Two years of months, newest first, and the one shown."""
    found = periods.row_of(periods.first_of(today), MONTHS)[::-1]
    return found if shown in found else [*found, shown]

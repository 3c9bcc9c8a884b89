"""Writes the places, facilities and accounts of the demonstration.

Rule: everything through the actions of its app; running it twice changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from simpul.accounts import actions as accounts
from simpul.accounts import queries as users
from simpul.places import actions as places
from simpul.project.demo import land, outlines
from simpul.project.demo.values import Hood

if TYPE_CHECKING:
    from simpul.accounts.models import User
    from simpul.places.models import Facility, Place

PHONE = "0812-0000-0000"


class Ground(msgspec.Struct):
    """Where families are put: rows of the database by their codes."""

    villages: dict[str, Place]
    posyandu: dict[str, Facility]
    pustu: dict[str, Facility]
    puskesmas: dict[str, Facility]  # by the code of a village
    rts: dict[tuple[str, int, int], Place]  # (code of the Posyandu, RW, RT)
    regency: Place
    recorder: dict[str, User] = {}  # who writes the facts, by the code of a village


def lay(residents: int, seed: int) -> Ground:
    """All places and facilities for so many residents."""
    province = places.add_place(code=land.PROVINCE[0], kind="province", name=land.PROVINCE[1])
    regency = places.add_place(
        code=land.REGENCY[0], kind="regency", name=land.REGENCY[1], parent=province
    )
    ground = Ground({}, {}, {}, {}, {}, regency)
    for village in land.villages(residents, seed):
        _lay_village(ground, regency, village)
    return ground


def _lay_village(ground: Ground, regency, village: land.Village) -> None:
    code, name = village.district
    district = places.add_place(code=code, kind="district", name=name, parent=regency)
    place = places.add_place(code=village.code, kind="village", name=village.name, parent=district)
    rings = outlines.rings_of(village.name, village.place_on_grid)
    places.draw(place=place, rings=rings, is_schematic=True)
    health_centre = places.add_facility(
        code=f"P-{village.puskesmas.upper().replace(' ', '-')}", kind="puskesmas",
        name=village.puskesmas, village=place, covers=[place], phone=PHONE,
    )  # fmt: skip
    ground.villages[village.code] = place
    ground.puskesmas[village.code] = health_centre
    ground.pustu[village.code] = places.add_facility(
        code=f"T-{village.code}", kind="pustu", name=f"Pustu {village.name}", village=place,
        parent=health_centre, covers=[place], phone=PHONE,
    )  # fmt: skip
    for hood in village.hoods:
        _lay_hood(ground, place, health_centre, hood)


def _lay_hood(ground: Ground, village, health_centre, hood: Hood) -> None:
    hamlet = places.add_below(parent=village, kind="hamlet", name=hood.hamlet)
    ground.posyandu[hood.code] = places.add_facility(
        code=hood.code, kind="posyandu", name=hood.name, village=village,
        parent=health_centre, covers=[hamlet],
    )  # fmt: skip
    for rw in hood.rws:
        above = places.add_below(parent=hamlet, kind="rw", name=f"RW {rw:03d}")
        for rt in hood.rts_of(rw):
            label = f"RT {rt:03d}/RW {rw:03d}"
            ground.rts[hood.code, rw, rt] = places.add_below(parent=above, kind="rt", name=label)


def staff(ground: Ground) -> list[dict[str, str]]:
    """One account for each role, for the login page; other midwives cannot sign in."""
    panamas = next(iter(ground.villages))
    hood = next(iter(ground.posyandu))
    melati, pustu = ground.puskesmas[panamas], ground.pustu[panamas]
    dahlia = ground.posyandu[hood]
    people: tuple[tuple[str, str, str, str, Facility | None], ...] = (
        ("lilis", "Lilis Suryani", "kader", "sungai-kapuas-17", dahlia),
        ("rusmini", "Bidan Rusmini", "midwife", "perahu-pagi-62", pustu),
        ("yohanes", "Ns. Yohanes Mihing", "nurse", "rotan-hijau-45", melati),
        ("dewi", "Dewi Lestari", "clerk", "buku-merah-2026", melati),
        ("eko", "dr. Eko Prasetyo", "head", "embun-melati-8", melati),
        ("fitri", "Fitri Handayani", "district", "kapuas-jaya-03", None),
    )
    listed = []
    for username, name, role, password, facility in people:
        area = None if facility else ground.regency
        user = users.user_named(username) or accounts.add_user(
            username=username, password=password, name=name, role=role, facility=facility, area=area
        )
        workplace = _workplace(facility) if facility else f"Kabupaten {ground.regency.name}"
        listed.append(
            {"username": username, "role": role, "name": name, "workplace": workplace,
             "password": password}
        )  # fmt: skip
        if role == "midwife":
            ground.recorder[panamas] = user
    for code, place in ground.villages.items():
        if code not in ground.recorder:
            username = f"bidan.{code}"
            ground.recorder[code] = users.user_named(username) or accounts.add_user(
                username=username, password=None, name=f"Bidan {place.name}", role="midwife",
                facility=ground.pustu[code],
            )  # fmt: skip
    return listed


def _workplace(facility: Facility) -> str:
    """'Posyandu Dahlia': a Pustu's name says already what it is."""
    return facility.name if facility.kind == "pustu" else f"{facility.kind.title()} {facility.name}"

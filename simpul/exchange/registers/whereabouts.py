"""Finds the village, RT and Posyandu a row names, in any spelling; notes those that are not there.
Reads only: `exchange.placing` makes what is missing, where the importer may."""

import re

import msgspec

from simpul.accounts.scope import Scope
from simpul.places import queries as places
from simpul.places.spelling import name_key

LEVELS = ("province", "regency", "district", "village")
_TITLES = {
    level: re.compile(rf"^(?:{words})\b[. ]*", re.IGNORECASE)
    for level, words in {
        "province": "provinsi|propinsi|prov",
        "regency": "kabupaten|kab|kota",
        "district": "kecamatan|kec",
        "village": "desa|kelurahan|kel",
        "puskesmas": "uptd|upt|blud|puskesmas|pukesmas|pkm",
        "posyandu": "posyandu",
    }.items()
}


class Area(msgspec.Struct):
    """A village as the file names it. `village` is None while simpul does not have it."""

    names: tuple[str, str, str, str]  # province, regency, district, village
    puskesmas: str
    village: places.Place | None = None
    problem: str = ""


class Post(msgspec.Struct):
    """A Posyandu as the file names it."""

    area: Area
    name: str
    facility: places.Facility | None = None


class Corner(msgspec.Struct):
    """An RT as the file names it: 'RT 003/RW 001'."""

    area: Area
    label: str
    place: places.Place | None = None


def bare(name: str, level: str) -> str:
    """A name without its title: 'Kec. SELAT' is 'Selat', 'UPT PUSKESMAS MELATI' is 'Melati'."""
    name = " ".join(name.split())
    for _again in range(2):
        name = _TITLES[level].sub("", name) or name
    return name.title() if name.isupper() else name


class Whereabouts:
    """Looks up each name once. Indexes into `areas`, `posts`, `corners` stand in the rows."""

    def __init__(self, scope: Scope, default_village: places.Place | None = None):
        self.scope, self.default = scope, default_village
        self.areas: list[Area] = []
        self.posts: list[Post] = []
        self.corners: list[Corner] = []
        self._area_at: dict[tuple, int] = {}
        self._post_at: dict[tuple, int] = {}
        self._corner_at: dict[tuple, int] = {}

    def area(self, names: tuple[str, str, str, str], puskesmas: str = "") -> int:
        """The number of the area these names mean; look at its `problem` before using it."""
        if (written := (names, puskesmas)) not in self._area_at:
            key = tuple(map(name_key, _bare_names(names)))
            if key not in self._area_at:
                self._area_at[key] = len(self.areas)
                self.areas.append(self._found(names, puskesmas))
            self._area_at[written] = self._area_at[key]
        return self._area_at[written]

    def _found(self, names: tuple[str, str, str, str], puskesmas: str) -> Area:
        area = Area(_bare_names(names), bare(puskesmas, "puskesmas"))
        if not area.names[3]:
            area.village = self.default
            area.problem = "" if self.default else "village"
            return self._within(area)
        keys = {name_key(area.names[3]), name_key(names[3])}
        named = list(places.villages().filter(name_key__in=keys))
        mine = [one for one in named if self._covers(one)]
        if self.scope.villages is not None and len(mine) == 1:
            area.village = mine[0]
            return area
        fitting = [one for one in named if _agrees(one, area.names)]
        area.village = next(iter(sorted(fitting, key=lambda one: not self._covers(one))), None)
        return self._within(area)

    def _within(self, area: Area) -> Area:
        if self.scope.villages is None or area.problem:
            return area
        if area.village is None:
            area.problem = "village_unknown"
        elif not self._covers(area.village):
            area.problem = "outside_area"
        return area

    def _covers(self, village) -> bool:
        return self.scope.villages is None or village.pk in self.scope.villages

    def post(self, area_at: int, name: str) -> int:
        """The number of a Posyandu in an area; -1 when the row names none."""
        name = bare(name, "posyandu")
        if not name:
            return -1
        key = (area_at, name_key(name))
        if key not in self._post_at:
            area = self.areas[area_at]
            self._post_at[key] = len(self.posts)
            self.posts.append(Post(area, name, find_post(area.village, name)))
        return self._post_at[key]

    def corner(self, area_at: int, label: str) -> int:
        """The number of an RT in an area; -1 when the row names none."""
        if not label:
            return -1
        key = (area_at, label)
        if key not in self._corner_at:
            area = self.areas[area_at]
            found = places.find("rt", label, within=area.village) if area.village else None
            self._corner_at[key] = len(self.corners)
            self.corners.append(Corner(area, label, found))
        return self._corner_at[key]


def find_post(village: places.Place | None, name: str) -> places.Facility | None:
    """The Posyandu of this name in a village, with or without the word Posyandu before it."""
    if village is None:
        return None
    wanted = name_key(name)
    for one in places.facilities("posyandu", frozenset([village.pk])):
        if name_key(bare(one.name, "posyandu")) == wanted:
            return one
    return None


def find_puskesmas(name: str) -> places.Facility | None:
    """The Puskesmas of this name."""
    wanted = name_key(name)
    for one in places.facilities("puskesmas"):
        if name_key(bare(one.name, "puskesmas")) == wanted:
            return one
    return None


def _bare_names(names: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    province, regency, district, village = map(bare, names, LEVELS)
    return province, regency, district, village


def _agrees(village, names: tuple[str, str, str, str]) -> bool:
    """Whether the places above a village have the names the file gives (blank agrees)."""
    above = {place.kind: place.name for place in places.ancestors(village)}
    return all(
        not name or level not in above or name_key(bare(above[level], level)) == name_key(name)
        for level, name in zip(LEVELS, names, strict=True)
    )

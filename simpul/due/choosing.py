"""Choosing a village first: nobody walks a list of a whole regency, and it would take seconds."""

import msgspec

from simpul.accounts.scope import Scope
from simpul.due import queries
from simpul.due.queries import Where
from simpul.places import queries as places

MOST = 60_000  # residents in one list; a Puskesmas has about 30,000


class Village(msgspec.Struct, frozen=True):
    """One village to choose."""

    pk: int
    name: str
    n: int


class District(msgspec.Struct, frozen=True):
    """A kecamatan with its villages."""

    name: str
    villages: tuple[Village, ...]

    @property
    def n(self) -> int:
        return sum(village.n for village in self.villages)


def is_needed(scope: Scope, where: Where) -> bool:
    """Whether the list would hold too many: all of a large scope, and no village chosen."""
    return where.village is None and queries.n_registered(scope, where) > MOST


def districts(scope: Scope) -> list[District]:
    """Every kecamatan in scope that has residents, by name."""
    counts = queries.n_by_village(scope)
    below: dict[str, list[Village]] = {}
    for place in places.villages_in(scope.villages).select_related("parent"):
        if place.pk in counts:
            above = place.parent.name if place.parent else place.name
            below.setdefault(above, []).append(Village(place.pk, place.name, counts[place.pk]))
    return [District(name, tuple(below[name])) for name in sorted(below)]

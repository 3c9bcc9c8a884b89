"""Finds which entries of a file are known residents: by NIK first, else by the very same words.
Reads in batches, a few queries for a chunk whatever its size; writes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec

from simpul.accounts.scope import EVERYTHING, Scope
from simpul.exchange.registers.grouping import Entry, is_same_by_nik, sexes_agree
from simpul.exchange.registers.rows import Doubt
from simpul.exchange.registers.values import plain
from simpul.exchange.registers.whereabouts import Whereabouts
from simpul.people import nik as niks
from simpul.people import queries as people
from simpul.places.spelling import name_key

_FEW = 400  # below SQLite's limit of variables, with two lists in one query
_COLUMNS = (
    "pk", "merged_into_id", "name", "birth_date", "birth_date_is_estimated", "sex",
    "mother_name", "village_id", "nik_hash",
)  # fmt: skip


class Known(msgspec.Struct, frozen=True):
    """A registered person, as far as matching needs one."""

    pk: int
    merged_into_id: int | None
    name: str
    birth_date: date
    birth_date_is_estimated: bool
    sex: str | None
    mother_name: str
    village_id: int
    nik_hash: str | None

    @property
    def person_id(self) -> int:
        """The person this is: itself, or the one it was merged into."""
        return self.merged_into_id or self.pk


class Match(msgspec.Struct, frozen=True):
    """Who an entry is. `person_id` None: not known yet."""

    person_id: int | None
    gets_nik: bool = False
    gets_sex: bool = False
    doubts: tuple[Doubt, ...] = ()


class Matcher:
    """Matches entries within a scope; residents of other areas are never joined, only hinted at."""

    def __init__(self, scope: Scope, where: Whereabouts):
        self.scope, self.where = scope, where

    def match(self, entries: list[Entry]) -> list[Match]:
        """One Match for each entry, in order."""
        hashes = [niks.hash_nik(entry.who.nik) if entry.who.nik else "" for entry in entries]
        by_nik, by_words = defaultdict(list), defaultdict(list)
        for known in _with_nik({one for one in hashes if one}):
            by_nik[known.nik_hash].append(known)
        for known in _with_words(entries):
            by_words[plain(known.name), known.birth_date].append(known)
        return [
            self._match(entry, by_nik.get(hashed, []), by_words)
            for entry, hashed in zip(entries, hashes, strict=True)
        ]

    def _match(self, entry: Entry, same_nik: list[Known], by_words: dict) -> Match:
        who, line = entry.who, entry.visits[0].line
        mine = [one for one in same_nik if self._is_mine(one)]
        found = self._best_by_nik(entry, mine)
        if found:
            doubts = tuple(self._differences(entry, found))
            return Match(found.person_id, gets_sex=_lacks_sex(found, entry), doubts=doubts)
        same_words = [
            one
            for one in by_words.get((plain(who.name), who.birth_date), ())
            if self._is_same_in_words(entry, one)
        ]
        chosen = self._chosen(entry, same_words)
        if chosen:
            gets_nik = bool(who.nik) and chosen.nik_hash is None and chosen.merged_into_id is None
            return Match(
                chosen.person_id, gets_nik and not same_nik, gets_sex=_lacks_sex(chosen, entry)
            )
        if mine and not entry.is_shared:
            return Match(None, doubts=(Doubt(line, "nik_shared"),))
        if same_nik and not mine:
            return Match(None, doubts=(Doubt(line, "nik_elsewhere"),))
        return Match(None)

    def _is_mine(self, known: Known) -> bool:
        return self.scope.villages is None or known.village_id in self.scope.villages

    def _best_by_nik(self, entry: Entry, mine: list[Known]) -> Known | None:
        fitting = [
            one
            for one in mine
            if one.birth_date == entry.who.birth_date
            and is_same_by_nik(entry.who, one.name, one.sex)
        ]
        return min(
            fitting,
            key=lambda one: (plain(one.name) != plain(entry.who.name), one.pk),
            default=None,
        )

    def _differences(self, entry: Entry, known: Known) -> Iterable[Doubt]:
        who, line = entry.who, entry.visits[0].line
        if plain(known.name) != plain(who.name):
            yield Doubt(line, "other_name", who.name, known.name)
        if not sexes_agree(known.sex, who.sex):
            yield Doubt(line, "other_sex")
        village = self.where.areas[who.area].village
        if village is None or known.village_id != village.pk:
            yield Doubt(line, "other_village")

    def _is_same_in_words(self, entry: Entry, known: Known) -> bool:
        who = entry.who
        village = self.where.areas[who.area].village
        return (
            village is not None
            and known.village_id == village.pk
            and sexes_agree(known.sex, who.sex)
            and (
                not who.mother
                or not known.mother_name
                or plain(known.mother_name) == plain(who.mother)
            )
        )

    def _chosen(self, entry: Entry, same: list[Known]) -> Known | None:
        """The one meant: without NIK before with; a NIK in the row allows only those without."""
        without = sorted((one for one in same if one.nik_hash is None), key=lambda one: one.pk)
        if entry.who.nik:
            if entry.is_ambiguous or len({one.person_id for one in without}) != 1:
                return None
            return without[0]
        if without:
            return without[0]
        if entry.is_ambiguous or len({one.person_id for one in same}) != 1:
            return None
        return same[0]


def _lacks_sex(known: Known, entry: Entry) -> bool:
    return known.sex is None and entry.who.sex is not None and known.merged_into_id is None


def _with_nik(hashes: set[str]) -> Iterable[Known]:
    listed = sorted(hashes)
    for start in range(0, len(listed), _FEW):
        yield from _read(nik_hash__in=listed[start : start + _FEW])


def _with_words(entries: list[Entry]) -> Iterable[Known]:
    for start in range(0, len(entries), _FEW):
        few = [entry.who for entry in entries[start : start + _FEW]]
        yield from _read(
            birth_date__in={who.birth_date for who in few},
            name_key__in={name_key(who.name) for who in few},
        )


def _read(**where) -> Iterable[Known]:
    rows = people.in_scope(EVERYTHING, also_former=True).filter(**where)
    for row in rows.values_list(*_COLUMNS):
        yield Known(*row)

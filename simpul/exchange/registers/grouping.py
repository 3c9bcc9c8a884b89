"""Joins the rows of one file into persons, and persons into homes.

One person: the same NIK and birth date, or the very same name, birth date, sex, mother and
village. Another spelling is another entry: whether the two are one, people decide."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec
from rapidfuzz.fuzz import ratio, token_set_ratio

from simpul.exchange.registers.rows import Doubt, Register, Visit, Who
from simpul.exchange.registers.values import plain
from simpul.places.spelling import name_key

_NAMES_ALIKE = 70


class Entry(msgspec.Struct):
    """One person of the file: as first written, with every row about this person."""

    who: Who
    visits: list[Visit]
    is_shared: bool = False  # the NIK stands in this file with another birth date or person
    is_ambiguous: bool = False  # others in this file are written the same, with another NIK
    is_bad_nik: bool = False

    @property
    def lines(self) -> list[int]:
        return [visit.line for visit in self.visits]


class Home(msgspec.Struct):
    """The entries at one address with one parent, card or head."""

    entries: list[Entry]


def names_alike(one: str, other: str) -> bool:
    """Whether two names may be spellings or parts of one name."""
    first, second = name_key(one), name_key(other)
    return max(ratio(first, second), token_set_ratio(first, second)) >= _NAMES_ALIKE


class _Grouping:
    """Gives every who its entry: those with a NIK first, then those with a mother, then others."""

    def __init__(self, register: Register):
        self.register = register
        self.entries: list[Entry] = []
        self.entry_of: dict[int, int] = {}
        self._by_nik: dict[str, list[int]] = defaultdict(list)
        self._by_words: dict[tuple, list[int]] = defaultdict(list)
        self._village: dict[int, object] = {}

    def run(self) -> list[Entry]:
        whos = self.register.whos
        order = sorted(range(len(whos)), key=lambda i: (not whos[i].nik, not whos[i].mother, i))
        for i in order:
            who = whos[i]
            found = self._with_nik(who) if who.nik else self._with_words(who)
            if found is None:
                found = len(self.entries)
                self.entries.append(Entry(who, []))
                if who.nik:
                    self.entries[found].is_shared = bool(self._by_nik[who.nik])
                    self._by_nik[who.nik].append(found)
            if found not in (alike := self._by_words[self._words(who)]):
                alike.append(found)
            self.entry_of[i] = found
        self._spread()
        return self.entries

    def _with_nik(self, who: Who) -> int | None:
        for at in self._by_nik[who.nik]:
            known = self.entries[at].who
            if known.birth_date == who.birth_date and is_same_by_nik(who, known.name, known.sex):
                return at
        return None

    def _with_words(self, who: Who) -> int | None:
        alike = [
            at
            for at in self._by_words[self._words(who)]
            for known in [self.entries[at].who]
            if not who.mother or plain(known.mother) in ("", plain(who.mother))
            if sexes_agree(who.sex, known.sex)
        ]
        return (
            alike[0]
            if len(alike) == 1
            else next((at for at in alike if not self.entries[at].who.nik), None)
        )

    def _words(self, who: Who) -> tuple:
        if who.area not in self._village:
            area = self.register.where.areas[who.area]
            self._village[who.area] = area.village.pk if area.village else area.names[3].lower()
        return plain(who.name), who.birth_date, self._village[who.area]

    def _spread(self) -> None:
        """Give the rows to their entries, in the order of the file; mark what is ambiguous."""
        for visit in self.register.visits:
            self.entries[self.entry_of[visit.who]].visits.append(visit)
        for alike in self._by_words.values():
            if len(alike) > 1:
                for at in alike:
                    self.entries[at].is_ambiguous = True
        self.entries.sort(key=lambda entry: entry.visits[0].line)
        for entry in self.entries:
            if entry.who.sex is None:
                told = (self.register.whos[visit.who].sex for visit in entry.visits)
                entry.who = msgspec.structs.replace(entry.who, sex=next(filter(None, told), None))
            entry.is_bad_nik = any(self.register.whos[v.who].nik_is_bad for v in entry.visits)


def is_same_by_nik(who: Who, name: str, sex: str | None) -> bool:
    """With NIK and birth date equal: one person, unless both the name and the sex say otherwise."""
    return sexes_agree(who.sex, sex) or names_alike(who.name, name)


def sexes_agree(one: str | None, other: str | None) -> bool:
    """Equal, or one of them not known."""
    return one is None or other is None or one == other


def entries_of(register: Register) -> list[Entry]:
    """The persons of the file in the order they first appear; doubts are added to the register."""
    entries = _Grouping(register).run()
    for entry in entries:
        first = entry.who
        if entry.is_shared:
            register.doubts.append(Doubt(entry.visits[0].line, "nik_shared"))
        seen = {entry.visits[0].who}
        for visit in entry.visits:
            if visit.who in seen:
                continue
            seen.add(visit.who)
            who = register.whos[visit.who]
            if plain(who.name) != plain(first.name):
                register.doubts.append(Doubt(visit.line, "other_name", who.name, first.name))
            if not sexes_agree(who.sex, first.sex):
                register.doubts.append(Doubt(visit.line, "other_sex"))
    return entries


def homes_of(entries: list[Entry]) -> list[Home]:
    """Homes village by village, each in the order of the file: near ones share a chunk."""
    homes: dict[tuple, Home] = {}
    for number, entry in enumerate(entries):
        key = _home_key(entry.who, number)
        if key in homes:
            homes[key].entries.append(entry)
        else:
            homes[key] = Home([entry])
    return sorted(homes.values(), key=lambda home: home.entries[0].who.area)


def _home_key(who: Who, number: int) -> tuple:
    if who.card:
        return "card", who.area, who.card
    named = plain(who.head or who.mother)
    if not named:
        return "alone", number
    return "named", who.area, who.rt_label, plain(who.address), named


def chunks_of(homes: list[Home], rows_a_chunk: int) -> Iterator[list[Home]]:
    """Whole homes, about `rows_a_chunk` rows at a time: each chunk is one transaction."""
    chunk: list[Home] = []
    n_rows = 0
    for home in homes:
        chunk.append(home)
        n_rows += sum(len(entry.visits) for entry in home.entries)
        if n_rows >= rows_a_chunk:
            yield chunk
            chunk, n_rows = [], 0
    if chunk:
        yield chunk

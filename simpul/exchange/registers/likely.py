"""Pairs of entries that may be one person: among the new ones of a file, and against the register.
The judgement is `people.likeness`; here only the file's entries are made into its cards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from simpul.exchange.registers.grouping import Entry, Home
from simpul.exchange.registers.whereabouts import Whereabouts
from simpul.people import duplicates
from simpul.people import nik as niks
from simpul.people.likeness import Card, likeness
from simpul.places.spelling import name_key


class Pair(msgspec.Struct, frozen=True):
    """Two entries, or an entry and a registered person (`other_id`)."""

    entry: Entry
    other: Entry | None
    other_id: int | None
    score: int
    reasons: tuple[str, ...]


def pairs(
    homes: Iterable[Home], is_new: Iterable[bool], household_ids: Iterable[int | None],
    where: Whereabouts,
) -> Iterator[Pair]:  # fmt: skip
    """Likely pairs of which at least one is new. `is_new` runs over the entries of the homes."""
    entries: list[Entry] = []
    cards: list[Card] = []
    flags = iter(is_new)
    for number, (home, household_id) in enumerate(zip(homes, household_ids, strict=True), start=1):
        for entry in home.entries:
            if next(flags):
                entries.append(entry)
                cards.append(_card(entry, household_id or -number, where))
    yield from _within(entries, cards)
    entry_of = {id(card): entry for card, entry in zip(cards, entries, strict=True)}
    for match in duplicates.matches(cards):
        found = match.likeness
        yield Pair(entry_of[id(match.one)], None, match.other.id, found.score, found.reasons)


def _within(entries: list[Entry], cards: list[Card]) -> Iterator[Pair]:
    sharing: dict[tuple, list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        seen: set[int] = set()
        for key in _keys(card):
            for other in sharing[key]:
                if other in seen:
                    continue
                seen.add(other)
                found = likeness(cards[other], card)
                if found:
                    yield Pair(entries[other], entries[at], None, found.score, found.reasons)
            sharing[key].append(at)


def _keys(card: Card) -> Iterator[tuple]:
    """What two entries must share to be compared, as `people.duplicates` has it."""
    if card.nik_hash:
        yield "nik", card.nik_hash
    yield "born", card.birth_date
    yield "name", card.village_id, card.name_key
    if card.mother_key:
        yield "mother", card.village_id, card.mother_key
    yield "home", card.household_id


def _card(entry: Entry, household_id: int, where: Whereabouts) -> Card:
    who = entry.who
    village = where.areas[who.area].village
    return Card(
        id=None,
        name_key=name_key(who.name),
        mother_key=name_key(who.mother),
        sex=who.sex,
        birth_date=who.birth_date,
        is_estimated=who.is_estimated,
        nik_hash=niks.hash_nik(who.nik) if who.nik else None,
        village_id=village.pk if village else -1 - who.area,
        household_id=household_id,
        rt=who.rt_label,
    )

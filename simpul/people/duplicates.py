"""Looks for entries that may be one person. It only asks: a person decides, a machine never merges.

Candidates share the NIK, the birth date, or, within a village, name, mother or household.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from simpul.people import actions, queries
from simpul.people.likeness import Card, Likeness, likeness

_CHUNK = 5_000


class Match(msgspec.Struct, frozen=True):
    """An entry like the one asked about."""

    one: Card
    other: Card
    likeness: Likeness


def find_for(person_ids: Iterable[int]) -> list:
    """Keep a LikelyPair for every new likely pair with one of these persons; return the new ones.

    A pair once decided, either way, is never asked again. Call it once, after registering.
    """
    ids, pairs = sorted(set(person_ids)), []
    for start in range(0, len(ids), _CHUNK):
        cards = queries.cards(ids[start : start + _CHUNK])
        pairs += actions.propose_pairs(matches=matches(cards))
    return pairs


def similar_to(card: Card) -> list[Match]:
    """Entries like one not yet registered, most alike first. The caller checks the scope."""
    return sorted(matches([card]), key=lambda match: -match.likeness.score)


def matches(cards: list[Card]) -> Iterator[Match]:
    """Every registered entry like one of these, each pair once."""
    seen: set[frozenset[int | None]] = set()
    others = _Candidates(cards)
    for card in cards:
        for other in others.of(card):
            pair = frozenset((card.id, other.id))
            if other.id == card.id or (card.id is not None and pair in seen):
                continue
            seen.add(pair)
            alike = likeness(card, other)
            if alike:
                yield Match(card, other, alike)


class _Candidates:
    """Registered cards by what they may share with the cards asked about."""

    def __init__(self, cards: list[Card]):
        self._by: dict[tuple, list[Card]] = defaultdict(list)
        keys = {key for card in cards for key in _keys(card)}
        for other in queries.cards_sharing(cards):
            for key in _keys(other):
                if key in keys:
                    self._by[key].append(other)

    def of(self, card: Card) -> Iterator[Card]:
        seen: set[int | None] = set()
        for key in _keys(card):
            for other in self._by.get(key, ()):
                if other.id not in seen:
                    seen.add(other.id)
                    yield other


def _keys(card: Card) -> Iterator[tuple]:
    if card.nik_hash:
        yield ("nik", card.nik_hash)
    yield ("born", card.birth_date)
    yield ("name", card.village_id, card.name_key)
    if card.mother_key:
        yield ("mother", card.village_id, card.mother_key)
    if card.household_id:
        yield ("home", card.household_id)

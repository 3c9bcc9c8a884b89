"""What is asked before a resident is registered: doubts, and who may be registered already.

Rule: a question is asked once; the answer carries the token of exactly these questions.
"""

import hashlib

import msgspec

from simpul.accounts.scope import Scope
from simpul.people import duplicates, queries
from simpul.people.likeness import Card
from simpul.people.nik import hash_nik
from simpul.places.spelling import name_key


class Questions(msgspec.Struct, frozen=True):
    """Doubts in words, persons who may be the same with the reasons, and their token."""

    doubts: tuple[str, ...]
    likely: tuple[tuple[object, tuple[str, ...]], ...]
    token: str

    def __bool__(self) -> bool:
        return bool(self.doubts or self.likely)


def before_registering(scope: Scope, said: dict, doubts: list[str], home: dict) -> Questions:
    """Questions about a filled form. `home`: village_id, household_id and rt of the house.

    Persons out of scope are not shown; their pair is asked later of who sees both.
    """
    mother = said["mother"].name if said["mother"] else said["mother_name"]
    card = Card(
        id=None,
        name_key=name_key(said["name"]),
        mother_key=name_key(mother),
        sex=said["sex"],
        birth_date=said["birth_date"],
        is_estimated=said["birth_date_is_estimated"],
        nik_hash=hash_nik(said["nik"]) if said["nik"] else None,
        **home,
    )
    matches = duplicates.similar_to(card)
    persons = queries.persons(scope, [match.other.id for match in matches])
    likely = tuple(
        (persons[match.other.id], match.likeness.reasons)
        for match in matches
        if match.other.id in persons
    )
    return ask(doubts, likely)


def ask(doubts: list[str], likely: tuple = ()) -> Questions:
    """Questions with the token by which they are answered."""
    asked = repr((sorted(doubts), sorted(person.pk for person, _ in likely)))
    return Questions(tuple(doubts), likely, hashlib.sha256(asked.encode()).hexdigest()[:16])

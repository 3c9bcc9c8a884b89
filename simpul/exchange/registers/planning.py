"""Plans one chunk of homes against the register as it is now: who is new, what is new.
The same plan is shown before an import and carried out by it, so the two cannot differ."""

import hashlib
import uuid
from collections.abc import Iterable

import msgspec

from simpul.accounts.scope import Scope
from simpul.exchange.registers.facts import PENDING, Outcome, plan_facts
from simpul.exchange.registers.fields import Columns
from simpul.exchange.registers.grouping import Entry, Home
from simpul.exchange.registers.households import Roof, roofs
from simpul.exchange.registers.matching import Match, Matcher
from simpul.exchange.registers.rows import Register
from simpul.records import queries as records

_NAMESPACE = uuid.UUID("5f0b6c1e-5d0c-5d7e-9a55-7e6d0b3c2a10")


class Part(msgspec.Struct):
    """The plan of one chunk. `is_repeat`: its envelope is in the log, nothing is to be done."""

    envelope: uuid.UUID
    is_repeat: bool
    homes: list[Home]
    entries: list[Entry]
    matches: list[Match]
    roofs: list[Roof]
    outcomes: list[Outcome]

    @property
    def n_rows(self) -> int:
        return sum(len(entry.visits) for entry in self.entries)


def envelope_of(file_hash: str, columns: Columns, homes: list[Home]) -> uuid.UUID:
    """Named after what it holds: the file, how it is meant, and the lines of this chunk."""
    lines = sorted(line for home in homes for entry in home.entries for line in entry.lines)
    meant = f"{columns.kind};{columns.fields};{columns.date_order};{columns.age_unit}"
    digest = hashlib.sha256(f"{meant};{lines}".encode()).hexdigest()
    return uuid.uuid5(_NAMESPACE, f"{file_hash}:{digest}")


def plan_part(homes: list[Home], envelope: uuid.UUID, scope: Scope, register: Register) -> Part:
    """What this chunk would bring. Reads only."""
    entries = [entry for home in homes for entry in home.entries]
    is_repeat = records.envelope(envelope) is not None
    matches = Matcher(scope, register.where).match(entries)
    by_entry = {id(entry): match for entry, match in zip(entries, matches, strict=True)}
    if is_repeat:
        outcomes = [Outcome() for _entry in entries]
        return Part(envelope, True, homes, entries, matches, [Roof() for _home in homes], outcomes)
    return Part(
        envelope, False, homes, entries, matches, roofs(homes, by_entry, register.where),
        _outcomes(entries, matches, register),
    )  # fmt: skip


def _outcomes(entries: list[Entry], matches: list[Match], register: Register) -> list[Outcome]:
    posts = {i: who.post for entry in entries for i in _whos(entry) for who in [register.whos[i]]}
    known = sorted({match.person_id for match in matches if match.person_id})
    names = {name for entry in entries for visit in entry.visits for name, _value in visit.values}
    held = records.known_values(known, names) if known else {}
    ever = records.ever_values(known, names) if known else {}
    outcomes = []
    for entry, match in zip(entries, matches, strict=True):
        outcome = plan_facts(entry, posts, match.person_id, held, ever)
        if match.person_id:  # two entries of one file may be one person since a merge
            for fact in outcome.facts:
                held[match.person_id, fact.name, fact.on] = (PENDING, fact.value)
        outcomes.append(outcome)
    return outcomes


def _whos(entry: Entry) -> Iterable[int]:
    return {visit.who for visit in entry.visits}

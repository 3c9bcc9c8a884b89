"""What of an entry's measurements is new, known, or changed against what the log holds.
A value that was known once and has been corrected since is old news: it changes nothing."""

from collections.abc import Mapping
from datetime import date

import msgspec

from simpul.exchange.registers.grouping import Entry
from simpul.exchange.registers.rows import Doubt

Value = float | str
Key = tuple[int, str, date]  # person, fact name, day


PENDING = 0  # the seq of a fact planned in the same file, not yet in the log


class Planned(msgspec.Struct, frozen=True, gc=False):
    """A fact to record. `supersedes`: the seq of the known fact it corrects."""

    line: int
    name: str
    on: date
    value: Value
    post: int
    supersedes: int | None = None


class Change(msgspec.Struct, frozen=True):
    """A known value that the file gives otherwise."""

    line: int
    name: str
    on: date
    before: Value
    after: Value


class Outcome(msgspec.Struct):
    """What an entry brings."""

    facts: list[Planned] = []
    changes: list[Change] = []
    doubts: list[Doubt] = []
    n_measurements: int = 0  # days with something new measured


def plan_facts(
    entry: Entry,
    posts: Mapping[int, int],
    person_id: int | None = None,
    held: Mapping[Key, tuple[int, Value]] | None = None,
    ever: Mapping[Key, tuple[Value, ...]] | None = None,
) -> Outcome:
    """Compare an entry with what is held about the person (nothing, when the person is new)."""
    outcome, new_days = Outcome(), set()
    held, ever = held or {}, ever or {}
    for (name, on), (line, value, who) in _last_values(entry, outcome.doubts).items():
        key = (person_id, name, on) if person_id else None
        known = held.get(key) if key else None
        post = posts.get(who, -1)
        if known and (_same(value, known[1]) or known[0] == PENDING):
            continue
        if key and any(_same(value, old) for old in ever.get(key, ())):
            continue
        if known is None:
            outcome.facts.append(Planned(line, name, on, value, post))
            if not name.startswith(("birth.", "supplement.")):
                new_days.add(on)
        else:
            outcome.facts.append(Planned(line, name, on, value, post, supersedes=known[0]))
            outcome.changes.append(Change(line, name, on, known[1], value))
    changed_days = {change.on for change in outcome.changes}
    outcome.n_measurements = len(new_days - changed_days)
    return outcome


def _last_values(entry: Entry, doubts: list[Doubt]) -> dict:
    """{(name, day): (line, value, who)}: of two rows for one day the later counts."""
    last: dict[tuple[str, date], tuple[int, Value, int]] = {}
    for visit in entry.visits:
        for name, value in visit.values:
            on = visit.on
            if on is None or name.startswith("birth."):
                on = entry.who.birth_date
            before = last.get((name, on))
            if before and _same(before[1], value):
                continue
            if before:
                doubts.append(Doubt(visit.line, "two_values", str(value), str(before[1])))
            last[name, on] = (visit.line, value, visit.who)
    return last


def _same(one: Value, other: object) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) < 1e-6
    return one == other

"""Who was touched since a cursor: by new facts in the log, or by a change in the register.

Its one rule: nothing is skipped; looking at somebody twice is allowed.
"""

from datetime import timedelta

import msgspec

from simpul.accounts.scope import EVERYTHING
from simpul.people import queries as people
from simpul.project import clock
from simpul.records import queries as records

FEW, MANY = 5_000, 50_000  # facts and changes read at once, for a page and for long work
_UNCOMMITTED = timedelta(hours=1)  # the longest a transaction may hold back an id


class Cursor(msgspec.Struct, frozen=True, order=True):
    """The newest fact and the newest change that were seen."""

    seq: int
    change: int


def newest() -> Cursor:
    """The cursor of everything there is."""
    return Cursor(records.last_seq(), people.last_change_id())


def after(cursor: Cursor, at_once: int = FEW) -> tuple[list[int], Cursor]:
    """Ids of some persons touched after the cursor, and the cursor behind them."""
    ids, seq = _by_facts(cursor.seq, at_once)
    more, change = _by_changes(cursor.change, at_once)
    return list(dict.fromkeys([*ids, *more])), Cursor(seq, change)


def n_after(cursor: Cursor) -> int:
    """About how many facts and changes there are after the cursor."""
    now = newest()
    return max(now.seq - cursor.seq, 0) + max(now.change - cursor.change, 0)


def _by_facts(seq: int, at_once: int) -> tuple[list[int], int]:
    last = records.last_seq()
    if seq >= last:
        return [], seq
    # the log has no holes, so so many rows are so many numbers
    return records.persons_after(seq, at_once), min(seq + at_once, last)


def _by_changes(change: int, at_once: int) -> tuple[list[int], int]:
    """The ids of changes may have holes: PostgreSQL gives them out before they are committed.

    The cursor stops before a hole until it is too old to be filled any more.
    """
    rows = (
        people.in_scope(EVERYTHING, also_former=True)
        .filter(changes__pk__gt=change)
        .order_by("changes__pk")
        .values_list("changes__pk", "pk", "changes__at")[:at_once]
    )
    ids, settled, is_whole = [], change, True
    oldest = clock.now() - _UNCOMMITTED
    for number, person_id, at in rows:
        ids.append(person_id)
        is_whole = is_whole and (number == settled + 1 or at < oldest)
        if is_whole:
            settled = number
    return ids, settled

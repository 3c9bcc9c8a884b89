"""The stored rows of a month: read, compared and replaced together with their sums.

Its one rule: rows and sums change in one transaction that holds the lock of the month.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction

from simpul import packs
from simpul.project import clock
from simpul.pws import masks, residents, sums
from simpul.pws.masks import WORD, Judged
from simpul.pws.models import IndicatorRow, MonthState
from simpul.pws.touched import Cursor

_BATCH = 800  # below SQLite's limit of variables
_COLUMNS = (
    "person_id", "sex", "village_id", "rt_id", "posyandu_id", "word", "counted", "reached",
)  # fmt: skip


def rules_in_force() -> str:
    """Which rules judge today; other rules make an open month be judged again."""
    pack = packs.load()
    return f"{pack.id} {pack.version}"


@transaction.atomic
def judge_in_force() -> residents.Judge:
    """The pack with its bits and the provinces."""
    pack = packs.load()
    return residents.Judge(pack, masks.bits_of(pack), residents.provinces())


def cursor_of(state: MonthState) -> Cursor:
    """How far a month has followed the log and the register."""
    return Cursor(state.seq, state.change)


@transaction.atomic
def replace(
    state: MonthState, person_ids: Sequence[int], found: dict[int, Judged], seen: Cursor
) -> None:
    """Make `found` the rows of these persons. `seen` is the cursor before their facts were read."""
    locked = MonthState.objects.select_for_update().get(pk=state.pk)
    stored = _stored(locked, person_ids)
    going = [row for pk, row in stored.items() if found.get(pk) != row]
    coming = [row for pk, row in found.items() if stored.get(pk) != row]
    differences = sums.Differences()
    for row in going:
        differences.add(row, -1)
    for row in coming:
        differences.add(row, 1)
    _delete(locked, [row.person_id for row in going])
    _insert(locked, coming)
    sums.apply(locked, differences, clock.today())
    # Somebody may have moved the cursor past what was seen here: let it be followed again.
    if seen < cursor_of(locked) or seen.change < locked.change:
        locked.seq, locked.change = min(locked.seq, seen.seq), min(locked.change, seen.change)
        locked.save(update_fields=["seq", "change"])


def merged(found: Iterable[tuple]) -> dict[int, Judged]:
    """{person id: row} of rows of _COLUMNS, the words of a person put together."""
    by_person: dict[int, Judged] = {}
    for pk, sex, village, rt, posyandu, word, counted, reached in found:
        before = by_person.get(pk)
        shift = WORD * word
        by_person[pk] = Judged(
            pk, sex, village, rt, posyandu,
            (counted << shift) | (before.counted if before else 0),
            (reached << shift) | (before.reached if before else 0),
        )  # fmt: skip
    return by_person


def _stored(state: MonthState, person_ids: Sequence[int]) -> dict[int, Judged]:
    found: dict[int, Judged] = {}
    for start in range(0, len(person_ids), _BATCH):
        rows = IndicatorRow.objects.filter(
            state=state, person_id__in=person_ids[start : start + _BATCH]
        )
        found |= merged(rows.values_list(*_COLUMNS))
    return found


def _delete(state: MonthState, person_ids: Sequence[int]) -> None:
    for start in range(0, len(person_ids), _BATCH):
        IndicatorRow.objects.filter(
            state=state, person_id__in=person_ids[start : start + _BATCH]
        ).delete()


def _insert(state: MonthState, found: Iterable[Judged]) -> None:
    IndicatorRow.objects.bulk_create(
        [
            IndicatorRow(
                state=state, person_id=one.person_id, word=word, sex=one.sex,
                village_id=one.village_id, rt_id=one.rt_id, posyandu_id=one.posyandu_id,
                counted=counted, reached=reached,
            )
            for one in found
            for word, counted, reached in masks.words(one.counted, one.reached)
        ],
        batch_size=1000,
    )  # fmt: skip

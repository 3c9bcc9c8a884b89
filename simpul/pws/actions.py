"""Judges months and keeps them judged. Rows may be thrown away: they follow from the log.

A closed month is the exception: what it published is kept beside every correction.
"""

from collections.abc import Callable, Iterable
from datetime import date

import msgspec
from django.db import transaction

from simpul.project import clock
from simpul.pws import periods, residents, rows, touched
from simpul.pws.models import IndicatorRow, MonthState
from simpul.pws.touched import Cursor

_AT_ONCE = 4000  # persons judged together
Progress = Callable[[int, int], None]  # done, of how many


class Work(msgspec.Struct, frozen=True):
    """What was done: persons judged, and about how many facts or persons still wait."""

    judged: int
    waiting: int = 0


def judge_month(
    *, month: date, village_ids: Iterable[int] | None = None, progress: Progress | None = None
) -> Work:
    """Judge everybody (or who is counted in these villages) of a month again.

    A closed month shows as corrected what that changes.
    """
    state = _state(month)
    if village_ids is None:
        MonthState.objects.filter(pk=state.pk).update(next_village=0, pack=rows.rules_in_force())
        return catch_up(month=month, progress=progress)
    judge, done, wanted = rows.judge_in_force(), 0, sorted(village_ids)
    for n, village in enumerate(wanted, start=1):
        done += _judge_village([state], village, judge)
        _tell(progress, n, len(wanted))
    return Work(done)


def catch_up(*, month: date, most: int | None = None, progress: Progress | None = None) -> Work:
    """Judge again whoever was touched since the month was last looked at, and close it when due.

    With `most`, stops after about so many persons and says how much is waiting.
    """
    return _catch_up([_state(month)], most, progress)


def catch_up_while_waiting(*, month: date, most: int) -> int:
    """Catch up while a page waits, when that is not too much; returns about how much is waiting."""
    state = _state(month)
    if state.next_village is not None and (left := _n_left(state.next_village)) > most:
        return left
    return _catch_up([state], most, None).waiting


def catch_up_all(progress: Progress | None = None) -> Work:
    """Bring this month and the year before it up to date, and close what is due.

    The facts of a person are read once for all months that stand at the same point.
    """
    this_month = periods.first_of(clock.today())
    groups: dict[Cursor | None, list[MonthState]] = {}
    for month in periods.row_of(this_month, periods.TREND + 1):
        state = _state(month)
        is_new = state.next_village is not None
        groups.setdefault(None if is_new else rows.cursor_of(state), []).append(state)
    done = [_catch_up(states, None, progress) for states in groups.values()]
    return Work(sum(one.judged for one in done), max(one.waiting for one in done))


def _state(month: date) -> MonthState:
    """The state of a month; one that is new, or open under new rules, is to be judged whole."""
    now, rules = touched.newest(), rows.rules_in_force()
    state, _ = MonthState.objects.get_or_create(
        month=month, defaults={"seq": now.seq, "change": now.change, "pack": rules}
    )
    if state.frozen_on is None and state.pack != rules:
        state.next_village, state.pack = 0, rules
        state.save(update_fields=["next_village", "pack"])
    return state


def _catch_up(states: list[MonthState], most: int | None, progress: Progress | None) -> Work:
    judge, left = rows.judge_in_force(), most if most is not None else 1 << 60
    done = _judge_villages(states, judge, left, progress)
    begun = [state.next_village for state in states if state.next_village is not None]
    if begun:
        return Work(done, _n_left(min(begun)))
    done += _follow(states, judge, left - done, progress)
    if done < left:
        for state in states:
            _close_if_due(state)
        return Work(done)
    return Work(done, max(touched.n_after(rows.cursor_of(state)) for state in states))


def _judge_villages(
    states: list[MonthState], judge: residents.Judge, most: int, progress: Progress | None
) -> int:
    """The villages that were not judged yet in any of these months, in order of their ids."""
    starts = [state.next_village for state in states if state.next_village is not None]
    if not starts:
        return 0
    done, villages = 0, residents.villages_of_all()
    for n, village in enumerate(villages, start=1):
        behind = [s for s in states if s.next_village is not None and s.next_village <= village]
        if not behind:
            continue
        if done >= most:
            return done
        done += _judge_village(behind, village, judge)
        _move_to_village(behind, village + 1)
        _tell(progress, n, len(villages))
    whole = [state for state in states if state.next_village is not None]
    ids = [state.pk for state in whole]
    MonthState.objects.filter(pk__in=ids).update(next_village=None, judged_at=clock.now())
    for state in whole:
        state.refresh_from_db()
    return done


def _n_left(next_village: int) -> int:
    """How many live in the villages that were not judged yet."""
    return residents.n_in([one for one in residents.villages_of_all() if one >= next_village])


def _move_to_village(states: list[MonthState], village: int) -> None:
    for state in states:
        # another process may be further already
        MonthState.objects.filter(pk=state.pk, next_village__lt=village).update(
            next_village=village
        )
        state.next_village = village


def _judge_village(states: list[MonthState], village: int, judge: residents.Judge) -> int:
    """Everybody who lived there at the end of one of these months, or is counted there."""
    ids = set(
        IndicatorRow.objects.filter(state__in=states, village_id=village).values_list(
            "person_id", flat=True
        )
    )
    for state in states:
        ids |= residents.of_villages([village], periods.last_of(state.month)).keys()
    return _judge_persons(states, sorted(ids), judge)


def _follow(
    states: list[MonthState], judge: residents.Judge, most: int, progress: Progress | None
) -> int:
    """Whoever was touched after the months' common cursor."""
    at_once = touched.FEW if most < touched.MANY else touched.MANY
    done, waiting = 0, touched.n_after(min(rows.cursor_of(state) for state in states))
    while done < most:
        before = min(rows.cursor_of(state) for state in states)
        ids, after = touched.after(before, at_once)
        done += _judge_persons(states, ids, judge)
        moved = [_move_cursor(state, before, after) for state in states]
        if not any(moved):
            return done
        left = max(touched.n_after(rows.cursor_of(state)) for state in states)
        _tell(progress, max(waiting - left, 0), waiting)
    return done


def _move_cursor(state: MonthState, before: Cursor, after: Cursor) -> bool:
    """Move on, unless another process has set the cursor meanwhile: then that one holds."""
    MonthState.objects.filter(pk=state.pk, seq=before.seq, change=before.change).update(
        seq=after.seq, change=after.change
    )
    state.refresh_from_db()
    return rows.cursor_of(state) != before


def _judge_persons(states: list[MonthState], ids: list[int], judge: residents.Judge) -> int:
    """Replace the rows of these persons in these months; facts are read once."""
    last = max(periods.last_of(state.month) for state in states)
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        seen = touched.newest()
        facts = residents.facts_of(batch, last)
        for state in states:
            end = periods.last_of(state.month)
            here = residents.of_persons(batch, end)
            rows.replace(state, batch, judge.rows(here, facts, state.month, end), seen)
    return len(ids)


@transaction.atomic
def _close_if_due(state: MonthState) -> None:
    """Close a month some days after its end. One in which nobody is counted published nothing."""
    if state.frozen_on is not None or clock.today() < periods.closes_on(state.month):
        return
    if IndicatorRow.objects.filter(state=state).exists():
        state.frozen_on = clock.today()
        state.save(update_fields=["frozen_on"])


def _tell(progress: Progress | None, done: int, of: int) -> None:
    if progress:
        progress(done, of)

"""Keeps the stored open items fresh from the records. The rows may be thrown away at any time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import msgspec
from django.db import transaction

from simpul import packs
from simpul.accounts.scope import EVERYTHING, Scope
from simpul.due import groups, plans, pregnancy, queries
from simpul.due.models import Cursor, DueItem, PlanState
from simpul.engine.plan import plan
from simpul.engine.values import Person as Case
from simpul.engine.values import PlanItem, Sex
from simpul.people import queries as people
from simpul.project import clock
from simpul.records import queries as records

BATCH = 800  # persons planned and written together; below SQLite's limit of variables
_FACTS_AT_ONCE = 5000
_CHANGES_AT_ONCE = 2000
_OVERLAP = 200  # changes looked at again: on PostgreSQL ids may be committed out of order


class _Resident(msgspec.Struct, frozen=True):
    """What planning needs of a row of the register."""

    pk: int
    sex: Sex | None
    birth_date: date
    household_id: int
    village_id: int
    posyandu_id: int | None
    is_current: bool


class _Seen(msgspec.Struct, frozen=True):
    """How far the records went when the persons were planned."""

    seq: int
    change: int
    as_of: date


def refresh(
    person_ids: Iterable[int] | None = None,
    as_of: date | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Plan these persons (None: all) again and replace their rows; returns how many were planned.

    `progress` is called with the number of persons done since its last call.
    """
    if person_ids is not None and not (person_ids := list(person_ids)):
        return 0
    seen = _Seen(records.last_seq(), people.last_change_id(), as_of or clock.today())
    province, done = plans.provinces(), 0
    for residents in _residents(person_ids):
        _replace(_planned(residents, province, seen), seen)
        done += len(residents)
        if progress:
            progress(len(residents))
    if person_ids is None:
        _move_cursor(seq=seen.seq, change=seen.change, pack=_rules())
    return done


def catch_up(scope: Scope = EVERYTHING, *, most: int | None = None) -> int:
    """Plan again whoever has new facts, was changed, or whose plan has run out in this scope.

    At most about `most` persons; returns about how many are still waiting (0: all is fresh).
    """
    cursor = Cursor.objects.filter(pk=1).first() or Cursor()
    left = most if most is not None else 1 << 60
    _notice_new_rules(cursor)
    left, unread = _follow_facts(cursor, left)
    left, unseen = _follow_changes(cursor, left)
    stale = queries.stale_ids(scope, clock.today())
    if stale:
        refresh(stale[: max(left, 0)])
    return max(len(stale) - max(left, 0), 0) + unread + unseen


def _follow_facts(cursor: Cursor, left: int) -> tuple[int, int]:
    """Plan those with facts after the cursor; what is left of the allowance, and of the facts."""
    last = records.last_seq()
    while cursor.seq < last and left > 0:
        ids = records.persons_after(cursor.seq, _FACTS_AT_ONCE)
        upto = min(cursor.seq + _FACTS_AT_ONCE, last)
        behind = queries.not_planned_since(ids, upto)
        refresh(behind)
        left -= len(behind)
        _move_cursor(seq=upto)
        cursor.seq = upto
    return left, max(last - cursor.seq, 0)


def _follow_changes(cursor: Cursor, left: int) -> tuple[int, int]:
    """Plan those changed after the cursor; what is left of the allowance, and of the changes."""
    last = people.last_change_id()
    while left > 0:
        changed = people.changed_after(cursor.change - _OVERLAP, _OVERLAP + _CHANGES_AT_ONCE)
        behind = queries.not_planned_after_change(changed)
        refresh(behind)
        left -= len(behind)
        upto = max(changed.values(), default=0)
        if upto > cursor.change:
            _move_cursor(change=upto)
            cursor.change = upto
        if cursor.change >= last:
            break
    return left, max(last - cursor.change, 0)


def _notice_new_rules(cursor: Cursor) -> None:
    """New rules make every stored plan stale."""
    if cursor.pack != _rules():
        PlanState.objects.filter(replan_on__isnull=False).update(replan_on=date.min)
        _move_cursor(pack=_rules())


def _rules() -> str:
    return packs.load().version


@transaction.atomic
def _move_cursor(*, seq: int = 0, change: int = 0, pack: str = "") -> None:
    cursor, _ = Cursor.objects.select_for_update().get_or_create(pk=1)
    cursor.seq, cursor.change = max(cursor.seq, seq), max(cursor.change, change)
    cursor.pack = pack or cursor.pack
    cursor.save()


def _residents(person_ids: Iterable[int] | None) -> Iterator[list[_Resident]]:
    columns = ("pk", "sex", "birth_date", "household_id", "village_id", "posyandu_id", "is_current")
    rows = people.in_scope(EVERYTHING, also_former=True).values_list(*columns)
    if person_ids is not None:
        ids = list(dict.fromkeys(person_ids))
        for start in range(0, len(ids), BATCH):
            yield [_Resident(*row) for row in rows.filter(pk__in=ids[start : start + BATCH])]
        return
    last = 0
    while batch := [_Resident(*row) for row in rows.filter(pk__gt=last).order_by("pk")[:BATCH]]:
        yield batch
        last = batch[-1].pk


Planned = tuple[PlanState, list[DueItem]]


def _planned(residents: list[_Resident], province: dict[int, str], seen: _Seen) -> list[Planned]:
    """The rows of a batch. Planned outside the transaction: planning must not hold the lock."""
    pack = packs.load()
    facts = records.engine_facts([one.pk for one in residents if one.is_current], seen.as_of)
    out: list[Planned] = []
    for one in residents:
        items: list[PlanItem] = []
        maternal = None
        if one.is_current:
            known = facts.get(one.pk, ())
            case = Case(one.sex, one.birth_date, known, province.get(one.village_id))
            items = plan(pack, case, seen.as_of)
            maternal = pregnancy.latest(known, seen.as_of) if one.sex == "female" else None
        out.append((_state(one, items, seen), _rows(one, items, maternal, seen.as_of)))
    return out


def _state(one: _Resident, items: Sequence[PlanItem], seen: _Seen) -> PlanState:
    return PlanState(
        person_id=one.pk,
        village_id=one.village_id,
        seq=seen.seq,
        change=seen.change,
        planned_on=seen.as_of,
        replan_on=plans.replan_on(one.birth_date, items, seen.as_of) if one.is_current else None,
    )


def _rows(one: _Resident, items: Iterable[PlanItem], maternal, as_of: date) -> list[DueItem]:
    pack = packs.load()
    horizon = as_of + plans.AHEAD
    return [
        DueItem(
            plan_id=one.pk,
            household_id=one.household_id,
            village_id=one.village_id,
            posyandu_id=one.posyandu_id,
            service=item.service,
            occurrence=item.occurrence,
            group=groups.BITS.get(pack.services[item.service].group, groups.OTHER),
            birth_date=one.birth_date,
            maternal_since=maternal.started_on if maternal else None,
            maternal_until=maternal.until if maternal else None,
            is_urgent=pack.urgency_of(item) == "urgent",
            opens_on=item.opens_on or item.due_on,
            due_on=item.due_on,
            late_on=item.late_on,
            closes_on=item.closes_on,
        )
        for item in items
        if plans.is_open(item) and plans.opens_by(item, horizon) and item.due_on is not None
    ]


@transaction.atomic
def _replace(planned: list[Planned], seen: _Seen) -> None:
    """Swap the rows of a batch at once; a plan that has seen more than ours is left alone."""
    ids = [state.person_id for state, _ in planned]
    stored = PlanState.objects.select_for_update().filter(person_id__in=ids)
    newer = {
        pk
        for pk, seq, change in stored.values_list("person_id", "seq", "change")
        if seq > seen.seq or change > seen.change
    }
    planned = [one for one in planned if one[0].person_id not in newer]
    ids = [state.person_id for state, _ in planned]
    DueItem.objects.filter(plan_id__in=ids)._raw_delete("default")
    PlanState.objects.bulk_create(
        [state for state, _ in planned],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["village", "seq", "change", "planned_on", "replan_on"],
    )  # fmt: skip
    DueItem.objects.bulk_create([row for _, rows in planned for row in rows], batch_size=2000)

"""One person entered twice: asking, merging, taking the merge back. Facts stay where they are."""

from collections.abc import Iterable

from django.db import transaction

from simpul.accounts import actions as accounts
from simpul.people.models import LikelyPair, Person, PersonChange
from simpul.project import clock

_NIK = ("nik_hash", "nik_sealed", "nik_tail", "nik_missing")


@transaction.atomic
def propose_pairs(*, matches: Iterable) -> list[LikelyPair]:
    """Ask whether these matches are one person; those asked or decided before are left alone."""
    wanted = {}
    for match in matches:
        first, second = sorted((match.one, match.other), key=lambda card: card.id)
        wanted[first.id, second.id] = LikelyPair(
            first_id=first.id,
            second_id=second.id,
            village_id=match.one.village_id,
            score=match.likeness.score,
            reasons=",".join(match.likeness.reasons),
        )
    firsts, known = sorted({first for first, _ in wanted}), set()
    for start in range(0, len(firsts), 400):
        rows = LikelyPair.objects.filter(first_id__in=firsts[start : start + 400])
        known |= set(rows.values_list("first_id", "second_id"))
    return LikelyPair.objects.bulk_create(
        [pair for ids, pair in wanted.items() if ids not in known], batch_size=500
    )


@transaction.atomic
def say_different(*, by, pair: LikelyPair) -> LikelyPair:
    """The two are two people; never ask again."""
    _decide(by, pair, LikelyPair.Decision.DIFFERENT)
    for person in (pair.first, pair.second):
        _note(by, person, "different", str(pair.first_id), str(pair.second_id))
    accounts.log(by=by, action="decide.pair", object_kind="pair", object_id=pair.pk)
    return pair


@transaction.atomic
def merge_pair(*, by, pair: LikelyPair, keep_id: int) -> Person:
    """The two are one person: keep this entry, join the other to it."""
    if keep_id not in (pair.first_id, pair.second_id):
        raise ValueError("the one kept must be one of the two")
    first, second = pair.first, pair.second
    keep, other = (first, second) if keep_id == first.pk else (second, first)
    _decide(by, pair, LikelyPair.Decision.SAME)
    return merge_persons(by=by, keep=keep, other=other)


def _decide(by, pair: LikelyPair, decision: str) -> None:
    pair.decision, pair.decided_by, pair.decided_at = decision, by, clock.now()
    pair.save(update_fields=["decision", "decided_by", "decided_at"])


@transaction.atomic
def merge_persons(*, by, keep: Person, other: Person) -> Person:
    """Say that `other` is the same as `keep`. Facts stay where they are and are read together."""
    locked = Person.objects.select_for_update().in_bulk([keep.pk, other.pk])
    if len(locked) < 2 or any(person.merged_into_id for person in locked.values()):
        raise ValueError("only two unmerged persons can be merged")
    keep, other = locked[keep.pk], locked[other.pk]
    Person.objects.filter(merged_into=other).update(merged_into=keep)
    other.merged_into, other.is_current = keep, False
    other.save(update_fields=["merged_into", "is_current"])
    if keep.nik_hash is None and other.nik_hash is not None:
        _lend_nik(by, keep, other)
    for person in (keep, other):
        _note(by, person, "merge", str(other.pk), str(keep.pk))
    accounts.log(by=by, action="merge.person", object_kind="person", object_id=keep.pk)
    return Person.objects.get(pk=keep.pk)


def _lend_nik(by, keep: Person, other: Person) -> None:
    """The NIK goes with the person kept; the history remembers whose it is and what was before."""
    _note(by, keep, "merge", keep.nik_missing, str(other.pk), field="nik")
    for column in _NIK:
        setattr(keep, column, getattr(other, column))
    keep.save(update_fields=list(_NIK))


@transaction.atomic
def unmerge_person(*, by, other: Person) -> Person:
    """Take a merge back: the person stands alone again, with the facts recorded for it."""
    other = Person.objects.select_for_update().get(pk=other.pk)
    kept = other.merged_into
    if kept is None:
        raise ValueError("not merged")
    other.merged_into = None
    other.is_current = other.died_on is None and other.left_on is None
    other.save(update_fields=["merged_into", "is_current"])
    _give_nik_back(kept, other)
    pair = {"first_id": min(kept.pk, other.pk), "second_id": max(kept.pk, other.pk)}
    LikelyPair.objects.filter(**pair).update(decision=LikelyPair.Decision.OPEN)
    for person in (kept, other):
        _note(by, person, "unmerge", str(other.pk), str(kept.pk))
    accounts.log(by=by, action="unmerge.person", object_kind="person", object_id=other.pk)
    return other


def _give_nik_back(kept: Person, other: Person) -> None:
    lent = PersonChange.objects.filter(
        person=kept, event="merge", field="nik", after=str(other.pk)
    ).last()
    if lent and kept.nik_hash == other.nik_hash:
        kept.nik_hash = kept.nik_sealed = None
        kept.nik_tail, kept.nik_missing = "", lent.before
        kept.save(update_fields=list(_NIK))


def _note(by, person: Person, event: str, before: str, after: str, field: str = "") -> None:
    PersonChange.objects.create(
        person=person, at=clock.now(), by=by, event=event, field=field, before=before, after=after
    )

"""Writes of imports: jobs and what is kept of them. `importing` writes residents and facts."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec
from django.db import transaction
from django.db.models import Q

from simpul.exchange import queries
from simpul.exchange.cells import discreet, sealed
from simpul.exchange.models import ImportJob, ImportRow, RememberedColumns, State
from simpul.exchange.registers.fields import Columns, signature
from simpul.exchange.registers.rows import Doubt, Refused, Register
from simpul.exchange.registers.summary import LikelyPair, Summary, heading
from simpul.project import clock

MOST_NOTES = 2_000  # doubts and changes kept for showing; the counts are complete
MOST_PAIRS = 500
KEPT_AFTER_END = timedelta(days=7)
KEPT_UNDECIDED = timedelta(days=30)
KEPT_ROWS = timedelta(days=30)  # refused rows and notes, to be corrected and brought again
_BATCH = 500


@transaction.atomic
def add_job(
    *, by, file_name: str, sha256: str, header: list[str], columns: Columns | None = None,
    stored_as: str = "", village=None, state: str = State.NEW,
) -> ImportJob:  # fmt: skip
    """Note that a file was brought in."""
    return ImportJob.objects.create(
        by=by,
        file_name=file_name[-120:],
        sha256=sha256,
        header=header,
        columns=msgspec.to_builtins(columns) if columns else {},
        stored_as=stored_as,
        village=village,
        state=state,
        created_at=clock.now(),
    )


@transaction.atomic
def choose_columns(
    *, by, job: ImportJob, columns: Columns, village=None, name: str = ""
) -> ImportJob:
    """Say what the columns are, remember it, and let the file be checked."""
    if name:
        RememberedColumns.objects.update_or_create(
            name=name[:60],
            defaults={
                "signature": signature(job.header),
                "columns": msgspec.to_builtins(columns),
                "by": by,
                "used_at": clock.now(),
            },
        )
    job.columns = msgspec.to_builtins(columns)
    job.village = village
    job.state, job.trouble, job.finished_at = State.TO_CHECK, "", None
    job.n_done = job.n_total = 0
    job.save()
    return job


@transaction.atomic
def confirm(*, by, job: ImportJob) -> bool:
    """Let a checked import run. False when it was confirmed, or dropped, before."""
    changed = ImportJob.objects.filter(pk=job.pk, state=State.CHECKED).update(
        state=State.TO_IMPORT, n_done=0, n_total=0, n_parts_done=0
    )
    return bool(changed)


@transaction.atomic
def drop(*, by, job: ImportJob) -> bool:
    """Do not import this file. False when it is running or done."""
    changed = ImportJob.objects.filter(
        pk=job.pk, state__in=(State.NEW, State.CHECKED, State.FAILED)
    ).update(state=State.DROPPED, finished_at=clock.now())
    return bool(changed)


@transaction.atomic
def claim(*, job: ImportJob, worker: str, stale_before) -> ImportJob | None:
    """Take a waiting or abandoned job; None when another worker was first."""
    working = queries.WAITING.get(State(job.state), job.state)
    mine = queries.waiting(stale_before).filter(pk=job.pk, state=job.state)
    if not mine.update(state=working, claimed_by=worker, beat_at=clock.now()):
        return None
    return ImportJob.objects.select_related("by", "village").get(pk=job.pk)


def note_progress(*, job: ImportJob, done: int, total: int) -> bool:
    """Show how far the work is and that somebody works. False when another has taken over."""
    mine = ImportJob.objects.filter(pk=job.pk, claimed_by=job.claimed_by)
    return bool(mine.update(n_done=done, n_total=total, beat_at=clock.now()))


def count_part(*, job: ImportJob, n_parts: int, counts: dict) -> None:
    """Inside the transaction of a chunk: so much is done, and this is what it brought."""
    job.n_parts_done, job.counts = n_parts, counts
    job.save(update_fields=["n_parts_done", "counts"])


@transaction.atomic
def keep_result(
    *, job: ImportJob, summary: Summary, register: Register, changes: Iterable,
    pairs: list[LikelyPair], state: str,
) -> ImportJob:  # fmt: skip
    """Keep what came of checking or importing: counts, refused rows with their cells, notes."""
    columns = queries.columns_of(job)
    ImportRow.objects.filter(job=job).delete()
    ImportRow.objects.bulk_create(
        (_refused(job, one, register, columns) for one in register.refused), batch_size=_BATCH
    )
    notes = [_doubt(job, one) for one in register.doubts[:MOST_NOTES]]
    notes += [_change(job, one) for one in list(changes)[:MOST_NOTES]]
    ImportRow.objects.bulk_create(notes, batch_size=_BATCH)
    job.counts = msgspec.to_builtins(summary)
    job.pairs = [_shown_pair(pair) for pair in pairs[:MOST_PAIRS]]
    job.state, job.trouble, job.claimed_by = state, "", ""
    job.finished_at = clock.now() if state == State.DONE else None
    job.save()
    return job


def _shown_pair(pair: LikelyPair) -> dict:
    """A pair for the pages: without NIK, which is shown only masked."""
    shown = msgspec.to_builtins(pair)
    for side in ("first", "second"):
        shown[side].pop("nik")
    return shown


def _refused(job: ImportJob, one: Refused, register: Register, columns: Columns) -> ImportRow:
    first = one.problems[0]
    return ImportRow(
        job=job, level="refused", line=one.line, field=first.field,
        column=heading(register, columns, first.field)[:120], code=first.code,
        detail=first.detail, value=discreet(first.value)[:60],
        cells=sealed(one.cells[: len(register.header)]),
        also=[[p.field, p.code, p.detail, discreet(p.value)] for p in one.problems[1:]],
    )  # fmt: skip


def _doubt(job: ImportJob, one: Doubt) -> ImportRow:
    return ImportRow(
        job=job, level="doubt", line=one.line, code=one.code, value=discreet(one.value)[:60],
        other=discreet(one.other)[:120],
    )  # fmt: skip


def _change(job: ImportJob, one) -> ImportRow:
    return ImportRow(
        job=job, level="change", line=one.line, code="changed", field=one.name[:20],
        detail=one.on.isoformat(), value=str(one.after)[:60], other=str(one.before)[:120],
    )  # fmt: skip


@transaction.atomic
def fail(*, job: ImportJob, trouble: str) -> None:
    """The file cannot be read, or the work broke; `trouble` is a code for the page."""
    ImportJob.objects.filter(pk=job.pk).update(
        state=State.FAILED, trouble=trouble[:60], claimed_by="", finished_at=clock.now()
    )


@transaction.atomic
def check_again(*, by, job: ImportJob) -> bool:
    """Try a failed import once more, from the checking on."""
    return bool(
        ImportJob.objects.filter(pk=job.pk, state=State.FAILED)
        .exclude(stored_as="")
        .exclude(columns={})
        .update(state=State.TO_CHECK, trouble="", n_done=0, n_total=0, finished_at=None)
    )


def release(*, job: ImportJob) -> None:
    """Leave a job to the next worker, as it stands."""
    ImportJob.objects.filter(pk=job.pk, claimed_by=job.claimed_by).update(
        claimed_by="", beat_at=None
    )


@transaction.atomic
def forget_files(*, now) -> list[str]:
    """Names of stored files that are no longer needed; their jobs forget them.

    Imported or dropped, a file goes at once. A failed import can be tried again for a week; when
    nobody decided, the file is kept for a month.
    """
    old = (
        Q(state__in=(State.DONE, State.DROPPED))
        | Q(finished_at__lt=now - KEPT_AFTER_END)
        | Q(created_at__lt=now - KEPT_UNDECIDED)
    )
    rows = ImportJob.objects.filter(old).exclude(stored_as="").exclude(state__in=queries.WORKING)
    names = list(rows.values_list("stored_as", flat=True))
    rows.filter(finished_at=None).update(state=State.DROPPED, finished_at=now)
    ImportJob.objects.filter(stored_as__in=names).update(stored_as="")
    return names


@transaction.atomic
def forget_rows(*, now) -> int:
    """Delete what was kept of the rows of imports that ended long ago; the counts stay."""
    ended = ImportJob.objects.filter(finished_at__lt=now - KEPT_ROWS)
    ended.exclude(pairs=[]).update(pairs=[])
    return ImportRow.objects.filter(job__in=ended).delete()[0]

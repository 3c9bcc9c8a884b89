"""Reads of imports: a job is seen by whoever brought the file, refused rows hold people's data."""

from datetime import datetime

import msgspec
from django.db.models import Q, QuerySet

from simpul.accounts.scope import Scope
from simpul.exchange.models import ImportJob, ImportRow, RememberedColumns, State
from simpul.exchange.registers.fields import Columns

WAITING = {State.TO_CHECK: State.CHECKING, State.TO_IMPORT: State.IMPORTING}
WORKING = (State.TO_CHECK, State.CHECKING, State.TO_IMPORT, State.IMPORTING)


def jobs(scope: Scope) -> QuerySet[ImportJob]:
    """The imports of this user, newest first; the command line sees its own."""
    if not scope.may_import:
        return ImportJob.objects.none()
    return ImportJob.objects.filter(by_id=scope.user_id).order_by("-created_at", "-pk")


def job(scope: Scope, uid) -> ImportJob | None:
    """One import, or None when absent or another's."""
    return jobs(scope).select_related("village").filter(uid=uid).first()


def fresh(job: ImportJob) -> ImportJob:
    """The same job as it is now."""
    return ImportJob.objects.select_related("village").get(pk=job.pk)


def columns_of(row: ImportJob | RememberedColumns) -> Columns:
    """The columns of a job, or those remembered, as a value."""
    return msgspec.convert(row.columns, Columns)


def unfinished(scope: Scope, *, sha256: str, columns: Columns) -> ImportJob | None:
    """An import of this very file that was broken off, to go on with."""
    rows = jobs(scope).filter(sha256=sha256, state=State.IMPORTING)
    return next((one for one in rows if columns_of(one) == columns), None)


def waiting(stale_before: datetime) -> QuerySet[ImportJob]:
    """Jobs nobody works on: waiting, or left by a worker that stopped. For the worker only."""
    left = Q(state__in=WAITING.values()) & (Q(beat_at=None) | Q(beat_at__lt=stale_before))
    found = ImportJob.objects.filter(Q(state__in=WAITING) | left)
    return found.exclude(stored_as="").order_by("pk")


def rows(job: ImportJob, level: str) -> QuerySet[ImportRow]:
    """The refused rows, doubts or changes of a job, by line."""
    return ImportRow.objects.filter(job=job, level=level).order_by("line", "pk")


def remembered(signature: str) -> RememberedColumns | None:
    """How the columns of files with this header were meant the last time."""
    return RememberedColumns.objects.filter(signature=signature).order_by("-used_at").first()


def remembered_as(name: str) -> RememberedColumns | None:
    """The columns remembered under a name."""
    return RememberedColumns.objects.filter(name=name).first()


def names_of_columns() -> list[str]:
    """All names under which columns are remembered."""
    return list(RememberedColumns.objects.order_by("name").values_list("name", flat=True))

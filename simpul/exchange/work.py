"""What the background worker does with imports: check what was brought, import what was confirmed.
A job is taken by a conditional UPDATE; one whose worker fell silent is gone on with."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

from simpul.accounts import queries as accounts
from simpul.accounts.scope import Scope
from simpul.exchange import actions, batch, queries, runs, storage
from simpul.exchange.queries import State
from simpul.exchange.registers.sheet import Unreadable
from simpul.project import clock

SILENT = timedelta(minutes=1)  # after that its worker is taken to be gone
Tick = Callable[[], None]
_log = logging.getLogger(__name__)


class Interrupted(Exception):
    """The worker was told to stop; the job stays as it is. The cause says who told it."""


class Overtaken(Exception):
    """Another worker has taken the job over."""


def do_waiting(tick: Tick | None = None) -> int:
    """Do every job that waits; returns how many were done."""
    done = 0
    while job := queries.waiting(clock.now() - SILENT).first():
        done += do(job, tick)
    storage.remove(actions.forget_files(now=clock.now()))
    actions.forget_rows(now=clock.now())
    return done


def do(job, tick: Tick | None = None) -> bool:
    """Do one job, if nobody else has it. What goes wrong is kept with the job."""
    mine = actions.claim(job=job, worker=uuid.uuid4().hex, stale_before=clock.now() - SILENT)
    if mine is None:
        return False
    try:
        _carry(mine, tick)
    except Interrupted as stop:
        actions.release(job=mine)
        raise stop.__cause__ or stop from None
    except Overtaken:
        return False
    except Unreadable as error:
        actions.fail(job=mine, trouble=error.code)
    except Exception as error:
        # the text of an error may hold names: only its kind is told
        _log.error("import %s broke off: %s", mine.pk, type(error).__name__)
        actions.fail(job=mine, trouble="work")
    return True


def _carry(job, tick: Tick | None) -> None:
    scope = _scope(job)
    path = storage.path_of(job.stored_as)
    if not path.is_file():
        raise Unreadable("gone")
    progress = _progress(job, tick)
    columns = queries.columns_of(job)
    sheet = runs.open_file(path)
    prepared = runs.prepare(path, sheet, columns, scope, job.village, progress)
    if job.state == State.IMPORTING:
        batch.import_job(job, prepared, scope=scope, progress=progress)
        return
    result = runs.preview(prepared, scope, progress)
    actions.keep_result(
        job=job, summary=result.summary, register=result.register, changes=result.changes,
        pairs=result.pairs, state=State.CHECKED,
    )  # fmt: skip


def _scope(job) -> Scope:
    """What the user who brought the file may see now, not what it was then."""
    scope = accounts.scope_of(job.by)
    if not scope.may_import:
        raise Unreadable("no_right")
    return scope


def _progress(job, tick: Tick | None) -> runs.Progress:
    def note(_stage: str, done: int, total: int) -> None:
        if not actions.note_progress(job=job, done=done, total=total):
            raise Overtaken
        if tick:
            try:
                tick()
            except Exception as stop:
                raise Interrupted from stop

    return note

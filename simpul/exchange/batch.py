"""Carries a job through: an import that was broken off goes on after its last whole chunk."""

import msgspec

from simpul.accounts import actions as accounts
from simpul.accounts.scope import EVERYTHING
from simpul.exchange import actions, queries, runs
from simpul.exchange.registers.summary import Summary


def source_of(job) -> str:
    """How envelopes name the import they came by."""
    return f"import {job.uid}"


def import_file(file_name: str, prepared: runs.Prepared, progress=None) -> runs.Result:
    """Import a prepared file as the command line does: everything, by nobody in particular."""
    job = queries.unfinished(EVERYTHING, sha256=prepared.file_hash, columns=prepared.columns)
    if job is None:
        job = actions.add_job(
            by=None, file_name=file_name, sha256=prepared.file_hash, columns=prepared.columns,
            header=prepared.register.header, state=queries.State.IMPORTING,
        )  # fmt: skip
    return import_job(job, prepared, scope=EVERYTHING, progress=progress)


def import_job(job, prepared: runs.Prepared, *, scope, progress=None) -> runs.Result:
    """Run the import of a job from where it stands, keep what came of it, and log it."""
    done = job.n_parts_done
    before = msgspec.convert(job.counts, Summary) if done else Summary()

    def after_part(n_parts: int, summary: Summary) -> None:
        actions.count_part(job=job, n_parts=n_parts, counts=msgspec.to_builtins(summary))

    result = runs.run(
        prepared, by=job.by, scope=scope, source=source_of(job), progress=progress,
        after_part=after_part, parts_done=done, before=before,
    )  # fmt: skip
    actions.keep_result(
        job=job, summary=result.summary, register=result.register, changes=result.changes,
        pairs=result.pairs, state=queries.State.DONE,
    )  # fmt: skip
    counts = result.summary
    accounts.log(
        by=job.by, action="import.register", object_kind="import", object_id=job.pk,
        note=f"{counts.rows} rows, {counts.persons_new} new, {counts.refused} refused",
    )  # fmt: skip
    return result

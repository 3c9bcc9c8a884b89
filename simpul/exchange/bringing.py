"""Takes in an uploaded file: stores it, sees what kind it is, and checks a small one at once."""

from simpul.accounts import actions as accounts
from simpul.exchange import actions, queries, runs, storage, work
from simpul.exchange.registers import fields
from simpul.exchange.registers.fields import Columns
from simpul.exchange.registers.sheet import Sheet, Unreadable

AT_ONCE_BYTES = 600_000  # about 2,500 rows: checked while the user waits a second or two


def bring(*, by, upload):
    """Make the import of an uploaded file. Raises Unreadable, and keeps nothing then."""
    stored_as = storage.keep(upload.chunks(), upload.name)
    path = storage.path_of(stored_as)
    try:
        sheet = runs.open_file(path)
    except Unreadable:
        storage.remove([stored_as])
        raise
    columns = _known_columns(sheet)
    job = actions.add_job(
        by=by, file_name=upload.name, sha256=runs.hash_of(path), header=sheet.header,
        columns=columns, stored_as=stored_as,
        state=queries.State.TO_CHECK if columns else queries.State.NEW,
    )  # fmt: skip
    accounts.log(by=by, action="bring.import", object_kind="import", object_id=job.pk)
    return check_small(job) if columns else job


def _known_columns(sheet: Sheet) -> Columns | None:
    """The columns of e-PPGBM, or those remembered for this header; None: ask."""
    if not fields.missing_for_eppgbm(sheet.header):
        return fields.eppgbm_columns(sheet.header)
    kept = queries.remembered(fields.signature(sheet.header))
    return queries.columns_of(kept) if kept else None


def choose(*, by, job, form):
    """Take over what the form says of the columns, and check the file."""
    job = actions.choose_columns(
        by=by, job=job, columns=form.columns(), village=form.cleaned_data["village"],
        name=form.cleaned_data["name"],
    )  # fmt: skip
    return check_small(job)


def check_small(job):
    """A small file is checked at once; a large one waits for the worker."""
    if storage.path_of(job.stored_as).stat().st_size <= AT_ONCE_BYTES:
        work.do(job)
    return queries.fresh(job)


def sheet_of(job) -> Sheet:
    """The stored file, opened."""
    return runs.open_file(storage.path_of(job.stored_as))

"""The way of one file: read and check, preview without writing, or import chunk by chunk.
The command line and the pages both come this way."""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from django.db import transaction

from simpul.accounts.scope import Scope
from simpul.due import actions as due
from simpul.exchange import importing, placing
from simpul.exchange.registers import fields, likely, pairing
from simpul.exchange.registers.facts import Change
from simpul.exchange.registers.fields import Columns
from simpul.exchange.registers.grouping import Entry, Home, chunks_of, entries_of, homes_of
from simpul.exchange.registers.matching import Match
from simpul.exchange.registers.planning import Part, envelope_of, plan_part
from simpul.exchange.registers.plausibility import add_doubts
from simpul.exchange.registers.rows import Register, read_register
from simpul.exchange.registers.sheet import Sheet, open_sheet
from simpul.exchange.registers.summary import LikelyPair, Summary
from simpul.exchange.registers.whereabouts import Whereabouts
from simpul.project import clock

ROWS_A_CHUNK = 500  # about; a chunk is one transaction and one envelope
_PLANNED_AT_ONCE = 2_000  # persons between two steps of the progress bar
AfterPart = Callable[[int, Summary], None]  # chunks done, counts so far
Progress = Callable[[str, int, int], None]  # stage, done, of


class Prepared(msgspec.Struct):
    """A file, read and checked, cut into chunks of homes."""

    register: Register
    columns: Columns
    file_hash: str
    chunks: list[list[Home]]

    def envelopes(self) -> Iterator[tuple[list[Home], uuid.UUID]]:
        """Each chunk with the name of its envelope."""
        for homes in self.chunks:
            yield homes, envelope_of(self.file_hash, self.columns, homes)

    @property
    def n_rows(self) -> int:
        return len(self.register.visits)


class Result(msgspec.Struct):
    """What came of it. `entries`: {person id: the entries of the file that are this person}."""

    summary: Summary
    register: Register
    pairs: list[LikelyPair] = []
    changes: list[Change] = []
    entries: dict[int, list[Entry]] = {}


def hash_of(path: Path) -> str:
    """SHA-256 of the file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def open_file(path: Path) -> Sheet:
    """The sheet of a file. Raises registers.sheet.Unreadable."""
    return open_sheet(path, fields.likeness)


def prepare(
    path: Path, sheet: Sheet, columns: Columns, scope: Scope, village=None,
    progress: Progress | None = None,
) -> Prepared:  # fmt: skip
    """Read and check every row, join rows into persons and homes, and close the sheet."""
    where = Whereabouts(scope, village)
    total = max(sheet.n_lines, 1)
    note = (lambda n: progress("read", min(n, total), total)) if progress else None
    register = read_register(sheet, columns, where, clock.today(), note)
    sheet.close()
    add_doubts(register)
    chunks = list(chunks_of(homes_of(entries_of(register)), ROWS_A_CHUNK))
    return Prepared(register, columns, hash_of(path), chunks)


def preview(prepared: Prepared, scope: Scope, progress: Progress | None = None) -> Result:
    """What the import would bring. Writes nothing."""
    result, done = _begun(prepared), 0
    homes_seen: list[Home] = []
    is_new: list[bool] = []
    household_ids: list[int | None] = []
    for homes, envelope in prepared.envelopes():
        part = plan_part(homes, envelope, scope, prepared.register)
        _note(result, part, [match.person_id for match in part.matches])
        homes_seen += homes
        is_new += [not (match.person_id or part.is_repeat) for match in part.matches]
        household_ids += [roof.household_id for roof in part.roofs]
        done += part.n_rows
        if progress:
            progress("plan", done, prepared.n_rows)
    planned = likely.pairs(homes_seen, is_new, household_ids, prepared.register.where)
    result.pairs = [*pairing.planned(planned, result.entries, scope)]
    return _finished(result, scope)


def run(
    prepared: Prepared, *, by, scope: Scope, source: str, progress: Progress | None = None,
    after_part: AfterPart | None = None, parts_done: int = 0, before: Summary | None = None,
) -> Result:  # fmt: skip
    """Import chunk by chunk; `after_part` is called inside the transaction of each chunk.

    When it was broken off: `parts_done` chunks were finished and had brought `before`.
    """
    placing.make_missing(prepared.register.where)
    result, rows = _begun(prepared, before), 0
    for number, (homes, envelope) in enumerate(prepared.envelopes(), start=1):
        with transaction.atomic():
            carried = importing.import_part(
                by=by, homes=homes, envelope=envelope, scope=scope, register=prepared.register,
                source=source,
            )  # fmt: skip
            _note(result, carried.part, carried.person_ids, is_counted=number > parts_done)
            if after_part and number > parts_done:
                after_part(number, result.summary)
        rows += carried.part.n_rows
        if progress:
            progress("import", rows, prepared.n_rows)
    _bring_due_lists_up_to_date(progress)
    return _finished(result, scope)


def _bring_due_lists_up_to_date(progress: Progress | None) -> None:
    """Plan whoever was touched; after a crash also those that the broken run had touched."""
    waiting = total = due.catch_up(most=0)
    while waiting:
        if progress:
            progress("due", total - waiting, total)
        left = due.catch_up(most=_PLANNED_AT_ONCE)
        if left >= waiting:
            break
        waiting = left


def _begun(prepared: Prepared, before: Summary | None = None) -> Result:
    result = Result(before or Summary(), prepared.register)
    result.summary.count_file(prepared.register)
    return result


def _note(
    result: Result, part: Part, person_ids: list[int | None], is_counted: bool = True
) -> None:
    if is_counted:
        result.summary.count_part(part)
    for entry, pk in zip(part.entries, person_ids, strict=True):
        if pk:
            result.entries.setdefault(pk, []).append(entry)
    for entry, match, outcome in zip(part.entries, part.matches, part.outcomes, strict=True):
        result.register.doubts += [*match.doubts, *outcome.doubts]
        result.changes += outcome.changes
        if not part.is_repeat:
            result.changes += _completed(entry, match)


def _completed(entry: Entry, match: Match) -> Iterator[Change]:
    """What was missing of a known person and is given by the file."""
    first = entry.visits[0]
    for field, is_given in (("nik", match.gets_nik), ("sex", match.gets_sex)):
        if is_given:
            yield Change(first.line, field, first.on or entry.who.birth_date, "", "")


def _finished(result: Result, scope: Scope) -> Result:
    result.pairs += pairing.registered(result.entries, scope)
    result.pairs.sort(key=lambda pair: pair.first["lines"] or pair.second["lines"])
    result.summary.possible_duplicates = len(result.pairs)
    result.summary.doubtful = len({doubt.line for doubt in result.register.doubts})
    return result

"""Counts of an import and its report as JSON: the same for a preview, a dry run and an import."""

from collections.abc import Iterable

import msgspec

from simpul.exchange.registers import reasons
from simpul.exchange.registers.fields import Columns
from simpul.exchange.registers.planning import Part
from simpul.exchange.registers.rows import Refused, Register


class Summary(msgspec.Struct):
    """What an import brings, in numbers. Rows are rows of the file, blank ones among them."""

    rows: int = 0
    blank: int = 0
    persons_new: int = 0
    persons_known: int = 0
    measurements: int = 0
    changed: int = 0
    doubtful: int = 0
    refused: int = 0
    possible_duplicates: int = 0

    def count_file(self, register: Register) -> None:
        """What the file alone says."""
        self.rows, self.blank = register.n_rows, register.n_blank
        self.refused = len(register.refused)

    def count_part(self, part: Part) -> None:
        """What one chunk brings."""
        for match in part.matches:
            if match.person_id or part.is_repeat:
                self.persons_known += 1
            else:
                self.persons_new += 1
            self.changed += (match.gets_nik or match.gets_sex) and not part.is_repeat
        for outcome in part.outcomes:
            self.measurements += outcome.n_measurements
            self.changed += len({change.on for change in outcome.changes})


class LikelyPair(msgspec.Struct, frozen=True):
    """Two entries that may be one person, as the report has them."""

    first: dict
    second: dict
    score: int
    reasons: tuple[str, ...]


def heading(register: Register, columns: Columns, field: str) -> str:
    """The heading of a field in this file; what the field is called where the file has none."""
    at = columns.at(field)
    if at is None or at >= len(register.header):
        return reasons.column_word(field)
    return register.header[at] or reasons.column_word(field)


def report(
    summary: Summary, register: Register, columns: Columns, pairs: Iterable[LikelyPair]
) -> dict:
    """The report of the command line: keys as agreed, then what more there is to know."""
    return {
        "rows": summary.rows,
        "blank": summary.blank,
        "persons_new": summary.persons_new,
        "persons_known": summary.persons_known,
        "measurements": summary.measurements,
        "refused": [_refused(one, register, columns) for one in register.refused],
        "possible_duplicates": [_pair(pair) for pair in pairs],
        "changed": summary.changed,
        "doubtful": [
            {"line": line, "code": code, "reason": reasons.doubt(code, value, other)}
            for line, code, value, other in sorted(
                (one.line, one.code, one.value, one.other) for one in register.doubts
            )
        ],
    }


def _pair(pair: LikelyPair) -> dict:
    """A pair by what the file says; numbers of the database mean nothing outside."""
    told = msgspec.to_builtins(pair)
    for side in ("first", "second"):
        told[side].pop("person")
    return told


def _refused(one: Refused, register: Register, columns: Columns) -> dict:
    first = one.problems[0]
    return {
        "line": one.line,
        "column": heading(register, columns, first.field),
        "reason": reasons.reason(first.code, first.value, first.detail),
        "mend": reasons.mend(first.code, first.detail),
        "code": first.code,
        "value": first.value,
    }

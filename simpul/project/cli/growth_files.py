"""The CSV of a growth register in, the CSV with its z-scores out.

Its one rule: one row out for every row in, in the same order; the old file stays until the new
one is whole.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import click

from simpul.project.cli.growth_columns import Complaint, find_columns

ROWS_AT_ONCE = 16_384
_BREAK = re.compile(r"\r\n|\r|\n")
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Chunk(NamedTuple):
    """Some rows, the line each begins on, and whether none of their cells was quoted."""

    lines: Sequence[int]
    rows: list[list[str]]
    unquoted: bool


class Register(NamedTuple):
    """An open CSV: its column names, what stands where, its rows, and how far we have read."""

    header: list[str]
    separator: str
    places: dict[str, list[int]]
    chunks: Iterator[Chunk]
    bytes_read: Callable[[], int]


@contextlib.contextmanager
def reading(source: str) -> Iterator[Register]:
    """Open IN.csv and read its header; stop with a clear word where it cannot be a register."""
    with _text_of(source) as (text, bytes_read):
        first = text.readline()
        if not first.strip():
            raise click.ClickException("the file is empty: its first line must name the columns.")
        separator = max(",;\t", key=first.count)
        csv.field_size_limit(2**31 - 1)  # an open quote must not stop us
        lines = _Lines(first, text)
        reader = csv.reader(lines, delimiter=separator)
        header = next(reader)
        places = find_columns(header)
        if "sex" not in places:
            raise click.ClickException(
                "no column with the sex: name one of them sex or JK (values 1/2, L/P, m/f)."
            )
        yield Register(header, separator, places, _chunks(reader, lines), bytes_read)


@contextlib.contextmanager
def _text_of(source: str) -> Iterator[tuple[IO[str], Callable[[], int]]]:
    """The text of a file or of standard input, whatever its byte order mark."""
    with contextlib.ExitStack() as stack:
        if source == "-":
            binary, utf16 = sys.stdin.buffer, False
        else:
            binary = cast(IO[bytes], stack.enter_context(Path(source).open("rb")))
            utf16 = binary.read(2) in UTF16
            binary.seek(0)
        # surrogateescape: a register in an old encoding comes out byte for byte as it was
        text = io.TextIOWrapper(
            cast(Any, binary),
            encoding="utf-16" if utf16 else "utf-8-sig",
            errors="replace" if utf16 else "surrogateescape",
            newline="",
        )
        try:
            yield text, binary.tell
        finally:
            text.detach()


class _Lines:
    """The lines of the file, which remembers whether a quote has gone by."""

    def __init__(self, first: str, rest: IO[str]) -> None:
        self.rest = chain([first], rest)
        self.quoted = False

    def __iter__(self) -> Iterator[str]:
        for line in self.rest:
            if '"' in line:
                self.quoted = True
            yield line


def _chunks(reader: Any, lines: _Lines) -> Iterator[Chunk]:
    """The rows, some thousands at a time; an empty line is no row."""
    while True:
        first, lines.quoted = reader.line_num + 1, False
        rows: list[list[str]] = []
        try:
            rows.extend(islice(reader, ROWS_AT_ONCE))
        except csv.Error:  # a line the csv module refuses: a row with nothing to read
            rows.append([""])
        if not rows:
            return
        numbers: Sequence[int] = range(first, first + len(rows))
        if reader.line_num >= first + len(rows):  # some row takes more than one line
            numbers = _line_numbers(first, rows)
        if not all(rows):
            numbers = [number for number, row in zip(numbers, rows, strict=True) if row]
            rows = [row for row in rows if row]
        if rows:
            yield Chunk(numbers, rows, not lines.quoted)


def _line_numbers(first: int, rows: list[list[str]]) -> list[int]:
    """The line each row begins on, counting the line breaks inside the cells before it."""
    breaks = (1 + sum(len(_BREAK.findall(cell)) for cell in row) for row in rows)
    return list(accumulate(breaks, initial=first))[:-1]


def lines_of(columns: Sequence[Sequence[str]], separator: str, unquoted: bool) -> str:
    """The text of finished rows; cells are quoted only where one of them might need it."""
    rows = zip(*columns, strict=True)
    if unquoted:
        return "\n".join(map(separator.join, rows)) + "\n"
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def squared(rows: list[list[str]], width: int) -> list[Complaint]:
    """Give every row as many cells as the header, and tell which had more or fewer."""
    complaints = []
    for place, row in enumerate(rows):
        cells = len(row)
        if cells == width:
            continue
        if cells < width or any(cell.strip() for cell in row[width:]):
            mend = (
                f"{cells} cells where the header has {width}: check separators and quotes "
                "(a decimal comma needs quotes or the separator ;)"
            )
            complaints.append(Complaint(place, "(all)", mend))
        row[width:] = [""] * (width - cells)
    return complaints


@contextlib.contextmanager
def writing(out: str) -> Iterator[IO[str]]:
    """OUT.csv, put in its place only when it is whole; `-` is standard output."""
    if out == "-":
        stream = _utf8(sys.stdout.buffer)
        try:
            yield stream
        finally:
            stream.detach()
        return
    path = Path(out).resolve()
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):  # a pipe, a device
        with path.open("wb") as binary:
            stream = _utf8(binary)
            yield stream
            stream.flush()
        return
    draft = Path(f"{path}.{os.getpid()}.part")
    try:
        with draft.open("wb") as binary:
            stream = _utf8(binary)
            yield stream
            stream.flush()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _utf8(binary: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        cast(Any, binary), encoding="utf-8", errors="surrogateescape", newline=""
    )

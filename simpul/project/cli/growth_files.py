"""The CSV of a growth register in, the CSV with its z-scores out.

Its one rule: one row out for every row in, in the same order; the old file stays until the new
one is whole.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import click

from simpul.project.cli.growth_columns import Complaint, find_columns

ROWS_AT_ONCE = 16_384
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Chunk(NamedTuple):
    """Some rows, and the number of the (last) line of each."""

    lines: list[int]
    rows: list[list[str]]


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
        reader = csv.reader(_with_first(first, text), delimiter=separator)
        header = next(reader)
        places = find_columns(header)
        if "sex" not in places:
            raise click.ClickException(
                "no column with the sex: name one of them sex or JK (values 1/2, L/P, m/f)."
            )
        yield Register(header, separator, places, _chunks(reader), bytes_read)


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


def _with_first(first: str, rest: IO[str]) -> Iterator[str]:
    yield first
    yield from rest


def _chunks(reader: Any) -> Iterator[Chunk]:
    """The rows, some thousands at a time; an empty line is no row."""
    chunk = Chunk([], [])
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:  # a line the csv module refuses: a row with nothing to read
            row = [""]
        if not row:
            continue
        chunk.lines.append(reader.line_num)
        chunk.rows.append(row)
        if len(chunk.rows) == ROWS_AT_ONCE:
            yield chunk
            chunk = Chunk([], [])
    if chunk.rows:
        yield chunk


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

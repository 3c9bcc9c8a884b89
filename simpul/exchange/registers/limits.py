"""How much of a file is read at all: a small file can be made to fill the memory when it is opened.
What is too much is refused before it is unpacked, with a reason that says what to do."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from simpul.exchange.registers.unreadable import Unreadable

MOST_COLUMNS = 128  # the widest register known has 58
MOST_UNPACKED = 700_000_000  # bytes; a register of 100,000 rows unpacks to about 150 MB
MOST_MEMBERS = 2_000
_CHUNK = 1 << 20
_TAIL = 32  # bytes read again, so that no reference is cut in two
# A sheet is laid out in memory as one rectangle: one cell far out is as bad as a million.
_FAR_COLUMN = rb"D[YZ]|[E-Z][A-Z]|[A-Z]{3,}"


def check_width(header: list[str]) -> None:
    """Refuse a header of more columns than any register has."""
    if len(header) > MOST_COLUMNS:
        raise Unreadable("too_wide", str(MOST_COLUMNS))


def check_rows(n: int) -> None:
    """Refuse more rows than one file may have."""
    if n > settings.UPLOAD_MOST_ROWS:
        raise Unreadable("too_many_rows", str(settings.UPLOAD_MOST_ROWS))


def check_workbook(path: Path) -> None:
    """Refuse a zipped workbook that unpacks to too much, by what it says and by what is in it."""
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
            unpacked = sum(one.file_size for one in members)
            if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
                raise Unreadable("too_large_inside")
            for one in members:
                if "worksheets/" in one.filename and one.filename.endswith(".xml"):
                    _check_cells(book, one)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable("not_a_workbook") from error


def _check_cells(book: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> None:
    """Look for a cell too far right or too far down."""
    digits = len(str(settings.UPLOAD_MOST_ROWS))
    far = re.compile(
        rb' r="(?:(?P<column>%s)\d+|[A-Z]{0,3}(?P<row>\d{%d,}))"' % (_FAR_COLUMN, digits)
    )
    with book.open(sheet) as cells:
        for chunk in _overlapping(cells):
            for found in far.finditer(chunk):
                if found["column"]:
                    raise Unreadable("too_wide", str(MOST_COLUMNS))
                check_rows(int(found["row"][:9]))


def _overlapping(source: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while chunk := source.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_TAIL:]

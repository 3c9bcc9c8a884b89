"""Opens a file as one sheet of rows with the line numbers the user's spreadsheet shows.
Rows are read as they are needed; what is no register raises Unreadable with a reason code."""

import codecs
import csv
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import python_calamine

from simpul.exchange.registers import limits
from simpul.exchange.registers.unreadable import Unreadable

Row = tuple[int, list]  # line number, cells
_WORKBOOK_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DELIMITERS = ",;\t|"
_HEADER_WITHIN = 30  # rows of title above the header
csv.field_size_limit(1_000_000)


class Sheet(msgspec.Struct):
    """The header and the rows below it. `n_lines` is about how many rows there are."""

    header: list[str]
    header_line: int
    n_lines: int
    source: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """The data rows from the first one, each time anew. A blank row is a row."""
        for line, cells in self.source():
            if line > self.header_line:
                yield line, cells

    def close(self) -> None:
        """Let go of the file; a large workbook holds hundreds of megabytes."""
        self.source = lambda: iter(())

    def samples(self, most: int = 200) -> list[list]:
        """The first rows that hold something, for guessing and showing."""
        found = []
        for line, cells in self.rows():
            if any(_filled(cell) for cell in cells):
                found.append(cells)
            if len(found) >= most or line > self.header_line + 5 * most:
                break
        return found


def open_sheet(path: Path, likeness: Callable[[Sequence[str]], int]) -> Sheet:
    """The sheet of a CSV, XLSX, XLS, ODS, or of a page of HTML that calls itself XLS.

    `likeness` says how many cells of a row look like headings: the header is the row with most.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise Unreadable("empty")
    if start.startswith(_WORKBOOK_MAGIC):
        return _workbook(path, likeness)
    encoding = _encoding(path, start)
    if b"<table" in start.lower() or start.lstrip()[:5].lower() in (b"<html", b"<!doc"):
        rows = list(_html_rows(path.read_text(encoding=encoding, errors="replace")))
        return _with_header(lambda: iter(rows), len(rows), likeness)
    if b"\0" in start and not encoding.startswith("utf-16"):
        raise Unreadable("not_text")
    delimiter = _delimiter(path, encoding)
    with path.open("rb") as file:
        n_lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return _with_header(lambda: _csv_rows(path, encoding, delimiter), n_lines, likeness)


def _with_header(source, n_lines: int, likeness) -> Sheet:
    best, header, header_line = -1, None, 0
    for (_line, cells), _nth in zip(source(), range(_HEADER_WITHIN), strict=False):
        titles = [_title(cell) for cell in cells]
        if sum(map(bool, titles)) < 2:
            continue
        score = likeness(titles)
        if score > best:
            best, header, header_line = score, titles, _line
    if header is None:
        raise Unreadable("no_header")
    while header and not header[-1]:
        header.pop()
    limits.check_width(header)
    limits.check_rows(n_lines - header_line)
    return Sheet(header, header_line, max(n_lines - header_line, 0), source)


def _title(cell) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else str(cell or "")


def _filled(cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


# text


def _encoding(path: Path, start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _delimiter(path: Path, encoding: str) -> str:
    """The sign that cuts the first lines into the most columns, the same number in most lines."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for line, _nth in zip(file, range(40), strict=False)]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]

    def regularity(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0
        usual = max(set(widths), key=widths.count) if widths else 1
        return (widths.count(usual) if usual > 1 else 0), usual

    return max(_DELIMITERS, key=regularity)


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Rows with the line they start on. Empty lines at the very end are no rows."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        empty: list[int] = []
        before = 0
        try:
            for cells in reader:
                line, before = before + 1, reader.line_num
                if not cells:
                    empty.append(line)
                    continue
                for skipped in empty:
                    yield skipped, []
                empty.clear()
                yield line, cells
        except csv.Error as error:
            raise Unreadable("broken", str(before + 1)) from error


# workbooks


def _workbook(path: Path, likeness) -> Sheet:
    if zipfile.is_zipfile(path):
        limits.check_workbook(path)
    try:
        book = python_calamine.load_workbook(str(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except python_calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise Unreadable("not_a_workbook") from error
    best = None
    for sheet in sheets:
        if not sheet.height:
            continue
        try:
            found = _with_header(_rows_of(sheet), sheet.total_height, likeness)
        except Unreadable as error:
            if error.code != "no_header":
                raise
            continue
        score = likeness(found.header)
        if best is None or score > best[0]:
            best = (score, found)
    if best is None:
        raise Unreadable("no_header")
    return best[1]


def _rows_of(sheet) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        yield from enumerate(sheet.iter_rows(), start=1)

    return rows


# HTML tables: what many national applications download as '.xls'


class _Table(HTMLParser):
    """Collects the cells of every row; cells that span columns are repeated as blanks."""

    def __init__(self):
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._close()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span[:4]), limits.MOST_COLUMNS) if span.isdecimal() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag):
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)

    def _close(self):
        if self._cell is None:
            return
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append(" ".join("".join(self._cell).split()))
        self.rows[-1].extend([""] * (self._span - 1))
        self._cell = None


def _html_rows(page: str) -> Iterator[Row]:
    table = _Table()
    table.feed(page)
    table.close()
    if not table.rows:
        raise Unreadable("no_header")
    yield from enumerate(table.rows, start=1)

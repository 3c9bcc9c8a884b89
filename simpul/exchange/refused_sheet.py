"""The refused rows as XLSX: the file's own columns, then where, why and what to do about it.
Corrected, the sheet is imported again as it is: the added columns are no fields."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from simpul.exchange.cells import opened
from simpul.exchange.registers import reasons

WIDEST = 60


def workbook(header: Sequence[str], refused: Iterable, doubts: Iterable) -> bytes:
    """The workbook as bytes; every cell is text, so that Excel changes no NIK and no date."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False,
               "strings_to_urls": False}  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E4EEEC", "border": 1})
        wrong = book.add_format({"bg_color": "#FDE3DF", "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        _write_refused(book.add_worksheet(_("Refused")), header, refused, (bold, wrong, text))
        doubtful = list(doubts)
        if doubtful:
            _write_doubts(book.add_worksheet(_("Doubtful")), doubtful, bold)
    return target.getvalue()


def _write_refused(sheet, header: Sequence[str], refused: Iterable, formats: tuple) -> None:
    bold, wrong, text = formats
    added = [_("Line"), _("Column"), _("Reason"), _("What to do")]
    for at, title in enumerate([*header, *added]):
        sheet.write_string(0, at, title, bold)
        sheet.set_column(at, at, 42 if title in added[2:] else min(max(len(title) + 2, 12), 24))
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(refused, start=1):
        cells = [*opened(row.cells), *[""] * len(header)][: len(header)]
        for at, cell in enumerate(cells):
            is_wrong = header[at] == row.column
            sheet.write_string(line, at, cell, wrong if is_wrong else text)
        why = "; ".join(
            reasons.reason(code, value, detail) for _f, code, detail, value in _all(row)
        )
        told = [str(row.line), row.column, why, reasons.mend(row.code, row.detail)]
        for at, cell in enumerate(told, start=len(header)):
            sheet.write_string(line, at, cell, text)


def _all(row) -> list:
    return [[row.field, row.code, row.detail, row.value], *row.also]


def _write_doubts(sheet, doubts: list, bold) -> None:
    for at, title in enumerate((_("Line"), _("What is unusual"))):
        sheet.write_string(0, at, title, bold)
    sheet.set_column(1, 1, WIDEST)
    for line, row in enumerate(doubts, start=1):
        sheet.write_number(line, 0, row.line)
        sheet.write_string(line, 1, reasons.doubt(row.code, row.value, row.other))

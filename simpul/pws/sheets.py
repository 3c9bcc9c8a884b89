"""XLSX of a situation and of the names behind a number. Numbers stay numbers, for sums."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.pws import periods
from simpul.pws.asked import Asked
from simpul.pws.listed import Line
from simpul.pws.situation import NOBODY, Situation, Tile
from simpul.pws.wording import group_title, now_word, status_word
from simpul.ui import words

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cells = Iterable[Sequence[object]]


def _workbook(fill: Callable) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book, book.add_format({"bold": True, "bg_color": "#dcebe8", "text_wrap": True}))
    return target.getvalue()


def _write(book, head, name: str, about: str, columns: Sequence[tuple[str, int]], rows: Cells):
    sheet = book.add_worksheet(name[:31])
    sheet.write_string(0, 0, about)
    for k, (title, width) in enumerate(columns):
        sheet.set_column(k, k, width)
        sheet.write_string(2, k, title, head)
    last = 2
    for last, row in enumerate(rows, start=3):
        for k, value in enumerate(row):
            if isinstance(value, str):  # never a formula or a link, whatever a name begins with
                sheet.write_string(last, k, value)
            elif value is not None:
                sheet.write(last, k, value)
    sheet.freeze_panes(3, 1)
    sheet.autofilter(2, 0, max(last, 3), len(columns) - 1)


def about(asked: Asked) -> str:
    """Whose numbers, of when."""
    lang = get_language()
    when = words.month(asked.month, lang) if not asked.on else words.day(asked.on, lang)
    return f"{asked.area.label}, {when}, {words.day(asked.until, lang)}"


def of_situation(asked: Asked, found: Situation) -> bytes:
    """All indicators of the area, and all indicators by part."""
    tiles = [(name, one) for name, tiles in found.groups for one in tiles]

    def fill(book, head):
        _write(book, head, _("Situation"), about(asked), _columns(), map(_row, tiles))
        if found.division.parts:
            for name, value in (
                (_("Percent"), _share), (_("Reached"), lambda t, p: p[1] if p[0] else None),
                (_("Counted"), lambda t, p: p[0] or None),
            ):  # fmt: skip
                _write(book, head, name, about(asked), *_by_part(found, tiles, value))

    return _workbook(fill)


def _columns() -> list[tuple[str, int]]:
    return [
        (_("Group"), 22), (_("Indicator"), 38), (_("Id"), 18), (_("Numerator"), 10),
        (_("Denominator"), 10), (_("Percent"), 10), (_("Numerator, in words"), 36),
        (_("Denominator, in words"), 36), (_("Estimate"), 10), (_("Percent of the estimate"), 10),
        (_("Source of the estimate"), 26), (_("Target"), 8), (_("Last month"), 10),
        (_("Status"), 12), (_("Published before"), 18),
    ]  # fmt: skip


def _row(grouped: tuple[str, Tile]) -> list[object]:
    name, tile = grouped
    one, lang = tile.indicator, words.known(get_language())
    official = tile.estimate.official if tile.estimate else None
    was = tile.correction
    return [
        group_title(name), one.title[lang], one.id, tile.reached, tile.counted,
        _rounded(tile.percent), one.numerator[lang], one.denominator[lang],
        official.number if official else None,
        _rounded(tile.estimate.percent) if tile.estimate else None,
        f"{official.source} {official.year}" if official else None, one.target,
        _rounded(tile.before), status_word(tile.status) if tile.status else None,
        f"{was.reached}/{was.counted}" if was else None,
    ]  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _share(tile: Tile, pair: tuple[int, int]) -> float | None:
    if tile.indicator.kind == "count":
        return pair[1] if pair[0] else None
    return _rounded(100 * pair[1] / pair[0]) if pair[0] else None


def _by_part(found: Situation, tiles, value) -> tuple[list[tuple[str, int]], Cells]:
    parts, lang = found.division.parts, words.known(get_language())
    columns = [(_("Indicator"), 38), *((part.name, 14) for part in parts)]
    rows = (
        [
            tile.indicator.title[lang],
            *(
                value(tile, found.parts.get(part.code, {}).get(tile.indicator.id, NOBODY))
                for part in parts
            ),
        ]
        for _name, tile in tiles
    )
    return columns, rows


def of_names(asked: Asked, title: str, lines: Iterable[Line]) -> bytes:
    """The names behind a number."""
    lang = get_language()
    columns = [
        (_("Name"), 30), (_("Date of birth"), 14), (_("Age"), 12), (_("RT"), 18),
        (_("Village"), 20), (_("Mother"), 26), (_("Reached"), 10), (_("Still owed"), 36),
        (_("Last served"), 14), (_("Remark"), 16),
    ]  # fmt: skip
    end = asked.on or periods.last_of(asked.month)
    rows = (
        [
            one.name, words.day(one.birth_date, lang), words.age(one.birth_date, end, lang),
            one.named.rt, one.named.village, one.mother,
            _("yes") if one.named.is_reached else _("no"), ", ".join(one.owed),
            words.day(one.served_on, lang), now_word(one.now),
        ]
        for one in lines
    )  # fmt: skip

    def fill(book, head):
        _write(book, head, _("Names"), f"{title}. {about(asked)}", columns, rows)

    return _workbook(fill)


def file_name(asked: Asked, what: str) -> str:
    """pws-62.03.01.1010-2026-11-k1.xlsx"""
    when = asked.on.isoformat() if asked.on else f"{asked.month:%Y-%m}"
    code = "".join(c if c.isalnum() or c in ".-" else "-" for c in asked.area.code)
    return "-".join(part for part in ("pws", code, when, what) if part) + ".xlsx"

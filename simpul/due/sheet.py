"""The due list as an XLSX file: the rows of the list, all pages, in its order."""

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _

from simpul.due.lists import House, lang
from simpul.ui import words

_WIDTHS = (24, 28, 12, 6, 22, 34, 16, 18, 16, 12, 40, 16, 16, 70)


def titles() -> list[str]:
    """The heads of the columns."""
    return [
        _("House"), _("Name"), _("Age"), _("Sex"), _("Mother"), _("Address"), _("RT"),
        _("Village"), "Posyandu", _("Urgency"), _("Service"), _("Since"), _("Late since"),
        _("Reason"),
    ]  # fmt: skip


def rows(houses: Iterable[House], day: date) -> Iterable[list]:
    """One row for each service owed, in the order of the list."""
    said = {"urgent": _("Urgent"), "late": _("Late"), "due": _("Due now")}
    sexes = {"female": _("Female"), "male": _("Male")}
    for house in houses:
        home = house.household
        for one in house.owed:
            person = one.person
            for line in one.lines:
                yield [
                    home.head_name, person.name, words.age(person.birth_date, day, lang()),
                    sexes.get(person.sex, ""), person.mother_name, home.address, home.rt_label,
                    home.village.name, home.posyandu.name if home.posyandu else "",
                    said[line.urgency], line.title, line.item.due_on,
                    line.item.late_on if line.item.late_on and line.item.late_on <= day else None,
                    line.reason,
                ]  # fmt: skip


def workbook(houses: Iterable[House], *, title: str, day: date) -> bytes:
    """The file: a title row, the heads, the rows; to be filtered and printed as it is."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "d mmm yyyy"})
    sheet = book.add_worksheet(_("Due list"))
    bold, head = book.add_format({"bold": True, "font_size": 14}), _head(book)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    dates = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
    sheet.write_string(0, 0, title, bold)
    for column, text in enumerate(titles()):
        sheet.write_string(2, column, text, head)
        sheet.set_column(column, column, _WIDTHS[column])
    last = 2
    for last, row in enumerate(rows(houses, day), start=3):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(last, column, value, dates)
            elif value:
                sheet.write_string(last, column, str(value), wrap)
    sheet.autofilter(2, 0, last, len(_WIDTHS) - 1)
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()


def _head(book):
    return book.add_format({"bold": True, "bg_color": "#dcebe8", "bottom": 2, "text_wrap": True})

"""What went wrong with a whole file, and what to do, in the reader's language."""

from django.utils.translation import gettext as _


def unreadable(code: str, detail: str = "") -> str:
    """Why a file cannot be read. Codes are those of registers.sheet.Unreadable."""
    return {
        "empty": _("The file is empty."),
        "not_text": _("This is not a table: save it as XLSX or CSV and bring that."),
        "not_a_workbook": _("The workbook cannot be opened: save it anew as XLSX."),
        "encrypted": _("The workbook is locked with a password: save it without one."),
        "no_header": _("No row with headings was found."),
        "no_name": _("No column with the name was chosen."),
        "broken": _("The file is broken near line %(line)s.") % {"line": detail},
        "too_wide": _("The sheet has more than %(n)s columns: delete those not needed.")
        % {"n": detail},
        "too_many_rows": _("The sheet has more than %(n)s rows: divide it by village.")
        % {"n": detail},
        "too_large_inside": _("The workbook unpacks to too much: save only the sheet as CSV."),
        "gone": _("The file is no longer kept here: bring it again."),
        "no_right": _("You may no longer import."),
    }.get(code, _("The work on the file broke off. Nothing half-done was kept: try again."))

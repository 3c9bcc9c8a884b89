"""What the import pages show of a job: steps, progress, samples of columns, words of each row."""

from datetime import date
from pathlib import Path

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.exchange import queries
from simpul.exchange.queries import State
from simpul.exchange.registers import fields, reasons, values
from simpul.exchange.registers.sheet import Sheet
from simpul.people import comparing
from simpul.ui import words

SAMPLES = 3
STEPS = ("file", "columns", "check", "import")
_STEP_OF = {
    State.NEW: "columns",
    State.TO_CHECK: "check",
    State.CHECKING: "check",
    State.CHECKED: "check",
    State.TO_IMPORT: "import",
    State.IMPORTING: "import",
    State.DONE: "",
    State.FAILED: "check",
    State.DROPPED: "check",
}


def steps(job) -> list[dict]:
    """The four steps, and which one this import is at."""
    labels = {
        "file": _("File"),
        "columns": _("Columns"),
        "check": _("Look"),
        "import": _("Import"),
    }
    here = _STEP_OF[job.state]
    at = STEPS.index(here) if here else len(STEPS)
    return [
        {"label": labels[step], "is_past": number < at, "is_here": number == at}
        for number, step in enumerate(STEPS)
    ]


def progress(job) -> dict:
    """The context of ui/_progress.html."""
    heading = _("Importing the register") if job.state in _IMPORTING else _("Checking the register")
    is_waiting = job.state in (State.TO_CHECK, State.TO_IMPORT)
    label = _("This begins in a moment") if is_waiting else _("At work")
    return {
        "heading": heading,
        "label": label,
        "done": job.n_done,
        "total": job.n_total,
        "is_done": False,
        "poll_url": reverse("imports:progress", kwargs={"uid": job.uid}),
    }


_IMPORTING = (State.TO_IMPORT, State.IMPORTING)


def line(job) -> dict:
    """A job in the list of imports."""
    status = {
        State.NEW: ("due", _("columns to be chosen")),
        State.CHECKED: ("due", _("waits for your decision")),
        State.DONE: ("done", _("imported")),
        State.FAILED: ("urgent", _("failed")),
        State.DROPPED: ("missed", _("not imported")),
    }.get(job.state, ("later", _("being worked on")))
    return {"job": job, "counts": job.counts, "status": status[0], "word": status[1]}


def initial(job) -> dict:
    """The columns as remembered, chosen before, or guessed."""
    if job.columns:
        columns = queries.columns_of(job)
    else:
        columns = fields.table_columns(job.header)
    chosen = {f"column-{number}": field for number, field in enumerate(columns.fields)}
    return chosen | {
        "date_order": columns.date_order,
        "age_unit": columns.age_unit,
        "village": job.village_id,
        "name": Path(job.file_name).stem[:60],
    }


def samples(form, sheet: Sheet) -> list[dict]:
    """Each column with its select and the first values in it."""
    rows = sheet.samples(40)
    shown = []
    for number, heading in enumerate(form.header):
        cells = (values.text(row[number]) for row in rows if number < len(row))
        found = list(dict.fromkeys(cell[:40] for cell in cells if cell))[:SAMPLES]
        bound = form[f"column-{number}"]
        shown.append({"heading": heading, "field": bound, "samples": found})
    return shown


def word(context: dict) -> None:
    """Put the words to the refused rows, doubts, changes and pairs of a page."""
    for row in context["refused"]:
        row.reason = reasons.reason(row.code, row.value, row.detail)
        row.mend = reasons.mend(row.code, row.detail)
        row.more = [reasons.reason(code, value, detail) for _f, code, detail, value in row.also]
    context["doubts"] = [
        {"line": row.line, "text": reasons.doubt(row.code, row.value, row.other)}
        for row in context["doubts"]
    ]
    context["changes"] = [_change(row) for row in context["changes"]]
    context["pairs"] = [
        pair
        | {
            "reasons": comparing.reasons_in_words(
                pair["reasons"], pair["first"]["name"], pair["second"]["name"]
            )
        }
        for pair in context["job"].pairs
    ]


def _change(row) -> dict:
    known = packs.load().facts.get(row.field)
    if row.field in fields.FIELDS:  # nik, sex: of the person, not of a day
        return {
            "line": row.line,
            "title": reasons.column_word(row.field),
            "on": None,
            "before": "–",
            "after": reasons.doubt(f"gets_{row.field}"),
        }
    return {
        "line": row.line,
        "title": known.title[words.known(get_language())] if known else row.field,
        "on": date.fromisoformat(row.detail),
        "before": _value(known, row.other),
        "after": _value(known, row.value),
    }


def _value(known, written: str) -> str:
    lang = words.known(get_language())
    if known is None or known.type != "number":
        code = known.codes.get(written) if known else None
        return code[lang] if code else written
    return f"{words.number(float(written), lang=lang)} {known.unit or ''}".strip()

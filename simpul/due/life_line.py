"""The life-cycle line of a person: what was done, is due, comes next, along the age."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.due import growth_page, plans, pregnancy
from simpul.due.groups import SHORT
from simpul.engine.growth_lms import DAYS_OF_MONTH
from simpul.engine.values import Person as Case
from simpul.engine.values import PlanItem
from simpul.ui import charts, words

_YEAR = 365.25
_Groups = tuple[tuple[str, tuple[str, ...]], ...]
# group of the pack -> row of the line; the facts whose days are marks of things done
_CHILD: _Groups = (
    ("immunisation", ()),
    ("growth", ("body.weight",)),
    ("supplement", ("supplement.vitamin_a", "supplement.deworming")),
    ("postnatal", ()),
    ("followup", ()),
)
_PREGNANT: _Groups = (
    ("pregnancy", ()),
    ("postnatal", ()),
    ("ptm", ("bp.systolic",)),
    ("followup", ()),
)
_ADULT: _Groups = (
    ("ptm", ("bp.systolic", "glucose.random", "glucose.fasting")),
    ("elderly", ("elderly.aks",)),
    ("immunisation", ()),
    ("followup", ()),
)


class LifeLine(msgspec.Struct, frozen=True):
    """The drawing, and what span of life it shows."""

    svg: str
    span: str


class _Axis(msgspec.Struct, frozen=True):
    """Where a day lies on the line."""

    stops: Sequence[charts.Stop]
    start: date
    unit: float  # days
    first: float
    last: float
    span: str

    def at(self, day: date) -> float:
        return (day - self.start).days / self.unit

    def holds(self, day: date) -> bool:
        return self.first - 0.5 <= self.at(day) <= self.last + 0.5


def life_line(case: Case, name: str, items: Sequence[PlanItem], day: date) -> LifeLine:
    """The line that suits the person: first years, a pregnancy, or some years of age."""
    carried = pregnancy.latest(case.facts, day) if case.sex == "female" else None
    if carried and carried.started_on <= day <= carried.until:
        axis, groups = _pregnancy_axis(carried), _PREGNANT
    elif plans.age_months(case, day) < 72:
        axis, groups = _child_axis(case, day), _CHILD
    else:
        axis, groups = _years_axis(case, day), _ADULT
    rows = [
        charts.Row(str(SHORT[group]), marks)
        for group, facts in groups
        if (marks := _marks(case, items, group, facts, axis, day))
    ]
    svg = charts.life_line(
        rows, axis.stops, today=axis.at(day),
        today_label=_("Today, %(day)s") % {"day": words.day_short(day, _lang())},
        title=_("Life line of %(name)s, %(span)s") % {"name": name, "span": axis.span},
        desc=_desc(items),
    )  # fmt: skip
    return LifeLine(svg, axis.span)


def _child_axis(case: Case, day: date) -> _Axis:
    if plans.age_months(case, day) < 24:
        stops, last, span = charts.first_two_years(), 24.0, _("birth to 2 years")
    else:
        stops, last, span = charts.first_six_years(), 72.0, _("birth to 6 years")
    return _Axis(stops, case.birth_date, DAYS_OF_MONTH, 0.0, last, span)


def _pregnancy_axis(carried: pregnancy.Pregnancy) -> _Axis:
    span = _("pregnancy by week")
    return _Axis(charts.pregnancy_weeks(), carried.started_on, 7.0, 0.0, 42.0, span)


def _years_axis(case: Case, day: date) -> _Axis:
    years = plans.age_months(case, day) // 12
    first = max(years - 4, 0)
    last = first + 6
    span = _("age %(first)d to %(last)d years") % {"first": first, "last": last}
    stops = charts.years(first, last, 1)
    return _Axis(stops, case.birth_date, _YEAR, float(first), float(last), span)


def _marks(
    case: Case, items: Iterable[PlanItem], group: str, facts: Sequence[str], axis: _Axis, day: date
) -> list[charts.Mark]:
    pack, lang = packs.load(), words.known(_lang())
    marks = _done_marks(case, facts, axis)
    seen = {mark.at for mark in marks}
    for item in items:
        if pack.services[item.service].group != group or item.due_on is None:
            continue
        at = item.done_on or (item.closes_on if item.status == "missed" else item.due_on)
        if at is None or not axis.holds(at) or (item.done_on and axis.at(at) in seen):
            continue
        status = "na" if item.valid is False else plans.urgency(item)
        title = f"{pack.title_of(item, lang)}, {words.day(at, lang)}: {_word(status)}"
        marks.append(charts.Mark(axis.at(at), status, pack.short_of(item, lang), title))
    return marks


def _done_marks(case: Case, names: Sequence[str], axis: _Axis) -> list[charts.Mark]:
    """One mark for each day on which one of the facts was recorded."""
    pack, lang = packs.load(), words.known(_lang())
    days: dict[date, list[str]] = {}
    for fact in plans.facts_of(case, *names):
        if fact.value is not False and axis.holds(fact.on):
            days.setdefault(fact.on, []).append(pack.facts[fact.name].title[lang])
    marks = []
    for on, titles in days.items():
        label = growth_page.kms_of(case, on).status or "" if "body.weight" in names else ""
        said = f"{', '.join(dict.fromkeys(titles))}, {words.day(on, lang)}: {_word('done')}"
        marks.append(charts.Mark(axis.at(on), "done", label if label == "T" else "", said))
    return marks


def _word(status: str) -> str:
    return {
        "urgent": _("urgent"),
        "late": _("late"),
        "due": _("due now"),
        "done": _("done"),
        "later": _("later"),
        "missed": _("missed"),
    }.get(status, _("does not count"))


def _desc(items: Iterable[PlanItem]) -> str:
    """The line in a sentence, for those who cannot see it."""
    pack, lang = packs.load(), words.known(_lang())
    by_status: dict[str, list[str]] = {}
    for item in items:
        if item.valid is not False and item.due_on is not None:
            by_status.setdefault(plans.urgency(item), []).append(pack.short_of(item, lang))
    return " ".join(
        f"{_word(status).capitalize()}: {', '.join(by_status[status])}."
        for status in ("done", "urgent", "late", "due", "later", "missed")
        if status in by_status
    )


def _lang() -> str:
    return get_language() or "id"

"""A child's growth for the person page: WHO's curves, the child's points, the KMS letters."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.due import plans
from simpul.engine.growth import assess
from simpul.engine.growth_kms import KmsStatus, kms
from simpul.engine.growth_lms import DAYS_OF_MONTH, tables
from simpul.engine.values import Person as Case
from simpul.ui import charts, words

LAST_MONTH = 60
_SDS = (-3, -2, -1, 0, 1, 2, 3)
_LIES_BELOW = 731  # days: WHO changes from length to height
_STEP = 15  # days between the points of a curve: finer is not seen


class Measuring(msgspec.Struct, frozen=True):
    """What was measured on one day."""

    on: date
    weight: float | None
    lenhei: float | None
    measure: str | None
    muac: float | None
    letter: str  # B O N T of the month, on its last weighing
    says: str  # the nutritional status in words; '' for a kader


class GrowthPage(msgspec.Struct, frozen=True):
    """The growth section. `verdict` is the KMS status in words, `status` its colour."""

    charts: list[tuple[str, str]]
    rows: list[Measuring]
    verdict: str
    status: str


def growth(case: Case, name: str, day: date, *, with_categories: bool) -> GrowthPage | None:
    """The section for a child below five, or None for those who have no growth card."""
    months = plans.age_months(case, day)
    if case.sex is None or months >= LAST_MONTH:
        return None
    rows = measurings(case, day, with_categories=with_categories)
    letters = {row.on: kms_of(case, row.on) for row in rows if row.letter}
    last = max(letters, default=None)
    verdict, status = _verdict(letters[last] if last else None, last, day)
    pages = [(_("Weight for age (KMS)"), _weight_chart(case, name, rows, letters, day))]
    if any(row.lenhei is not None for row in rows):
        pages.append((_("Length or height for age"), _length_chart(case, name, rows, day)))
    return GrowthPage(pages, rows[::-1], verdict, status)


def measurings(case: Case, day: date, *, with_categories: bool) -> list[Measuring]:
    """What was measured on which day, oldest first; weight at birth included."""
    by_day: dict[date, dict[str, object]] = {}
    for fact in plans.facts_of(
        case, "body.weight", "body.lenhei", "body.measure", "body.muac", "body.oedema"
    ):
        by_day.setdefault(fact.on, {})[fact.name.removeprefix("body.")] = fact.value
    months = {(on.year, on.month): on for on, seen in sorted(by_day.items()) if "weight" in seen}
    last_of_month = set(months.values())
    return [
        _measuring(case, on, seen, on in last_of_month, with_categories)
        for on, seen in sorted(by_day.items())
        if on <= day
    ]


def _measuring(case: Case, on: date, seen: dict, is_last: bool, with_categories: bool):
    letter = (kms_of(case, on).status or "") if is_last else ""
    says = _categories(case, on, seen) if with_categories else ""
    get = seen.get
    return Measuring(on, get("weight"), get("lenhei"), get("measure"), get("muac"), letter, says)


def kms_of(case: Case, on: date) -> KmsStatus:
    """The KMS status of the month of this day."""
    weighings = plans.numbers_of(case, "body.weight")
    born = [(case.birth_date, kg) for _on, kg in plans.numbers_of(case, "birth.weight")]
    return kms([*born, *weighings], case.birth_date, case.sex, on)


def _categories(case: Case, on: date, seen: dict) -> str:
    found = assess(
        case.sex, (on - case.birth_date).days, seen.get("weight"), seen.get("lenhei"),
        seen.get("measure"), seen.get("oedema"), None, seen.get("muac"),
    )  # fmt: skip
    length = "TB" if (on - case.birth_date).days >= _LIES_BELOW else "PB"
    says = (
        ("BB/U", found.kat_bb_u),
        (f"{length}/U", found.kat_tb_u),
        (f"BB/{length}", found.kat_bb_tb),
    )
    return "; ".join(f"{index} {word}" for index, word in says if word)


def _verdict(status: KmsStatus | None, on: date | None, day: date) -> tuple[str, str]:
    if status is None or on is None:
        return _("Not weighed yet"), "due"
    if status.bgm:
        return _("Below the red line"), "urgent"
    if status.two_t:
        return _("No gain twice in a row (2T)"), "urgent"
    if (on.year, on.month) != (day.year, day.month):
        return _("Not weighed this month"), "due"
    return {
        "T": (_("Not enough gain (T)"), "late"),
        "N": (_("Gained enough (N)"), "done"),
        "O": (_("Not weighed last month (O)"), "due"),
        "B": (_("First weighing (B)"), "done"),
    }.get(status.status or "", (_("Weighed"), "done"))


def _weight_chart(
    case: Case, name: str, rows: Sequence[Measuring], letters: dict, day: date
) -> str:
    points = [
        charts.Measure(
            _months(case, row.on), row.weight, _title(case, row.on, words.kg(row.weight, _lang())),
            row.letter, row.letter == "T",
            row.on in letters and (letters[row.on].two_t or letters[row.on].bgm),
        )
        for row in rows if row.weight is not None
    ]  # fmt: skip
    call = None
    if points and points[-1].is_alert:
        last = rows[-1]
        said = _("2T: no gain twice") if letters[last.on].two_t else _("Below the red line")
        call = charts.Callout(said, points[-1].title) if last.on in letters else None
    return charts.growth_chart(
        "weight_for_age", _by_age("wfa", case), points,
        title=_("Weight for age of %(name)s") % {"name": name},
        desc=_desc([(row.on, words.kg(row.weight, _lang())) for row in rows if row.weight]),
        x_range=charts.window(plans.age_months(case, day)), callout=call,
    )  # fmt: skip


def _length_chart(case: Case, name: str, rows: Sequence[Measuring], day: date) -> str:
    measured = [(row.on, row.lenhei) for row in rows if row.lenhei is not None]
    points = [
        charts.Measure(_months(case, on), cm, _title(case, on, words.cm(cm, _lang())))
        for on, cm in measured
    ]
    return charts.growth_chart(
        "length_for_age", _by_age("lhfa", case), points,
        title=_("Length or height for age of %(name)s") % {"name": name},
        desc=_desc([(on, words.cm(cm, _lang())) for on, cm in measured]),
        x_range=charts.window(plans.age_months(case, day)),
    )  # fmt: skip


def _by_age(index: str, case: Case) -> dict[int, list[tuple[float, float]]]:
    """{SD: [(month, measurement), …]} of an index by day."""
    table = tables()[f"{index} {case.sex}"]
    days = sorted({*range(0, len(table.mu), _STEP), _LIES_BELOW - 1, _LIES_BELOW, 1826})
    return {
        sd: [
            (d / DAYS_OF_MONTH, at_sd(sd, table.lam[d], table.mu[d], table.sigma[d]))
            for d in days
            if d < len(table.mu)
        ]
        for sd in _SDS
    }


def at_sd(sd: float, lam: float, mu: float, sigma: float) -> float:
    """The measurement that lies `sd` standard deviations from the median."""
    return mu * (1.0 + lam * sigma * sd) ** (1.0 / lam)


def _months(case: Case, on: date) -> float:
    return (on - case.birth_date).days / DAYS_OF_MONTH


def _title(case: Case, on: date, value: str) -> str:
    return f"{value}, {words.day(on, _lang())}"


def _desc(measured: Sequence[tuple[date, str]]) -> str:
    if not measured:
        return _("No measurement yet.")
    return "; ".join(f"{words.day(on, _lang())}: {value}" for on, value in measured) + "."


def _lang() -> str:
    return get_language() or "id"

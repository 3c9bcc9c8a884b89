"""Doubts about a number: is it possible, is it usual for this person, what may have been meant?

Pure. It asks, it does not blame: the likely answer comes first.
"""

import re
from datetime import date

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.due import plans
from simpul.engine.checks import check_value
from simpul.engine.growth import assess
from simpul.engine.values import Fact
from simpul.engine.values import Person as Case
from simpul.ui import words

_SMALL_MONTHS, _FRESH_SMALL, _FRESH = 24, 100, 400  # months of age; days a number says something
_LONGEST = 12  # signs of a number: more is a slip, or no number at all
_CHILD_MONTHS = 60
# flags of WHO: beyond these a measurement is more likely wrong than true
_Z_LIMITS = {
    "zwei": (-6.0, 5.0),
    "zlen": (-6.0, 6.0),
    "zwfl": (-5.0, 5.0),
    "zhc": (-5.0, 5.0),
    "zac": (-5.0, 5.0),
}
_Z_OF = {
    "body.weight": "zwei",
    "body.lenhei": "zlen",
    "body.headc": "zhc",
    "body.muac": "zac",
}


class Doubt(msgspec.Struct, frozen=True):
    """A question about a number, or a refusal. `guess` is what may have been meant."""

    text: str
    asked: str  # the number asked about, to know the answer belongs to it
    said: str  # in words: '84 kg'
    is_impossible: bool = False
    guess: float | None = None
    guess_said: str = ""
    keep_said: str = ""  # what to tick to keep it; '' for the words of a measurement

    @property
    def answer(self) -> str:
        """The guess as a form sends it back."""
        return "" if self.guess is None else repr(self.guess)


def read_number(text: str) -> float | None:
    """'8,4', '8.4', '8,4 kg' and '1.250,5' as a number; None when it is none."""
    match = re.fullmatch(r"\s*([+-]?(?:\d[\d.,]*|[.,]\d+))\s*[a-zA-Z/%]*\s*", text)
    if match is None:
        return None
    digits = match[1]
    if "," in digits and "." in digits:
        thousands = "." if digits.rindex(",") > digits.rindex(".") else ","
        digits = digits.replace(thousands, "")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        return None
    return float(digits) if len(digits) <= _LONGEST else None


def said(name: str, value: float) -> str:
    """A number with its unit: '8,4 kg'."""
    lang, unit = get_language() or "id", packs.load().facts[name].unit
    if unit == "kg":
        return words.kg(value, lang)
    if unit == "cm":
        return words.cm(value, lang)
    return f"{words.number(value, lang=lang)} {unit}".strip()


def last_words(case: Case, name: str, on: date) -> str:
    """'Terakhir 8,7 kg, 17 Nov 2026', or nothing."""
    known = _last(case, name, on)
    if known is None:
        return ""
    value, day = known
    return _("Last %(value)s, %(day)s") % {
        "value": said(name, value),
        "day": words.day(day, get_language() or "id"),
    }


def about(
    case: Case, name: str, value: float, on: date, *, may_tell_last: bool = True
) -> Doubt | None:
    """What is doubtful about this number for this person on this day; None when nothing is."""
    type_ = packs.load().facts[name]
    age = plans.age_months(case, on)
    known = _last(case, name, on)
    check = check_value(type_, value, known[0] if known else None, age)
    if check.level == "impossible":
        limits = _impossible(name, type_.hard) if type_.hard else ""
        return _doubt(name, value, check.guess, limits, is_impossible=True)
    if check.level == "ok" and _is_usual_growth(case, name, value, on):
        return None
    since = last_words(case, name, on) if may_tell_last else ""
    return _doubt(name, value, check.guess, f"{since}." if since else "")


def about_dose(case: Case, name: str, on: date) -> Doubt | None:
    """A dose that would be recorded but not count: given too early, too late, too near another."""
    if any(fact.on == on and fact.value is not False for fact in plans.facts_of(case, name)):
        return None
    last = max((fact.seq for fact in case.facts), default=0)
    given = msgspec.structs.replace(case, facts=(*case.facts, Fact(name, on, True, last + 1)))
    services = packs.load().services
    for item in plans.of(given, max(on, *(fact.on for fact in given.facts))):
        is_this = item.done_on == on and name in services[item.service].records
        if is_this and item.valid is False:
            lang = words.known(get_language())
            text = _("This dose would not count. %(why)s") % {
                "why": packs.load().reason_of(item, lang)
            }
            return Doubt(
                text, on.isoformat(), "", keep_said=_("It was given all the same: record it")
            )
    return None


def _doubt(name, value, guess, why: str, *, is_impossible: bool = False) -> Doubt:
    mine, theirs = said(name, value), said(name, guess) if guess is not None else ""
    if guess is not None:
        question = _("%(value)s? Did you mean %(guess)s?") % {"value": mine, "guess": theirs}
    elif is_impossible:
        question = _("%(value)s cannot be.") % {"value": mine}
    else:
        question = _("%(value)s is unusual. Is it right?") % {"value": mine}
    text = f"{question} {why}".strip()
    return Doubt(text, repr(value), mine, is_impossible, guess, theirs)


def _impossible(name: str, hard: tuple[float, float]) -> str:
    return _("Only %(low)s to %(high)s is possible. Please measure or read again.") % {
        "low": words.number(hard[0], lang=get_language() or "id"),
        "high": said(name, hard[1]),
    }


def _is_usual_growth(case: Case, name: str, value: float, on: date) -> bool:
    score = _Z_OF.get(name)
    if score is None or case.sex is None or plans.age_months(case, on) >= _CHILD_MONTHS:
        return True
    days = (on - case.birth_date).days
    part = name.removeprefix("body.")
    found = getattr(
        assess(
            case.sex,
            days,
            weight=value if part == "weight" else None,
            lenhei=value if part == "lenhei" else None,
            headc=value if part == "headc" else None,
            muac=value if part == "muac" else None,
        ),
        score,
    )
    low, high = _Z_LIMITS[score]
    return found is None or low <= found <= high


def _last(case: Case, name: str, on: date) -> tuple[float, date] | None:
    """The last number before the day, as long as it still says something about this one."""
    days = _FRESH_SMALL if plans.age_months(case, on) < _SMALL_MONTHS else _FRESH
    known = [
        (float(fact.value), fact.on)
        for fact in plans.facts_of(case, name)
        if isinstance(fact.value, float | int) and 0 < (on - fact.on).days <= days
    ]
    return known[-1] if known else None

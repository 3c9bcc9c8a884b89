"""Why a row was refused or is doubtful, and how to mend it, in the reader's language.
Codes are kept in the database and in reports; words are made here and nowhere else."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.exchange.registers.fields import FIELDS
from simpul.ui import words

# codes of a problem that refuses the row
REFUSALS = (
    "name", "sex", "birth_date", "birth_in_future", "measured_on", "measured_in_future",
    "measured_before_birth", "village", "village_unknown", "outside_area", "age",
)  # fmt: skip


def column_word(field: str) -> str:
    """What a field is called on screen."""
    return str(FIELDS[field].label) if field in FIELDS else field


def reason(code: str, value: str, detail: str = "") -> str:
    """What is wrong: one short sentence with what stands in the cell."""
    said = {
        "name": _("The name is empty."),
        "birth_in_future": _("The date of birth “%(value)s” lies in the future."),
        "measured_in_future": _("The date of measuring “%(value)s” lies in the future."),
        "measured_before_birth": _("Measured on “%(value)s”, before the child was born."),
        "village": _("The village is empty."),
        "village_unknown": _("The village “%(value)s” is not known here."),
        "outside_area": _("“%(value)s” lies outside your area."),
        "long_ago": _("“%(value)s” is more than 120 years ago."),
    }
    if code in said:
        return said[code] % {"value": value}
    return _by_detail(detail) % {"value": value, "what": column_word(code)}


def _by_detail(detail: str) -> str:
    return {
        "empty": _("%(what)s is empty."),
        "no_such_day": _("“%(value)s” is not a day of the calendar."),
        "unknown": _("“%(value)s” is not a known answer."),
        "impossible": _("%(what)s “%(value)s” is impossible."),
        "long_ago": _("“%(value)s” is more than 120 years ago."),
    }.get(detail, _("“%(value)s” cannot be read."))


def mend(code: str, detail: str = "") -> str:
    """What to do about it."""
    if code in {"birth_date", "measured_on", "birth_in_future", "measured_in_future"}:
        return _("Write day/month/year as on the card, for example 20/11/2026.")
    said = {
        "name": _("Write the full name."),
        "sex": _("Write L for male or P for female."),
        "measured_before_birth": _("Check both dates: birth and measuring."),
        "village": _("Write the village of the home."),
        "village_unknown": _("Check the spelling, or have the village added first."),
        "outside_area": _("Have it imported by a colleague who covers this village."),
        "age": _("Write the age like “2 th 3 bln”, with the date of measuring."),
        "pressure": _("Write it like 120/80."),
        "vitamin_a": _("Write the number of capsules, or Biru or Merah."),
    }
    if code in said:
        return said[code]
    if detail == "impossible":
        return _("Check the decimal comma and the unit, then write the value that was measured.")
    return _("Write a number, for example 8,4; leave it empty when it was not measured.")


def doubt(code: str, value: str = "", other: str = "") -> str:
    """What is unusual about a row that was taken in."""
    said = {
        "nik_invalid": _("The NIK is not valid (%(why)s): registered without it."),
        "nik_from_excel": _("Excel has turned the NIK into “%(value)s”: registered without it."),
        "nik_unfit": _("The NIK does not fit the date of birth or the sex."),
        "nik_shared": _("This NIK also stands with another date of birth or name."),
        "nik_elsewhere": _("This NIK is known in another village."),
        "other_name": _("Known as “%(other)s”; the name “%(value)s” was not taken over."),
        "sex_unknown": _("The sex is empty: growth cannot be judged until it is filled in."),
        "sex_from_nik": _("The sex is empty; it was taken from the NIK."),
        "gets_sex": _("The sex was missing and is added."),
        "other_sex": _("The sex differs from what is known; it was not changed."),
        "other_village": _("Known in another village; the person was not moved."),
        "two_values": _("“%(other)s” and “%(value)s” on the same day; the later row counts."),
        "implausible": _("%(what)s %(value)s is far from what is usual at this age."),
        "measure_unknown": _("“%(value)s”: how it was measured is not known."),
        "vitamin_a_age": _("Vitamin A is not for this age; it was not taken over."),
        "birth_value": _("%(other)s “%(value)s” cannot be right; it was not taken over."),
        "changed": _("Was %(other)s, becomes %(value)s."),
        "not_recorded": _("“%(value)s” was not recorded: it is before the birth known here."),
        "gets_nik": _("The NIK was missing and is added."),
    }
    if code in {"implausible", "two_values"}:
        value, other = _number(value), _number(other)
    told = {"value": value, "other": other, "what": column_word(other), "why": _nik(value, other)}
    return said[code] % told


def _number(written: str) -> str:
    """A number as people write it here: 41,4."""
    try:
        return words.number(float(written), lang=get_language())
    except ValueError:
        return written


def _nik(why: str, n_digits: str) -> str:
    """Why a NIK is none, by the code of people.nik.BadNik; the number itself is not shown."""
    return {
        "length": _("%(n)s digits, not 16") % {"n": n_digits},
        "digits": _("not only digits"),
        "area": _("no such area"),
        "date": _("no such date in it"),
        "serial": _("its last four digits are 0000"),
    }.get(why, why)

"""Groups of age as a due list names them. Pure: dates and a day in, a code out."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from simpul.engine.days import add_months

MATERNAL, INFANT, TODDLER, SCHOOL, ADULT, ELDERLY = range(6)
CODES = ("maternal", "infant", "toddler", "school", "adult", "elderly")
TITLES = {
    "maternal": _("Pregnant and newly delivered"),
    "infant": _("Infants 0–11 months"),
    "toddler": _("Children 1–5 years"),
    "school": _("School age and adolescents"),
    "adult": _("Adults"),
    "elderly": _("Elderly, 60 years and over"),
}
_MONTHS = {INFANT: 12, TODDLER: 72, SCHOOL: 18 * 12, ADULT: 60 * 12}


def born_after(as_of: date) -> dict[int, date]:
    """{group: who was born after this day is in it, or in a younger one}."""
    today = as_of.toordinal()
    return {
        group: date.fromordinal(add_months(today, -months)) for group, months in _MONTHS.items()
    }

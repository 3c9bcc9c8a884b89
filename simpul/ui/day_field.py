"""A day as people write it: '20 Nov 2026', '20/11/2026', 'kemarin'. Shown as '20 Nov 2026'.

The browser's own date field is not used: in an English browser it shows month before day.
"""

import re
from datetime import date, timedelta

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.project import clock
from simpul.ui import words

_NEAR = {"hari ini": 0, "today": 0, "kemarin": 1, "yesterday": 1, "kemarin dulu": 2, "lusa": -2}
_NEAR |= {"besok": -1, "tomorrow": -1}
_MONTHS = {
    name[:3].lower(): number
    for lang in ("id", "en")
    for number, name in enumerate(words.MONTHS[lang], start=1)
} | {"peb": 2, "agt": 8, "ags": 8, "nop": 11}


def read_day(text: str) -> date | None:
    """The day a text names, day before month; None when it names none."""
    text = " ".join(text.lower().split())
    if text in _NEAR:
        return clock.today() - timedelta(days=_NEAR[text])
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(r"(\d{1,2})[\s./-]+([a-z]+|\d{1,2})[\s./-]+(\d{4}|\d{2})", text)
    if not match:
        return None
    month = int(match[2]) if match[2].isdigit() else _MONTHS.get(match[2][:3], 0)
    year = int(match[3])
    return _day(year + 2000 if year < 100 else year, month, int(match[1]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DayInput(forms.TextInput):
    """Shows a day in words."""

    def format_value(self, value):
        if isinstance(value, date):
            return words.day(value, get_language() or "id")
        return super().format_value(value)


class DayField(forms.Field):
    """Reads a day in any of the ways people write it."""

    widget = DayInput(attrs={"autocomplete": "off", "placeholder": "20 Nov 2026"})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = read_day(str(value))
        if found is None:
            raise forms.ValidationError(
                _("“%(text)s” is not a day. Write for instance 20 Nov 2026 or 20/11/2026.")
                % {"text": str(value)[:20]}
            )
        return found

    def has_changed(self, initial, data):
        return self.to_python(data) != initial

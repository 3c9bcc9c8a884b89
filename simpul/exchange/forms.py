"""Forms of the import pages: the file, and what its columns mean."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.exchange import storage
from simpul.exchange.registers import fields
from simpul.exchange.registers.fields import FIELDS, Columns
from simpul.places import queries as places

GROUPS = (
    ("person", _("Person")),
    ("family", _("Family")),
    ("address", _("Home")),
    ("measurement", _("Measurement")),
)
DATE_ORDERS = (
    ("dmy", _("day/month/year (20/11/2026)")),
    ("mdy", _("month/day/year (11/20/2026)")),
    ("ymd", _("year/month/day (26/11/20)")),
)
AGE_UNITS = (("years", _("years")), ("months", _("months")))


class UploadForm(forms.Form):
    """The file to bring in."""

    file = forms.FileField(
        label=_("Choose a register (XLSX, XLS, ODS, CSV)"),
        widget=forms.FileInput(
            attrs={"accept": ",".join(storage.SUFFIXES), "data-file": "file-name"}
        ),
    )

    def __init__(self, *args, is_too_large: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_too_large:  # nothing of it was kept, so it looks as if none had been chosen
            self.fields["file"].error_messages["required"] = _too_large()

    def clean_file(self):
        """Refuse what is no table by its name, and what is too large."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in storage.SUFFIXES:
            raise forms.ValidationError(_("Bring a table: XLSX, XLS, ODS or CSV."))
        if file.size > storage.most_bytes():
            raise forms.ValidationError(_too_large())
        return file


def _too_large() -> str:
    return gettext("The file is larger than %(n)s MB: divide it.") % {"n": settings.UPLOAD_MOST_MB}


class ColumnsForm(forms.Form):
    """Which column holds what. One select for each column: `column-0`, `column-1` …"""

    date_order = forms.ChoiceField(label=_("Dates are written"), choices=DATE_ORDERS)
    age_unit = forms.ChoiceField(label=_("Bare numbers in the age column are"), choices=AGE_UNITS)
    name = forms.CharField(
        label=_("Remember these columns as"),
        max_length=60,
        required=False,
        help_text=_("The next file with the same headings needs no choosing."),
    )

    def __init__(self, *args, header: list[str], scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.header = header
        self.fields["village"] = forms.ModelChoiceField(
            label=_("Village of rows that name none"),
            queryset=places.villages_in(scope.villages),
            required=False,
            empty_label=_("(choose the village)"),
        )
        for number, heading in enumerate(header):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading or _("(no heading)"), choices=_choices, required=False
            )

    def columns(self) -> Columns:
        """What was chosen, as a value."""
        chosen = tuple(self.cleaned_data.get(f"column-{i}", "") for i in range(len(self.header)))
        data = self.cleaned_data
        return Columns("table", chosen, data["date_order"], data["age_unit"])

    def clean(self):
        """What a row needs must stand in some column, and nothing in two."""
        data = super().clean() or self.cleaned_data
        chosen = [data.get(f"column-{i}", "") for i in range(len(self.header))]
        for field in {one for one in chosen if one and chosen.count(one) > 1}:
            self.add_error(
                None, _("“%(field)s” is chosen for two columns.") % {"field": FIELDS[field].label}
            )
        there = set(chosen)
        for needed in ("name", "sex"):
            if needed not in there and not (needed == "sex" and "nik" in there):
                self._lacks(needed)
        if not there & {"birth_date", "age"}:
            self._lacks("birth_date")
        if "village" not in there and not data.get("village"):
            self.add_error("village", _("Choose the village, or the column that names it."))
        if there & set(fields.NUMBERS) - fields.AT_BIRTH and "measured_on" not in there:
            self._lacks("measured_on")
        return data

    def _lacks(self, field: str) -> None:
        self.add_error(
            None, _("Choose the column for “%(field)s”.") % {"field": FIELDS[field].label}
        )


def _choices() -> list:
    """The fields in groups, after 'leave out'."""
    grouped = [
        (label, [(f.id, f.label) for f in FIELDS.values() if f.group == group])
        for group, label in GROUPS
    ]
    return [("", _("— leave out —")), *grouped]

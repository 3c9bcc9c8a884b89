"""Forms that begin and end a pregnancy. Their facts go the same road as any visit's."""

import uuid
from datetime import date, timedelta
from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul import packs
from simpul.due import pregnancy
from simpul.due.lists import lang
from simpul.records.actions import NewFact
from simpul.ui.day_field import DayField

_OVERDUE = timedelta(days=28)
_FORM = "pregnancy@1"


class _Once(forms.Form):
    """Carries the envelope that makes a double click one record."""

    envelope = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, today: date, current=None, on: date | None = None):
        super().__init__(data, initial={"envelope": uuid.uuid4(), "on": on or today})
        self.today, self.current = today, current


class BeginForm(_Once):
    """HPHT, or the due date by ultrasound, or both (the ultrasound decides)."""

    lmp = DayField(label=gettext_lazy("First day of the last period (HPHT)"), required=False)
    edd_usg = DayField(label=gettext_lazy("Due date by ultrasound"), required=False)

    def clean_lmp(self) -> date | None:
        lmp = self.cleaned_data["lmp"]
        if lmp and not self.today - pregnancy.LONGEST <= lmp <= self.today:
            raise forms.ValidationError(_("This must be a day of the last 44 weeks."))
        return lmp

    def clean_edd_usg(self) -> date | None:
        due = self.cleaned_data["edd_usg"]
        if due and not self.today - _OVERDUE <= due <= self.today + pregnancy.TERM:
            raise forms.ValidationError(_("This must be a day of the next 40 weeks."))
        return due

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("lmp") or cleaned.get("edd_usg")):
            raise forms.ValidationError(_("Fill in one of the two dates."))
        return cleaned

    def facts(self, person_id: int, facility_id: int | None) -> list[NewFact]:
        """The facts of the beginning, observed today."""
        return [
            NewFact(person_id, f"pregnancy.{name}", self.today, day, facility_id, _FORM)
            for name in ("lmp", "edd_usg")
            if (day := self.cleaned_data[name])
        ]


class EndForm(_Once):
    """How and when the pregnancy ended."""

    ended = forms.ChoiceField(label=gettext_lazy("How it ended"), widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("On which day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        codes = packs.load().facts["pregnancy.ended"].codes
        ended = cast(forms.ChoiceField, self.fields["ended"])
        ended.choices = [(code, said[lang()]) for code, said in codes.items()]

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        if self.current is not None and on < self.current.started_on:
            raise forms.ValidationError(_("This day is before the pregnancy began."))
        return on

    def facts(self, person_id: int, facility_id: int | None) -> list[NewFact]:
        """The one fact of the end, observed on its day."""
        how, on = self.cleaned_data["ended"], self.cleaned_data["on"]
        return [NewFact(person_id, "pregnancy.ended", on, how, facility_id, _FORM)]

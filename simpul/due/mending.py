"""The form that corrects one recorded fact, with the same three levels of doubt as a visit."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from simpul import packs
from simpul.due import doubts
from simpul.due.forms import KEEP, MeasureField
from simpul.due.lists import lang
from simpul.engine.values import Person as Case
from simpul.ui.day_field import DayField


class CorrectForm(forms.Form):
    """One field, `value`, of the type of the fact. `doubt` is what to ask again."""

    def __init__(self, data=None, *, fact, case: Case):
        super().__init__(data, initial={"value": _initial(fact)})
        self.fact, self.case = fact, case
        self.doubt: doubts.Doubt | None = None
        self.is_confirmed = False
        self.type_ = packs.load().facts[fact.name]
        self.fields["value"] = _field(self.type_)

    @property
    def is_changeable(self) -> bool:
        """A dose is there or it is not: it can only be taken back."""
        return self.type_.type != "flag"

    def clean_value(self):
        value = self.cleaned_data["value"]
        if value in (None, ""):
            raise forms.ValidationError(_("Fill in the right value."))
        if isinstance(value, float):
            value = self._weighed_up(value)
        if value == _raw(self.fact):
            raise forms.ValidationError(_("This is the value that is recorded already."))
        return value

    def _weighed_up(self, value: float) -> float:
        doubt = doubts.about(self.case, self.fact.name, value, self.fact.observed_on)
        if doubt is None:
            return value
        answer = self.data.get(f"c-sure.{self.fact.name}", "")
        asked = self.data.get(f"c-asked.{self.fact.name}", "") == doubt.asked
        if asked and not doubt.is_impossible and answer == KEEP:
            self.is_confirmed = True
            return value
        if asked and answer and answer == doubt.answer and doubt.guess is not None:
            return doubt.guess
        self.doubt = doubt
        raise forms.ValidationError(doubt.text)


def _field(type_) -> forms.Field:
    label = type_.title[lang()]
    if type_.type == "number":
        return MeasureField(label=label)
    if type_.type == "day":
        return DayField(label=label)
    if type_.type == "code":
        said = [(code, title[lang()]) for code, title in type_.codes.items()]
        return forms.ChoiceField(label=label, choices=said, widget=forms.RadioSelect)
    if type_.type == "flag":
        return forms.BooleanField(label=label, required=False)
    return forms.CharField(label=label, max_length=200)


def _raw(fact) -> float | str | bool | date | None:
    found = (fact.number, fact.code, fact.day, fact.flag, fact.text)
    return next((value for value in found if value is not None), None)


def _initial(fact):
    value = _raw(fact)
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else value

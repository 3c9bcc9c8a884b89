"""The form of a visit: what one person's due services ask for. Nothing is saved here.

Three levels: the impossible is refused, the unusual is asked again with a guess, the rest is kept.
"""

from datetime import date
from typing import cast

import msgspec
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.due import asks, doubts, plans, rights
from simpul.due.lists import Line
from simpul.engine.values import Person as Case
from simpul.ui import words
from simpul.ui.day_field import DayField

KEEP = "keep"


class VisitHead(forms.Form):
    """What is said once for a visit: the day, and the place."""

    envelope = forms.UUIDField(widget=forms.HiddenInput)
    on = DayField(label=gettext_lazy("Date of service"))
    facility = forms.TypedChoiceField(
        label=gettext_lazy("Place"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args, today: date, places: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        facility = cast(forms.TypedChoiceField, self.fields["facility"])
        facility.choices = [*places, ("", _("Home, or elsewhere"))]

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return on


class Block(msgspec.Struct, frozen=True):
    """One service on the form, with the fields first asked for there."""

    line: Line
    fields: tuple["Asked", ...]
    is_recordable: bool


class Asked(msgspec.Struct, frozen=True):
    """One field with what surrounds it."""

    bound: forms.BoundField
    unit: str
    hint: str
    doubt: doubts.Doubt | None


class VisitForm(forms.Form):
    """One person's part of a visit. `wanted` are the lines of the services on the form."""

    def __init__(self, data=None, *, scope: Scope, case: Case, person, wanted, on: date, prefix=""):
        super().__init__(data, prefix=prefix)
        self.scope, self.case, self.person, self.on = scope, case, person, on
        self.wanted: tuple[Line, ...] = tuple(wanted)
        self.doubts: dict[str, doubts.Doubt] = {}
        self.confirmed: set[str] = set()
        self._names: dict[str, list[str]] = {}
        for line in self.wanted:
            names = [n for n in asks.facts_of(scope, line.item.service) if self._asks(n)]
            self._names[line.key] = names
            for name in names:
                self.fields[name] = _field(name, line, case, on)

    def _asks(self, name: str) -> bool:
        """Whether this is still to be asked: once on a form, and of the birth once in a life."""
        is_known = name in asks.OF_BIRTH and bool(plans.numbers_of(self.case, name))
        return name not in self.fields and not is_known

    @property
    def blocks(self) -> list[Block]:
        """The services with their fields, for the template."""
        return [
            Block(
                line,
                tuple(self._asked(name) for name in self._names[line.key]),
                bool(asks.facts_of(self.scope, line.item.service)),
            )
            for line in self.wanted
        ]

    def _asked(self, name: str) -> Asked:
        type_ = packs.load().facts[name]
        hint = ""
        if type_.type == "number" and rights.may_see(self.scope, name):
            hint = doubts.last_words(self.case, name, self.on)
        return Asked(self[name], type_.unit, hint, self.doubts.get(name))

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if self.on < self.case.birth_date:
            raise forms.ValidationError(_("This day is before the birth."))
        for name, value in list(cleaned.items()):
            if isinstance(value, float):
                self._ask_about(name, self._doubt_of(name, value))
            elif value is True and name.startswith("vaccine."):
                self._ask_about(name, doubts.about_dose(self.case, name, self.on))
        for pair in asks.PAIRS:
            self._compare(*pair)
        return cleaned

    def _doubt_of(self, name: str, value: float) -> doubts.Doubt | None:
        may_tell = rights.may_see(self.scope, name)
        return doubts.about(self.case, name, value, self.on, may_tell_last=may_tell)

    def _ask_about(self, name: str, doubt: doubts.Doubt | None) -> None:
        """Refuse, ask again, or take the answer that was given to the question."""
        if doubt is None:
            return
        answer = self.data.get(self.add_prefix(f"sure.{name}"), "")
        is_answer = self.data.get(self.add_prefix(f"asked.{name}"), "") == doubt.asked
        if is_answer and answer == KEEP and not doubt.is_impossible:
            self.confirmed.add(name)
        elif is_answer and answer and answer == doubt.answer and not doubt.is_impossible:
            self.cleaned_data[name] = doubt.guess
        else:
            self.doubts[name] = doubt
            self.add_error(name, doubt.text)

    def _compare(self, higher: str, lower: str) -> None:
        """Both numbers or none; the first is the higher one."""
        if higher not in self.fields or {higher, lower} & set(self.errors):
            return
        one, other = self.cleaned_data.get(higher), self.cleaned_data.get(lower)
        if (one is None) != (other is None):
            self.add_error(higher if one is None else lower, _("Fill in both numbers."))
        elif one is not None and other is not None and one <= other:
            self.add_error(lower, _("This must be lower than the systolic. Were they exchanged?"))

    @property
    def given(self) -> dict[str, object]:
        """{fact: value} of what was filled in; a length brings how it was measured."""
        found = {n: v for n, v in self.cleaned_data.items() if v not in (None, "", False)}
        if "body.lenhei" not in found:
            found.pop("body.measure", None)
        return found


def _field(name: str, line: Line, case: Case, on: date) -> forms.Field:
    type_ = packs.load().facts[name]
    lang = words.known(get_language())
    label = type_.title[lang]
    if type_.type == "number":
        return MeasureField(label=label, required=False)
    if name == "supplement.vitamin_a":
        return forms.BooleanField(label=_("Capsule given"), required=False)
    if name == "body.measure":
        field = _choice(label, [(code, said[lang]) for code, said in type_.codes.items()])
        field.initial = "l" if plans.age_months(case, on) < 24 else "h"
        return field
    if type_.type == "code":
        said = [(code, title[lang]) for code, title in type_.codes.items()]
        return _choice(label, [("", _("Not today")), *said])
    return forms.BooleanField(label=_given(name), required=False)


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, initial=""
    )


def _given(name: str) -> str:
    return _("Given") if name.startswith(("vaccine.", "supplement.")) else _("Done")


class MeasureField(forms.CharField):
    """A number as people write it: '8,4', '8.4', '8,4 kg'."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        number = doubts.read_number(text)
        if number is None:
            raise forms.ValidationError(
                _("“%(text)s” is not a number. Write for instance 8,4.") % {"text": text[:20]}
            )
        return number

    def validate(self, value):
        if value is not None:
            super().validate(str(value))

    def run_validators(self, value):
        """The pack's limits are judged by the form, which knows the person."""

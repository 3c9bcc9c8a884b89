"""Forms of people. A doubt is asked and can be confirmed; an error names its mend."""

import re
from datetime import date
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.people import nik as niks
from simpul.people import relations
from simpul.places import queries as places
from simpul.project import clock
from simpul.ui import words
from simpul.ui.day_field import DayField

_OLDEST = 120
_MISSING = [
    ("", gettext_lazy("– choose the reason –")),
    ("newborn", gettext_lazy("newborn, not yet registered")),
    ("no_card", gettext_lazy("card not at hand")),
    ("never", gettext_lazy("has never had one")),
    ("invalid", gettext_lazy("the number given is not valid")),
    ("unknown", gettext_lazy("not asked")),
]


def _ask_kindly(form: forms.Form) -> None:
    """An empty field says what to do, not that it is an error."""
    for field in form.fields.values():
        is_choice = isinstance(field, forms.ChoiceField)
        said = gettext_lazy("Please choose.") if is_choice else gettext_lazy("Please fill this in.")
        if field.required:
            field.error_messages["required"] = said


def _offer(form: forms.Form, name: str, queryset) -> None:
    """What may be chosen in this field: only what is in scope."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = queryset


def _with_age(person) -> str:
    return f"{person.name} ({words.age(person.birth_date, clock.today(), get_language() or 'id')})"


class PersonChoiceField(forms.ModelChoiceField):
    """One person, named with the age."""

    def label_from_instance(self, obj) -> str:
        return _with_age(obj)


class PersonsField(forms.ModelMultipleChoiceField):
    """Some persons, named with the age."""

    def label_from_instance(self, obj) -> str:
        return _with_age(obj)


class PastDayField(DayField):
    """A day that has been."""

    def clean(self, value):
        day = super().clean(value)
        if day and day > clock.today():
            raise ValidationError(_("This day is yet to come. Check day, month and year."))
        if day and day.year < clock.today().year - _OLDEST:
            raise ValidationError(_("This is more than 120 years ago. Check the year."))
        return day


def _bad_nik(code: str) -> str:
    return {
        "length": _("A NIK has 16 digits. Count them again."),
        "digits": _("A NIK has digits only. Take out letters and other marks."),
        "area": _("The first six digits are no area code. Check them against the card."),
        "date": _("Digits 7 to 12 are no date (day, month, year; women: day + 40)."),
        "serial": _("The last four digits cannot be 0000. Check them against the card."),
    }[code]


class PersonForm(forms.Form):
    """Particulars of a resident, new or known. `doubts` are questions that may be confirmed."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        choices=[("female", gettext_lazy("Female")), ("male", gettext_lazy("Male"))],
        widget=forms.RadioSelect,
    )
    birth_date = PastDayField(label=gettext_lazy("Birth date"))
    birth_date_is_estimated = forms.BooleanField(
        label=gettext_lazy("The birth date is an estimate"), required=False
    )
    nik = forms.CharField(
        label="NIK",
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    nik_missing = forms.ChoiceField(
        label=gettext_lazy("Why there is no NIK"),
        required=False,
        choices=_MISSING,
        help_text=gettext_lazy("Only when the NIK is left empty."),
    )
    mother: forms.ModelChoiceField = PersonChoiceField(
        label=gettext_lazy("Mother, when she lives here"),
        required=False,
        queryset=None,
        empty_label=gettext_lazy("– not in this house –"),
    )
    mother_name = forms.CharField(
        label=gettext_lazy("Mother's name"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Tells namesakes apart. Not needed when the mother is chosen."),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("Relation to the head of the household"), required=False
    )
    since = PastDayField(
        label=gettext_lazy("Lives here since"),
        required=False,
        help_text=gettext_lazy("For newcomers. Empty: since birth."),
    )

    def __init__(self, *args, mothers, person=None, **kwargs):
        self.person, self.doubts = person, []
        if person is not None:
            kwargs.setdefault("initial", _known(person))
        super().__init__(*args, **kwargs)
        _ask_kindly(self)
        _offer(self, "mother", mothers)
        cast(forms.ChoiceField, self.fields["relation"]).choices = _relations(person)
        if person is not None:
            del self.fields["since"]
        if person is not None and person.nik_tail:
            self.fields["nik"].help_text = _(
                "Registered: %(nik)s. Leave empty to keep it; to take it away, choose the reason."
            ) % {"nik": niks.masked(person.nik_tail)}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not re.search(r"[^\W\d_]", name):
            raise ValidationError(_("Write the name in letters."))
        if re.search(r"\d", name):
            raise ValidationError(_("A name has no digits. Use letters: 'II' instead of '2'."))
        return name

    def clean_nik(self) -> str:
        text = self.cleaned_data["nik"].strip()
        if not text:
            return ""
        try:
            return niks.read_nik(text).digits
        except niks.BadNik as problem:
            raise ValidationError(_bad_nik(problem.code)) from problem

    def clean(self) -> dict:
        said = super().clean() or {}
        has_one = bool(said.get("nik")) or bool(self.person and self.person.nik_tail)
        if not has_one and "nik" not in self.errors and not said.get("nik_missing"):
            self.add_error("nik_missing", _("Without a NIK, choose why there is none."))
        if said.get("nik") and said.get("birth_date") and said.get("sex"):
            self.doubts += _nik_doubts(niks.read_nik(said["nik"]), said["sex"], said["birth_date"])
        self._check_days(said)
        return said

    def _check_days(self, said: dict) -> None:
        born, mother = said.get("birth_date"), said.get("mother")
        if born and said.get("since") and said["since"] < born:
            self.add_error("since", _("Nobody lives somewhere before birth. Check both days."))
        if born and mother and not 10 <= born.year - mother.birth_date.year <= 60:
            years = born.year - mother.birth_date.year
            self.doubts.append(
                _("%(name)s would have been %(years)s years old at this birth.")
                % {"name": mother.name, "years": years}
            )

    def particulars(self) -> dict:
        """The fields as the actions take them; on a change the NIK only when it was touched."""
        said = dict(self.cleaned_data)
        said.pop("since", None)
        if said["mother"]:
            said["mother_name"] = said["mother"].name
        if self.person is None:
            return said
        if self._has_mother_elsewhere():
            del said["mother"]
        if not said["nik"] and not said["nik_missing"]:
            del said["nik"], said["nik_missing"]
        elif not said["nik"] and not self.person.nik_tail:
            del said["nik"]
        return said

    def _has_mother_elsewhere(self) -> bool:
        """The registered mother lives out of scope: not offered, so not taken away either."""
        offered = cast(QuerySet, cast(forms.ModelChoiceField, self.fields["mother"]).queryset)
        mother_id = self.person.mother_id
        return bool(mother_id) and not offered.filter(pk=mother_id).exists()


def _known(person) -> dict:
    fields = (
        "name", "sex", "birth_date", "birth_date_is_estimated", "nik_missing", "mother",
        "mother_name", "relation",
    )  # fmt: skip
    return {field: getattr(person, field) for field in fields}


def _relations(person) -> list[tuple[str, str]]:
    known = list(relations.WORDS)
    if person is not None and person.relation and person.relation not in known:
        known.append(person.relation)
    return [("", _("– not known –")), *((one, capfirst(relations.said(one))) for one in known)]


def _nik_doubts(nik: niks.Nik, sex: str, born: date) -> list[str]:
    doubts = []
    if nik.sex != sex:
        said = {"female": _("a woman"), "male": _("a man")}[nik.sex]
        doubts.append(_("By its NIK this is %(sex)s. Check the sex and the NIK.") % {"sex": said})
    if not nik.fits(sex=None, birth_date=born):
        said = f"{nik.day:02d}-{nik.month:02d}-{nik.year:02d}"
        doubts.append(
            _("By its NIK this person was born on %(day)s. Check the birth date and the NIK.")
            % {"day": said}
        )
    return doubts


class HouseholdForm(forms.Form):
    """Where a household lives, and the Posyandu it belongs to."""

    village: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Village"),
        queryset=None,
        empty_label=gettext_lazy("– choose the village –"),
    )
    rt = forms.RegexField(
        r"^\s*\d{1,3}\s*$",
        label="RT",
        required=False,
        error_messages={"invalid": gettext_lazy("Up to three digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )
    rw = forms.RegexField(
        r"^\s*\d{1,3}\s*$",
        label="RW",
        required=False,
        error_messages={"invalid": gettext_lazy("Up to three digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Street and number, or what finds the house: 'behind the mosque'."),
    )
    posyandu: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Posyandu",
        required=False,
        queryset=None,
        empty_label=gettext_lazy("– none yet –"),
    )
    head_name = forms.CharField(
        label=gettext_lazy("Head of the household"), required=False, max_length=120
    )
    card_number = forms.CharField(
        label=gettext_lazy("Family card number (KK)"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args, scope, household=None, **kwargs):
        if household is not None:
            kwargs.setdefault("initial", _known_household(household))
        super().__init__(*args, **kwargs)
        _ask_kindly(self)
        villages = places.villages_in(scope.villages)
        posyandu = places.facilities("posyandu", scope.villages)
        if scope.posyandu is not None:
            posyandu = posyandu.filter(pk__in=scope.posyandu)
            self.fields["posyandu"].required = True
            cast(forms.ModelChoiceField, self.fields["posyandu"]).empty_label = None
        if household is not None:
            del self.fields["village"]
            posyandu = posyandu.filter(village_id=household.village_id)
        else:
            _offer(self, "village", villages)
            if len(villages) == 1:
                self.fields["village"].initial = villages[0]
        _offer(self, "posyandu", posyandu)

    def clean_card_number(self) -> str:
        digits = re.sub(r"[ .-]", "", self.cleaned_data["card_number"])
        if digits and not re.fullmatch(r"\d{16}", digits):
            raise ValidationError(_("A family card number has 16 digits. Count them again."))
        return digits

    def clean(self) -> dict:
        said = super().clean() or {}
        posyandu, village = said.get("posyandu"), said.get("village")
        if posyandu and village and posyandu.village_id != village.pk:
            self.add_error("posyandu", _("This Posyandu is in another village."))
        if said.get("rw") and not said.get("rt") and "rt" not in self.errors:
            self.add_error("rt", _("Give the RT too."))
        return said

    def rt_label(self) -> str:
        """'RT 003/RW 001', as lists show it; '' when not given."""
        rt, rw = (self.cleaned_data.get(part, "").strip() for part in ("rt", "rw"))
        parts = [f"RT {int(rt):03d}" if rt else "", f"RW {int(rw):03d}" if rw else ""]
        return "/".join(part for part in parts if part)

    def particulars(self) -> dict:
        """The fields as the actions take them."""
        said = {name: self.cleaned_data.get(name) for name in ("posyandu", "card_number")}
        said |= {name: self.cleaned_data[name].strip() for name in ("address", "head_name")}
        return {**said, "rt_label": self.rt_label()}


def _known_household(household) -> dict:
    found = re.match(r"(?:RT\s*(\d+))?/?(?:RW\s*(\d+))?", household.rt_label)
    return {
        "rt": found[1] or "" if found else "",
        "rw": found[2] or "" if found else "",
        "address": household.address,
        "posyandu": household.posyandu,
        "head_name": household.head_name,
        "card_number": household.card_number,
    }


class LeavingForm(forms.Form):
    """Who leaves a household together, and when."""

    persons: forms.ModelMultipleChoiceField = PersonsField(
        label=gettext_lazy("Who goes"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    on = PastDayField(label=gettext_lazy("Since when"))

    def __init__(self, *args, person, members, **kwargs):
        kwargs.setdefault("initial", {"persons": [person.pk], "on": clock.today()})
        super().__init__(*args, **kwargs)
        _ask_kindly(self)
        _offer(self, "persons", members)

    def clean(self) -> dict:
        said = super().clean() or {}
        born = max((one.birth_date for one in said.get("persons") or ()), default=None)
        if born and said.get("on") and said["on"] < born:
            self.add_error("on", _("This is before the birth of one of them. Check the day."))
        return said


class DepartureForm(LeavingForm):
    """Leaving the area, and where to."""

    to = forms.CharField(label=gettext_lazy("Where to"), required=False, max_length=120)


class DeathForm(forms.Form):
    """The day a person died."""

    on = PastDayField(label=gettext_lazy("Died on"))

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)
        _ask_kindly(self)

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        if day < self.person.birth_date:
            born = words.day(self.person.birth_date)
            raise ValidationError(_("This is before birth (%(born)s).") % {"born": born})
        return day

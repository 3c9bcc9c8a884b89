"""Registering a resident: the house first, then the particulars, then what is in doubt."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.accounts import actions as accounts
from simpul.accounts.http import Request
from simpul.people import actions, duplicates, queries, questions
from simpul.people.forms import HouseholdForm, PersonForm
from simpul.people.views.access import (
    answer,
    are_valid,
    household_or_404,
    may_write,
    new_household,
    person_or_404,
)
from simpul.people.views.finding import choose_household
from simpul.project import clock

_NEWBORN_DAYS = 28
# what the child of this mother is to the head of the household; else it is asked
_OF_A_NEWBORN = {"kepala keluarga": "anak", "istri": "anak", "anak": "cucu", "menantu": "cucu"}


def register(request: Request) -> HttpResponse:
    """?household=ID, ?household=new, or ?mother=ID for her newborn; else the house is asked."""
    may_write(request)
    mother, home = _start(request)
    if mother is None and home is None and request.GET.get("household") != "new":
        return choose_household(request)
    form = _person_form(request, mother, home)
    home_form = None if home else HouseholdForm(request.POST or None, scope=request.scope)
    asked = None
    if request.method == "POST" and are_valid(form, home_form):
        asked = _questions(request, form, home, home_form)
        if asked.likely:
            n = len(asked.likely)
            accounts.log(by=request.user, action="look.list", note=f"likely, {n} people")
        if not asked or request.POST.get("asked") == asked.token:
            return _save(request, form, home, home_form)
    context = {"form": form, "home_form": home_form, "home": home, "mother": mother}
    return answer(request, "people/register.html", {**context, "asked": asked})


def _start(request: Request) -> tuple:
    """The mother and the household the page begins with; both must be in scope."""
    mother_id, home_id = (request.GET.get(name, "") for name in ("mother", "household"))
    mother = home = None
    if mother_id:
        if not mother_id.isdecimal():
            raise Http404
        mother = person_or_404(request, int(mother_id))
        if mother.sex == "male":
            raise Http404
    if home_id.isdecimal():
        home = household_or_404(request, int(home_id))
    elif mother is not None:
        home = mother.household
    return mother, home


def _person_form(request: Request, mother, home) -> PersonForm:
    initial: dict[str, object] = {}
    if mother is not None:
        initial |= {"mother": mother, "nik_missing": "newborn"}
        initial |= {"relation": _OF_A_NEWBORN.get(mother.relation, "")}
    mothers = queries.mothers(request.scope, home)
    return PersonForm(request.POST or None, mothers=mothers, initial=initial)


def _questions(request: Request, form, home, home_form) -> questions.Questions:
    if home is not None:
        where = {"village_id": home.village_id, "household_id": home.pk, "rt": home.rt_label}
    else:
        village = home_form.cleaned_data["village"]
        where = {"village_id": village.pk, "household_id": None, "rt": home_form.rt_label()}
    return questions.before_registering(request.scope, form.particulars(), form.doubts, where)


def _save(request: Request, form, home, home_form) -> HttpResponse:
    if home is None:
        home = new_household(home_form)
    said = form.particulars()
    is_newborn = said["mother"] and (clock.today() - said["birth_date"]).days <= _NEWBORN_DAYS
    person = actions.admit(
        by=request.user,
        home=home,
        event="birth" if is_newborn else "register",
        since=form.cleaned_data["since"],
        **{**said, "nik_missing": said["nik_missing"] or "unknown"},
    )
    duplicates.find_for([person.pk])
    messages.success(request, _("%s is registered.") % person.name)
    return redirect("due:person", person.pk)

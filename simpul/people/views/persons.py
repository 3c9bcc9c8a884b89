"""Changing, moving, leaving, dying; and the history of a person with who looked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from simpul.accounts import queries as accounts
from simpul.accounts.http import Request
from simpul.people import actions, duplicates, queries, questions
from simpul.people.forms import DeathForm, DepartureForm, HouseholdForm, LeavingForm, PersonForm
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

_BEARS_FROM, _BEARS_UNTIL = 10, 55  # years; beyond them a birth is not offered


def edit(request: Request, person_id: int) -> HttpResponse:
    """Change particulars; a doubt is asked once, a NIK or date that now fits another is noted."""
    may_write(request)
    person = person_or_404(request, person_id)
    if person.merged_into_id:
        return redirect("people:person-edit", person.merged_into_id)
    mothers = queries.mothers(request.scope, person.household, person)
    form = PersonForm(request.POST or None, mothers=mothers, person=person)
    asked = None
    if request.method == "POST" and form.is_valid():
        asked = questions.ask(form.doubts)
        if not asked or request.POST.get("asked") == asked.token:
            actions.edit_person(by=request.user, person=person, **form.particulars())
            duplicates.find_for([person.pk])
            messages.success(request, _("The changes are saved."))
            return redirect("due:person", person.pk)
    years = (clock.today() - person.birth_date).days / 365.25
    may_bear = person.sex != "male" and _BEARS_FROM <= years < _BEARS_UNTIL
    context = {"form": form, "person": person, "asked": asked, "may_bear": may_bear}
    return answer(request, "people/edit.html", context)


@require_GET
def history(request: Request, person_id: int) -> HttpResponse:
    """What was changed about a person, by whom; and who looked."""
    person = person_or_404(request, person_id)
    looks = accounts.looks_at_person(request.scope, person_id)
    context = {
        "person": person,
        "changes": queries.history(request.scope, person_id)[:200],
        "looks": Paginator(looks, 30).get_page(request.GET.get("page")),
        "merged": queries.merged_into(request.scope, person_id),
        "today": clock.today(),
    }
    return render(request, "people/history.html", context)


def move(request: Request, person_id: int) -> HttpResponse:
    """To a household of the area: ?household=ID, ?household=new, else it is asked which."""
    may_write(request)
    person = person_or_404(request, person_id)
    if person.died_on or person.merged_into_id:
        raise Http404
    target = request.GET.get("household", "")
    if not target.isdecimal() and target != "new":
        return choose_household(request, move=person)
    home = household_or_404(request, int(target)) if target != "new" else None
    home_form = None if home else HouseholdForm(request.POST or None, scope=request.scope)
    members = _those_with(request, person)
    form = LeavingForm(request.POST or None, person=person, members=members)
    if request.method == "POST" and are_valid(form, home_form):
        return _moved(request, form, home or new_household(home_form))
    context = {"form": form, "home_form": home_form, "person": person, "home": home}
    return answer(request, "people/leave.html", context | {"kind": "move"})


def _moved(request: Request, form: LeavingForm, home) -> HttpResponse:
    said = form.cleaned_data
    home = actions.move_persons(
        by=request.user, persons=said["persons"], household=home, on=said["on"]
    )
    messages.success(request, _("The move is recorded."))
    return redirect("people:household", home.pk)


def _those_with(request: Request, person):
    """Who may go together: the members of the house, or somebody gone who comes back."""
    here = queries.members(request.scope, person.household_id)
    return here if person.is_current else queries.alone(request.scope, person.pk)


def depart(request: Request, person_id: int) -> HttpResponse:
    """Out of the area; with those who go along."""
    may_write(request)
    person = _resident(request, person_id)
    members = queries.members(request.scope, person.household_id)
    form = DepartureForm(request.POST or None, person=person, members=members)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.record_departures(
            by=request.user, persons=said["persons"], on=said["on"], to=said["to"]
        )
        messages.success(request, _("The departure is recorded."))
        return redirect("people:household", person.household_id)
    context = {"form": form, "person": person, "home": None, "kind": "depart"}
    return answer(request, "people/leave.html", context)


def death(request: Request, person_id: int) -> HttpResponse:
    """A resident died."""
    may_write(request)
    person = _resident(request, person_id)
    form = DeathForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        actions.record_death(by=request.user, person=person, on=form.cleaned_data["on"])
        messages.success(request, _("The death is recorded. Nothing is due any more."))
        return redirect("due:person", person.pk)
    return answer(request, "people/death.html", {"form": form, "person": person})


@require_POST
def return_(request: Request, person_id: int) -> HttpResponse:
    """Take back a death or departure recorded by mistake."""
    may_write(request)
    person = person_or_404(request, person_id)
    if person.died_on is None and person.left_on is None:
        raise Http404
    actions.take_back_exit(by=request.user, person=person)
    messages.success(request, _("%s is a resident again.") % person.name)
    return redirect("due:person", person.pk)


def _resident(request: Request, person_id: int):
    person = person_or_404(request, person_id)
    if not person.is_current:
        raise Http404
    return person

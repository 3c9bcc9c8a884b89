"""Who may open a page of people: out of scope is 'not found', without the right is 'forbidden'."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from simpul.accounts import actions as accounts
from simpul.accounts.http import Request
from simpul.people import actions, queries
from simpul.project import clock


def may_write(request: Request) -> None:
    """Refuse those who only read."""
    if not request.scope.may_write:
        raise PermissionDenied


def person_or_404(request: Request, person_id: int):
    """The person of a page, and the look is logged."""
    person = queries.person(request.scope, person_id)
    if person is None:
        raise Http404
    accounts.log(by=request.user, action="look.person", object_kind="person", object_id=person.pk)
    return person


def household_or_404(request: Request, household_id: int):
    """The household of a page, when it is in scope; the look is logged."""
    household = queries.household(request.scope, household_id)
    if household is None:
        raise Http404
    accounts.log(
        by=request.user, action="look.household", object_kind="household", object_id=household.pk
    )
    return household


def are_valid(form, home_form=None) -> bool:
    """Both are looked at, so that all errors show at once; the house only when it is new."""
    is_valid = form.is_valid()
    return (home_form is None or home_form.is_valid()) and is_valid


def new_household(form) -> actions.NewHousehold:
    """What a valid form says of a household that is not registered yet."""
    return actions.NewHousehold(village=form.cleaned_data["village"], **form.particulars())


def answer(request: Request, template: str, context: dict) -> HttpResponse:
    """A page with a form: 422 when what was sent must be mended or confirmed."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"today": clock.today(), **context}, status=status)

"""Who may open a page of people: out of scope is 'not found', without the right is 'forbidden'."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from simpul.accounts import actions as accounts
from simpul.accounts.http import Request
from simpul.people import queries
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


def answer(request: Request, template: str, context: dict) -> HttpResponse:
    """A page with a form: 422 when what was sent must be mended or confirmed."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"today": clock.today(), **context}, status=status)

"""A household: who lives there, who lived there, and its address."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from simpul.accounts import actions as accounts
from simpul.accounts.http import Request
from simpul.people import actions, queries
from simpul.people.forms import HouseholdForm
from simpul.people.views.access import answer, household_or_404, may_write
from simpul.project import clock


@require_GET
def household(request: Request, household_id: int) -> HttpResponse:
    """Members, former members, address."""
    home = queries.household(request.scope, household_id)
    if home is None:
        raise Http404
    members = list(queries.members(request.scope, home.pk))
    accounts.log(
        by=request.user,
        action="look.household",
        object_kind="household",
        object_id=home.pk,
        note=f"{len(members)} people",
    )
    context = {
        "home": home,
        "members": members,
        "former": queries.former_members(request.scope, home.pk),
        "today": clock.today(),
    }
    return render(request, "people/household.html", context)


def edit(request: Request, household_id: int) -> HttpResponse:
    """Change address, RT, Posyandu, head or card of a household."""
    may_write(request)
    home = household_or_404(request, household_id)
    form = HouseholdForm(request.POST or None, scope=request.scope, household=home)
    if request.method == "POST" and form.is_valid():
        actions.edit_household(by=request.user, household=home, **form.particulars())
        messages.success(request, _("The changes are saved."))
        return redirect("people:household", home.pk)
    return answer(request, "people/household_edit.html", {"form": form, "home": home})

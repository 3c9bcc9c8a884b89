"""Entries that may be one person, side by side, to be decided by a person; and taking it back."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from simpul.accounts import actions as accounts
from simpul.accounts.http import Request
from simpul.people import actions, comparing, queries
from simpul.people.views.access import may_write
from simpul.project import clock

_PER_PAGE = 5


@require_GET
def duplicates(request: Request) -> HttpResponse:
    """Pairs that wait, the most alike first."""
    may_write(request)
    page = Paginator(queries.open_pairs(request.scope), _PER_PAGE).get_page(request.GET.get("page"))
    ids = [pk for pair in page for pk in (pair.first_id, pair.second_id)]
    n_facts = import_string(settings.FACTS_COUNTED_BY)(ids)
    histories = queries.histories(request.scope, ids)
    shown = [comparing.compared(pair, n_facts, histories, clock.today()) for pair in page]
    if ids:
        accounts.log(by=request.user, action="look.list", note=f"duplicates, {len(ids)} people")
    return render(request, "people/duplicates.html", {"page": page, "shown": shown})


@require_POST
def decide(request: Request, pair_id: int) -> HttpResponse:
    """One person or two."""
    may_write(request)
    pair = queries.pair(request.scope, pair_id)
    if pair is None:
        raise Http404
    keep = request.POST.get("keep", "")
    if pair.decision != "open" or pair.first.merged_into_id or pair.second.merged_into_id:
        messages.warning(request, _("This pair has been decided meanwhile."))
    elif request.POST.get("decision") == "different":
        actions.say_different(by=request.user, pair=pair)
        messages.success(request, _("Kept as two people. This pair will not be asked again."))
    elif keep in {str(pair.first_id), str(pair.second_id)}:
        kept = actions.merge_pair(by=request.user, pair=pair, keep_id=int(keep))
        messages.success(request, _("Merged into %s. This can be taken back.") % kept.name)
    else:
        messages.error(request, _("Choose which entry is kept."))
    return redirect("people:duplicates")


@require_GET
def merged(request: Request) -> HttpResponse:
    """Entries that were merged, newest first; each can stand alone again."""
    may_write(request)
    page = Paginator(queries.merged_persons(request.scope), 20).get_page(request.GET.get("page"))
    if page:
        accounts.log(by=request.user, action="look.list", note=f"merged, {len(page)} people")
    return render(request, "people/merged.html", {"page": page, "today": clock.today()})


@require_POST
def unmerge(request: Request, person_id: int) -> HttpResponse:
    """Take a merge back."""
    may_write(request)
    other = queries.merged_persons(request.scope).filter(pk=person_id).first()
    if other is None:
        raise Http404
    actions.unmerge_person(by=request.user, other=other)
    messages.success(request, _("%s stands alone again, with its own records.") % other.name)
    return redirect("people:merged")

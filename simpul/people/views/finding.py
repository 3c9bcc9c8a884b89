"""Finding somebody, or a household to register somebody in."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from simpul.accounts import actions as accounts
from simpul.accounts import typed
from simpul.accounts.http import Request
from simpul.people import queries
from simpul.people.views.access import may_write
from simpul.project import clock

_MOST, _PER_PAGE = 200, 20


@typed.search_page()
def search(request: Request) -> HttpResponse:
    """Anybody in the own area; while typing, only the list of results is sent again."""
    text = typed.text(request)
    hits = queries.search(request.scope, text, _MOST) if text else []
    if hits:
        accounts.log(by=request.user, action="look.search", note=f"{len(hits)} people")
    digits = "".join(char for char in text if char.isdigit())
    context = {
        "text": text,
        "hits": Paginator(hits, _PER_PAGE).get_page(request.GET.get("page")),
        "is_cut": len(hits) == _MOST,
        "n_digits": len(digits) if len(digits) >= 8 and digits == text.replace(" ", "") else 0,
        "today": clock.today(),
    }
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "people/_hits.html" if is_part else "people/search.html", context)


@typed.search_page()
def choose_household(request: Request, move=None) -> HttpResponse:
    """Step one of registering or moving: the house, by head, address, KK or who lives there."""
    may_write(request)
    text = typed.text(request)
    homes = queries.search_households(request.scope, text) if text else []
    if homes:
        accounts.log(by=request.user, action="look.search", note=f"{len(homes)} households")
    context = {"text": text, "homes": homes, "move": move}
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "people/_homes.html" if is_part else "people/choose.html", context)

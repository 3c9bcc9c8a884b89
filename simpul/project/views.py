"""Pages that belong to no app: home, the book of rules, the gallery of components."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from simpul import packs


def home(request: HttpRequest) -> HttpResponse:
    """Those who look after people start at the list of who is due; a district at the situation."""
    return redirect("pws:dashboard" if request.scope.role == "district" else "due:list")


def book(request: HttpRequest) -> HttpResponse:
    """The rules in words: services, facts and indicators with their sources."""
    return render(request, "project/book.html", {"pack": packs.load()})


def book_service(request: HttpRequest, service: str) -> HttpResponse:
    """One service's rule, as every 'why?' links to it."""
    found = packs.load().services.get(service)
    if found is None:
        raise Http404
    return render(request, "project/book_service.html", {"service": found, "pack": packs.load()})


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, with invented data."""
    from simpul.ui.gallery import gallery as page

    return page(request)

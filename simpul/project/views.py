"""Pages that belong to no app: home, the book of rules, the gallery of components."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.accounts.http import Request
from simpul.project import book as books
from simpul.project.demo import sample_file
from simpul.ui import words


def home(request: Request) -> HttpResponse:
    """Those who look after people start at the list of who is due; a district at the situation."""
    return redirect("pws:dashboard" if request.scope.role == "district" else "due:list")


def book(request: HttpRequest) -> HttpResponse:
    """The rules in words: services, facts and indicators with their sources."""
    pack, wanted = packs.load(), request.GET.get("q", "").strip()[:80]
    found = books.contents(pack, wanted, words.known(get_language()))
    return render(request, "project/book.html", {"pack": pack, "book": found, "wanted": wanted})


def book_service(request: HttpRequest, service: str) -> HttpResponse:
    """One service's rule, as every 'why?' links to it."""
    pack = packs.load()
    found = pack.services.get(service)
    if found is None:
        raise Http404
    chapter = books.chapter(pack, found, words.known(get_language()))
    crumbs = [(_("Rule book"), reverse("book")), (chapter.title, "")]
    return render(
        request, "project/book_service.html", {"chapter": chapter, "pack": pack, "crumbs": crumbs}
    )


def sample_register(request: HttpRequest) -> FileResponse:
    """The invented register of the demonstration, to try the import with."""
    path = settings.DATA / sample_file.NAME
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=sample_file.NAME)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, with invented data."""
    from simpul.ui.gallery import gallery as page

    return page(request)

"""Pages of the situation of an area, and of the names behind every number."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from simpul import packs
from simpul.accounts import actions as accounts
from simpul.accounts import typed
from simpul.accounts.http import Request
from simpul.project import clock
from simpul.pws import actions, areas, asked, choices, figures, listed, sheets
from simpul.pws.situation import period_of, situation

MOST_JUDGED_WHILE_WAITING = 1500
MOST_AT_A_STEP = 4000  # persons judged between two reports of progress
NAMES_PER_PAGE = 50
MOST_WITH_OWED = 1000  # names in a sheet for which what is due is worked out, too


@require_GET
def dashboard(request: Request) -> HttpResponse:
    """The situation of an area: tiles, comparison of its parts, map."""
    ask = asked.read(request)
    waiting = actions.catch_up_while_waiting(month=ask.month, most=MOST_JUDGED_WHILE_WAITING)
    period = period_of(request.scope, ask.question, ask.month, ask.on)
    found = situation(request.scope, ask.question, period, ask.by, [ask.indicator])
    home = areas.home(request.scope, request.user)
    context = {
        "ask": ask,
        "choices": choices.areas_for(request.scope, home, ask.area),
        "crumbs": choices.way_to(request.scope, ask),
        "found": found,
        "months": choices.months_for(clock.today(), ask.month),
        "today": clock.today(),
        "unnamed": listed.unnamed(request.scope),
        "waiting": waiting,
        "ways": areas.ways_to_divide(request.scope, ask.area),
        **figures.of_page(found, ask),
    }
    return render(request, "pws/dashboard.html", context)


@require_GET
def count(request: Request) -> HttpResponse:
    """Judge some of who is waiting; the page asks again until all is done."""
    ask = asked.read(request)
    work = actions.catch_up(month=ask.month, most=MOST_AT_A_STEP)
    if not request.htmx:
        return redirect(f"{reverse('pws:dashboard')}?{ask.query()}")
    return render(request, "pws/_count.html", {"ask": ask, "waiting": work.waiting})


@require_GET
def sheet(request: Request) -> HttpResponse:
    """All indicators of the area and of its parts as XLSX."""
    ask = asked.read(request)
    period = period_of(request.scope, ask.question, ask.month, ask.on)
    found = situation(request.scope, ask.question, period, ask.by)
    return _xlsx(sheets.of_situation(ask, found), sheets.file_name(ask, ""))


@typed.search_page("place", "month", "on", "sex")
def names(request: Request, indicator: str, which: str) -> HttpResponse:
    """The names behind a number; as many as the number says."""
    ask, period = _asked_names(request, indicator, which)
    search = typed.text(request)
    found = listed.behind(request.scope, ask, period, which, search)
    page = Paginator(found, NAMES_PER_PAGE).get_page(request.GET.get("page"))
    lines = listed.lines(request.scope, ask, list(page.object_list))
    note = f"pws {indicator} {which}, {len(lines)} people"
    accounts.log(by=request.user, action="look.list", note=note)
    context = {
        "ask": ask,
        "indicator": packs.load().indicators[indicator],
        "lines": lines,
        "page": page,
        "pair": listed.pair(request.scope, ask, period),
        "period": period,
        "search": search,
        "which": which,
    }
    return render(request, "pws/names.html", context)


@require_GET
def names_sheet(request: Request, indicator: str, which: str) -> HttpResponse:
    """The names behind a number as XLSX."""
    ask, period = _asked_names(request, indicator, which)
    found = listed.behind(request.scope, ask, period, which)[:]
    lines = listed.lines(request.scope, ask, found, with_owed=len(found) <= MOST_WITH_OWED)
    note = f"pws sheet {indicator} {which}, {len(lines)} people"
    accounts.log(by=request.user, action="look.list", note=note)
    title = packs.load().indicators[indicator].title["id"]
    return _xlsx(sheets.of_names(ask, title, lines), sheets.file_name(ask, f"{indicator}-{which}"))


def _asked_names(request: Request, indicator: str, which: str):
    if indicator not in packs.load().indicators or which not in listed.WHICH:
        raise Http404
    if indicator in listed.unnamed(request.scope):
        raise PermissionDenied
    ask = asked.read(request, indicator)
    return ask, period_of(request.scope, ask.question, ask.month, ask.on)


def _xlsx(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=sheets.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

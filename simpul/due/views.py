"""Pages of the due list, a household and a person; and the writes that start from them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from simpul.accounts import actions as accounts
from simpul.accounts import typed
from simpul.accounts.http import Request
from simpul.due import (
    actions,
    choosing,
    filters,
    lists,
    mends,
    person_page,
    plans,
    queries,
    rights,
    sheet,
)
from simpul.due.mending import CorrectForm
from simpul.due.pregnancy_forms import BeginForm, EndForm
from simpul.due.visits import Visit
from simpul.people import queries as people
from simpul.project import clock
from simpul.records import queries as log

HOUSES_PER_PAGE = 25
HOUSES_TO_PRINT = 400  # on one page, for paper
MOST_PLANNED_WHILE_WAITING = 1500
REFUSED = 422
LAST_PLACE = "due.last_place"  # of the session: a Posyandu day is one place
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@typed.search_page(*filters.NAMES)
def due_list(request: Request) -> HttpResponse:
    """Who is owed what, by household, the most urgent first."""
    if _is_too_large(request):
        found = choosing.districts(request.scope)
        return render(request, "due/choose.html", {"districts": found})
    context = _list_context(request, request.GET)
    per_page = HOUSES_TO_PRINT if "all" in request.GET else HOUSES_PER_PAGE
    page = Paginator(context["found"].houses, per_page).get_page(request.GET.get("page"))
    houses = lists.houses(
        request.scope, context["day"], context["where"], context["found"], page.object_list
    )
    n_shown = sum(len(house.owed) for house in houses)
    _log_list(request, n_shown)
    context |= {
        "houses": houses,
        "n_shown": n_shown,
        "page": page,
        "filter": filters.shown(request.scope, request.user, context["where"], context["found"]),
    }
    return render(request, "due/list.html", context)


def _is_too_large(request: Request) -> bool:
    """Whether a village has to be chosen before there can be a list."""
    where = filters.read(request.scope, request.GET, typed.text(request, request.GET))
    return choosing.is_needed(request.scope, where)


def _list_context(request: Request, query: QueryDict) -> dict:
    """Who is found, after the plans were brought up to date; `waiting` when that was too much."""
    where = filters.read(request.scope, query, typed.text(request, query))
    scope = request.scope.within(where.village)
    waiting = actions.catch_up(scope, most=MOST_PLANNED_WHILE_WAITING)
    day = clock.today()
    return {
        "waiting": waiting,
        "may_write": request.scope.may_write,
        "list_query": query.urlencode(),
        "day": day,
        "where": where,
        "found": queries.found(scope, day, where),
        "n_registered": queries.n_registered(scope, where),
    }


def _log_list(request: Request, n: int) -> None:
    accounts.log(by=request.user, action="look.list", note=f"due list, {n} people")


@require_GET
def sheet_of_list(request: Request) -> HttpResponse:
    """The list as XLSX, all its pages."""
    if _is_too_large(request):
        return redirect("due:list")
    context = _list_context(request, request.GET)
    day, where, found = context["day"], context["where"], context["found"]
    houses = lists.houses(request.scope, day, where, found, found.houses)
    _log_list(request, found.n_persons)
    area = filters.shown(request.scope, request.user, where, found).area
    title = ": ".join([_("Who is due for a service"), f"{area}, {lists.day_words(day)}"])
    answer = HttpResponse(sheet.workbook(houses, title=title, day=day), content_type=XLSX)
    name = _("due-list")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day:%Y-%m-%d}.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
def household(request: Request, household_id: int) -> HttpResponse:
    """One visit for a household: everybody's services on one form, one save, one envelope."""
    home = people.household(request.scope, household_id)
    if home is None:
        raise Http404
    _must_write(request, if_post=True)
    members = people.members(request.scope, household_id).select_related("household__posyandu")
    visit = _visit(request, list(members), request.POST or None)
    if request.method == "POST" and _save(request, visit):
        messages.success(request, _saved(visit))
        return redirect("due:household", household_id)
    for member in visit.persons:
        _log_look(request, member.pk)
    context = {
        "home": home,
        "visit": visit,
        "day": visit.today,
        "may_record": request.scope.may_write,
        "crumbs": [(_("Due list"), reverse("due:list")), (home.head_name or home.address, "")],
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "due/household.html", context, status=status)


def _visit(request: Request, persons: list, data=None, *, extra=()) -> Visit:
    """A visit; where the last one was is where this one most likely is."""
    return Visit(request.scope, request.user, persons, data, extra, request.session.get(LAST_PLACE))


def _save(request: Request, visit: Visit) -> bool:
    """Save the visit, and remember for the next one where it was."""
    saved = visit.save()
    if saved:
        request.session[LAST_PLACE] = visit.head.cleaned_data["facility"]
    return saved


@require_GET
def person(request: Request, person_id: int) -> HttpResponse:
    """The page of one person: life line, what is owed, growth, household, history."""
    found = _person(request, person_id)
    if found.merged_into_id:
        return redirect("due:person", found.merged_into_id)
    visit = _visit(request, [found], extra=request.GET.getlist("add"))
    return _show_person(request, found, visit)


def _show_person(
    request: Request, found, visit: Visit, *, status: int = 200, **more
) -> HttpResponse:
    _log_look(request, found.pk)
    context = person_page.context(request, found, visit, visit.today)
    context["may_record"] = request.scope.may_write and found.is_current
    if context["pregnancy"]:
        current = context["pregnancy"]["current"]
        form_class = EndForm if current else BeginForm
        day = context["pregnancy"].get("born_on") or visit.today
        context["pregnancy_form"] = form_class(today=visit.today, current=current, on=day)
    part = request.htmx and not request.htmx.boosted
    template = "due/_person.html" if part else "due/person.html"
    return render(request, template, context | more, status=status)


@require_http_methods(["GET", "POST"])
def record(request: Request, person_id: int) -> HttpResponse:
    """Record what was done for one person; from the list the household's group comes back."""
    found = _resident(request, person_id)
    visit = _visit(request, [found], request.POST or None)
    query = QueryDict(request.POST.get("list") or request.GET.get("list") or "")
    from_list = request.htmx and ("list" in request.POST or "list" in request.GET)
    if request.method == "GET":
        return _row(request, visit, query) if from_list else redirect("due:person", person_id)
    saved = _save(request, visit)
    if from_list:
        return (
            _house_again(request, visit, query) if saved else _row(request, visit, query, REFUSED)
        )
    if not saved:
        return _show_person(request, found, visit, status=REFUSED)
    if request.htmx:
        anew = _visit(request, [found])
        return _show_person(request, found, anew, saved=_saved(visit))
    messages.success(request, _saved(visit))
    return redirect("due:person", person_id)


def _row(request: Request, visit: Visit, query: QueryDict, status: int = 200) -> HttpResponse:
    """The visit form as a row of the list, below the person."""
    _log_look(request, visit.persons[0].pk)
    context = {"visit": visit, "day": visit.today, "list_query": query.urlencode()}
    context["person"] = visit.persons[0]
    return render(request, "due/_row.html", context, status=status)


def _house_again(request: Request, visit: Visit, query: QueryDict) -> HttpResponse:
    """The household's group after a save, shorter now or gone, with the figures above the list."""
    context = _list_context(request, query)
    house_id = visit.persons[0].household_id
    houses = lists.houses(
        request.scope, context["day"], context["where"], context["found"], [house_id]
    )
    _log_list(request, sum(len(house.owed) for house in houses))
    context |= {"houses": houses, "house_id": house_id, "saved": _saved(visit)}
    context["home"] = visit.persons[0].household
    answer = render(request, "due/_house_again.html", context)
    answer["HX-Retarget"] = f"#rumah-{house_id}"  # the form aimed at its own row
    return answer


@require_POST
def begin_pregnancy(request: Request, person_id: int) -> HttpResponse:
    """Record the beginning of a pregnancy."""
    return _pregnancy(request, person_id, BeginForm, _("Recorded: the pregnancy."))


@require_POST
def end_pregnancy(request: Request, person_id: int) -> HttpResponse:
    """Record the end of a pregnancy."""
    return _pregnancy(request, person_id, EndForm, _("Recorded: the end of the pregnancy."))


def _pregnancy(request: Request, person_id: int, form_class, said: str) -> HttpResponse:
    found = _resident(request, person_id)
    visit = _visit(request, [found])
    offer = person_page.pregnancy_offer(request.scope, found, visit.cases[person_id], visit.today)
    is_repeat = mends.is_repeat(request.POST.get("envelope"))
    fits = offer is not None and bool(offer["current"]) == (form_class is EndForm)
    if not fits and not is_repeat:
        raise Http404
    form = form_class(request.POST, today=visit.today, current=offer and offer["current"])
    if not is_repeat and not form.is_valid():
        return _show_person(request, found, visit, status=REFUSED, pregnancy_form=form)
    if not is_repeat:
        mends.record_pregnancy(by=request.user, person_id=person_id, form=form)
    messages.success(request, said)
    return redirect(f"{reverse('due:person', args=[person_id])}#kehamilan")


@require_http_methods(["GET", "POST"])
def correct(request: Request, seq: int) -> HttpResponse:
    """Correct one fact: both stay readable."""
    fact = _mendable(request, seq)
    found = _person(request, fact.person_id)
    case = plans.cases([found], clock.today())[found.pk]
    form = CorrectForm(request.POST or None, fact=fact, case=case)
    if request.method == "POST" and form.is_changeable and form.is_valid():
        mends.correct(
            by=request.user, fact=fact, value=form.cleaned_data["value"],
            is_confirmed=form.is_confirmed,
        )  # fmt: skip
        messages.success(request, _("Corrected. The old value stays in the history."))
        return redirect(f"{reverse('due:person', args=[found.pk])}#riwayat")
    _log_look(request, found.pk)
    context = {"form": form, "fact": fact, "person": found, "what": mends.fact_words(fact)}
    status = REFUSED if request.method == "POST" else 200
    return render(request, "due/correct.html", context, status=status)


@require_POST
def retract(request: Request, seq: int) -> HttpResponse:
    """Take back one fact entered by mistake; it stays in the history."""
    fact = _mendable(request, seq)
    mends.retract(by=request.user, fact=fact)
    messages.success(request, _("Taken back. It stays in the history, struck out."))
    return redirect(f"{reverse('due:person', args=[fact.person_id])}#riwayat")


def _mendable(request: Request, seq: int):
    """A fact in scope that this user may mend and that still holds."""
    fact = log.fact(request.scope, seq)
    if fact is None or not rights.may_see(request.scope, fact.name):
        raise Http404
    if not rights.may_mend(request.scope, fact):
        raise PermissionDenied
    if mends.is_superseded(fact):
        raise Http404
    return fact


def _person(request: Request, person_id: int):
    found = people.person(request.scope, person_id)
    if found is None:
        raise Http404
    return found


def _resident(request: Request, person_id: int):
    """Somebody a service can be recorded for: who died or moved away has none any more."""
    found = _person(request, person_id)
    _must_write(request)
    if found.died_on or found.left_on:
        raise Http404
    return found


def _must_write(request: Request, *, if_post: bool = False) -> None:
    if not request.scope.may_write and not (if_post and request.method == "GET"):
        raise PermissionDenied


def _log_look(request: Request, person_id: int) -> None:
    accounts.log(by=request.user, action="look.person", object_kind="person", object_id=person_id)


def _saved(visit: Visit) -> str:
    if visit.is_repeat:
        return _("Recorded already; nothing was written twice.")
    n = visit.n_saved
    return ngettext("Recorded: %(n)d entry.", "Recorded: %(n)d entries.", n) % {"n": n}

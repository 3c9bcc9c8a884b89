"""What the page of one person shows: owed, done, coming, growth, the household, the history."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul import packs
from simpul.due import growth_page, histories, life_line, lists, plans, pregnancy, rights, visits
from simpul.due.lists import Line
from simpul.engine.values import Person as Case
from simpul.people import queries as people
from simpul.ui import words

DAYS_OF_HISTORY = 6
COMING = 6
SOON = timedelta(days=730)
_SHORTEST = timedelta(days=140)  # 20 weeks: a child born earlier is of the pregnancy before


def context(request, person, visit: visits.Visit, day: date) -> dict:
    """All the page needs. `visit` is the form, filled in or not."""
    scope, case = request.scope, visit.cases[person.pk]
    items = plans.of(case, day)
    lines = lists.lines(scope, items, day)
    days = histories.history(scope, person.pk, case, items)
    shown = days if "all" in request.GET else days[:DAYS_OF_HISTORY]
    part = visit.parts[0]
    return {
        "person": person,
        "home": person.household,
        "mother": people.person(scope, person.mother_id) if person.mother_id else None,
        "day": day,
        "condition": lists.condition(case, day),
        "lines": lines,
        "flags": flags(lines),
        "visit": visit,
        "others": visits.other_services(scope, case, day, part.wanted),
        "life": life_line.life_line(case, person.name, items, day),
        "growth": growth_page.growth(
            case, person.name, day, with_categories=scope.role != "kader"
        ),
        "coming": coming(scope, items, day),
        "kin": kin(scope, person, day),
        "history": shown,
        "n_history": histories.n_entries(days),
        "n_more": histories.n_entries(days) - histories.n_entries(shown),
        "birth_weight": _birth_weight(case),
        "pregnancy": pregnancy_offer(scope, person, case, day),
        "crumbs": _crumbs(person),
    }  # fmt: skip


def flags(lines: tuple[Line, ...]) -> list[tuple[str, str]]:
    """The pills of the header: what is urgent by name, the others by number."""
    pack, lang = packs.load(), words.known(get_language())
    out = [
        ("urgent", _("Urgent: %(what)s") % {"what": pack.short_of(line.item, lang)})
        for line in lines
        if line.urgency == "urgent"
    ]
    late = sum(line.urgency == "late" for line in lines)
    due = sum(line.urgency == "due" for line in lines)
    if late:
        out.append(
            ("late", ngettext("%(n)d service late", "%(n)d services late", late) % {"n": late})
        )
    if due:
        out.append(("due", ngettext("%(n)d due now", "%(n)d due now", due) % {"n": due}))
    return out or [("done", _("Nothing is owed today"))]


def coming(scope, items, day: date) -> list[Line]:
    """What comes next, in order of day; a projection where a dose waits for another."""
    until = day + SOON
    later = [
        (item.due_on, item.service, item)
        for item in items
        if item.status == "later" and item.due_on is not None and item.due_on <= until
    ]
    later.sort(key=lambda one: one[:2])
    return [lists.line(scope, item, day) for _due, _service, item in later[:COMING]]


def kin(scope, person, day: date) -> list[lists.Owed]:
    """The others of the household and what each is owed, the most urgent first."""
    ids = [one.pk for one in people.members(scope, person.household_id) if one.pk != person.pk]
    found = lists.owed_to(scope, day, lists.Where(), ids)
    order = {"urgent": 0, "late": 1, "due": 2, "": 3}
    return sorted(found, key=lambda one: order[one.urgency])


def pregnancy_offer(scope, person, case: Case, day: date) -> dict | None:
    """Which form about a pregnancy fits: begin one, end one, or none."""
    years = plans.age_months(case, day) // 12
    if person.sex != "female" or not rights.may_enter(scope, "pregnancy.lmp"):
        return None
    found = pregnancy.latest(case.facts, day)
    if found is not None and found.is_open_on(day):
        return {"current": found, "born_on": _born_since(scope, person, found.started_on)}
    if pregnancy.FIRST_YEARS <= years <= pregnancy.LAST_YEARS:
        newly = found is not None and found.ended_on is not None and day <= found.until
        return {"current": None, "last": found, "is_newly_delivered": newly}
    return None


def _born_since(scope, person, day: date) -> date | None:
    """The birth of a registered child that this pregnancy must have ended with."""
    born = [one.birth_date for one in people.children_of(scope, person.pk)]
    return max((one for one in born if one >= day + _SHORTEST), default=None)


def _birth_weight(case: Case) -> float | None:
    known = plans.numbers_of(case, "birth.weight")
    return known[-1][1] if known else None


def _crumbs(person) -> list[tuple[str, str]]:
    home = person.household
    return [
        (_("Due list"), reverse("due:list")),
        (
            _("House of %(name)s") % {"name": home.head_name or home.address},
            reverse("due:household", args=[home.pk]),
        ),
        (person.name, ""),
    ]

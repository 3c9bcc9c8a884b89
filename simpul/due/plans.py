"""Plans worked out now, from the records. Callers have checked that the persons are in scope."""

from collections.abc import Iterable
from datetime import date, timedelta

from simpul import packs
from simpul.engine.days import add_months, completed_months
from simpul.engine.plan import plan
from simpul.engine.values import Fact, PlanItem
from simpul.engine.values import Person as Case
from simpul.places import queries as places
from simpul.records import queries as records

AHEAD = timedelta(days=62)  # items kept before they open
LONGEST = timedelta(days=30)  # no stored plan is trusted for longer
_SMALL_MONTHS = 72  # below this age every month may bring something new

OPEN = frozenset({"due", "late"})


def provinces() -> dict[int, str]:
    """{village id: two digits of its province}."""
    return {village.pk: places.province_code(village) for village in places.villages()}


def cases(persons: Iterable, as_of: date) -> dict[int, Case]:
    """What the engine needs to know of each person (objects with sex, birth_date, village_id)."""
    persons = list(persons)
    facts = records.engine_facts([one.pk for one in persons], as_of)
    province = provinces()
    return {
        one.pk: Case(one.sex, one.birth_date, facts.get(one.pk, ()), province.get(one.village_id))
        for one in persons
    }


def live(persons: Iterable, as_of: date) -> dict[int, list[PlanItem]]:
    """The plan of each person on a day, in the order of the pack."""
    pack = packs.load()
    return {pk: plan(pack, case, as_of) for pk, case in cases(persons, as_of).items()}


def of(case: Case, as_of: date) -> list[PlanItem]:
    """The plan of one person whose facts are known."""
    return plan(packs.load(), case, as_of)


def is_open(item: PlanItem) -> bool:
    """May still be acted on: not done, not missed, not waiting for another item."""
    return item.done_on is None and not item.waits and item.status in ("due", "late", "later")


def urgency(item: PlanItem) -> str:
    """`urgent`, `late` or `due` for what is owed; what is not owed keeps its status."""
    if item.status in OPEN and packs.load().urgency_of(item) == "urgent":
        return "urgent"
    return item.status


def worst(urgencies: Iterable[str]) -> str:
    """The first of urgent, late, due that occurs; '' when nothing is owed."""
    found = set(urgencies)
    return next((code for code in ("urgent", "late", "due") if code in found), "")


def replan_on(birth_date: date, items: Iterable[PlanItem], as_of: date) -> date:
    """The first day on which the plan may differ though no fact was added.

    That is when an item closes, when a birthday changes for whom services are, when a month
    begins for those weighed monthly; at the latest after LONGEST.
    """
    days = [as_of + LONGEST, _next_birthday(birth_date, as_of)]
    if completed_months(birth_date.toordinal(), as_of.toordinal()) < _SMALL_MONTHS:
        days.append((as_of.replace(day=1) + timedelta(days=32)).replace(day=1))
    for item in items:
        if item.done_on is None and item.closes_on is not None and item.closes_on >= as_of:
            days.append(item.closes_on + timedelta(days=1))
    return min(days)


def _next_birthday(birth_date: date, as_of: date) -> date:
    """The next completed month of the small, the next completed year of the others."""
    born = birth_date.toordinal()
    months = completed_months(born, as_of.toordinal())
    step = 1 if months < _SMALL_MONTHS else 12
    return date.fromordinal(add_months(born, (months // step + 1) * step))


def facts_of(case: Case, *names: str) -> list[Fact]:
    """The facts of these names, oldest first; of two on one day the last recorded comes last."""
    found = [fact for fact in case.facts if fact.name in names]
    return sorted(found, key=lambda fact: (fact.on, fact.seq))


def age_months(case: Case, on: date) -> int:
    """Completed months on a day."""
    return completed_months(case.birth_date.toordinal(), on.toordinal())


def numbers_of(case: Case, name: str) -> list[tuple[date, float]]:
    """The days and numbers of a measurement, oldest first."""
    return [
        (fact.on, float(fact.value))
        for fact in facts_of(case, name)
        if isinstance(fact.value, float | int)
    ]


def opens_by(item: PlanItem, day: date) -> bool:
    """Whether it may be given on or before the day."""
    return item.opens_on is not None and item.opens_on <= day

"""Puts names, addresses and reasons to what is owed: the rows of a list, by household.

Reasons are worked out by the engine when a page asks for them; none is stored.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.due import plans, pregnancy, queries
from simpul.due.queries import Where
from simpul.engine.values import Person as Case
from simpul.engine.values import PlanItem
from simpul.people import queries as people
from simpul.ui import words

_AT_ONCE = 800  # below SQLite's limit of variables
_NEAR = 62  # days between due and closed that make the last day worth saying
_CLINICAL_FINDINGS = frozenset({"follow.bp", "follow.glucose"})
# KMK 2015/2023: a kader does not judge the nutritional status; the red line of the KMS she reads
_NUTRITIONAL = frozenset({"severe_wasting", "wasting", "thin_arm_severe", "thin_arm"})


class Line(msgspec.Struct, frozen=True):
    """One service owed to one person, in words."""

    item: PlanItem
    title: str
    reason: str
    since: str  # 'sejak 8 Jun 2026 (5 bln), terlambat sejak 8 Sep 2026'
    urgency: str  # urgent | late | due, or the status of what is not owed

    @property
    def book_url(self) -> str:
        """The page of the rule."""
        return _address("book-service", "-").replace("-", self.item.service)

    @property
    def key(self) -> str:
        """Names the item in a form or an address."""
        return f"{self.item.service}.{self.item.occurrence}"


class Owed(msgspec.Struct, frozen=True):
    """A person and what is owed to them."""

    person: Any  # a people.Person, or what stands for one on another day
    condition: str  # 'hamil 31 mg', 'nifas hari ke-8', or nothing
    lines: tuple[Line, ...]
    age: str

    @property
    def url(self) -> str:
        """The page of the person."""
        return _address("due:person", 0).replace("0", str(self.person.pk))

    @property
    def record_url(self) -> str:
        """Where a visit of the person is recorded."""
        return _address("due:record", 0).replace("0", str(self.person.pk))

    @property
    def urgency(self) -> str:
        return plans.worst(line.urgency for line in self.lines)


class House(msgspec.Struct, frozen=True):
    """A household and those in it who are owed something."""

    household: Any
    owed: tuple[Owed, ...]

    @property
    def n_lines(self) -> int:
        return sum(len(one.lines) for one in self.owed)


def houses(
    scope: Scope, day: date, where: Where, found: queries.Found, ids: Iterable[int]
) -> list[House]:
    """These households of what was found, in the order given, with everybody's lines."""
    wanted = [house for house in ids if house in found.persons]
    person_ids = [person for house in wanted for person in found.persons[house]]
    owed = {one.person.pk: one for one in owed_to(scope, day, where, person_ids)}
    rows = _households(scope, wanted)
    out = []
    for house in wanted:
        members = [owed[pk] for pk in found.persons[house] if pk in owed and owed[pk].lines]
        if members and house in rows:
            out.append(House(rows[house], tuple(members)))
    return out


def owed_to(scope: Scope, day: date, where: Where, person_ids: Sequence[int]) -> list[Owed]:
    """What these persons are owed on the day, as far as the list asks for it."""
    persons = _persons(scope, person_ids)
    cases = plans.cases(persons, day)
    return [owed(scope, one, cases[one.pk], day, where) for one in persons]


def owed(scope: Scope, person, case: Case, day: date, where: Where | None = None) -> Owed:
    """What one person is owed on the day."""
    wanted = lines(scope, plans.of(case, day), day, where)
    return Owed(person, condition(case, day), wanted, words.age(case.birth_date, day, lang()))


def lines(
    scope: Scope, items: Iterable[PlanItem], day: date, where: Where | None = None
) -> tuple[Line, ...]:
    """Items that are due or late, put into words, the most urgent first."""
    wanted = [
        line(scope, item, day)
        for item in items
        if item.status in plans.OPEN and (where is None or where.takes(item.service))
    ]
    return tuple(sorted(wanted, key=lambda one: queries.URGENCIES.index(one.urgency)))


def lang() -> str:
    """The language that content is shown in."""
    return words.known(get_language())


def day_words(day: date) -> str:
    """A day in the language of the screen."""
    return words.day(day, lang())


def line(scope: Scope, item: PlanItem, day: date) -> Line:
    """One item in words."""
    title = packs.load().title_of(item, lang())
    return Line(item, title, reason(scope, item), _since(item, day), plans.urgency(item))


def _since(item: PlanItem, day: date) -> str:
    """Since when it is due, and late; or until when, where the last day is near."""
    if item.due_on is None:
        return ""
    since = words.since(item.due_on, day, lang())
    if item.late_on is not None and item.late_on <= day:
        late = _("late since %(day)s") % {"day": day_words(item.late_on)}
        return f"{since}, {late}"
    if item.closes_on is not None and (item.closes_on - item.due_on).days <= _NEAR:
        until = _("until %(day)s") % {"day": day_words(item.closes_on)}
        if item.closes_on == day:
            until = _("today is the last day")
        return f"{since}, {until}"
    return since


@cache
def _address(name: str, argument: object) -> str:
    """An address with a blank in it: a list needs hundreds of the same kind."""
    return reverse(name, args=[argument])


def reason(scope: Scope, item: PlanItem) -> str:
    """Why the item stands as it does; those who do not treat are not told clinical findings."""
    if item.service in _CLINICAL_FINDINGS and not scope.sees_clinical:
        return _("The midwife or nurse of the Pustu can tell you more.")
    if scope.role == "kader" and item.because.code in _NUTRITIONAL:
        return _("The last measurement needs the midwife or nurse: take the child there.")
    return packs.load().reason_of(item, lang())


def condition(case: Case, day: date) -> str:
    """Pregnant since how many weeks, or how many days after the end of a pregnancy."""
    if case.sex != "female":
        return ""
    found = pregnancy.latest(case.facts, day)
    if found is None or not found.started_on <= day <= found.until:
        return ""
    if found.ended_on is None:
        return _("pregnant %(weeks)s") % {"weeks": words.weeks(found.started_on, day, lang())}
    if found.ended_by != "birth":
        return ""
    return _("day %(n)d after birth") % {"n": (day - found.ended_on).days}


def _persons(scope: Scope, person_ids: Sequence[int]) -> list:
    by_id = {}
    for start in range(0, len(person_ids), _AT_ONCE):
        rows = people.in_scope(scope).filter(pk__in=person_ids[start : start + _AT_ONCE])
        by_id.update({one.pk: one for one in rows})
    return [by_id[pk] for pk in person_ids if pk in by_id]


def _households(scope: Scope, ids: Sequence[int]) -> dict:
    found = {}
    for start in range(0, len(ids), _AT_ONCE):
        for one in people.households(scope, ids[start : start + _AT_ONCE]):
            found[one.pk] = one
    return found

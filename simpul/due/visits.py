"""One visit: the day and place once, one part per person, one save, one envelope."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from simpul import packs
from simpul.accounts import actions as accounts
from simpul.accounts.scope import Scope
from simpul.due import actions, asks, lists, plans, rights
from simpul.due.forms import VisitForm, VisitHead
from simpul.due.lists import Line
from simpul.engine.values import Person as Case
from simpul.places import queries as places
from simpul.project import clock
from simpul.records import actions as records
from simpul.records import queries as log

FORM = "visit@1"


class Visit:
    """A visit being filled in or sent. `parts` are the forms of the persons, in order."""

    def __init__(
        self, scope: Scope, user, persons: Sequence, data=None, extra: Iterable[str] = (),
        last_place: int | None = None,
    ):  # fmt: skip
        self.scope, self.user, self.persons, self.data = scope, user, list(persons), data
        self.today = clock.today()
        self.cases = plans.cases(self.persons, self.today)
        likely = _places(user, self.persons)
        is_here = any(pk == last_place for pk, _name in likely)
        here = last_place if is_here else _facility(user)
        initial = {"envelope": uuid.uuid4(), "on": self.today, "facility": here}
        self.head = VisitHead(data, today=self.today, places=likely, initial=initial)
        self.on = self._day()
        parts = [self._part(person, tuple(extra)) for person in self.persons]
        self.parts = sorted(parts, key=_urgency_first)
        self.is_repeat = False
        self.is_empty = False
        self.n_saved = 0

    def _day(self) -> date:
        if self.data is not None and self.head.is_valid():
            return self.head.cleaned_data["on"]
        return self.today

    def _part(self, person, extra: tuple[str, ...]) -> VisitForm:
        prefix = f"p{person.pk}"
        if self.data is not None:
            extra = tuple(self.data.getlist(f"{prefix}-services"))
        case = self.cases[person.pk]
        wanted = wanted_lines(self.scope, case, self.today, extra, only=self.data is not None)
        return VisitForm(
            self.data, scope=self.scope, case=case, person=person, wanted=wanted, on=self.on,
            prefix=prefix,
        )  # fmt: skip

    @property
    def person_id(self) -> str:
        """Of the only person, for the names of elements."""
        return str(self.persons[0].pk)

    @property
    def n_wanted(self) -> int:
        """How many services the form holds."""
        return sum(len(part.wanted) for part in self.parts)

    @property
    def complete(self) -> list:
        """The persons who are owed nothing."""
        return [part.person for part in self.parts if not part.wanted]

    def save(self) -> bool:
        """Record what was filled in, once; False when something has to be asked or mended."""
        if self.data is None or not self.head.is_valid():
            return False
        envelope = self.head.cleaned_data["envelope"]
        if log.envelope(envelope):
            self.is_repeat = True
            return True
        refused = [part for part in self.parts if not part.is_valid()]
        if refused:
            return False
        facts = [fact for part in self.parts for fact in self._facts(part)]
        self.is_empty = not facts
        if self.is_empty:
            self.head.add_error(None, _("Nothing is filled in yet."))
            return False
        self._write(facts, envelope)
        return True

    @transaction.atomic
    def _write(self, facts: list[records.NewFact], envelope: uuid.UUID) -> None:
        """The facts, the log of the write and the fresh plans: all of it or nothing."""
        outcome = records.record_visit(by=self.user, facts=facts, envelope=envelope, source="page")
        self.n_saved = outcome.n_recorded
        touched = sorted({fact.person_id for fact in facts})
        for person_id in touched:
            accounts.log(
                by=self.user, action="record.visit", object_kind="person", object_id=person_id,
                note=f"{sum(f.person_id == person_id for f in facts)} facts",
            )  # fmt: skip
        actions.refresh(touched)

    def _facts(self, part: VisitForm) -> list[records.NewFact]:
        return [
            records.NewFact(
                person_id=part.person.pk,
                name=name,
                observed_on=part.case.birth_date if name in asks.OF_BIRTH else self.on,
                value=_value(name, value, part.case, self.on),
                facility_id=self.head.cleaned_data["facility"],
                form=FORM,
                is_confirmed=name in part.confirmed,
            )
            for name, value in part.given.items()
        ]


def _urgency_first(part: VisitForm) -> int:
    """The most urgent first, those who are owed nothing last; others in their order."""
    worst = plans.worst(line.urgency for line in part.wanted)
    return ("urgent", "late", "due", "").index(worst)


def wanted_lines(
    scope: Scope, case: Case, day: date, extra: Iterable[str], *, only: bool
) -> list[Line]:
    """The lines of a form: what is owed, and the services in `extra`; with `only`, just those."""
    items = plans.of(case, day)
    owed = () if only else lists.lines(scope, items, day)
    known = {line.item.service for line in owed}
    out = list(owed)
    for service in extra:
        if service in known or service not in packs.load().services:
            continue
        known.add(service)
        of_service = [item for item in items if item.service == service]
        still = [item for item in of_service if plans.is_open(item)]
        chosen = (still or of_service)[:1]
        if chosen and rights.may_record(scope, service):
            out.append(lists.line(scope, chosen[0], day))
    return out


def other_services(scope: Scope, case: Case, day: date, owed: Iterable[Line]) -> list[Line]:
    """What may also be recorded today though it is not due: open already, or measured any time."""
    known = {line.item.service for line in owed}
    out: dict[str, Line] = {}
    for item in plans.of(case, day):
        service = item.service
        if service in known or service in out or not rights.may_record(scope, service):
            continue
        may_now = plans.is_open(item) and plans.opens_by(item, day)
        again = service in asks.ANY_TIME and item.status != "not_applicable"
        if may_now or again:
            out[service] = lists.line(scope, item, day)
    return list(out.values())


def _value(name: str, value: object, case: Case, on: date) -> records.Value:
    if name == "supplement.vitamin_a":
        return capsule(case, on)
    return value  # type: ignore[return-value]


def capsule(case: Case, on: date) -> str:
    """Blue below one year, red from then on."""
    return "blue" if plans.age_months(case, on) < 12 else "red"


def _facility(user) -> int | str:
    return getattr(user, "facility_id", None) or ""


def _places(user, persons: Sequence) -> list[tuple[int, str]]:
    """Where a service is likely given: the user's place of work, the Posyandu, the Puskesmas."""
    found = {}
    if getattr(user, "facility", None) is not None:
        found[user.facility_id] = user.facility.full_name
    for person in persons:
        home = person.household
        if home.posyandu is not None:
            found.setdefault(home.posyandu_id, home.posyandu.full_name)
    for village_id in {person.village_id for person in persons}:
        puskesmas = places.puskesmas_of(village_id)
        if puskesmas is not None:
            found.setdefault(puskesmas.pk, puskesmas.full_name)
    return list(found.items())

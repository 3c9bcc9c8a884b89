"""The words of the rule language that speak of services: doses, campaigns, visits, pregnancies.

Its one rule: an indicator asks the same compiled service the plan is made with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from simpul.engine.campaign import Campaign
from simpul.engine.case import Case
from simpul.engine.days import span
from simpul.engine.episodes import delivery, pregnancy
from simpul.engine.frame import Service
from simpul.engine.language import BadRule, Rule, Term, Word
from simpul.engine.series import Series
from simpul.engine.visits import Visits

Versions = Sequence[tuple[int, Service]]
"""The versions of a service, each with the day it holds from, newest last."""


class ServiceWords:
    """The functions about services; `services` are those the pack knows."""

    def __init__(self, services: Mapping[str, Versions]) -> None:
        self.services = services

    def words(self) -> dict[str, Word]:
        names = ("given", "given_by", "old_enough", "called", "came", "contact", "contacts_by")
        return {name: getattr(self, name) for name in names}

    def _holding(self, name: str, kind: type) -> Versions:
        found = self.services.get(name)
        if found is None:
            raise BadRule(f"unknown service {name!r}; known: {', '.join(sorted(self.services))}")
        if not all(isinstance(rule, kind) for _, rule in found):
            raise BadRule(f"{name!r} is not of the kind {kind.__name__.lower()}")
        return found

    def given(self, service: str, dose: int = 1) -> Rule:
        """Whether a valid dose was given."""
        versions = self._holding(service, Series)
        return lambda case: _dose_day(case, versions, dose) > 0

    def given_by(self, service: str, dose: int, age: str) -> Rule:
        """Whether a valid dose was given before an age."""
        versions, before = self._holding(service, Series), span(age)
        return lambda case: 0 < _dose_day(case, versions, dose) < case.age(before)

    def old_enough(self, service: str, dose: int = 1) -> Rule:
        """Whether the age at which the dose is due has been reached."""
        versions = self._holding(service, Series)

        def judge(case: Case) -> Term:
            doses = _series(case, versions).doses
            return dose <= len(doses) and case.age(doses[dose - 1].due) <= case.at

        return judge

    def called(self, service: str) -> Rule:
        """Whether the latest campaign was for this person."""
        versions = self._holding(service, Campaign)
        return lambda case: _campaign(case, versions) is not None

    def came(self, service: str) -> Rule:
        """Whether it was done in the latest campaign; unknown when that was not for them."""
        versions = self._holding(service, Campaign)
        return lambda case: _campaign(case, versions)

    def contact(self, service: str, number: int) -> Rule:
        """Whether a visit of the present episode was made."""
        versions = self._holding(service, Visits)

        def judge(case: Case) -> Term:
            filled = _filled(case, versions)
            return None if filled is None else 0 < number <= len(filled) and filled[number - 1] > 0

        return judge

    def contacts_by(self, service: str, value: str, first: int, last: int) -> Rule:
        """How many of the visits `first` to `last` were made by somebody."""
        versions = self._holding(service, Visits)

        def judge(case: Case) -> Term:
            filled = _filled(case, versions)
            if filled is None:
                return None
            fact = _visits(case, versions).fact
            days = [day for day in filled[first - 1 : last] if day]
            return sum(1 for day in days if case.on_day(fact, day) == value)

        return judge


def _on(versions: Versions, day: int) -> Service:
    """The version that holds on a day; the first also answers for earlier days."""
    found = versions[0][1]
    for start, rule in versions:
        if start <= day:
            found = rule
    return found


def _series(case: Case, versions: Versions) -> Series:
    return cast(Series, _on(versions, case.at))


def _visits(case: Case, versions: Versions) -> Visits:
    return cast(Visits, _on(versions, case.at))


def _dose_day(case: Case, versions: Versions, dose: int) -> int:
    filled = _series(case, versions).course(case).filled
    return filled[dose - 1] if 0 < dose <= len(filled) else 0


def _campaign(case: Case, versions: Versions) -> bool | None:
    rule = cast(Campaign, _on(versions, case.at))
    key = ("campaign", rule.head.block)
    if key not in case.memo:
        case.memo[key] = rule.latest_done(case)
    return case.memo[key]  # type: ignore[return-value]


def _filled(case: Case, versions: Versions) -> list[int] | None:
    """The visits of the present episode; None when there is no episode."""
    rule = _visits(case, versions)
    key = ("visits", rule.head.block)
    if key not in case.memo:
        episode = rule.anchor(case)
        case.memo[key] = None if episode is None else rule.filled(case, episode)
    return case.memo[key]  # type: ignore[return-value]


def _since_delivery(case: Case) -> Term:
    episode = delivery(case)
    return None if episode is None else case.at - episode.start


def _pregnancy_days(case: Case) -> Term:
    """Days since the pregnancy began, up to its end or the day."""
    episode = pregnancy(case)
    if episode is None:
        return None
    return (case.at if episode.end is None else episode.end) - episode.start


def _is_pregnant(case: Case) -> Term:
    episode = pregnancy(case)
    return episode is not None and episode.end is None and case.at <= episode.start + LONGEST


def _pregnancy_ended(case: Case) -> Term:
    """How the pregnancy ended in the period; '' when it did not."""
    episode = pregnancy(case)
    if episode is None or episode.end is None or episode.end < case.first:
        return ""
    return episode.ended


def _first_contact(case: Case) -> Term:
    """The day of the pregnancy on which the first contact was made."""
    episode = pregnancy(case)
    if episode is None:
        return None
    days = [day for day in case.given("anc.visit") if day >= episode.start]
    return days[0] - episode.start if days else None


LONGEST = 308
"""After so many days from the last period nobody is still pregnant."""

NAMES: dict[str, Rule] = {
    "is_pregnant": _is_pregnant,
    "pregnancy_days": _pregnancy_days,
    "pregnancy_ended": _pregnancy_ended,
    "first_contact_days": _first_contact,
    "days_since_birth_given": _since_delivery,
    "period_days": lambda case: case.at - case.first,
}

"""The words of the rule language that speak of the person and of facts.

Its one rule: every word is checked against the pack while the pack is read, not while it is used.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from simpul.engine import vocabulary_growth, vocabulary_services
from simpul.engine.case import Case
from simpul.engine.days import plus, span
from simpul.engine.language import BadRule, Rule, Term, Vocabulary, Word
from simpul.engine.vocabulary_services import ServiceWords


def _bmi(case: Case) -> Term:
    """Weight over height squared, from the last weight and the last height."""
    weight, height = case.latest("body.weight"), case.latest("body.lenhei")
    if not isinstance(weight, float | int) or not isinstance(height, float | int) or height <= 0:
        return None
    return weight / (height / 100) ** 2


NAMES: dict[str, Rule] = {
    "age_days": lambda case: case.at - case.birth,
    "age_months": lambda case: case.age_months(),
    "age_years": lambda case: case.age_months() // 12,
    "sex": lambda case: case.person.sex,
    "province": lambda case: case.person.province,
    "bmi": _bmi,
}


class FactWords:
    """The functions about facts; `facts` are the names the pack knows."""

    def __init__(self, facts: Container[str]) -> None:
        self.facts = facts

    def words(self) -> dict[str, Word]:
        names = ("latest", "on_day", "has", "count", "within", "in_period")
        return {name: getattr(self, name) for name in names}

    def _known(self, name: str) -> str:
        if name not in self.facts:
            raise BadRule(f"unknown fact {name!r}: add it to facts/ or mend the name")
        return name

    def latest(self, name: str) -> Rule:
        """The last value up to the day."""
        self._known(name)
        return lambda case: _term(case.latest(name))

    def on_day(self, name: str) -> Rule:
        """The value of the day itself."""
        self._known(name)
        return lambda case: _term(case.on_day(name, case.at))

    def has(self, name: str) -> Rule:
        """Whether it was ever recorded; a flag that says no is no record."""
        self._known(name)
        return lambda case: bool(case.given(name))

    def count(self, name: str) -> Rule:
        """On how many days it was recorded."""
        self._known(name)
        return lambda case: len(case.given(name))

    def within(self, name: str, length: str) -> Rule:
        """Whether it was recorded so short a time ago."""
        self._known(name)
        back = span(length)

        def judge(case: Case) -> Term:
            given = case.given(name)
            return bool(given) and plus(given[-1], back) > case.at

        return judge

    def in_period(self, name: str) -> Rule:
        """Whether it was recorded in the period judged."""
        self._known(name)

        def judge(case: Case) -> Term:
            given = case.given(name)
            return bool(given) and given[-1] >= case.first

        return judge


def _term(value: object) -> Term:
    return value if isinstance(value, float | int | str | bool) else None


def person_vocabulary(facts: Container[str]) -> Vocabulary:
    """Names and functions about the person, the facts and growth."""
    return Vocabulary({**NAMES, **vocabulary_growth.NAMES}, FactWords(facts).words())


def indicator_vocabulary(
    facts: Container[str], services: Mapping[str, vocabulary_services.Versions]
) -> Vocabulary:
    """What an indicator may use: the person's words and those about services and pregnancies."""
    names = {**NAMES, **vocabulary_growth.NAMES, **vocabulary_services.NAMES}
    return Vocabulary(names, {**FactWords(facts).words(), **ServiceWords(services).words()})

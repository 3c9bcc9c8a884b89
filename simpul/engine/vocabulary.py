"""The words of the rule language that speak of the person and of facts.

Its one rule: every word is checked against the pack while the pack is read, not while it is used.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from simpul.engine import vocabulary_growth, vocabulary_services
from simpul.engine.case import Case
from simpul.engine.days import plus, span
from simpul.engine.language import BadRule, Rule, Term, Vocabulary, Word


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


def words(facts: Container[str]) -> dict[str, Word]:
    """The functions about facts; `facts` are the names the pack knows."""

    def known(name: str) -> str:
        if name not in facts:
            raise BadRule(f"unknown fact {name!r}: add it to facts/ or mend the name")
        return name

    def latest(name: str) -> Rule:
        known(name)
        return lambda case: _term(case.latest(name))

    def on_day(name: str) -> Rule:
        known(name)
        return lambda case: _term(case.on_day(name, case.at))

    def has(name: str) -> Rule:
        known(name)
        return lambda case: bool(case.given(name))

    def count(name: str) -> Rule:
        known(name)
        return lambda case: len(case.given(name))

    def within(name: str, length: str) -> Rule:
        known(name)
        back = span(length)

        def judge(case: Case) -> Term:
            given = case.given(name)
            return bool(given) and plus(given[-1], back) > case.at

        return judge

    def in_period(name: str) -> Rule:
        known(name)

        def judge(case: Case) -> Term:
            given = case.given(name)
            return bool(given) and given[-1] >= case.first

        return judge

    return {
        "latest": latest,
        "on_day": on_day,
        "has": has,
        "count": count,
        "within": within,
        "in_period": in_period,
    }


def _term(value: object) -> Term:
    return value if isinstance(value, float | int | str | bool) else None


def person_vocabulary(facts: Container[str]) -> Vocabulary:
    """Names and functions about the person, the facts and growth."""
    return Vocabulary({**NAMES, **vocabulary_growth.NAMES}, words(facts))


def indicator_vocabulary(
    facts: Container[str], services: Mapping[str, vocabulary_services.Versions]
) -> Vocabulary:
    """What an indicator may use: the person's words and those about services and pregnancies."""
    names = {**NAMES, **vocabulary_growth.NAMES, **vocabulary_services.NAMES}
    return Vocabulary(names, {**words(facts), **vocabulary_services.words(services)})

"""Indicators: two rules for each person, counted and reached, judged for a period.

Its one rule: a number is the count of these answers, so the names behind it cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from simpul.engine.case import Case
from simpul.engine.language import Rule
from simpul.engine.values import Person


class Counting(Protocol):
    """What the engine needs of a pack: id, counted, reached of the indicators of a day."""

    def indicators_on(self, day: int) -> Sequence[tuple[str, Rule, Rule]]: ...


def judge(pack: Counting, person: Person, first: date, last: date) -> dict[str, bool]:
    """Whether each indicator is reached, for those that count this person.

    Facts after `last` are not seen, ages are those of `last`; unknown is not reached, and who
    cannot be told to belong is not counted. Who is born after `last` is in none.
    """
    at = last.toordinal()
    case = Case(person, at, first.toordinal())
    if case.birth > at:
        return {}
    return {
        name: reached(case) is True
        for name, counted, reached in pack.indicators_on(at)
        if counted(case) is True
    }

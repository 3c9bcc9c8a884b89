"""Says in words what a compiled rule says: ages, intervals, months.

Its one rule: a sentence is made from the rule itself, so that words and rule cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from simpul.engine.days import Span
from simpul.engine.series import Series

if TYPE_CHECKING:
    from simpul.packs.model import Version

Words = Mapping[str, str]


class Describer:
    """Turns rules into sentences with the words of the pack."""

    def __init__(self, sentences: Mapping[str, Words], months: Mapping[str, list[str]]) -> None:
        self.sentences = sentences
        self.months = months

    def rule(self, version: Version, block: str, lang: str) -> str:
        """What the rule of a block says; empty when its kind has nothing to add."""
        rule = version.rule
        for kind, describe in _KINDS.items():
            if isinstance(rule, kind):
                return describe(self, rule, block, lang)
        return ""

    def say(self, key: str, lang: str, **params: str) -> str:
        return self.sentences[key][lang].format(**params)

    def length(self, length: Span, lang: str) -> str:
        """`9 bln`, `28 hari`, `7 th`."""
        number, _, unit = length.text.partition(" ")
        return self.say(f"unit.{unit}", lang, n=number)

    def last(self, length: Span, lang: str) -> str:
        """The last age before `length`: before 60 mo is 59 bln."""
        number, _, unit = length.text.partition(" ")
        return self.say(f"unit.{unit}", lang, n=str(int(number) - 1))


def _series(words: Describer, rule: Series, block: str, lang: str) -> str:
    number = int(block.partition("#")[2] or 1)
    dose = rule.doses[number - 1]
    due = words.length(dose.due, lang)
    if dose.month is not None:
        parts = [words.say("rule.school", lang, due=due, month=words.months[lang][dose.month - 1])]
    elif not dose.due.months and not dose.due.days:
        parts = [words.say("rule.at_birth", lang)]
    else:
        parts = [words.say("rule.at_age", lang, due=due)]
    if dose.late_from is not None:
        parts.append(words.say("rule.on_time", lang, late=words.last(dose.late_from, lang)))
    if dose.after_valid is not None and number > 1:
        after = words.length(dose.after_valid, lang)
        parts.append(words.say("rule.after", lang, after=after, previous=str(number - 1)))
    if dose.closes_before is not None:
        parts.append(words.say("rule.until", lang, closes=words.last(dose.closes_before, lang)))
    return ", ".join(parts) + "."


_KINDS: dict[type, Callable[..., str]] = {Series: _series}

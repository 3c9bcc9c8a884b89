"""Says in words what a compiled rule says: ages, intervals, months.

Its one rule: a sentence is made from the rule itself, so that words and rule cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simpul.engine.campaign import Campaign
from simpul.engine.days import Span
from simpul.engine.every import Every
from simpul.engine.frame import Service
from simpul.engine.series import Series

Words = Mapping[str, str]


class Describer:
    """Turns rules into sentences with the words of the pack."""

    def __init__(self, sentences: Mapping[str, Words], months: Mapping[str, list[str]]) -> None:
        self.sentences = sentences
        self.months = months

    def rule(self, rule: Service, block: str, lang: str) -> str:
        """What the rule of a block says; empty when its kind has nothing to add."""
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
        month = words.months[f"{lang}.long"][dose.month - 1]
        parts = [words.say("rule.school", lang, due=due, month=month)]
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


def _every(words: Describer, rule: Every, block: str, lang: str) -> str:
    plain = next(start for start in rule.starts if not start.risks)
    early = next((start for start in rule.starts if start.risks), None)
    params = {
        "age": words.length(plain.age, lang),
        "interval": words.length(rule.interval, lang),
    }
    if early is None:
        return words.say("rule.every", lang, **params)
    return words.say("rule.every.risk", lang, younger=words.length(early.age, lang), **params)


def _campaign(words: Describer, rule: Campaign, block: str, lang: str) -> str:
    closes = words.last(rule.closes_before, lang)
    if len(rule.months) == 12:
        return words.say("rule.monthly", lang, ages=words.say("ages.up_to", lang, closes=closes))
    if rule.opens.months or rule.opens.days:
        ages = words.say("ages", lang, opens=words.length(rule.opens, lang), closes=closes)
    else:
        ages = words.say("ages.up_to", lang, closes=closes)
    names = [words.months[f"{lang}.long"][month - 1] for month in rule.months]
    joined = f" {words.say('and', lang)} ".join(names)
    return words.say("rule.named_months", lang, ages=ages, months=joined)


_KINDS: dict[type, Callable[..., str]] = {Series: _series, Every: _every, Campaign: _campaign}

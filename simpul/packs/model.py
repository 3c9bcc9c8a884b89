"""What a pack holds once it is read: facts, services, indicators, sources, and their words.

Its one rule: everything says where it comes from and how sure it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from simpul.engine.frame import Condition
from simpul.engine.frame import Service as Compiled
from simpul.engine.language import Rule
from simpul.engine.values import PlanItem

if TYPE_CHECKING:
    from simpul.packs.wording import Wording

Words = Mapping[str, str]
Range = tuple[float, float]
Confidence = Literal["H", "M", "L"]


class Source(msgspec.Struct, frozen=True):
    """A regulation, table or page that a rule comes from."""

    id: str
    title: str
    status: str = ""
    note: str = ""


class FactType(msgspec.Struct, frozen=True):
    """What can be observed. `hard` is what is possible at all, `plausible` what is usual."""

    name: str
    title: Words
    type: Literal["number", "text", "day", "code", "flag"]
    unit: str
    hard: Range | None
    plausible: Range | None
    codes: Mapping[str, Words]
    confidence: Confidence
    source: str
    sensitivity: str
    by_age: tuple[tuple[int, Range], ...] = ()
    jump: float | None = None
    fall: float | None = None
    decimals: int = 1
    valid_from: date = date.min


class Version(msgspec.Struct, frozen=True):
    """A service as it is from a day on."""

    valid_from: date
    source: str
    confidence: Confidence
    kind: str
    rule: Compiled
    written: Mapping[str, object]

    @property
    def rule_count(self) -> int:
        """How many doses, visits or findings the version has."""
        parts = ("doses", "visits", "findings")
        found = next((self.written[key] for key in parts if key in self.written), None)
        return len(found) if isinstance(found, list) else 1


class Service(msgspec.Struct, frozen=True):
    """Something that is due for somebody, as screens show it."""

    name: str
    title: Words
    short: Words
    group: str
    cluster: str
    urgency: Literal["urgent", "normal"]
    source: str
    confidence: Confidence
    records: tuple[str, ...]
    versions: tuple[Version, ...]
    hint: Words = {}


class Indicator(msgspec.Struct, frozen=True):
    """Something that is counted: two rules per person."""

    id: str
    title: Words
    short: Words
    group: str
    denominator: Words
    numerator: Words
    target: float | None
    source: str
    confidence: Confidence
    kind: Literal["coverage", "prevalence", "count"]
    good: Literal["up", "down"]
    counted: Rule
    reached: Rule
    written: Mapping[str, object]
    valid_from: date
    estimate: tuple[str, ...] = ()  # target groups whose official estimates are its denominator


class Conflict(msgspec.Struct, frozen=True):
    """Where sources disagree, and what was kept."""

    id: str
    says: Words
    kept: Words
    why: Words
    source: str
    confidence: Confidence
    used_in: tuple[str, ...]


class Pack:
    """The content of one programme: read once, never changed."""

    def __init__(
        self,
        *,
        id: str,  # noqa: A002  the word of the pack file
        version: str,
        valid_from: date,
        facts: dict[str, FactType],
        services: dict[str, Service],
        indicators: dict[str, Indicator],
        sources: dict[str, Source],
        conflicts: dict[str, Conflict],
        conditions: dict[str, Condition],
        wording: Wording,
    ) -> None:
        self.id = id
        self.version = version
        self.valid_from = valid_from
        self.facts = facts
        self.services = services
        self.indicators = indicators
        self.sources = sources
        self.conflicts = conflicts
        self.conditions = conditions
        self.wording = wording
        self._starts, self._programs = _programs(services, valid_from)
        self._indicators = [(i.id, i.counted, i.reached) for i in indicators.values()]
        self._indicator_from = {i.id: i.valid_from.toordinal() for i in indicators.values()}
        self._newest = max(self._indicator_from.values(), default=0)

    def services_on(self, day: int) -> Sequence[Compiled]:
        """The rules that hold on a day. The pack's first rules also answer for earlier days."""
        return self._programs[max(0, bisect_right(self._starts, day) - 1)]

    def indicators_on(self, day: int) -> Sequence[tuple[str, Rule, Rule]]:
        """The indicators that hold on a day, each with its two rules."""
        if day < self._newest:
            first = max(day, self._starts[0])
            return [i for i in self._indicators if self._indicator_from[i[0]] <= first]
        return self._indicators

    def title_of(self, item: PlanItem, lang: str = "id") -> str:
        """What the item is called: `Campak-Rubela (MR) dosis 1`."""
        return self.wording.title_of(self, item, lang)

    def short_of(self, item: PlanItem, lang: str = "id") -> str:
        """The item in a few letters: `MR1`."""
        return self.wording.short_of(self, item, lang)

    def reason_of(self, item: PlanItem, lang: str = "id") -> str:
        """Why the item stands as it does: the rule, the facts, the dates and the source."""
        return self.wording.reason_of(self, item, lang)

    def urgency_of(self, item: PlanItem) -> str:
        """`urgent` when the finding behind the item is, else what the service says."""
        urgency = item.because.params.get("urgency")
        return str(urgency or self.services[item.service].urgency)


def _programs(
    services: Mapping[str, Service], first: date
) -> tuple[list[int], list[tuple[Compiled, ...]]]:
    """For each day on which a rule changes, the rules that hold from then on."""
    days = {first.toordinal()}
    for service in services.values():
        days.update(max(first, version.valid_from).toordinal() for version in service.versions)
    starts = sorted(days)
    return starts, [tuple(_holding(services, day)) for day in starts]


def _holding(services: Mapping[str, Service], day: int) -> list[Compiled]:
    rules = []
    for service in services.values():
        holding = [v for v in service.versions if v.valid_from.toordinal() <= day]
        if holding:
            rules.append(max(holding, key=lambda v: v.valid_from).rule)
    return rules

"""From the files of a pack to the pack: sources, facts, conditions, services, indicators, words.

Its one rule: everything is read before anything is refused, so that all mistakes are told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from simpul.engine.frame import Condition, Head
from simpul.engine.language import Vocabulary
from simpul.engine.vocabulary import indicator_vocabulary, person_vocabulary
from simpul.packs.kinds import BUILDERS, Known
from simpul.packs.model import Conflict, FactType, Indicator, Pack, Service, Source, Version
from simpul.packs.read import Block, Reading, blocks_in
from simpul.packs.take import Taker
from simpul.packs.wording import OwnWords, read_wording

GROUPS = (
    "immunisation",
    "growth",
    "supplement",
    "pregnancy",
    "postnatal",
    "ptm",
    "elderly",
    "followup",
)
INDICATOR_GROUPS = ("growth", "immunisation", "mother", "supplement", "ptm", "elderly")
CLUSTERS = ("K1", "K2", "K3", "K4", "LK")
SURE = ("H", "M", "L")


class Building:
    """The pack while it is being read."""

    def __init__(self, root: Path, reading: Reading) -> None:
        self.root = root
        self.reading = reading
        self.sources: dict[str, Source] = {}
        self.facts: dict[str, FactType] = {}
        self.conditions: dict[str, Condition] = {}
        self.services: dict[str, Service] = {}
        self.indicators: dict[str, Indicator] = {}
        self.conflicts: dict[str, Conflict] = {}
        self.condition_words: dict[str, dict[str, str]] = {}
        self.vocabulary = Vocabulary({}, {})
        self.labels: dict[str, dict[str, str]] = {}
        self.hints: dict[str, dict[str, str]] = {}
        self.says: dict[str, dict[str, str]] = {}
        self.sure: dict[str, str] = {}
        self.valid_from = date.min

    def taker(self, block: Block) -> Taker:
        return Taker(self.reading, block)

    def top(self, name: str) -> Block:
        return self.reading.file(self.root / name, name)


def prepared(root: Path, reading: Reading) -> Building:
    """What services and indicators refer to: sources, facts, conditions, the words of rules."""
    work = Building(root, reading)
    work.valid_from = work.taker(work.top("pack.yaml")).day("valid_from")
    _sources(work)
    _facts(work)
    work.vocabulary = person_vocabulary(work.facts)
    _conditions(work)
    return work


def build(root: Path, reading: Reading) -> Pack:
    """Read all of a pack; problems are in `reading`, and then the pack must not be used."""
    work = prepared(root, reading)
    for name, block, _ in blocks_in(reading, root / "schedules", root):
        if _new(work, work.services, name, block, "service"):
            work.services[name] = _service(work, name, block)
    _indicators(work)
    _conflicts(work)
    head = work.taker(work.top("pack.yaml"))
    head.taken.add("valid_from")
    words = work.taker(work.top("wording.yaml"))
    wording = read_wording(words, _own_words(work))
    pack = Pack(
        id=head.text("id"),
        version=head.text("version"),
        valid_from=work.valid_from,
        facts=work.facts,
        services=work.services,
        indicators=work.indicators,
        sources=work.sources,
        conflicts=work.conflicts,
        conditions=work.conditions,
        wording=wording,
    )
    head.words("title")
    head.finish()
    return pack


def _own_words(work: Building) -> OwnWords:
    return OwnWords(work.labels, work.hints, work.says, work.condition_words, work.sure)


def _indicators(work: Building) -> None:
    vocabulary = indicator_words(work.facts, work.services)
    for name, block, _ in blocks_in(work.reading, work.root / "indicators", work.root):
        if _new(work, work.indicators, name, block, "indicator"):
            work.indicators[name] = _indicator(work, name, work.taker(block), vocabulary)


def indicator_words(facts: Mapping[str, FactType], services: Mapping[str, Service]) -> Vocabulary:
    """What the rules of indicators may use."""
    versions = {
        name: [
            (version.valid_from.toordinal(), version.rule)
            for version in sorted(service.versions, key=lambda v: v.valid_from)
        ]
        for name, service in services.items()
    }
    return indicator_vocabulary(facts, versions)


def _indicator(work: Building, name: str, taker: Taker, vocabulary: Vocabulary) -> Indicator:
    indicator = Indicator(
        id=name,
        title=taker.words("title"),
        short=taker.words("short"),
        group=taker.one_of("group", INDICATOR_GROUPS),
        denominator=taker.words("denominator"),
        numerator=taker.words("numerator"),
        target=taker.number("target"),
        source=taker.name("source", work.sources, "source"),
        confidence=taker.one_of("confidence", SURE),
        kind=taker.one_of("kind", ("coverage", "prevalence", "count"), "coverage"),
        good=taker.one_of("good", ("up", "down"), "up"),
        counted=taker.rule("counted", vocabulary),
        reached=taker.rule("reached", vocabulary),
        written=taker.block,
        valid_from=taker.day("valid_from"),
        estimate=tuple(str(group) for group in taker.any("estimate") or ()),
    )
    taker.finish()
    return indicator


def _conflicts(work: Building) -> None:
    for name, block in work.top("conflicts.yaml").items():
        taker = work.taker(block)
        known = {*work.services, *work.indicators, *work.facts}
        work.conflicts[name] = Conflict(
            id=name,
            says=taker.words("says"),
            kept=taker.words("kept"),
            why=taker.words("why"),
            source=taker.name("source", work.sources, "source"),
            confidence=taker.one_of("confidence", SURE),
            used_in=tuple(taker.names("used_in", known, "service, indicator or fact")),
        )
        taker.finish()


def _new(work: Building, there: dict[str, Any], name: str, block: Block, what: str) -> bool:
    if name in there:
        work.reading.problem(block, None, f"the {what} {name!r} stands twice", "Remove one")
        return False
    return True


def _sources(work: Building) -> None:
    for name, block in work.top("sources.yaml").items():
        taker = work.taker(block)
        work.sources[name] = Source(
            name, taker.text("title"), taker.text("status", ""), taker.text("note", "")
        )
        taker.finish()


def _facts(work: Building) -> None:
    for name, block, _ in blocks_in(work.reading, work.root / "facts", work.root):
        if _new(work, work.facts, name, block, "fact"):
            work.facts[name] = _fact(work, name, work.taker(block))


def _fact(work: Building, name: str, taker: Taker) -> FactType:
    kind = taker.one_of("type", ("number", "text", "day", "code", "flag"))
    codes: dict[str, dict[str, str]] = {}
    written = taker.any("codes")
    if isinstance(written, Block):
        inner = work.taker(written)
        codes = {code: inner.words(code) for code in written}
    if kind == "code" and not codes:
        taker.wrong("type", f"the fact {name!r} has no codes", "Write codes: {code: {id, en}}")
    fact = FactType(
        name=name,
        title=taker.words("title"),
        type=kind,
        unit=taker.text("unit", ""),
        hard=taker.range("hard"),
        plausible=taker.range("plausible"),
        codes=codes,
        confidence=taker.one_of("confidence", SURE),
        source=taker.name("source", work.sources, "source"),
        sensitivity=taker.one_of("sensitivity", ("normal", "restricted"), "normal"),
        by_age=_by_age(taker),
        jump=taker.number("jump"),
        fall=taker.number("fall"),
        decimals=taker.whole("decimals", 1) or 0,
        valid_from=taker.day("valid_from"),
    )
    taker.finish()
    return fact


def _by_age(taker: Taker) -> tuple[tuple[int, tuple[float, float]], ...]:
    """Plausible ranges of the young: each holds below an age in months."""
    if "by_age" not in taker.block:
        return ()

    def one(band: Taker, number: int) -> tuple[int, tuple[float, float]]:
        before, limits = band.span("before"), band.range("plausible")
        return (before.months if before else 0), limits or (0.0, 1.0)

    return tuple(taker.blocks("by_age", one))


def _conditions(work: Building) -> None:
    for name, block in work.top("conditions.yaml").items():
        taker = work.taker(block)
        work.condition_words[f"{name}.no"] = taker.words("otherwise")
        work.condition_words[f"{name}.unknown"] = taker.words("unknown", required=False) or {
            "id": "Belum dapat ditentukan.",
            "en": "Not known yet.",
        }
        work.conditions[name] = Condition(
            rule=taker.rule("rule", work.vocabulary),
            otherwise=f"{name}.no",
            unknown=f"{name}.unknown",
            unknown_waits=taker.one_of("if_unknown", ("waits", "not_applicable"), "waits")
            == "waits",
            text=str(block.get("rule")),
        )
        taker.finish()


def _service(work: Building, name: str, block: Block) -> Service:
    versions = block.get("versions")
    dated = [block.merged(v) for v in versions] if isinstance(versions, list) else [block]
    built = [version_from(work, name, each) for each in dated]
    newest = max(built, key=lambda v: v.valid_from)
    taker = work.taker(dated[-1])
    return Service(
        name=name,
        title=taker.words("title"),
        short=taker.words("short"),
        group=taker.one_of("group", GROUPS),
        cluster=taker.one_of("cluster", CLUSTERS),
        urgency=taker.one_of("urgency", ("urgent", "normal"), "normal"),
        source=newest.source,
        confidence=newest.confidence,
        records=tuple(taker.names("records", work.facts, "fact", required=True)),
        versions=tuple(built),
        hint=taker.words("hint", required=False),
    )


_SHOWN = ("title", "short", "group", "cluster", "urgency", "records", "hint", "versions", "note")


def version_from(work: Building, name: str, block: Block) -> Version:
    """A service as one dated block says it."""
    taker = work.taker(block)
    taker.taken.update(_SHOWN)
    valid_from = taker.day("valid_from")
    source = taker.name("source", work.sources, "source")
    sure = taker.one_of("confidence", SURE)
    conditions = taker.names("applies", work.conditions, "condition")
    kind = taker.one_of("kind", tuple(BUILDERS))
    block_id = f"{name}@{valid_from.isoformat()}"
    head = Head(name, block_id, source, tuple(work.conditions[c] for c in conditions))
    builder = BUILDERS.get(kind, BUILDERS["once"])
    rule = builder(taker, head, Known(work.facts, work.sources, work.vocabulary, work.valid_from))
    taker.finish()
    _parts(work, block_id, block, sure)
    return Version(valid_from, source, sure, kind, rule, block)


def _parts(work: Building, block_id: str, block: Block, sure: str) -> None:
    """What single doses and visits say of themselves: a label, how sure they are."""
    work.sure[block_id] = sure
    if isinstance(block.get("absent"), Block):
        work.condition_words[f"{block_id.partition('@')[0]}.absent"] = dict(block["absent"])
    parts = next((block[key] for key in ("doses", "visits", "findings") if key in block), [block])
    for number, part in enumerate(parts if isinstance(parts, list) else (), 1):
        if isinstance(part, Block):
            work.sure[f"{block_id}#{number}"] = str(part.get("confidence", sure))
            for key, words in (("label", work.labels), ("hint", work.hints), ("says", work.says)):
                if isinstance(part.get(key), Block):
                    words[f"{block_id}#{number}"] = dict(part[key])

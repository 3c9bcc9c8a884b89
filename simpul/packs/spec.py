"""The rule language by example: each example is specification, test and page of the manual.

Its one rule: an example stands for itself; it borrows only facts and conditions from the pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from simpul.engine.case import Case
from simpul.engine.language import BadRule, Vocabulary, compile_rule
from simpul.engine.values import Person, PlanItem
from simpul.packs.build import Building, indicator_words, prepared, version_from
from simpul.packs.cases import difference, read_person, read_rows
from simpul.packs.model import Pack
from simpul.packs.read import Block, PackError, Reading
from simpul.packs.take import Taker

ANY_DAY = date(2026, 1, 1)


class Example(msgspec.Struct, frozen=True):
    """One example: a rule and its answer, or a service and the rows of its plan."""

    about: str
    person: Person
    facts: tuple[str, ...]
    as_of: date
    rule: str = ""
    answer: Any = None
    service: Block | None = None
    rows: tuple[dict[str, Any], ...] = ()
    refused: str = ""


class Chapter(msgspec.Struct, frozen=True):
    """A part of the language: what it is, in words, and its examples."""

    name: str
    title: str
    text: str
    examples: tuple[Example, ...]


class Spec:
    """All chapters, and what is needed to run their examples."""

    def __init__(self, folder: Path, root: Path, pack: Pack) -> None:
        self.reading = Reading()
        self.building: Building = prepared(root, self.reading)
        self.vocabulary: Vocabulary = indicator_words(pack.facts, pack.services)
        self.chapters = [self._chapter(path) for path in sorted(folder.glob("*.yaml"))]
        if self.reading.problems:
            raise PackError(self.reading.problems)

    def _chapter(self, path: Path) -> Chapter:
        taker = Taker(self.reading, self.reading.file(path, path.name))
        examples = taker.blocks("examples", lambda example, number: self._example(example))
        chapter = Chapter(path.stem, taker.text("title"), taker.text("text"), tuple(examples))
        taker.finish()
        return chapter

    def _example(self, taker: Taker) -> Example:
        block = taker.block
        person, facts = Person(None, ANY_DAY), ()
        if "person" in block:
            person, facts = read_person(taker, self.building.facts)  # type: ignore[assignment]
        common: dict[str, Any] = {
            "about": taker.text("about", ""),
            "person": person,
            "facts": facts,
            "as_of": taker.day("as_of") if "as_of" in block else ANY_DAY,
        }
        if "rule" in block:
            refused = taker.text("refused", "")
            return Example(
                **common, rule=taker.text("rule"), answer=taker.any("is"), refused=refused
            )
        return Example(**common, service=taker.any("service"), rows=read_rows(taker))

    def failure_of(self, example: Example) -> str:
        """What comes out otherwise than the example says; empty when it holds."""
        if example.service is not None:
            return difference(self.items_of(example), example.rows)
        try:
            rule = compile_rule(example.rule, self.vocabulary)
        except BadRule as error:
            refused = example.refused and example.refused in str(error)
            return "" if refused else f"{example.rule}: {error}"
        if example.refused:
            return f"{example.rule} is not refused"
        found = rule(Case(example.person, example.as_of.toordinal()))
        wanted = None if example.answer == "unknown" else example.answer
        same = found == wanted and (found is None) == (wanted is None)
        return "" if same else f"{example.rule} is {found}, not {example.answer}"

    def items_of(self, example: Example) -> list[PlanItem]:
        """The plan of the example's own service."""
        assert example.service is not None  # noqa: S101  only asked of examples with a service
        reading = Reading()
        self.building.reading = reading
        block = Block("", 1)
        block.update(valid_from=ANY_DAY, source=next(iter(self.building.sources)), confidence="H")
        rule = version_from(self.building, "example", block.merged(example.service)).rule
        if reading.problems:
            raise PackError(reading.problems)
        items: list[PlanItem] = []
        rule.plan(Case(example.person, example.as_of.toordinal()), items)
        return items

    def examples(self) -> Iterator[tuple[Chapter, Example]]:
        for chapter in self.chapters:
            for example in chapter.examples:
                yield chapter, example

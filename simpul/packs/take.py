"""Takes the keys of one block one by one, each with what it must be.

Its one rule: a key nobody takes is a mistake too, so that a slip of the pen is never silent.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from simpul.engine.days import BadSpan, Span, span
from simpul.engine.language import BadRule, Rule, Vocabulary, compile_rule
from simpul.packs.read import Block, Reading

Range = tuple[float, float]
_NEVER: Rule = lambda case: None  # noqa: E731  stands for a rule that could not be read


def nearest(wrong: str, known: Iterable[str]) -> str:
    """`Did you mean …` for a word that is not among the known ones."""
    known = sorted(known)
    close = difflib.get_close_matches(wrong, known, 1)
    return f"Did you mean {close[0]!r}?" if close else f"Possible: {', '.join(known)}"


class Taker:
    """One block being read."""

    def __init__(self, reading: Reading, block: Block) -> None:
        self.reading = reading
        self.block = block
        self.taken: set[str] = set()

    def wrong(self, key: str | None, what: str, mend: str) -> None:
        self.reading.problem(self.block, key, what, mend)

    def any(self, key: str, default: Any = None) -> Any:
        self.taken.add(key)
        return self.block.get(key, default)

    def _required(self, key: str) -> Any:
        value = self.any(key)
        if value is None:
            self.wrong(None, f"{key!r} is missing", f"Write `{key}: …` in this block")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = self._required(key) if default is None else self.any(key, default)
        return "" if value is None else str(value)

    def words(self, key: str, required: bool = True) -> dict[str, str]:
        value = self._required(key) if required else self.any(key)
        if value is None:
            return {}
        if not isinstance(value, Block) or not value.get("id") or not value.get("en"):
            self.wrong(key, f"{key!r} has no Indonesian and English words", "{id: …, en: …}")
            return {"id": "", "en": ""}
        return {"id": str(value["id"]), "en": str(value["en"])}

    def one_of(self, key: str, options: Collection[str], default: str | None = None) -> Any:
        value = self.text(key, default)
        if value and value not in options:
            self.wrong(key, f"{key}: {value!r} is not possible", nearest(value, options))
        return value

    def day(self, key: str) -> date:
        value = self._required(key)
        if isinstance(value, date):
            return value
        if value is not None:
            self.wrong(key, f"{key}: {value!r} is not a date", "Write it as 2026-08-31")
        return date.min

    def number(self, key: str, default: float | None = None) -> float | None:
        value = self.any(key, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            self.wrong(key, f"{key}: {value!r} is not a number", "Write digits, with a point")
            return default
        return value

    def whole(self, key: str, default: int | None = None) -> int | None:
        value = self.any(key, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            self.wrong(key, f"{key}: {value!r} is not a whole number", "Write digits only")
            return default
        return value

    def range(self, key: str) -> Range | None:
        value = self.any(key)
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2:
            low, high = value
            if isinstance(low, int | float) and isinstance(high, int | float) and low < high:
                return float(low), float(high)
        self.wrong(key, f"{key}: {value!r} is not a range", "Write [lowest, highest]")
        return None

    def span(self, key: str, default: str | None = None) -> Span | None:
        value = self.any(key, default)
        if value is None:
            return None
        try:
            return span(str(value))
        except BadSpan:
            self.wrong(key, f"{key}: {value!r} is not a length of time", "Write 9 mo, 28 d or 7 y")
            return None

    def many(self, key: str, required: bool = False) -> list[Any]:
        value = self._required(key) if required else self.any(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, f"{key!r} is not a list", "Write [one, two]")
            return []
        return value

    def names(
        self, key: str, known: Collection[str], what: str, required: bool = False
    ) -> list[str]:
        """A list of names that must be known."""
        names = [str(name) for name in self.many(key, required)]
        for name in names:
            if name not in known:
                self.wrong(key, f"unknown {what} {name!r}", nearest(name, known))
        return [name for name in names if name in known]

    def name(self, key: str, known: Collection[str], what: str) -> str:
        value = self.text(key)
        if value and value not in known:
            self.wrong(key, f"unknown {what} {value!r}", nearest(value, known))
        return value

    def rule(self, key: str, vocabulary: Vocabulary, default: str | None = None) -> Rule:
        text = self.text(key, default)
        if not text:
            return _NEVER
        return self.compiled(key, text, vocabulary)

    def compiled(self, key: str, text: str, vocabulary: Vocabulary) -> Rule:
        try:
            return compile_rule(text, vocabulary)
        except BadRule as error:
            self.wrong(key, f"{key}: {error}", "See docs/generated/rules.md")
            return _NEVER

    def blocks(self, key: str, build: Callable[[Taker, int], Any]) -> list[Any]:
        """A list of blocks, each built by itself and looked over for strange keys."""
        found = []
        for number, block in enumerate(self.many(key, required=True)):
            if not isinstance(block, Block):
                self.wrong(key, f"{key}: {block!r} is not a block", "Write {key: value, …}")
                continue
            taker = Taker(self.reading, block)
            found.append(build(taker, number))
            taker.finish()
        return found

    def finish(self) -> None:
        """Report every key that nobody took."""
        for key in self.block:
            if key not in self.taken:
                self.wrong(key, f"unknown key {key!r}", nearest(key, self.taken))

"""Reads YAML with the place of every key, and refuses a key that stands twice.

Its one rule: a mistake is told with its file, its line and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml


class Problem(msgspec.Struct, frozen=True):
    """One mistake in the content."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.mend}"


class PackError(Exception):
    """The content cannot be used; says every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Block(dict[str, Any]):
    """A mapping that knows its file and the line of each key."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str | None) -> int:
        return self.lines.get(key or "", self.line)

    def merged(self, over: Block) -> Block:
        """These keys with those of `over` on top: a dated version of a block."""
        both = Block(over.file, over.line)
        both.update(self)
        both.update(over)
        both.lines = {**self.lines, **over.lines}
        return both


class Reading:
    """The problems met so far; everything that reads content reports here."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, block: Block, key: str | None, what: str, mend: str) -> None:
        self.problems.append(Problem(block.file, block.line_of(key), what, mend))

    def file(self, path: Path, name: str) -> Block:
        """The mapping a file holds; an empty one when it cannot be read."""
        empty = Block(name, 1)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self.problem(empty, None, "the file cannot be read", "It must be there, in UTF-8")
            return empty
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self.problem(Block(name, line), None, f"not YAML: {error.problem}", "Mend the indent")
            return empty
        if node is None:
            return empty
        found = self._value(node, name)
        if not isinstance(found, Block):
            self.problem(empty, None, "the file is not a mapping", "Begin with `key: value`")
            return empty
        return found

    def _value(self, node: yaml.Node, file: str) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, file)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(part, file) for part in node.value]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, file: str) -> Block:
        block = Block(file, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in block:
                first = block.lines[key]
                what = f"the key {key!r} stands twice (first in line {first})"
                self.problems.append(Problem(file, line, what, "Remove one of them"))
                continue
            block[key] = self._value(value_node, file)
            block.lines[key] = line
        return block


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"


def _scalar(node: yaml.Node) -> Any:
    """Numbers, dates, true, false and null; everything else is text as written."""
    text: str = node.value
    tag = node.tag.removeprefix(_PREFIX)
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in ("true", "yes", "on")
    try:
        if tag == "int":
            return int(text)
        if tag == "float":
            return float(text)
        if tag == "timestamp":
            return date.fromisoformat(text)
    except ValueError:
        return text
    return text


def blocks_in(reading: Reading, folder: Path, root: Path) -> Iterator[tuple[str, Block, Block]]:
    """Every named block of the YAML files of a folder: name, block, the file it stands in."""
    for path in sorted(folder.glob("*.yaml")):
        whole = reading.file(path, str(path.relative_to(root)))
        for name, block in whole.items():
            if isinstance(block, Block):
                yield name, block, whole
            else:
                reading.problem(whole, name, f"{name!r} is not a block", "Write its keys below it")

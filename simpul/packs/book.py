"""The book: services, facts, indicators and the rule language as pages, from the pack itself.

Its one rule: the same pack always prints the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from simpul.packs.model import Indicator, Pack, Service, Version
from simpul.packs.read import Block
from simpul.packs.spec import ANY_DAY, Chapter, Example, Spec

_MADE = "<!-- Made by `simpul pack book`; edit the pack or tests/spec, not this page. -->\n\n"
_SHOWN_ELSEWHERE = {
    "title", "short", "group", "cluster", "urgency", "records", "versions", "valid_from", "source",
    "confidence",
}  # fmt: skip


def pages(pack: Pack, spec_folder: Path | None = None) -> dict[str, str]:
    """The pages by name. The page of rules needs the examples of the repository (tests/spec)."""
    from simpul.packs import folder

    made = {
        "services": _services(pack),
        "facts": _facts(pack),
        "indicators": _indicators(pack),
    }
    examples = spec_folder or Path(__file__).resolve().parents[2] / "tests" / "spec"
    if examples.is_dir():
        made["rules"] = _rules(Spec(examples, folder(), pack))
    return {name: _MADE + text.rstrip() + "\n" for name, text in made.items()}


def _services(pack: Pack) -> str:
    lines = [f"# Services of the pack {pack.id} {pack.version}", ""]
    lines += ["| service | title | judul | group | source | sure |", "|---|---|---|---|---|---|"]
    for service in pack.services.values():
        lines.append(
            f"| [{service.name}](#{_anchor(service.name)}) | {service.title['en']} "
            f"| {service.title['id']} | {service.group} | {pack.sources[service.source].title} "
            f"| {service.confidence} |"
        )
    for service in pack.services.values():
        lines += ["", *_service(pack, service)]
    lines += ["", *_conditions(pack), "", *_conflicts(pack)]
    return "\n".join(lines)


def _service(pack: Pack, service: Service) -> Iterator[str]:
    yield f"## {service.name}"
    yield ""
    yield f"{service.title['en']} ({service.title['id']}). Recorded by {_code(service.records)}."
    for version in service.versions:
        yield ""
        yield (
            f"**From {version.valid_from.isoformat()}**, {version.kind}, "
            f"source: {pack.sources[version.source].title}, sure: {version.confidence}."
        )
        yield ""
        yield from _written(pack, version)


def _written(pack: Pack, version: Version) -> Iterator[str]:
    """The block as it is written: single values in a list, doses and visits in a table."""
    tables = []
    for key, value in version.written.items():
        if key in _SHOWN_ELSEWHERE or key == "kind":
            continue
        if isinstance(value, list) and value and isinstance(value[0], Block):
            tables.append((key, value))
        else:
            yield f"* {key}: {_cell(value)}"
    for key, rows in tables:
        keys = list(dict.fromkeys(name for row in rows for name in row))
        yield ""
        yield f"| {key} | {' | '.join(keys)} |"
        yield "|---" * (len(keys) + 1) + "|"
        for number, row in enumerate(rows, 1):
            yield f"| {number} | {' | '.join(_cell(row.get(name)) for name in keys)} |"


def _is_words(value: Any) -> bool:
    return isinstance(value, Block) and set(value) == {"id", "en"}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if _is_words(value):
        return str(value["en"])
    return f"`{_inner(value)}`"


def _conditions(pack: Pack) -> Iterator[str]:
    yield "## Conditions"
    yield ""
    yield "| condition | rule | otherwise | when unknown |"
    yield "|---|---|---|---|"
    words = pack.wording.own.conditions
    for name, condition in pack.conditions.items():
        unknown = "waits" if condition.unknown_waits else "not for this person"
        yield (
            f"| {name} | `{condition.text}` | {words[condition.otherwise]['en']} "
            f"| {unknown}: {words[condition.unknown]['en']} |"
        )


def _conflicts(pack: Pack) -> Iterator[str]:
    yield "## Where sources disagree"
    yield ""
    yield "| | says | kept | why | sure | decides |"
    yield "|---|---|---|---|---|---|"
    for found in pack.conflicts.values():
        yield (
            f"| {found.id} | {found.says['en']} | {found.kept['en']} | {found.why['en']} "
            f"| {found.confidence} | {_code(found.used_in)} |"
        )


def _facts(pack: Pack) -> str:
    lines = [f"# Facts of the pack {pack.id} {pack.version}", ""]
    lines += [
        "`possible` is refused outside, `usual` is asked again outside.",
        "",
        "| fact | title | judul | type | unit | possible | usual | codes | source | sure |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for fact in pack.facts.values():
        codes = ", ".join(f"`{code}` {words['en']}" for code, words in fact.codes.items())
        lines.append(
            f"| `{fact.name}` | {fact.title['en']} | {fact.title['id']} | {fact.type} "
            f"| {fact.unit} | {_range(fact.hard)} | {_range(fact.plausible)} | {codes} "
            f"| {pack.sources[fact.source].title} | {fact.confidence} |"
        )
    return "\n".join(lines)


def _indicators(pack: Pack) -> str:
    lines = [f"# Indicators of the pack {pack.id} {pack.version}", ""]
    for indicator in pack.indicators.values():
        lines += [*_indicator(pack, indicator), ""]
    return "\n".join(lines)


def _indicator(pack: Pack, indicator: Indicator) -> Iterator[str]:
    target = "none" if indicator.target is None else f"{indicator.target:g}%"
    yield f"## {indicator.id}"
    yield ""
    yield f"{indicator.title['en']} ({indicator.title['id']}). Kind: {indicator.kind}, "
    yield f"good is {indicator.good}, target: {target}, sure: {indicator.confidence}, "
    yield f"source: {pack.sources[indicator.source].title}."
    yield ""
    yield f"* Counted: {indicator.denominator['en']} `{indicator.written['counted']}`"
    yield f"* Reached: {indicator.numerator['en']} `{indicator.written['reached']}`"


def _rules(spec: Spec) -> str:
    lines = ["# The rule language", ""]
    lines += [
        "Every example below is run as a test (tests/spec). `unknown` is neither true nor false.",
        "",
    ]
    lines += [f"* [{chapter.title}](#{_anchor(chapter.title)})" for chapter in spec.chapters]
    lines += ["* [All words](#all-words)"]
    for chapter in spec.chapters:
        lines += ["", f"## {chapter.title}", "", chapter.text.strip(), *_examples(chapter)]
    lines += ["", "## All words", ""]
    lines += [f"Names: {_code(sorted(spec.vocabulary.names))}.", ""]
    words = [*spec.vocabulary.words, "all", "any", "unknown"]
    lines += [f"Functions: {_code(sorted(words))}."]
    return "\n".join(lines)


def _examples(chapter: Chapter) -> Iterator[str]:
    rules = [example for example in chapter.examples if example.rule]
    if rules:
        yield from ("", "| rule | person and facts | day | answer |", "|---|---|---|---|")
        for example in rules:
            answer = f"refused: {example.refused} …" if example.refused else _plain(example.answer)
            day = "" if example.as_of == ANY_DAY else example.as_of.isoformat()
            yield f"| `{example.rule}` | {_who(example)} | {day} | {answer} |"
    for example in chapter.examples:
        if example.service is not None:
            yield from (
                "",
                f"**{example.about}**",
                "",
                "```yaml",
                *_yaml(example.service),
                "```",
                "",
            )
            yield f"{_who(example)}; on {example.as_of.isoformat()}:"
            yield ""
            keys = list(dict.fromkeys(key for row in example.rows for key in row))
            yield f"| {' | '.join(keys)} |"
            yield "|" + "---|" * len(keys)
            for row in example.rows:
                yield f"| {' | '.join(_plain(row.get(key, '')) for key in keys)} |"


def _who(example: Example) -> str:
    parts = list(example.facts)
    if example.person.birth_date != example.as_of or example.service is not None:
        parts.insert(0, f"born {example.person.birth_date.isoformat()}")
    if example.person.sex:
        parts.insert(0, example.person.sex)
    return ", ".join(parts)


def _yaml(block: Block, indent: str = "") -> Iterator[str]:
    for key, value in block.items():
        if isinstance(value, list) and value and isinstance(value[0], Block):
            yield f"{indent}{key}:"
            for part in value:
                yield f"{indent}  - {{{_flat(part)}}}"
        else:
            yield f"{indent}{key}: {_flat(value)}"


def _flat(value: Any) -> str:
    if isinstance(value, Block):
        return ", ".join(f"{key}: {_inner(part)}" for key, part in value.items())
    if isinstance(value, list):
        return f"[{', '.join(_flat(part) for part in value)}]"
    return _plain(value)


def _inner(value: Any) -> str:
    return f"{{{_flat(value)}}}" if isinstance(value, Block) else _flat(value)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _range(limits: tuple[float, float] | None) -> str:
    return "" if limits is None else f"{limits[0]:g} to {limits[1]:g}"


def _anchor(title: str) -> str:
    kept = (sign for sign in title.lower() if sign.isalnum() or sign in " -_")
    return "".join(kept).replace(" ", "-")

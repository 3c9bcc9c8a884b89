"""Checks a pack as its writers do: everything reads, refers to something, has cases, and they hold.

Its one rule: a problem names the file and the line, and says how to mend it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from string import Formatter

from simpul.packs.build import build
from simpul.packs.cases import failure_of, read_cases, subjects
from simpul.packs.model import Pack
from simpul.packs.read import Block, Problem, Reading

CASES_OF_A_SERVICE = 3
CASES_OF_AN_INDICATOR = 1
_FILES = ("pack.yaml", "sources.yaml", "conditions.yaml", "conflicts.yaml", "wording.yaml")


def check(root: Path) -> list[Problem]:
    """All problems of the pack in a folder, by file and line."""
    reading = Reading()
    missing = [name for name in _FILES if not (root / name).is_file()]
    if missing:
        return [
            Problem(name, 1, "the file is missing", f"A pack has {', '.join(_FILES)}")
            for name in missing
        ]
    pack = build(root, reading)
    if not reading.problems:
        _cases(root, pack, reading)
        _sentences(pack, root, reading)
        _unused_sources(pack, root, reading)
    return sorted(reading.problems, key=lambda problem: (problem.file, problem.line))


def _cases(root: Path, pack: Pack, reading: Reading) -> None:
    cases = read_cases(root, pack, reading)
    if reading.problems:
        return
    for case in cases:
        failure = failure_of(pack, case)
        if failure:
            what = f"the case {case.name!r} does not hold: {failure}"
            reading.problems.append(
                Problem(case.file, case.line, what, "Mend the rule, or the case")
            )
    counted = Counter(subjects(cases))
    for name in pack.services:
        _enough(name, counted[name], CASES_OF_A_SERVICE, "service", reading)
    for name in pack.indicators:
        _enough(name, counted[name], CASES_OF_AN_INDICATOR, "indicator", reading)


def _enough(name: str, there: int, wanted: int, kind: str, reading: Reading) -> None:
    if there < wanted:
        what = f"the {kind} {name} has {there} of {wanted} cases"
        mend = f"Add a case with `{kind}: {name}`"
        reading.problems.append(Problem("cases/", 1, what, mend))


_WORDS = {
    "title", "short", "label", "n", "month", "month_short", "year", "give", "source", "due", "late",
    "closes", "opens", "done", "bound", "other_on", "waits_for", "previous", "previous_on",
    "last_on", "from", "start_on", "anchor", "contacts", "found_on", "measured", "after", "age",
    "younger", "interval", "ages", "months",
}  # fmt: skip


def _sentences(pack: Pack, root: Path, reading: Reading) -> None:
    """Every sentence can be filled in, and asks only for words there are."""
    whole = Reading().file(root / "wording.yaml", "wording.yaml")
    for key, words in pack.wording.sentences.items():
        _sentence(words["id"] + words["en"], key, whole, set(), reading)
    for block, words in pack.wording.own.says.items():
        service = pack.services[block.partition("@")[0]]
        measured = {name.partition(".")[2] for name in service.records}
        place = Block("schedules/", 1)
        _sentence(words["id"] + words["en"], block, place, measured, reading)


def _sentence(text: str, key: str, place: Block, more: set[str], reading: Reading) -> None:
    try:
        asked = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        reading.problem(place, key, f"{key}: {error}", "Write {{ for a brace")
        return
    for name in sorted(asked - _WORDS - more):
        reading.problem(place, key, f"{key}: nothing is called {{{name}}}", "Mend the name")


def _unused_sources(pack: Pack, root: Path, reading: Reading) -> None:
    used = {fact.source for fact in pack.facts.values()}
    used |= {indicator.source for indicator in pack.indicators.values()}
    used |= {conflict.source for conflict in pack.conflicts.values()}
    for service in pack.services.values():
        for version in service.versions:
            used.add(version.source)
            used |= _parts(version.written)
    whole = Reading().file(root / "sources.yaml", "sources.yaml")
    for name in pack.sources:
        if name not in used:
            what = f"the source {name!r} is not used"
            reading.problem(whole, name, what, "Name it in a rule, or remove it")


def _parts(written: object) -> set[str]:
    """The sources single doses, visits or findings name."""
    found: set[str] = set()
    if isinstance(written, dict):
        for key in ("doses", "visits", "findings"):
            for part in written.get(key) or ():
                if isinstance(part, dict) and "source" in part:
                    found.add(str(part["source"]))
    return found

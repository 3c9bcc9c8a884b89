"""Puts an item into words: its title, and why it stands as it does, in Indonesian or English.

Its one rule: the words are content; here they are only chosen and filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from simpul.engine.values import PlanItem, Value
from simpul.packs.describe import Describer
from simpul.packs.read import Block
from simpul.packs.take import Taker

if TYPE_CHECKING:
    from simpul.packs.model import Pack, Version

Words = Mapping[str, str]
_LANGUAGES = ("id", "en")


class OwnWords(msgspec.Struct, frozen=True):
    """Words that stand with the rules themselves, by block (`imm.mr@2023-08-29#3`) or condition."""

    labels: Mapping[str, Words]
    hints: Mapping[str, Words]
    says: Mapping[str, Words]
    conditions: Mapping[str, Words]
    sure: Mapping[str, str]


class Wording:
    """The sentences of a pack by code, the names of months, and the own words of rules."""

    def __init__(
        self, sentences: Mapping[str, Words], months: Mapping[str, list[str]], own: OwnWords
    ) -> None:
        self.sentences = sentences
        self.months = months
        self.own = own
        self.describer = Describer(sentences, months)
        self._rules: dict[tuple[str, str], str] = {}

    def title_of(self, pack: Pack, item: PlanItem, lang: str) -> str:
        """`Campak-Rubela (MR) dosis 1`, `Penimbangan November 2026`."""
        return self._titled("title", pack.services[item.service].title, pack, item, lang)

    def short_of(self, pack: Pack, item: PlanItem, lang: str) -> str:
        """`MR1`, `K5`, `Timbang Nov`."""
        return self._titled("short", pack.services[item.service].short, pack, item, lang)

    def _titled(self, form: str, name: Words, pack: Pack, item: PlanItem, lang: str) -> str:
        version = version_of(pack, item)
        kind = version.kind
        if kind == "series" and version.rule_count == 1:
            kind = "once"
        params = self._params(item, lang)
        if item.status == "not_applicable" and kind in ("calendar", "visits"):
            kind = "every"  # for nobody's month and no visit: the service alone
        elif kind == "visits":
            kind += ".nearby" if form == "short" and version.written.get("nearby") else ""
        elif form == "title" and "label" in params:
            kind += ".label"
        elif "give" in params and form == "title":
            kind += ".give"
        return self._say(f"{form}.{kind}", lang, {**params, form: name[lang]})

    def reason_of(self, pack: Pack, item: PlanItem, lang: str) -> str:
        """The rule, what the facts say, a hint, the source, and whether it is to be verified."""
        version = version_of(pack, item)
        parts = []
        why = self.own.conditions.get(item.because.code)
        if item.status != "not_applicable" or why is None:
            parts.append(self._rule(version, item, lang))
        parts += [why[lang]] if why is not None else self._facts(pack, version, item, lang)
        hint = self.own.hints.get(item.because.rule)
        if hint is not None and item.done_on is None:
            parts.append(hint[lang])
        parts.append(self._say("source", lang, {"source": pack.sources[item.source].title}))
        if self.own.sure.get(item.because.rule, version.confidence) != "H":
            parts.append(self._say("unsure", lang, {}))
        return " ".join(part for part in parts if part)

    def _rule(self, version: Version, item: PlanItem, lang: str) -> str:
        """What the rule says, the same for everybody: made once for each block."""
        key = (item.because.rule, lang)
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = self.describer.rule(version.rule, item.because.rule, lang)
        return found

    def _facts(self, pack: Pack, version: Version, item: PlanItem, lang: str) -> list[str]:
        """What the facts of this person say."""
        service = pack.services[item.service]
        kind = "series" if version.kind == "once" else version.kind
        params = self._params(item, lang)
        params |= {"short": service.short[lang], "title": service.title[lang]}
        said = self.own.says.get(item.because.rule)
        if said is not None:
            params["measured"] = _measured(pack, item, params, lang)
            after = "answered" if item.done_on is not None else "open"
            return [_fill(said[lang], params), self._say(f"follow-up.{after}", lang, params)]
        parts = []
        if "previous_on" in params and item.status != "done":
            parts.append(self._say("series.previous", lang, params))
        if "last_on" in params and item.status != "done":
            parts.append(self._say("every.last", lang, params))
        key = next((key for key in _keys(kind, item) if key in self.sentences), None)
        if key is not None:
            parts.append(self._say(key, lang, params))
        return parts

    def _params(self, item: PlanItem, lang: str) -> dict[str, str]:
        dates = {
            "opens": item.opens_on,
            "due": item.due_on,
            "late": item.late_on,
            "closes": item.closes_on,
            "done": item.done_on,
        }
        params = {key: self._value(value, lang) for key, value in dates.items()}
        params |= {key: self._value(value, lang) for key, value in item.because.params.items()}
        number = item.occurrence
        params["n"] = str(number)
        if 190000 < number < 1000000:  # a month, as 202608
            params["month"] = self.months[f"{lang}.long"][number % 100 - 1]
            params["month_short"] = self.months[lang][number % 100 - 1]
            params["year"] = str(number // 100)
        label = self.own.labels.get(item.because.rule)
        if label is not None:
            params["label"] = label[lang]
        return params

    def _value(self, value: Value, lang: str) -> str:
        if isinstance(value, date):
            return f"{value.day} {self.months[lang][value.month - 1]} {value.year}"
        if isinstance(value, float):
            text = f"{value:.2f}".rstrip("0").rstrip(".")
            return text.replace(".", ",") if lang == "id" else text
        if isinstance(value, str):
            coded = self.sentences.get(f"value.{value}")
            return coded[lang] if coded else value
        return "" if value is None else str(value)

    def _say(self, key: str, lang: str, params: Mapping[str, str]) -> str:
        return _fill(self.sentences[key][lang], params)


class _Blank(dict[str, str]):
    """A word the sentence asks for and the item does not have is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _fill(sentence: str, params: Mapping[str, str]) -> str:
    return sentence.format_map(_Blank(params))


def _keys(kind: str, item: PlanItem) -> Iterator[str]:
    """Where the sentence for an item is looked for: the most special first."""
    code = f"{kind}.{item.because.code}"
    if item.status == "missed" and _is_shut(item):
        yield f"{code}.no_day_left"
    if "last_on" in item.because.params:
        yield f"{code}.again"
    yield f"{code}.{item.status}"
    yield code


def _is_shut(item: PlanItem) -> bool:
    return bool(item.opens_on and item.closes_on and item.opens_on > item.closes_on)


def _measured(pack: Pack, item: PlanItem, params: Mapping[str, str], lang: str) -> str:
    """What was measured, in words: `Gula darah sewaktu (GDS) 210 mg/dL`."""
    found = []
    for name in pack.services[item.service].records:
        value = params.get(name.partition(".")[2])
        if value:
            fact = pack.facts[name]
            found.append(f"{fact.title[lang]} {value} {fact.unit}".strip())
    return ", ".join(found)


def version_of(pack: Pack, item: PlanItem) -> Version:
    """The dated version of the service the item comes from."""
    versions = pack.services[item.service].versions
    day = item.because.rule.partition("#")[0].partition("@")[2]
    for version in versions:
        if version.valid_from.isoformat() == day:
            return version
    return versions[-1]


def read_wording(taker: Taker, own: OwnWords) -> Wording:
    """The sentences of wording.yaml: `{id, en}` below dotted keys, and the names of the months."""
    months: dict[str, list[str]] = {}
    for key, suffix in (("months", ""), ("months_long", ".long")):
        written = taker.any(key)
        for lang in _LANGUAGES:
            names = written.get(lang) if isinstance(written, Block) else None
            if not isinstance(names, list) or len(names) != 12:
                taker.wrong(key, f"{key}.{lang} are not twelve names", f"{key}: {{id: [Jan, …]}}")
                names = [str(number) for number in range(1, 13)]
            months[lang + suffix] = [str(name) for name in names]
    sentences: dict[str, Words] = {}
    for key in taker.block:
        if key not in ("months", "months_long"):
            sentences[key] = taker.words(key)
    return Wording(sentences, months, own)

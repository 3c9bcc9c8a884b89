"""Puts an item into words: its title, and why it stands as it does, in Indonesian or English.

Its one rule: the words are content (wording.yaml); here they are only chosen and filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from simpul.engine.values import PlanItem, Value
from simpul.packs.describe import Describer
from simpul.packs.read import Block
from simpul.packs.take import Taker

if TYPE_CHECKING:
    from simpul.packs.model import Pack, Version

Words = Mapping[str, str]


class Wording:
    """The sentences of a pack by code, and the own words of single occurrences."""

    def __init__(
        self,
        sentences: Mapping[str, Words],
        months: Mapping[str, list[str]],
        labels: Mapping[str, Words],
        conditions: Mapping[str, Words],
        sure: Mapping[str, str],
    ) -> None:
        self.sentences = sentences
        self.months = months
        self.labels = labels
        self.conditions = conditions
        self.sure = sure
        self.describer = Describer(sentences, months)
        self._rules: dict[tuple[str, str], str] = {}

    def title_of(self, pack: Pack, item: PlanItem, lang: str) -> str:
        service = pack.services[item.service]
        version = _version(pack, item)
        kind = version.kind
        if kind == "series" and len(version.rule.doses) == 1:  # type: ignore[attr-defined]
            kind = "once"
        label = self.labels.get(item.because.rule)
        if label is not None and f"title.{kind}.label" in self.sentences:
            kind += ".label"
        params = {"label": label[lang] if label else "", **self._params(item, lang)}
        return self._say(f"title.{kind}", lang, {"title": service.title[lang], **params})

    def short_of(self, pack: Pack, item: PlanItem, lang: str) -> str:
        service = pack.services[item.service]
        version = _version(pack, item)
        kind = version.kind
        if kind == "series" and len(version.rule.doses) == 1:  # type: ignore[attr-defined]
            kind = "once"
        return self._say(
            f"short.{kind}", lang, {"short": service.short[lang], **self._params(item, lang)}
        )

    def reason_of(self, pack: Pack, item: PlanItem, lang: str) -> str:
        version = _version(pack, item)
        source = self._say("source", lang, {"source": pack.sources[item.source].title})
        if self.sure.get(item.because.rule, version.confidence) != "H":
            source += " " + self._say("unsure", lang, {})
        why = self.conditions.get(item.because.code)
        if item.status == "not_applicable" and why is not None:
            return f"{why[lang]} {source}"
        parts = [self._rule(version, item, lang)]
        if why is not None:
            parts.append(why[lang])
        else:
            parts.append(self._fact(pack, version, item, lang))
        return " ".join([part for part in parts if part] + [source])

    def _rule(self, version: Version, item: PlanItem, lang: str) -> str:
        """What the rule says, the same for everybody: made once for each block."""
        key = (item.because.rule, lang)
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = self.describer.rule(version, item.because.rule, lang)
        return found

    def _fact(self, pack: Pack, version: Version, item: PlanItem, lang: str) -> str:
        service = pack.services[item.service]
        kind = "series" if version.kind == "once" else version.kind
        params = self._params(item, lang)
        params |= {"short": service.short[lang], "title": service.title[lang]}
        codes = [f"{item.because.code}.{item.status}", item.because.code]
        before = ""
        if "previous_on" in item.because.params and item.status != "done":
            before = self._say("series.previous", lang, params) + " "
        if item.status == "missed" and _is_shut(item):
            codes.insert(0, f"{item.because.code}.no_day_left")
        for code in codes:
            for key in (f"{kind}.{code}", code):
                if key in self.sentences:
                    return before + self._say(key, lang, params)
        return ""

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
        if number > 190000:  # a month, as 202608
            params["month"] = self.months[lang][number % 100 - 1]
            params["year"] = str(number // 100)
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
        return self.sentences[key][lang].format_map(_Blank(params))


class _Blank(dict[str, str]):
    """A word the sentence asks for and the item does not have is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _is_shut(item: PlanItem) -> bool:
    return (
        item.opens_on is not None and item.closes_on is not None and item.opens_on > item.closes_on
    )


def _version(pack: Pack, item: PlanItem) -> Version:
    """The dated version of the service the item comes from."""
    versions = pack.services[item.service].versions
    day = item.because.rule.partition("#")[0].partition("@")[2]
    for version in versions:
        if version.valid_from.isoformat() == day:
            return version
    return versions[-1]


def read_wording(
    taker: Taker,
    labels: Mapping[str, Words],
    conditions: Mapping[str, Words],
    sure: Mapping[str, str],
) -> Wording:
    """The sentences of wording.yaml: `{id, en}` below dotted keys, and the names of the months."""
    months: dict[str, list[str]] = {}
    written = taker.any("months")
    for lang in ("id", "en"):
        names = written.get(lang) if isinstance(written, Block) else None
        if not isinstance(names, list) or len(names) != 12:
            taker.wrong("months", f"months.{lang} are not twelve names", "months: {id: [Jan, …]}")
            names = [str(number) for number in range(1, 13)]
        months[lang] = [str(name) for name in names]
    sentences: dict[str, Words] = {}
    for key in taker.block:
        if key != "months":
            sentences[key] = taker.words(key)
    return Wording(sentences, months, labels, conditions, sure)

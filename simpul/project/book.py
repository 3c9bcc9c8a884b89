"""The book of rules as pages show it: services, facts, indicators, each with its source.

Rule: everything is read from the pack itself, so the book cannot differ from what is applied.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec
import yaml
from django.utils.translation import gettext as _

from simpul.engine.visits import Visits
from simpul.packs.model import Conflict, FactType, Indicator, Pack, Service, Version
from simpul.places.spelling import name_key

GROUPS = (
    "immunisation", "growth", "supplement", "pregnancy", "postnatal", "ptm", "elderly", "followup",
)  # fmt: skip
_HOLE = re.compile(r"\{\w+\}")


class Origin(msgspec.Struct, frozen=True):
    """Where a rule comes from, and whether that still has to be verified."""

    title: str
    is_unsure: bool


class Line(msgspec.Struct, frozen=True):
    """One dose, visit or finding of a service: what it is called, what the rule says."""

    label: str
    says: str
    hint: str = ""
    condition: str = ""
    is_unsure: bool = False


class Edition(msgspec.Struct, frozen=True):
    """A service as it is from a day on."""

    version: Version
    origin: Origin
    lines: list[Line]
    written: str
    counted_from: str = ""


class Chapter(msgspec.Struct, frozen=True):
    """What one page of the book shows about a service."""

    service: Service
    title: str
    group: str
    editions: list[Edition]
    records: list[FactType]


class Entry(msgspec.Struct, frozen=True):
    """One line of the book's lists."""

    name: str
    title: str
    about: str
    origin: Origin
    more: str = ""


class Contents(msgspec.Struct, frozen=True):
    """The book, narrowed to what was searched for."""

    services: list[tuple[str, list[Entry]]]
    indicators: list[Entry]
    facts: list[Entry]
    conflicts: list[Entry]

    @property
    def n_found(self) -> int:
        services = sum(len(entries) for _group, entries in self.services)
        return services + len(self.indicators) + len(self.facts) + len(self.conflicts)


def origin(pack: Pack, source: str, confidence: str) -> Origin:
    """The source in words; whatever is not sure, or was not read in the text, is to be verified."""
    found = pack.sources.get(source)
    if found is None:
        return Origin(source, is_unsure=True)
    return Origin(found.title, is_unsure=confidence != "H")


def group_of(code: str) -> str:
    """What a group of services is called."""
    return {
        "immunisation": _("Immunisation"),
        "growth": _("Growth"),
        "supplement": _("Vitamin A and deworming"),
        "pregnancy": _("Pregnancy"),
        "postnatal": _("Mother and baby after birth"),
        "ptm": _("Screening of adults"),
        "elderly": _("Elderly"),
        "followup": _("Follow-up of findings"),
    }.get(code, code)


def contents(pack: Pack, wanted: str, lang: str) -> Contents:
    """The book's lists; `wanted` narrows them to what has all its words."""
    words = name_key(wanted).split()
    services: dict[str, list[Entry]] = {group_of(code): [] for code in GROUPS}
    for one in pack.services.values():
        entry = _service(pack, one, lang)
        if _has(words, entry, group_of(one.group)):
            services.setdefault(group_of(one.group), []).append(entry)
    return Contents(
        [(group, entries) for group, entries in services.items() if entries],
        _narrowed(words, (_indicator(pack, one, lang) for one in pack.indicators.values())),
        _narrowed(words, (_fact(pack, one, lang) for one in pack.facts.values())),
        _narrowed(words, (_conflict(pack, one, lang) for one in pack.conflicts.values())),
    )


def _narrowed(words: list[str], entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if _has(words, entry)]


def _has(words: list[str], entry: Entry, *also: str) -> bool:
    text = name_key(" ".join((entry.name, entry.title, entry.about, entry.origin.title, *also)))
    return all(word in text for word in words)


def _service(pack: Pack, one: Service, lang: str) -> Entry:
    lines = [line for edition in _editions(pack, one, lang)[-1:] for line in edition.lines]
    about = lines[0].says
    if len(lines) > 1 and not lines[0].condition:
        about = "; ".join(line.label for line in lines)
    return Entry(one.name, one.title[lang], about, origin(pack, one.source, one.confidence))


def _indicator(pack: Pack, one: Indicator, lang: str) -> Entry:
    return Entry(
        one.id, one.title[lang], one.numerator[lang], origin(pack, one.source, one.confidence),
        one.denominator[lang],
    )  # fmt: skip


def _fact(pack: Pack, one: FactType, lang: str) -> Entry:
    codes = ", ".join(words[lang] for words in one.codes.values())
    limits = _limits(one.hard, one.unit)
    return Entry(
        one.name,
        one.title[lang],
        codes or one.unit,
        origin(pack, one.source, one.confidence),
        limits,
    )


def _conflict(pack: Pack, one: Conflict, lang: str) -> Entry:
    where = origin(pack, one.source, one.confidence)
    return Entry(one.id, one.kept[lang], one.says[lang], where, one.why[lang])


def _limits(hard: tuple[float, float] | None, unit: str) -> str:
    return "" if hard is None else f"{hard[0]:g}–{hard[1]:g} {unit}".strip()


def chapter(pack: Pack, service: Service, lang: str) -> Chapter:
    """All that is known of one service, the newest edition first."""
    return Chapter(
        service, service.title[lang], group_of(service.group),
        _editions(pack, service, lang)[::-1], [pack.facts[name] for name in service.records],
    )  # fmt: skip


def _editions(pack: Pack, service: Service, lang: str) -> list[Edition]:
    return [
        Edition(
            version, origin(pack, version.source, version.confidence),
            list(_lines(pack, service, version, lang)), _written(version.written),
            _anchor(version),
        )
        for version in sorted(service.versions, key=lambda one: one.valid_from)
    ]  # fmt: skip


def _written(rule: Mapping[str, object]) -> str:
    """The rule as it stands in the pack, without the words that the page shows anyway."""
    plain = {key: value for key, value in rule.items() if key not in ("title", "short", "records")}
    return yaml.safe_dump(_builtin(plain), allow_unicode=True, sort_keys=False, width=88)


def _builtin(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _builtin(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_builtin(one) for one in value]
    return value if isinstance(value, bool | int | float) or value is None else str(value)


def _lines(pack: Pack, service: Service, version: Version, lang: str) -> Iterator[Line]:
    own, first = pack.wording.own, f"{service.name}@{version.valid_from.isoformat()}"
    for number in range(1, version.rule_count + 1):
        block = f"{first}#{number}"
        label = own.labels.get(block, {}).get(lang, "")
        hint = own.hints.get(block, {}).get(lang, "")
        unsure = own.sure.get(block, version.confidence) != "H"
        if version.kind == "follow-up":
            said = own.says.get(block, {}).get(lang, "")
            yield Line(
                label or str(number), _HOLE.sub("…", said), hint, _when(version, number), unsure
            )
        else:
            says = _sentence(pack, version, block, number, lang)
            plain = _("Dose %(number)d") % {"number": number} if version.kind == "series" else ""
            yield Line(label or plain or service.title[lang], says, hint, "", unsure)


def _anchor(version: Version) -> str:
    """What the times of visits are counted from."""
    return {
        "pregnancy": _("Counted from the first day of the last period, or from the ultrasound."),
        "delivery": _("Counted from the day of birth."),
        "birth": _("Counted from the day of birth."),
    }.get(str(version.written.get("anchor", "")), "")


def _when(version: Version, number: int) -> str:
    findings = version.written.get("findings")
    return str(findings[number - 1].get("when", "")) if isinstance(findings, list) else ""


def _sentence(pack: Pack, version: Version, block: str, number: int, lang: str) -> str:
    describer = pack.wording.describer
    if isinstance(version.rule, Visits):
        visit = version.rule.visits[number - 1]
        opens = describer.length(visit.opens, lang)
        if visit.closes_before is None:
            return _("From %(opens)s.") % {"opens": opens}
        closes = describer.length(visit.closes_before, lang)
        return _("From %(opens)s until before %(closes)s.") % {"opens": opens, "closes": closes}
    return describer.rule(version.rule, block, lang)

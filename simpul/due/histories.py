"""What was recorded about a person, in words: what holds, was corrected, was taken back."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.due import doubts, growth_page, rights
from simpul.engine.values import Person as Case
from simpul.engine.values import PlanItem
from simpul.records import queries as log
from simpul.ui import words


class Entry(msgspec.Struct, frozen=True):
    """One fact in words. `became` says what a corrected one was replaced by."""

    seq: int
    text: str
    state: str  # holds | corrected | retracted
    became: str
    is_confirmed: bool
    may_mend: bool
    not_counted: str  # why a dose does not count


class Day(msgspec.Struct, frozen=True):
    """What was recorded of one day at one place."""

    on: date
    where: str
    entries: tuple[Entry, ...]


Items = Sequence[PlanItem]


def history(scope: Scope, person_id: int, case: Case, items: Items) -> list[Day]:
    """The days with records, the newest first; of a day in the order of the pack."""
    order = {name: place for place, name in enumerate(packs.load().facts)}
    facts = [one for one in log.history(scope, person_id) if one.name in order]
    facts.sort(key=lambda fact: (order[fact.name], -fact.seq))
    rejected = _rejected(items)
    days: dict[tuple, list] = {}
    for fact in facts:
        if fact.name != log.RETRACTED and rights.may_see(scope, fact.name):
            by = fact.recorded_by.name if fact.recorded_by else ""
            place = fact.facility.full_name if fact.facility else ""
            where = ", ".join(part for part in (place, by) if part)
            days.setdefault((fact.observed_on, where), []).append(fact)
    return [
        Day(on, where, tuple(_entry(scope, one, case, rejected) for one in found))
        for (on, where), found in sorted(days.items(), key=lambda d: d[0], reverse=True)
    ]


def _rejected(items: Items) -> dict[tuple[str, date | None], str]:
    """{(fact, day): why it does not count} of the doses the plan rejects."""
    pack = packs.load()
    return {
        (name, item.done_on): pack.reason_of(item, words.known(get_language()))
        for item in items
        if item.valid is False
        for name in pack.services[item.service].records
    }


def _entry(scope: Scope, fact, case: Case, rejected: dict) -> Entry:
    after = next(iter(fact.superseded_by.all()), None)
    state, became = "holds", ""
    if after is not None and after.name == log.RETRACTED:
        state = "retracted"
    elif after is not None:
        state, became = "corrected", value_words(after)
    may_mend = state == "holds" and rights.may_mend(scope, fact)
    text = fact_words(fact)
    if fact.name == "body.weight" and state == "holds":
        text += _gain(case, fact.observed_on)
    why = rejected.get((fact.name, fact.observed_on), "") if state == "holds" else ""
    return Entry(fact.seq, text, state, became, fact.is_confirmed, may_mend, why)


def _gain(case: Case, on: date) -> str:
    """What the KMS says of the weighing, where it says it of this day."""
    letter = growth_page.kms_of(case, on).status
    said = {"N": _("gained (N)"), "T": _("did not gain (T)")}.get(letter or "", "")
    return f", {said}" if said else ""


def fact_words(fact) -> str:
    """'Berat badan 8,7 kg', 'Campak-Rubela (MR)', 'Kapsul vitamin A merah'."""
    title = packs.load().facts[fact.name].title[words.known(get_language())]
    value = value_words(fact)
    if fact.flag is True:
        return title
    return f"{title}: {value}"


def value_words(fact) -> str:
    """The value of a fact, in words."""
    lang = get_language() or "id"
    if fact.number is not None:
        return doubts.said(fact.name, fact.number)
    if fact.code is not None:
        said = packs.load().facts[fact.name].codes.get(fact.code)
        return said[words.known(lang)] if said else fact.code
    if fact.day is not None:
        return words.day(fact.day, lang)
    if fact.flag is not None:
        return _("yes") if fact.flag else _("no")
    return fact.text or ""


def n_entries(days: Sequence[Day]) -> int:
    """How many facts the days hold."""
    return sum(len(day.entries) for day in days)

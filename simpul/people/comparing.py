"""Two entries side by side: what each says, where they differ, and what speaks for one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.people import nik as niks
from simpul.ui import words

if TYPE_CHECKING:
    from simpul.people.models import LikelyPair, Person, PersonChange


class Row(msgspec.Struct, frozen=True):
    """One particular of both."""

    label: str
    first: str
    second: str
    differs: bool


class Compared(msgspec.Struct, frozen=True):
    """A pair ready to be shown; `keep` is the entry proposed to be kept."""

    pair: LikelyPair
    rows: list[Row]
    reasons: list[str]
    histories: list[tuple[Person, list[PersonChange]]]
    keep: int


def compared(
    pair: LikelyPair, n_facts: dict[int, int], histories: dict[int, list], as_of: date
) -> Compared:
    """The pair with its differences marked."""
    first, second = pair.first, pair.second
    rows = [
        _row(label, one, two)
        for (label, one), (_label, two) in zip(
            _said(first, n_facts, as_of), _said(second, n_facts, as_of), strict=True
        )
    ]
    return Compared(
        pair=pair,
        rows=rows,
        reasons=reasons_in_words(pair.reasons.split(","), first.name, second.name),
        histories=[(one, histories.get(one.pk, [])) for one in (first, second)],
        keep=max((first, second), key=lambda one: _worth(one, n_facts)).pk,
    )


def _row(label: str, one: str, two: str) -> Row:
    return Row(label, one, two, one.casefold() != two.casefold())


def _worth(person: Person, n_facts: dict[int, int]) -> tuple:
    """Who lives here, has a NIK, has more records, the fuller name, was registered first."""
    n = n_facts.get(person.pk, 0)
    return (person.is_current, bool(person.nik_tail), n, len(person.name), -person.pk)


def _said(person: Person, n_facts: dict[int, int], as_of: date) -> list[tuple[str, str]]:
    lang, home = get_language() or "id", person.household
    born = f"{words.day(person.birth_date, lang)} ({words.age(person.birth_date, as_of, lang)})"
    if person.birth_date_is_estimated:
        born = ", ".join((born, _("estimate")))
    sex = {"female": _("Female"), "male": _("Male"), None: _("not known")}[person.sex]
    nik = niks.masked(person.nik_tail) or _("none")
    return [
        (_("Name"), person.name),
        (_("Birth date"), born),
        (_("Sex"), sex),
        (_("Mother"), person.mother_name or _("not known")),
        ("NIK", nik),
        (_("Address"), ", ".join(part for part in (home.address, home.rt_label) if part)),
        (_("Village"), home.village.name),
        (_("Head of the household"), home.head_name or _("not known")),
        (_("State"), _state(person, lang)),
        (_("Records"), str(n_facts.get(person.pk, 0))),
    ]


def _state(person: Person, lang: str) -> str:
    if person.died_on:
        return _("died %s") % words.day(person.died_on, lang)
    if person.left_on:
        return _("moved away %s") % words.day(person.left_on, lang)
    return _("lives here")


def reasons_in_words(codes: Iterable[str], one: str, two: str) -> list[str]:
    """What agrees. Names that only sound the same are not called the same beside each other."""
    is_same = not (one and two) or one.casefold() == two.casefold()
    return [
        reason_words("name_spelling" if code == "name" and not is_same else code) for code in codes
    ]


def reason_words(code: str) -> str:
    """A code of likeness in words."""
    return {
        "nik": _("same NIK"),
        "nik_differs": _("but two NIK"),
        "name": _("same name"),
        "name_spelling": _("name spelled otherwise"),
        "name_part": _("one name is part of the other"),
        "name_unknown": _("one is a newborn without a name"),
        "birth_date": _("same birth date"),
        "birth_swapped": _("day and month swapped"),
        "birth_digit": _("one digit of the birth date differs"),
        "birth_near": _("estimated birth date close by"),
        "mother": _("same mother"),
        "mother_spelling": _("mother spelled otherwise"),
        "mother_part": _("mother's name is part of the other"),
        "household": _("same household"),
        "rt": _("same RT"),
        "village": _("same village"),
    }.get(code, code)

"""Reads a person from JSON for the command line, and says in Indonesian what is wrong.

Its one rule: nothing is guessed; a field that cannot be read is named, with how to mend it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

from simpul.engine.values import Fact, Person, Sex, Value
from simpul.packs.model import FactType, Pack
from simpul.packs.take import nearest

_FIELDS = ("sex", "birth_date", "facts", "province")
_FACT_FIELDS = ("name", "on", "value", "seq")
FIRST_YEAR, LAST_YEAR = 1900, 2199


class BadPerson(ValueError):
    """The JSON does not describe a person; the message is for the user."""


def read_person(text: str, pack: Pack) -> Person:
    """The person a JSON text describes; raises BadPerson."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadPerson(
            f"Berkas bukan JSON yang benar (baris {error.lineno}, kolom {error.colno}). "
            "Periksa tanda kutip, koma, dan kurung di sekitar tempat itu."
        ) from None
    if not isinstance(data, dict):
        raise BadPerson(
            'Berkas harus berisi satu objek: {"sex": …, "birth_date": …, "facts": […]}.'
        )
    _known(data, _FIELDS, "")
    if "birth_date" not in data:
        raise BadPerson('birth_date tidak ada. Tulis tanggal lahir, misalnya "2025-01-31".')
    facts = data.get("facts", [])
    if not isinstance(facts, list):
        raise BadPerson('facts harus berupa daftar: [{"name": …, "on": …, "value": …}].')
    return Person(
        sex=_sex(data.get("sex")),
        birth_date=read_day(data["birth_date"], "birth_date"),
        facts=tuple(_fact(fact, number, pack) for number, fact in enumerate(facts)),
        province=_province(data.get("province")),
    )


def _known(data: Mapping[str, Any], fields: tuple[str, ...], where: str) -> None:
    for key in data:
        if key not in fields:
            raise BadPerson(f"{where}{key} tidak dikenal. Yang dikenal: {', '.join(fields)}.")


def _sex(value: Any) -> Sex | None:
    if value is None or value in ("female", "male"):
        return value  # type: ignore[no-any-return]
    raise BadPerson(f'sex: {value!r} tidak dikenal. Tulis "female", "male", atau null.')


def _province(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and len(value) == 2 and value.isdigit():
        return value
    raise BadPerson(f'province: {value!r} bukan kode provinsi. Tulis dua angka, misalnya "62".')


def read_day(value: Any, field: str) -> date:
    """A date as it stands in JSON or on the command line; raises BadPerson."""
    if isinstance(value, str) and len(value) == 10:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise BadPerson(
        f"{field}: {value!r} bukan tanggal. Tulis tahun-bulan-hari yang ada di kalender, "
        f'tahun {FIRST_YEAR} sampai {LAST_YEAR}, misalnya "2026-08-31".'
    )


def _fact(data: Any, number: int, pack: Pack) -> Fact:
    where = f"facts[{number}]"
    if not isinstance(data, dict):
        raise BadPerson(f'{where} harus berupa objek: {{"name": …, "on": …, "value": …}}.')
    _known(data, _FACT_FIELDS, f"{where}.")
    for field in ("name", "on"):
        if field not in data:
            raise BadPerson(f"{where}.{field} tidak ada. Setiap fakta memerlukan name dan on.")
    name = data["name"]
    kind = pack.facts.get(name) if isinstance(name, str) else None
    if kind is None:
        close = nearest(str(name), pack.facts).replace("Did you mean", "Maksudnya")
        raise BadPerson(f"{where}.name: {name!r} tidak dikenal. {close}")
    on = read_day(data["on"], f"{where}.on")
    seq = data.get("seq", number)
    if isinstance(seq, bool) or not isinstance(seq, int):
        raise BadPerson(f"{where}.seq: {seq!r} bukan bilangan bulat.")
    return Fact(name, on, _value(data.get("value"), kind, f"{where}.value"), seq)


def _is_number(value: Any) -> bool:
    """A real number: JSON lets NaN and Infinity through."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


_NEEDS = {
    "number": "angka, misalnya 8.4",
    "flag": "true atau false",
    "text": "teks",
}


def _value(value: Any, kind: FactType, where: str) -> Value:
    if value is None:
        return None
    fits = {
        "number": _is_number(value),
        "flag": isinstance(value, bool),
        "text": isinstance(value, str),
        "code": isinstance(value, str) and value in kind.codes,
    }
    if kind.type == "day":
        return read_day(value, where)
    # a vaccine may be noted with anything but false, e.g. its batch
    if fits[kind.type] or kind.name.startswith("vaccine."):
        return value  # type: ignore[no-any-return]
    needs = _NEEDS.get(kind.type) or "salah satu dari " + ", ".join(kind.codes)
    raise BadPerson(f"{where}: {value!r} tidak cocok untuk {kind.name}. Tulis {needs}.")

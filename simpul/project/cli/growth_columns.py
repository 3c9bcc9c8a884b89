"""Which column of a growth register is which, and what its cells mean.

Its one rule: a cell is a value, a blank, or unreadable, and then its line and column are told.
Cells are never repeated in a message: they are somebody's health data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from math import isfinite, nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simpul.engine.growth_table import LYING, STANDING

Floats = NDArray[np.float64]

# What we look for -> names it may have, best first; case, spaces and signs do not matter.
NAMES = {
    "sex": "sex jk jenis_kelamin kelamin gender l_p",
    "age_days": "age_days age_in_days agedays umur_hari usia_hari",
    "age_months": "age_months age_in_months agemons age_mo umur_bulan usia_bulan umur_bln usia_bln",
    "birth_date": "birth_date date_of_birth birthdate dob born_on tgl_lahir tanggal_lahir",
    "measured_on": "measured_on date_measured measurement_date measuring_date measure_date "
    "visit_date date_of_visit dov observed_on tanggal_ukur tgl_ukur tanggal_pengukuran "
    "tgl_pengukuran tanggal_penimbangan tgl_penimbangan tanggal_timbang tgl_timbang "
    "tanggal_kunjungan tgl_kunjungan date tanggal tgl",
    "weight": "weight weight_kg berat berat_badan berat_kg bb bb_kg",
    "lenhei": "lenhei length_height lenhei_cm height height_cm length length_cm tinggi panjang "
    "tinggi_badan panjang_badan tb pb tb_pb pb_tb tb_cm pb_cm",
    "measure": "measure lorh loh cara_ukur cara_pengukuran posisi posisi_ukur",
    "oedema": "oedema edema odema bengkak",
    "headc": "headc headc_cm head_circumference hc lk lk_cm lingkar_kepala",
    "muac": "muac_cm muac armc armc_cm lila lila_cm lingkar_lengan lingkar_lengan_atas",
    "muac_mm": "muac_mm lila_mm",
}
BLANKS = frozenset(("", "-", ".", "na", "n/a", "nan", "null", "none", "kosong"))
SEXES = dict.fromkeys(
    ("1", "1.0", "m", "l", "lk", "male", "boy", "laki", "laki-laki", "laki laki", "lakilaki"), 1.0
) | dict.fromkeys(("2", "2.0", "f", "p", "pr", "female", "girl", "perempuan", "wanita"), 2.0)
POSITIONS = dict.fromkeys(
    ("l", "lying", "length", "recumbent", "telentang", "terlentang", "berbaring", "panjang"), LYING
) | dict.fromkeys(("h", "standing", "height", "berdiri", "tinggi"), STANDING)
SWELLINGS = dict.fromkeys(("y", "yes", "ya", "1", "true", "ada"), True) | dict.fromkeys(
    ("n", "no", "t", "tidak", "tdk", "2", "0", "false", "tidak ada"), False
)
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?", re.ASCII
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d\d:\d\d(?::\d\d)?)?", re.ASCII)

MEND_NUMBER = "not a number: write it like 10.4 or 10,4, or leave it blank"
MEND_NEGATIVE = "below zero: correct it, or leave it blank"
MEND_SEX = "not a sex: write 1 or L (male), 2 or P (female), or leave it blank"
MEND_MEASURE = "not a position: write L (lying) or H (standing), or leave it blank"
MEND_OEDEMA = "not y or n: write y or n, or leave it blank"
MEND_DATE = "not a date: write 2026-11-20 or 20/11/2026 (day first)"
MEND_ORDER = "before the date of birth: correct one of the two dates"
MEND_ZERO = "is 0: leave it blank if it was not measured"


class Complaint(NamedTuple):
    """What is wrong in one cell (`column`) of the row at place `row` of the chunk."""

    row: int
    column: str
    mend: str


class Unreadable(ValueError):
    """A cell that is neither a value nor a blank; the text says how to mend it."""


def number(text: str) -> float:
    """A number of zero or more, with point or comma; NaN when blank."""
    bare = text.strip()
    if _NUMBER.fullmatch(bare):
        value = float(bare.replace(",", "."))
        if value < 0:
            raise Unreadable(MEND_NEGATIVE)
        if isfinite(value):
            return value
    elif bare.lower() in BLANKS:
        return nan
    raise Unreadable(MEND_NUMBER)


def day(text: str) -> float:
    """A date as its ordinal; NaN when blank."""
    bare = text.strip()
    if bare.lower() in BLANKS:
        return nan
    if found := _ISO.fullmatch(bare):
        year, month, number_ = found[1], found[2], found[3]
    elif found := _DAY_FIRST.fullmatch(bare):
        number_, month, year = found[1], found[2], found[3]
    else:
        raise Unreadable(MEND_DATE)
    try:
        return float(date(int(year), int(month), int(number_)).toordinal())
    except ValueError:
        raise Unreadable(MEND_DATE) from None


def _word_of(choices: dict[str, Any], blank: float, mend: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        bare = " ".join(text.lower().split())
        if bare in choices:
            return float(choices[bare])
        if bare in BLANKS:
            return blank
        raise Unreadable(mend)

    return read


READERS: dict[str, Callable[[str], float]] = {
    "sex": _word_of(SEXES, nan, MEND_SEX),
    "measure": _word_of(POSITIONS, 0.0, MEND_MEASURE),
    "oedema": _word_of(SWELLINGS, 0.0, MEND_OEDEMA),
    "birth_date": day,
    "measured_on": day,
}


class _Memo(dict[str, float]):
    """Reads each distinct text once; unreadable ones are NaN and kept in `bad` with their mend."""

    def __init__(self, read: Callable[[str], float]) -> None:
        super().__init__()
        self.read = read
        self.bad: dict[str, str] = {}

    def __missing__(self, text: str) -> float:
        try:
            value = self.read(text)
        except Unreadable as error:
            value, self.bad[text] = nan, str(error)
        self[text] = value
        return value


def find_columns(header: Sequence[str]) -> dict[str, list[int]]:
    """Where each thing we know stands in the header; several places for lenhei only."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(plain(name), place)
    found = {
        field: [places[name] for name in names.split() if name in places]
        for field, names in NAMES.items()
    }
    return {
        field: at if field == "lenhei" else at[:1] for field, at in found.items() if at
    }  # fmt: skip


def plain(name: str) -> str:
    """A column name without case, spaces and signs: `Tgl Lahir` is `tgl_lahir`."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def read_chunk(
    header: Sequence[str], places: dict[str, list[int]], columns: Sequence[Sequence[str]]
) -> tuple[dict[str, NDArray[Any]], list[Complaint], list[Complaint]]:
    """The arrays that `assess_table` wants, the unreadable cells, and the doubtful ones."""
    n = len(columns[0])
    values: dict[str, Floats] = {}
    complaints: list[Complaint] = []
    for field, at in places.items():
        values[field], found = _read(field, at, header, columns)
        complaints += found
    values, complaints = _with_ages(values, complaints, header, places, n)
    if "muac_mm" in values:
        in_mm = values.pop("muac_mm") / 10.0
        values["muac"] = np.where(
            np.isnan(values.get("muac", in_mm)), in_mm, values.get("muac", in_mm)
        )
    values.setdefault("sex", np.full(n, nan))
    doubts = [
        Complaint(int(row), header[places[field][0]], MEND_ZERO)
        for field in ("weight", "lenhei", "headc", "muac")
        if field in places
        for row in np.flatnonzero(values[field] == 0.0)
    ]
    return _cast(values), complaints, doubts


def _cast(values: dict[str, Floats]) -> dict[str, NDArray[Any]]:
    """Codes as integers, yes and no as bool; an unreadable code counts as blank."""
    arrays: dict[str, NDArray[Any]] = dict(values)
    if "measure" in arrays:
        arrays["measure"] = np.nan_to_num(arrays["measure"]).astype(np.int8)
    if "oedema" in arrays:
        arrays["oedema"] = np.nan_to_num(arrays["oedema"]).astype(np.bool_)
    return arrays


def _read(
    field: str, at: list[int], header: Sequence[str], columns: Sequence[Sequence[str]]
) -> tuple[Floats, list[Complaint]]:
    """One field; of several columns (length, height) the first that is not blank."""
    values = np.full(len(columns[0]), nan)
    complaints = []
    for place in at:
        memo = _Memo(READERS.get(field, number))
        cells = columns[place]
        read = np.array(list(map(memo.__getitem__, cells)), dtype=np.float64)
        values = np.where(np.isnan(values), read, values)
        if memo.bad:
            complaints += [
                Complaint(row, header[place], memo.bad[cell])
                for row, cell in enumerate(cells)
                if cell in memo.bad
            ]
    return values, complaints


def _with_ages(
    values: dict[str, Floats],
    complaints: list[Complaint],
    header: Sequence[str],
    places: dict[str, list[int]],
    n: int,
) -> tuple[dict[str, Floats], list[Complaint]]:
    """Age from the two dates wherever no age in days is written; then the dates are dropped."""
    born, seen = values.pop("birth_date", None), values.pop("measured_on", None)
    if born is None or seen is None:
        return values, complaints
    days = values.get("age_days", np.full(n, nan))
    wanted = np.isnan(days)
    dates = {header[places[field][0]] for field in ("birth_date", "measured_on")}
    complaints = [c for c in complaints if c.column not in dates or wanted[c.row]]
    age = np.where(wanted, seen - born, nan)
    backwards = np.flatnonzero(age < 0)
    column = header[places["measured_on"][0]]
    complaints += [Complaint(int(row), column, MEND_ORDER) for row in backwards]
    values["age_days"] = np.where(wanted, age, days)
    if "age_months" in values:  # two dates are exact: the months beside them add nothing
        values["age_months"] = np.where(np.isnan(age), values["age_months"], nan)
    return values, complaints

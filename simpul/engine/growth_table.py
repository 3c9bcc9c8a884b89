"""The same assessment as `growth.assess`, for every row of a register at once, with numpy.

Its one rule: for each row the very answer that `assess` gives (a generative test holds them
together); NaN is blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simpul.engine import growth_words as words
from simpul.engine.growth_age import (
    FIRST_MONTH,
    LAST_DAY,
    LAST_MONTH,
    LAST_MONTH_OF_WEIGHT,
    LENGTHS_OF_WFL,
    LYING_LONGER,
    STANDING_FROM,
    STANDING_FROM_CM,
    STANDING_IGNORED_BELOW,
)
from simpul.engine.growth_lms import DAYS_OF_MONTH, tables

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Lms = tuple[Floats, Floats, Floats]

LYING, STANDING = 1, 2  # codes of the column `measure`; 0: not known
ROWS_AT_ONCE = 16_384  # small enough to stay in the processor's cache


class _Table(NamedTuple):
    """Both sexes of an index in one row of numbers, boys first."""

    first: int
    rows: int
    lms: Lms


class _Children(NamedTuple):
    """The rows as the tables want them."""

    sex: Ints  # 0 boy, 1 girl, -1 not known
    days: Floats
    months: Floats
    young: Mask
    old: Mask
    weight: Floats  # NaN with oedema
    bmi: Floats  # NaN with oedema
    length: Floats
    position: NDArray[np.int8]


@cache
def _table(index: str) -> _Table:
    boys, girls = tables()[f"{index} male"], tables()[f"{index} female"]
    lam, mu, sigma = (
        np.array(boy + girl)
        for boy, girl in zip(
            (boys.lam, boys.mu, boys.sigma), (girls.lam, girls.mu, girls.sigma), strict=True
        )
    )
    return _Table(boys.first, len(boys.mu), (lam, mu, sigma))


def assess_table(columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The columns of `Growth`, as arrays, for a register given as arrays of one length.

    In: `sex` (1 boy, 2 girl; NaN or 0 not known), and any of `age_days`, `age_months`, `weight`,
    `lenhei`, `headc`, `muac` (numbers, NaN blank), `measure` (LYING, STANDING, 0), `oedema` (bool).
    Out: z-scores and c-columns as numbers (NaN blank), flags as numbers 0, 1 or NaN, `cmeasure`
    as code, the words (`kat_...`) as an object array of text or None.
    """
    n = len(columns["sex"])
    parts = [
        _assess({name: values[at : at + ROWS_AT_ONCE] for name, values in columns.items()})
        for at in range(0, max(n, 1), ROWS_AT_ONCE)
    ]
    if len(parts) == 1:
        return parts[0]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _assess(columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    n = len(columns["sex"])

    def numbers(name: str) -> Floats:
        return np.asarray(columns.get(name, np.full(n, np.nan)), dtype=np.float64)

    swollen = np.asarray(columns.get("oedema", np.zeros(n)), dtype=np.bool_)
    measured = np.asarray(columns.get("measure", np.zeros(n)), dtype=np.int8)
    headc, muac = numbers("headc"), numbers("muac")
    with np.errstate(all="ignore"):
        days, months, young, old = _ages(numbers("age_days"), numbers("age_months"))
        baby_stood = (measured == STANDING) & (months < STANDING_IGNORED_BELOW)
        position = np.where(baby_stood, 0, measured).astype(np.int8)
        length = _corrected(numbers("lenhei"), position, days)
        weight = numbers("weight")
        bmi = _bmi(weight, length)
        dry_weight, dry_bmi = np.where(swollen, np.nan, weight), np.where(swollen, np.nan, bmi)
        sex = np.nan_to_num(columns["sex"]).astype(np.int64) - 1
        children = _Children(
            sex, days, months, young, old, dry_weight, dry_bmi, length, position
        )  # fmt: skip
        scores = _scores(children, headc, muac)
        flags = _flags(scores)
        found = _categories(scores, flags, children, swollen, muac)
    return {
        **scores, **flags,
        "clenhei": length, "cmeasure": position, "c9mo_flag": baby_stood.astype(np.int8),
        "cbmi": bmi, **found,
    }  # fmt: skip


def _ages(days: Floats, months: Floats) -> tuple[Floats, Floats, Mask, Mask]:
    """Rounded days, months, and which tables apply: `growth_age.age_for_tables` for arrays."""
    in_days, in_months = ~np.isnan(days), ~np.isnan(months)
    both = in_days & in_months
    exact = np.where(in_days, days, months * DAYS_OF_MONTH)
    months = np.where(in_days, days / DAYS_OF_MONTH, months)
    whole = np.floor(exact)
    whole += exact - whole >= 0.5
    young = np.where(both, whole <= LAST_DAY, months < FIRST_MONTH) & (months >= 0)
    old = np.where(in_days, whole > LAST_DAY, months >= FIRST_MONTH) & (months <= LAST_MONTH)
    return whole, months, young, old


def _corrected(lenhei: Floats, position: NDArray[np.int8], days: Floats) -> Floats:
    """Length below 731 days, height from then on; as measured where age is unknown."""
    length = np.where(
        (position == STANDING) & (days < STANDING_FROM), lenhei + LYING_LONGER, lenhei
    )
    return np.where((position == LYING) & (days >= STANDING_FROM), lenhei - LYING_LONGER, length)


def _bmi(weight: Floats, length: Floats) -> Floats:
    metres = length / 100.0
    bmi: Floats = weight / (metres * metres)
    return bmi


def _scores(children: _Children, headc: Floats, muac: Floats) -> dict[str, Floats]:
    """The six z-scores, rounded to two places."""
    c, n = children, len(children.sex)
    blank = np.full(n, np.nan)
    scores = dict.fromkeys(("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac"), blank)
    known = c.sex >= 0
    young, old = c.young & known, c.old & known
    if young.any():
        scores["zlen"] = _by_day("lhfa", c, young, c.length)
        scores["zwei"] = _by_day("wfa", c, young, c.weight)
        scores["zbmi"] = _by_day("bfa", c, young, c.bmi)
        scores["zhc"] = _by_day("hcfa", c, young, headc)
        scores["zac"] = _by_day("acfa", c, young, muac)
    if old.any():
        light = old & (c.months <= LAST_MONTH_OF_WEIGHT)
        for name, index, rows, values in (
            ("zlen", "hfa5", old, c.length),
            ("zwei", "wfa5", light, c.weight),
            ("zbmi", "bfa5", old, c.bmi),
        ):
            scores[name] = np.where(old, _by_month(index, c, rows, values), scores[name])
    scores["zwfl"] = _for_length(c, known & (c.young | np.isnan(c.days)))
    return scores


def _by_day(index: str, c: _Children, rows: Mask, values: Floats) -> Floats:
    table = _table(index)
    rows = rows & (values > 0.0) & (c.days >= table.first)
    at = np.flatnonzero(rows)
    row = c.sex[at] * table.rows + (c.days[at].astype(np.int64) - table.first)
    lam, mu, sigma = (column[row] for column in table.lms)
    return _spread(at, len(rows), index, values[at], (lam, mu, sigma))


def _by_month(index: str, c: _Children, rows: Mask, values: Floats) -> Floats:
    table = _table(index)
    at = np.flatnonzero(rows & (values >= 0.0))
    months = c.months[at]
    whole = months.astype(np.int64)
    lms = _between(table, c.sex[at], whole - table.first, months - whole)
    return _spread(at, len(rows), index, values[at], lms)


def _for_length(c: _Children, rows: Mask) -> Floats:
    """Weight for length or height; where age is unknown the position decides, or 87 cm."""
    lying = np.where(
        np.isnan(c.days),
        np.where(c.position > 0, c.position == LYING, c.length < STANDING_FROM_CM),
        c.days < STANDING_FROM,
    )
    found = np.full(len(rows), np.nan)
    for index, here in (("wfl", lying), ("wfh", ~lying)):
        low, high = LENGTHS_OF_WFL[index]
        inside = (c.length >= low) & (c.length <= high) & (c.weight >= 0.0)
        at = np.flatnonzero(rows & here & inside)
        table, length = _table(index), c.length[at]
        row = (length * 10.0).astype(np.int64)
        lms = _between(table, c.sex[at], row - table.first, (length - row / 10.0) / 0.1)
        found[at] = _z(index, c.weight[at], lms)
    return found


def _between(table: _Table, sex: Ints, row: Ints, part: Floats) -> Lms:
    """L, M, S at `part` of the way from a row to the next."""
    part = np.maximum(part, 0.0)
    low = sex * table.rows + row
    high = low + (row < table.rows - 1)
    lam, mu, sigma = (column[low] + part * (column[high] - column[low]) for column in table.lms)
    return lam, mu, sigma


def _spread(at: Ints, n: int, index: str, values: Floats, lms: Lms) -> Floats:
    """z-scores of the rows `at`, the others blank."""
    found = np.full(n, np.nan)
    found[at] = _z(index, values, lms)
    return found


def _z(index: str, y: Floats, lms: Lms) -> Floats:
    """`growth_lms.zscore` or `restricted`, rounded to two places."""
    lam, mu, sigma = lms
    if index in ("lhfa", "hcfa", "hfa5"):  # L is 1 everywhere: no power needed
        return np.rint((y / mu - 1.0) / sigma * 100.0) / 100.0
    z: Floats = (np.power(y / mu, lam) - 1.0) / (sigma * lam)
    for sign, far_out in ((1.0, z > 3.0), (-1.0, z < -3.0)):
        at = np.flatnonzero(far_out)
        if len(at):
            l, m, s = lam[at], mu[at], sigma[at]  # noqa: E741 - WHO's letters
            far, near = (m * np.power(1.0 + l * s * sign * sd, 1.0 / l) for sd in (3.0, 2.0))
            z[at] = sign * 3.0 + (y[at] - far) / np.abs(far - near)
    return np.rint(z * 100.0) / 100.0


def _flags(scores: Mapping[str, Floats]) -> dict[str, Floats]:
    """1 where the rounded z is implausible, 0 where not, NaN where there is no z."""
    flags = {}
    for name in ("len", "wei", "wfl", "bmi", "hc", "ac"):
        z = scores["z" + name]
        low, high = {"len": (-6.0, 6.0), "wei": (-6.0, 5.0)}.get(name, (-5.0, 5.0))
        flags["f" + name] = np.where(np.isnan(z), np.nan, (z < low) | (z > high))
    return flags


def _categories(
    scores: Mapping[str, Floats],
    flags: Mapping[str, Floats],
    c: _Children,
    swollen: Mask,
    muac: Floats,
) -> dict[str, NDArray[np.object_]]:
    """The words of Permenkes 2/2020, as `growth._categories` gives them."""

    def good(name: str) -> Mask:
        plausible: Mask = flags["f" + name] == 0.0
        return plausible

    no_age = np.isnan(c.days)
    school = c.old & (c.months < words.NINETEEN_YEARS)
    bb_tb = _words(words.WEIGHT_FOR_LENGTH, scores["zwfl"], good("wfl"))
    imt_u = _words(words.WEIGHT_FOR_LENGTH, scores["zbmi"], good("bmi") & c.young)
    older = good("bmi") & school
    imt_u[older] = _words(words.BMI_FOR_AGE_5_18, scores["zbmi"], older)[older]
    bb_tb[swollen & (c.young | no_age)] = words.OEDEMA
    imt_u[swollen & (c.young | school)] = words.OEDEMA
    arm = (c.months >= words.ARM_FROM) & (c.months < words.ARM_BELOW) & ~np.isnan(muac)
    return {
        "kat_bb_u": _words(words.WEIGHT_FOR_AGE, scores["zwei"], good("wei") & c.young),
        "kat_tb_u": _words(words.LENGTH_FOR_AGE, scores["zlen"], good("len") & c.young),
        "kat_bb_tb": bb_tb,
        "kat_imt_u": imt_u,
        "kat_lk_u": _words(words.HEAD_FOR_AGE, scores["zhc"], good("hc")),
        "kat_lila": _words(words.ARM_CM, muac, arm),
    }


def _words(scale: words.Scale, values: Floats, valid: Mask) -> NDArray[np.object_]:
    """The word of each valid value, None elsewhere."""
    place = np.searchsorted(scale.cuts, np.rint(values * 100.0), side="right")
    choice = np.array([*scale.words, None], dtype=np.object_)
    return choice[np.where(valid, place, len(scale.words))]

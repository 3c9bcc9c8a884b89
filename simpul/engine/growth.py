"""How one child grows: z-scores, WHO flags and Indonesian categories of one measuring.

Its one rule: what WHO's programs leave empty stays empty, and blank is never zero.
`growth_table` gives the same answers for whole registers, `growth_kms` the monthly status.
"""

from __future__ import annotations

from math import inf, isinf
from typing import Literal

import msgspec

from simpul.engine import growth_words as words
from simpul.engine.growth_age import (
    LAST_MONTH_OF_WEIGHT,
    LENGTHS_OF_WFL,
    LYING_LONGER,
    STANDING_FROM,
    STANDING_FROM_CM,
    STANDING_IGNORED_BELOW,
    Age,
    age_for_tables,
)
from simpul.engine.growth_kms import KmsStatus, kms
from simpul.engine.growth_lms import Lms, Table, restricted, tables, zscore
from simpul.engine.values import Sex

__all__ = ["Growth", "KmsStatus", "Measure", "assess", "kms"]


Measure = Literal["l", "h"]  # lying, standing
Score = float | None
Scores = tuple[Score, Score, Score, Score, Score, Score]
Flag = int | None
Flags = tuple[Flag, Flag, Flag, Flag, Flag, Flag]


class Growth(msgspec.Struct, frozen=True, gc=False):
    """z-scores to two places, flags (1: implausible, measure again), words; None: not defined.

    zlen length/height, zwei weight, zbmi BMI, zhc head and zac arm circumference for age; zwfl
    weight for length/height. clenhei (cm), cmeasure, c9mo_flag (1: "standing" under 9 months) and
    cbmi (kg/m2) are what WHO makes of the input. The words are those of Permenkes 2/2020.
    """

    zlen: float | None = None
    zwei: float | None = None
    zwfl: float | None = None
    zbmi: float | None = None
    zhc: float | None = None
    zac: float | None = None
    flen: int | None = None
    fwei: int | None = None
    fwfl: int | None = None
    fbmi: int | None = None
    fhc: int | None = None
    fac: int | None = None
    clenhei: float | None = None
    cmeasure: Measure | None = None
    c9mo_flag: int = 0
    cbmi: float | None = None
    kat_bb_u: str | None = None
    kat_tb_u: str | None = None
    kat_bb_tb: str | None = None
    kat_imt_u: str | None = None
    kat_lk_u: str | None = None
    kat_lila: str | None = None


def assess(
    sex: Sex | None,
    age_days: float | None,
    weight: float | None = None,
    lenhei: float | None = None,
    measure: Measure | None = None,
    oedema: bool | None = None,
    headc: float | None = None,
    muac: float | None = None,
    *,
    age_months: float | None = None,
) -> Growth:
    """Assess one measuring. Ages in days or WHO months, weight in kg, lengths and rounds in cm.

    `measure` None: taken as the age would have it (lying below 731 days). `oedema` of both feet
    makes the weight useless for z-scores and the child `gizi buruk`. Zero is a measurement.
    """
    age = age_for_tables(age_days, age_months)
    baby_stood = measure == "h" and age.months is not None and age.months < STANDING_IGNORED_BELOW
    position = None if baby_stood else measure
    length = _corrected(lenhei, position, age.days)
    bmi = _bmi(weight, length)
    swollen = bool(oedema)
    dry_weight, dry_bmi = (None, None) if swollen else (weight, bmi)
    scores: Scores = (None,) * 6
    if sex is not None:
        zlen, zwei, zbmi = _for_age(sex, age, length, dry_weight, dry_bmi)
        zhc = _by_day("hcfa", sex, age.days, headc) if age.young else None
        zac = _by_day("acfa", sex, age.days, muac) if age.young else None
        fits = age.young or age.days is None
        zwfl = _for_length(sex, age.days, dry_weight, length, position) if fits else None
        scores = (zlen, zwei, zwfl, zbmi, zhc, zac)
    flags = _flags(*scores)
    return Growth(
        *scores, *flags, length, position, int(baby_stood), bmi,
        *_categories(scores, flags, age, swollen, muac),
    )  # fmt: skip


def _corrected(lenhei: float | None, position: Measure | None, days: int | None) -> float | None:
    """Length below 731 days, height from then on, in cm; as measured where age is unknown."""
    if lenhei is None or days is None:
        return lenhei
    if position == "h" and days < STANDING_FROM:
        return lenhei + LYING_LONGER
    if position == "l" and days >= STANDING_FROM:
        return lenhei - LYING_LONGER
    return lenhei


def _bmi(weight: float | None, length: float | None) -> float | None:
    """kg/m2; a length of 0 gives infinity, as in WHO's programs, and so a flag."""
    if weight is None or length is None:
        return None
    square = (length / 100.0) * (length / 100.0)
    if square == 0.0:
        return inf if weight > 0.0 else None
    return weight / square


def _rounded(z: float) -> float:
    """To two places, half to even, as R and numpy round."""
    return z if isinf(z) else round(z * 100.0) / 100.0


def _for_age(
    sex: Sex, age: Age, length: float | None, weight: float | None, bmi: float | None
) -> tuple[Score, Score, Score]:
    """z of length/height, weight and BMI for age, by the tables that fit the age."""
    if age.young:
        return (
            _by_day("lhfa", sex, age.days, length),
            _by_day("wfa", sex, age.days, weight),
            _by_day("bfa", sex, age.days, bmi),
        )
    if not age.old or age.months is None:
        return None, None, None
    light = age.months <= LAST_MONTH_OF_WEIGHT
    return (
        _by_month("hfa5", sex, age.months, length),
        _by_month("wfa5", sex, age.months, weight) if light else None,
        _by_month("bfa5", sex, age.months, bmi),
    )


def _by_day(index: str, sex: Sex, days: int | None, value: float | None) -> float | None:
    """z of an index for age, 0-5 years."""
    if value is None or value <= 0.0 or days is None:
        return None
    table = tables()[f"{index} {sex}"]
    row = days - table.first
    if not 0 <= row < len(table.mu):
        return None
    formula = zscore if index in ("lhfa", "hcfa") else restricted
    return _rounded(formula(value, table.lam[row], table.mu[row], table.sigma[row]))


def _by_month(index: str, sex: Sex, months: float, value: float | None) -> float | None:
    """z of an index for age, 5-19 years: L, M, S between two months lie on a straight line."""
    if value is None or value < 0.0:
        return None
    table = tables()[f"{index} {sex}"]
    row = int(months)
    lms = _between(table, row - table.first, months - row)
    formula = zscore if index == "hfa5" else restricted
    return _rounded(formula(value, *lms))


def _for_length(
    sex: Sex,
    days: int | None,
    weight: float | None,
    length: float | None,
    position: Measure | None,
) -> float | None:
    """z of weight for length or height; the only index that needs no age."""
    if weight is None or length is None or weight < 0.0:
        return None
    if days is not None:
        lying = days < STANDING_FROM
    elif position is not None:
        lying = position == "l"
    else:
        lying = length < STANDING_FROM_CM
    index = "wfl" if lying else "wfh"
    low, high = LENGTHS_OF_WFL[index]
    if not low <= length <= high:
        return None
    table = tables()[f"{index} {sex}"]
    row = int(length * 10.0)
    lms = _between(table, row - table.first, (length - row / 10.0) / 0.1)
    return _rounded(restricted(weight, *lms))


def _between(table: Table, row: int, part: float) -> Lms:
    """L, M, S at `part` of the way from a row to the next."""
    lam, mu, sigma = table.lam[row], table.mu[row], table.sigma[row]
    if part <= 0.0:
        return lam, mu, sigma
    return (
        lam + part * (table.lam[row + 1] - lam),
        mu + part * (table.mu[row + 1] - mu),
        sigma + part * (table.sigma[row + 1] - sigma),
    )


def _flags(zlen: Score, zwei: Score, zwfl: Score, zbmi: Score, zhc: Score, zac: Score) -> Flags:
    """1 where the rounded z is biologically implausible (WHO 2006): the child is measured again."""
    return (
        None if zlen is None else int(abs(zlen) > 6.0),
        None if zwei is None else int(zwei < -6.0 or zwei > 5.0),
        None if zwfl is None else int(abs(zwfl) > 5.0),
        None if zbmi is None else int(abs(zbmi) > 5.0),
        None if zhc is None else int(abs(zhc) > 5.0),
        None if zac is None else int(abs(zac) > 5.0),
    )


def _categories(
    scores: Scores, flags: Flags, age: Age, swollen: bool, muac: float | None
) -> tuple[str | None, ...]:
    """The words of Permenkes 2/2020: BB/U, TB/U, BB/TB, IMT/U, LK/U, LiLA."""
    zlen, zwei, zwfl, zbmi, zhc, _ = (
        z if flag == 0 else None for z, flag in zip(scores, flags, strict=True)
    )
    if not age.young:
        zlen = zwei = zhc = None  # 5-18 years: only IMT/U has categories
    school = age.old and age.months is not None and age.months < words.NINETEEN_YEARS
    bb_tb = _word(words.WEIGHT_FOR_LENGTH, zwfl)
    imt_u = None
    if age.young or school:
        imt_u = _word(words.WEIGHT_FOR_LENGTH if age.young else words.BMI_FOR_AGE_5_18, zbmi)
    if swollen:
        bb_tb = words.OEDEMA if age.young or age.days is None else None
        imt_u = words.OEDEMA if age.young or school else None
    arm_counts = age.months is not None and words.ARM_FROM <= age.months < words.ARM_BELOW
    return (
        _word(words.WEIGHT_FOR_AGE, zwei),
        _word(words.LENGTH_FOR_AGE, zlen),
        bb_tb,
        imt_u,
        _word(words.HEAD_FOR_AGE, zhc),
        _word(words.ARM_CM, muac) if arm_counts else None,
    )


def _word(scale: words.Scale, value: float | None) -> str | None:
    return None if value is None else scale.word(value)

"""Growth as WHO's own programs compute it, for one child and for a register, and in words."""

import csv
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simpul.engine.growth import Growth, _flags, assess
from simpul.engine.growth_lms import tables
from simpul.engine.growth_table import LYING, STANDING, assess_table
from simpul.engine.growth_words import (
    ARM_CM,
    BMI_FOR_AGE_5_18,
    HEAD_FOR_AGE,
    LENGTH_FOR_AGE,
    WEIGHT_FOR_AGE,
    WEIGHT_FOR_LENGTH,
)

WHO = Path(__file__).resolve().parents[3] / "shared" / "data" / "growth"
needs_who = pytest.mark.skipif(not WHO.is_dir(), reason="../shared/data/growth is not here")

FILES = (
    "who_anthro_days",
    "who_anthro_months",
    "who_anthro_edges_wfl",
    "who_igrowup_survey_498",
    "who_anthroplus_5_19y",
)
SCORES = ("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac")
FLAGS = ("flen", "fwei", "fwfl", "fbmi", "fhc", "fac")
WORDS = ("kat_bb_u", "kat_tb_u", "kat_bb_tb", "kat_imt_u", "kat_lk_u", "kat_lila")
CORRECTED = ("clenhei", "cmeasure", "c9mo_flag", "cbmi")
PLUS = {"zhfa": "zlen", "zwfa": "zwei", "zbfa": "zbmi"} | {
    "fhfa": "flen", "fwfa": "fwei", "fbfa": "fbmi"
}  # fmt: skip
SEXES = {"1": "male", "2": "female"}


BLANK = dict.fromkeys(
    ("sex", "age_days", "age_months", "weight", "lenhei", "measure", "oedema", "headc", "muac")
)


@cache
def rows_of(name):
    with (WHO / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def number(row, *names):
    return next((float(row[name]) for name in names if row.get(name)), None)


def case_of(row):
    return {
        "sex": SEXES.get(row["sex"]),
        "age_days": number(row, "age_days"),
        "weight": number(row, "weight"),
        "lenhei": number(row, "lenhei", "height"),
        "measure": row.get("measure") or None,
        "oedema": row.get("oedema") == "y",
        "headc": number(row, "headc"),
        "muac": number(row, "muac_cm"),
        "age_months": number(row, "age_months"),
    }


def table_of(cases):
    """What `assess_table` wants, from the keywords of `assess`."""
    columns = {
        name: np.array([math.nan if case[name] is None else case[name] for case in cases])
        for name in ("age_days", "age_months", "weight", "lenhei", "headc", "muac")
    }
    columns["sex"] = np.array([{"male": 1, "female": 2}.get(c["sex"], math.nan) for c in cases])
    columns["measure"] = np.array(
        [{"l": LYING, "h": STANDING}.get(case["measure"], 0) for case in cases]
    )
    columns["oedema"] = np.array([bool(case["oedema"]) for case in cases])
    return columns


def row_of_table(found, place):
    """One row of `assess_table` as a `Growth`."""

    def value(name):
        cell = found[name][place]
        if name == "cmeasure":
            return {LYING: "l", STANDING: "h"}.get(int(cell))
        if name in WORDS:
            return cell
        return None if math.isnan(cell) else float(cell)

    return Growth(**{name: value(name) for name in Growth.__struct_fields__})


def differences(row, growth):
    """Where WHO's row and ours disagree: value, emptiness or flag."""
    for column, text in row.items():
        name = PLUS.get(column, column)
        if name not in (*SCORES, *FLAGS, *CORRECTED):
            continue
        ours = getattr(growth, name)
        if name == "cmeasure" or not text or ours is None:
            same = (text or None) == ours
        else:
            same = float(text) == ours or abs(float(text) - ours) < (
                0.01 + 1e-9 if name in SCORES else 1e-9
            )
        if not same:
            yield column, text, ours


@needs_who
@pytest.mark.parametrize("name", FILES)
def test_one_by_one_agrees_with_every_row_of_who(name):
    wrong = [
        (place, *difference)
        for place, row in enumerate(rows_of(name), 2)
        for difference in differences(row, assess(**case_of(row)))
    ]
    assert wrong == []


@needs_who
@pytest.mark.parametrize("name", FILES)
def test_a_whole_register_agrees_with_every_row_of_who(name):
    rows = rows_of(name)
    found = assess_table(table_of([case_of(row) for row in rows]))
    wrong = [
        (place + 2, *difference)
        for place, row in enumerate(rows)
        for difference in differences(row, row_of_table(found, place))
    ]
    assert wrong == []


# --- the rules that catch people, without the files -------------------------------------------


def test_blank_is_not_zero():
    assert assess("male", 400, None, None, None, None, None, None) == Growth()
    assert assess("male", 400, lenhei=75.0).zwei is None


def test_nothing_is_known_without_a_sex():
    found = assess(None, 400, 9.0, 75.0, "l", muac=12.0)
    assert [getattr(found, name) for name in SCORES] == [None] * 6
    assert found.cbmi == pytest.approx(16.0)
    assert found.kat_lila == "gizi kurang"  # needs no sex


@pytest.mark.parametrize(
    ("days", "measure", "clenhei"),
    [
        (730, "l", 85.0),
        (730, "h", 85.7),
        (730.4, "h", 85.7),
        (730.5, "h", 85.0),  # rounded half up: 731 days
        (731, "h", 85.0),
        (731, "l", 84.3),
        (731, None, 85.0),
        (None, "l", 85.0),
    ],
)
def test_lying_and_standing_switch_at_731_days(days, measure, clenhei):
    assert assess("male", days, lenhei=85.0, measure=measure).clenhei == pytest.approx(clenhei)


def test_standing_under_nine_months_is_a_slip():
    young = assess("female", 273, lenhei=68.0, measure="h")
    assert (young.clenhei, young.cmeasure, young.c9mo_flag) == (68.0, None, 1)
    older = assess("female", 274, lenhei=68.0, measure="h")
    assert (older.clenhei, older.cmeasure, older.c9mo_flag) == (68.7, "h", 0)


def test_oedema_blanks_the_weight_and_is_gizi_buruk():
    dry = assess("male", 400, 10.0, 76.0, "l", False, 46.0, 14.0)
    swollen = assess("male", 400, 10.0, 76.0, "l", True, 46.0, 14.0)
    assert (swollen.zwei, swollen.zwfl, swollen.zbmi) == (None, None, None)
    assert (swollen.fwei, swollen.fwfl, swollen.fbmi) == (None, None, None)
    assert (swollen.zlen, swollen.zhc, swollen.zac) == (dry.zlen, dry.zhc, dry.zac)
    assert (swollen.kat_bb_tb, swollen.kat_imt_u) == ("gizi buruk", "gizi buruk")
    assert swollen.cbmi == dry.cbmi


def test_restricted_beyond_three_only_for_weight():
    # girls of 1826 days: -3 SD is 12.05 kg, -2 SD 13.74 kg; the plain curve would give -6.45
    assert assess("female", 1826, weight=8.0).zwei == -5.4
    boys = tables()["lhfa male"]
    tall = boys.mu[731] * (1 + 5 * boys.sigma[731])  # cm, five SD above the median
    assert assess("male", 731, lenhei=tall).zlen == 5.0  # a length is not pulled in


@pytest.mark.parametrize(
    ("index", "z", "flag"),
    [("zlen", 6.01, 1), ("zlen", 6.0, 0), ("zlen", -6.01, 1), ("zlen", -6.0, 0)]
    + [("zwei", -6.01, 1), ("zwei", -6.0, 0), ("zwei", 5.0, 0), ("zwei", 5.01, 1)]
    + [(name, z, int(abs(z) > 5)) for name in SCORES[2:] for z in (-5.01, -5.0, 5.0, 5.01)],
)
def test_flags(index, z, flag):
    scores = dict.fromkeys(SCORES) | {index: z}
    flags = dict(zip(FLAGS, _flags(*scores.values()), strict=True))
    assert flags.pop("f" + index[1:]) == flag
    assert set(flags.values()) == {None}


@pytest.mark.parametrize(
    ("age", "which"),
    [
        ({"age_days": 1826}, "0-5"),
        ({"age_days": 1826.2}, "0-5"),
        ({"age_days": 1827}, "none"),  # anthro: not from 60 months
        ({"age_days": 1856}, "none"),
        ({"age_days": 1857}, "5-19"),  # 61 months
        ({"age_days": 6939}, "5-19"),
        ({"age_days": 6940}, "none"),  # beyond 228 months
        ({"age_days": None, "age_months": 59.99}, "0-5"),
        ({"age_days": None, "age_months": 60.0}, "5-19"),  # anthroplus
        ({"age_days": None, "age_months": 228.0}, "5-19"),
        ({"age_days": None, "age_months": 228.01}, "none"),
        ({"age_days": 1856, "age_months": 60.98}, "0-5"),  # igrowup: day tables to their end
        ({"age_days": 1857, "age_months": 61.01}, "5-19"),
        ({"age_days": -1}, "none"),
        ({"age_days": None, "age_months": -0.01}, "none"),
        ({"age_days": None}, "none"),
    ],
)
def test_which_tables(age, which):
    asked = {"sex": "female", "weight": 18.0, "lenhei": 109.0, "headc": 50.0, "muac": 16.0} | age
    found = assess(**asked)
    by_day, by_month = found.zhc is not None, found.zlen is not None and found.zhc is None
    assert {"0-5": by_day, "5-19": by_month, "none": not by_day and not by_month}[which]
    row = row_of_table(assess_table(table_of([BLANK | asked])), 0)
    assert row == found
    known = any(value is not None for value in age.values())
    assert (found.zwfl is not None) == (which == "0-5" or not known)


def test_weight_says_nothing_after_ten_years():
    assert assess("male", None, 30.0, 138.0, age_months=120.0).zwei is not None
    older = assess("male", None, 30.0, 138.0, age_months=120.1)
    assert older.zwei is None
    assert older.zbmi is not None


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "value", "word"),
    [
        (WEIGHT_FOR_AGE, -3.01, "sangat kurang"),
        (WEIGHT_FOR_AGE, -3.00, "kurang"),
        (WEIGHT_FOR_AGE, -2.01, "kurang"),
        (WEIGHT_FOR_AGE, -2.00, "normal"),
        (WEIGHT_FOR_AGE, 1.00, "normal"),
        (WEIGHT_FOR_AGE, 1.01, "risiko BB lebih"),
        (WEIGHT_FOR_AGE, 4.0, "risiko BB lebih"),
        (LENGTH_FOR_AGE, -3.01, "sangat pendek"),
        (LENGTH_FOR_AGE, -3.00, "pendek"),
        (LENGTH_FOR_AGE, -2.01, "pendek"),
        (LENGTH_FOR_AGE, -2.00, "normal"),
        (LENGTH_FOR_AGE, 3.00, "normal"),
        (LENGTH_FOR_AGE, 3.01, "tinggi"),
        (WEIGHT_FOR_LENGTH, -3.01, "gizi buruk"),
        (WEIGHT_FOR_LENGTH, -3.00, "gizi kurang"),
        (WEIGHT_FOR_LENGTH, -2.01, "gizi kurang"),
        (WEIGHT_FOR_LENGTH, -2.00, "gizi baik"),
        (WEIGHT_FOR_LENGTH, 1.00, "gizi baik"),
        (WEIGHT_FOR_LENGTH, 1.01, "berisiko gizi lebih"),
        (WEIGHT_FOR_LENGTH, 2.00, "berisiko gizi lebih"),
        (WEIGHT_FOR_LENGTH, 2.01, "gizi lebih"),
        (WEIGHT_FOR_LENGTH, 3.00, "gizi lebih"),
        (WEIGHT_FOR_LENGTH, 3.01, "obesitas"),
        (BMI_FOR_AGE_5_18, -3.01, "gizi buruk"),
        (BMI_FOR_AGE_5_18, -3.00, "gizi kurang"),
        (BMI_FOR_AGE_5_18, -2.00, "gizi baik"),
        (BMI_FOR_AGE_5_18, 1.00, "gizi baik"),
        (BMI_FOR_AGE_5_18, 1.01, "gizi lebih"),
        (BMI_FOR_AGE_5_18, 2.00, "gizi lebih"),
        (BMI_FOR_AGE_5_18, 2.01, "obesitas"),
        (HEAD_FOR_AGE, -2.01, "mikrosefali"),
        (HEAD_FOR_AGE, -2.00, "normal"),
        (HEAD_FOR_AGE, 2.00, "normal"),
        (HEAD_FOR_AGE, 2.01, "makrosefali"),
        (ARM_CM, 11.4, "gizi buruk"),
        (ARM_CM, 11.5, "gizi kurang"),
        (ARM_CM, 12.4, "gizi kurang"),
        (ARM_CM, 12.5, "gizi baik"),
    ],
)
def test_words_change_at_the_cut_offs_of_permenkes_2_2020(scale, value, word):
    assert scale.word(value) == word


def test_words_of_a_child():
    found = assess("male", 731, 8.6, 80.0, "h", False, 45.0, 12.0)
    assert [getattr(found, name) for name in WORDS] == [
        "sangat kurang", "pendek", "gizi kurang", "gizi kurang", "mikrosefali", "gizi kurang"
    ]  # fmt: skip


def test_words_are_decided_on_the_rounded_score():
    found = assess("male", 731, 9.0, 80.0, "h")
    assert (found.zwfl, found.kat_bb_tb) == (-2.0, "gizi baik")  # -2.003 before rounding


def test_an_implausible_score_gets_no_word():
    found = assess("male", 731, 840.0, 80.0, "h")
    assert (found.fwei, found.fwfl, found.fbmi) == (1, 1, 1)
    assert (found.kat_bb_u, found.kat_bb_tb, found.kat_imt_u) == (None, None, None)
    assert found.kat_tb_u == "pendek"


def test_school_children_have_only_bmi_words():
    found = assess("female", None, 45.0, 130.0, age_months=120.0)
    assert [getattr(found, name) for name in WORDS] == [None, None, None, "obesitas", None, None]
    assert assess("female", None, 60.0, 160.0, age_months=227.9).kat_imt_u == "gizi baik"
    assert assess("female", None, 60.0, 160.0, age_months=228.0).kat_imt_u is None


@pytest.mark.parametrize(
    ("months", "word"), [(5.99, None), (6.0, "gizi buruk"), (59.99, "gizi buruk"), (60.0, None)]
)
def test_arm_is_read_from_6_to_59_months(months, word):
    assert assess("male", None, muac=11.0, age_months=months).kat_lila == word


# --- one by one and all at once --------------------------------------------------------------


def maybe(values):
    return st.none() | values


def near(low, high, *edges):
    return st.sampled_from(edges) | st.floats(low, high).map(lambda x: round(x, 2))


CASES = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(("male", "female", None)),
        "age_days": maybe(
            near(0, 7000, 0, 90, 91, 273, 273.5, 274, 730, 730.5, 731, 1826, 1826.25, 1827, 1856)
            | st.sampled_from((1856.5, 1857, 3652, 3653, 6939, 6940, -1))
        ),
        "age_months": maybe(near(0, 230, 5.99, 6, 8.99, 9, 24, 59.98, 60, 61, 120, 120.01, 228)),
        "weight": maybe(near(0, 90, 0.0, 3.3, 9.9, 45.0)),
        "lenhei": maybe(
            near(30, 190, 0.0, 44.9, 45.0, 64.3, 65.0, 86.9, 87.0, 110.0, 119.3, 120.0)
        ),
        "measure": st.sampled_from(("l", "h", None)),
        "oedema": st.sampled_from((True, False, None)),
        "headc": maybe(near(25, 60, 0.0)),
        "muac": maybe(near(5, 30, 0.0, 11.49, 11.5, 12.49, 12.5)),
    }
)


@settings(deadline=None)  # the first case reads the tables
@given(st.lists(CASES, min_size=1, max_size=8))
@example([BLANK])
def test_all_at_once_is_one_by_one(cases):
    found = assess_table(table_of(cases))
    for place, case in enumerate(cases):
        single, row = assess(**case), row_of_table(found, place)
        for name in Growth.__struct_fields__:
            ours, theirs = getattr(single, name), getattr(row, name)
            if isinstance(ours, float) and isinstance(theirs, float):
                assert ours == theirs or abs(ours - theirs) < 0.0101, (name, case)
            else:
                assert ours == theirs, (name, case)


def test_a_register_longer_than_one_chunk_keeps_its_order():
    n = 40_000
    days = np.arange(n) % 1827
    found = assess_table({"sex": np.ones(n), "age_days": days, "weight": np.full(n, 9.0)})
    assert len(found["zwei"]) == n
    for place in (0, 16_383, 16_384, 39_999):
        assert found["zwei"][place] == assess("male", int(days[place]), 9.0).zwei

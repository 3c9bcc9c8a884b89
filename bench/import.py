"""Import of a register of 100,000 rows: seconds and peak memory of `simpul import eppgbm`.

    python bench/import.py [rows]

The file is made up: a district of 60 villages, 20,000 children, five months of weighing each.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

HEADER = (  # noqa: SIM905  one line as in the file itself
    "No,NIK,Nama,JK,Tgl Lahir,BB Lahir,TB Lahir,Nama Ortu,Prov,Kab/Kota,Kec,Pukesmas,Desa/Kel,"
    "Posyandu,RT,RW,Alamat,Usia Saat Ukur,Tanggal Pengukuran,Berat,Tinggi,Cara Ukur,LiLA,BB/U,"
    "ZS BB/U,TB/U,ZS TB/U,BB/TB,ZS BB/TB,Naik Berat Badan,PMT Diterima (kg),Jml Vit A,KPSP,KIA"
).split(",")
TODAY = date(2026, 11, 20)
MONTHS_EACH = 5
SYLLABLES = [a + b for a in "bcdfghjklmnprstwy" for b in "aiu"]
CHECKS = {"seconds": 120, "MB": 500}


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3))).title()


def child(rng: random.Random, number: int) -> dict[str, str]:
    born = TODAY - timedelta(days=rng.randint(160, 1800))
    is_girl = rng.random() < 0.5
    village = rng.randrange(60)
    nik = (
        f"6203{village % 17 + 1:02d}{born.day + 40 * is_girl:02d}{born:%m%y}{number % 9999 + 1:04d}"
    )
    rt = rng.randint(1, 12)
    return {
        "NIK": "" if number % 12 == 0 else nik,
        "Nama": f"{word(rng)} {word(rng)}",
        "JK": "P" if is_girl else "L",
        "Tgl Lahir": f"{born:%d/%m/%Y}" if number % 3 else born.isoformat(),
        "Nama Ortu": f"{word(rng)} {word(rng)}",
        "Prov": "KALIMANTAN TENGAH", "Kab/Kota": "KAPUAS", "Kec": f"KECAMATAN {village // 5}",
        "Pukesmas": f"PKM {village // 5}", "Desa/Kel": f"DESA {village}",
        "Posyandu": f"MAWAR {rt % 3}", "RT": f"{rt:03d}", "RW": "001", "Alamat": f"Jl. {rt}",
        "born": born.isoformat(),
    }  # fmt: skip


def write(path: Path, rows: int) -> None:
    rng = random.Random(7)
    children = [child(rng, number) for number in range(rows // MONTHS_EACH)]
    visits = [(one, back) for one in children for back in range(MONTHS_EACH)]
    rng.shuffle(visits)
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, HEADER, extrasaction="ignore")
        table.writeheader()
        for number, (one, back) in enumerate(visits, start=1):
            measured = TODAY - timedelta(days=30 * back + 5)
            months = (measured - date.fromisoformat(one["born"])).days / 30.4
            weight, height = 3.3 + 0.5 * min(months, 12) + 0.18 * max(months - 12, 0), 50 + months
            table.writerow({
                **one, "No": number, "Tanggal Pengukuran": measured.isoformat(),
                "Berat": f"{weight:.2f}".replace(".", "," if number % 2 else "."),
                "Tinggi": f"{height:.1f}", "LiLA": "14.0",
                "Cara Ukur": "Berdiri" if months > 24 else "Terlentang",
            })  # fmt: skip


MEASURE = (
    "import resource,subprocess,sys;"
    "code=subprocess.run(sys.argv[1:]).returncode;"
    "u=resource.getrusage(resource.RUSAGE_CHILDREN);"
    "print(u.ru_utime+u.ru_stime,u.ru_maxrss/1024);sys.exit(code)"
)


def measured(*command: str) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and the peak of memory in MB, of a command."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - began
    if done.returncode not in (0, 1):
        sys.exit(done.stdout + done.stderr)
    lines = done.stdout.split("\n")
    print(f"  {lines[0]}")
    processor, megabytes = map(float, lines[-2].split())
    return seconds, processor, megabytes


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    simpul = str(Path(sys.executable).with_name("simpul"))
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ |= {"SIMPUL_DATA": folder, "SIMPUL_TODAY": TODAY.isoformat()}
        first, file = Path(folder) / "first.csv", Path(folder) / "register.csv"
        write(first, MONTHS_EACH)
        write(file, rows)
        measured(simpul, "import", "eppgbm", str(first))  # makes the tables
        for name, more in (("preview", ["--dry-run"]), ("import", []), ("again", [])):
            seconds, processor, megabytes = measured(simpul, "import", "eppgbm", str(file), *more)
            print(
                f"{name:8} {rows} rows: {seconds:6.1f} s ({processor:.1f} s of processor), "
                f"{rows / seconds:6.0f} rows/s, {megabytes:4.0f} MB"
            )
            if name == "import" and rows == 100_000:
                fits = seconds <= CHECKS["seconds"] and megabytes <= CHECKS["MB"]
                print(f"         limit {CHECKS}: {'kept' if fits else 'MISSED'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

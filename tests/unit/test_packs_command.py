"""`simpul plan`: JSON out, and a clear Indonesian message with exit 2 for bad input."""

import json

import pytest
from click.testing import CliRunner

from simpul.project.cli.plan import plan

KEYS = [
    "service", "occurrence", "opens_on", "due_on", "late_on", "closes_on", "done_on", "status",
    "valid", "because", "source",
]  # fmt: skip
CHILD = {
    "sex": "female",
    "birth_date": "2025-01-31",
    "province": "62",
    "facts": [{"name": "vaccine.mr", "on": "2025-10-31", "value": True}],
}


def run(tmp_path, data, *options):
    path = tmp_path / "person.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return CliRunner().invoke(plan, [str(path), *options])


def test_prints_exactly_the_keys(tmp_path):
    result = run(tmp_path, CHILD, "--as-of", "2026-08-31")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert all(list(row) == KEYS for row in rows)
    (mr1,) = [r for r in rows if r["service"] == "imm.mr" and r["occurrence"] == 1]
    assert mr1["done_on"] == "2025-10-31"
    assert mr1["valid"] is True
    assert mr1["status"] == "done"
    assert "Sumber: KMK HK.01.07/MENKES/2015/2023, Tabel 7." in mr1["because"]
    assert mr1["source"] == "KMK HK.01.07/MENKES/2015/2023, Tabel 7 (kmk2015_2023.t7)"


def test_today_is_the_clocks(tmp_path, monkeypatch):
    monkeypatch.setenv("SIMPUL_TODAY", "2026-08-31")
    rows = json.loads(run(tmp_path, CHILD).stdout)
    assert any(row["service"] == "growth.weigh" and row["occurrence"] == 202608 for row in rows)


def test_reads_standard_input():
    result = CliRunner().invoke(plan, ["-", "--as-of", "2026-08-31"], input=json.dumps(CHILD))
    assert result.exit_code == 0


def test_facts_and_province_may_be_left_out(tmp_path):
    data = {"sex": None, "birth_date": "2025-01-31"}
    assert run(tmp_path, data, "--as-of", "2026-08-31").exit_code == 0


def fact(**changes):
    return {**CHILD, "facts": [{"name": "vaccine.mr", "on": "2025-10-31", "value": True} | changes]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", ["JSON", "baris 1"]),
        ("[]", ["satu objek"]),
        ({"sex": "female"}, ["birth_date tidak ada"]),
        ({**CHILD, "birth_date": "31-01-2025"}, ["birth_date", "tahun-bulan-hari"]),
        ({**CHILD, "birth_date": "2025-02-30"}, ["birth_date", "2025-02-30"]),
        ({**CHILD, "birth_date": 20250131}, ["birth_date"]),
        ({**CHILD, "birth_date": "2026-09-01"}, ["birth_date", "sesudah"]),
        ({**CHILD, "sex": "P"}, ["sex", '"female"']),
        ({**CHILD, "province": 62}, ["province", "dua angka"]),
        ({**CHILD, "nama": "Siti"}, ["nama tidak dikenal"]),
        ({**CHILD, "facts": {}}, ["facts", "daftar"]),
        ({**CHILD, "facts": ["x"]}, ["facts[0]", "objek"]),
        ({**CHILD, "facts": [{"name": "vaccine.mr"}]}, ["facts[0].on tidak ada"]),
        (fact(name="vaccine.mmr"), ["facts[0].name", "vaccine.mr"]),
        (fact(on="kemarin"), ["facts[0].on", "bukan tanggal"]),
        (fact(name="body.weight", value="8,4"), ["facts[0].value", "angka"]),
        (fact(name="body.measure", value="x"), ["facts[0].value", "l, h"]),
        (fact(name="pregnancy.lmp", value="x"), ["facts[0].value", "bukan tanggal"]),
        (fact(name="risk.diabetes", value=1), ["facts[0].value", "true atau false"]),
        (fact(seq="x"), ["facts[0].seq"]),
        (fact(on="9999-12-31"), ["facts[0].on", "2199"]),
        (fact(name="body.weight", value=float("nan")), ["facts[0].value", "angka"]),
    ],
)
def test_bad_input_is_told(tmp_path, data, said):
    result = run(tmp_path, data, "--as-of", "2026-08-31")
    assert result.exit_code == 2
    assert result.stdout == ""
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("day", ["2026-02-30", "besok", "31/08/2026", "9999-12-31", "2026-8-31"])
def test_bad_day_is_told(tmp_path, day):
    result = run(tmp_path, CHILD, "--as-of", day)
    assert result.exit_code == 2
    assert "--as-of" in result.stderr


def test_missing_file_is_told(tmp_path):
    result = CliRunner().invoke(plan, [str(tmp_path / "x.json"), "--as-of", "2026-08-31"])
    assert result.exit_code == 2
    assert "tidak dapat dibaca" in result.stderr

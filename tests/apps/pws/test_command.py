"""`simpul pws` on the command line."""

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner

from simpul.project.cli.pws import pws
from simpul.pws import actions
from simpul.records import actions as records

pytestmark = pytest.mark.django_db

PANAMAS = "62.03.01.1010"


def _weigh(person, on, kg=8.4):
    records.record_visit(by=None, facts=[records.NewFact(person.pk, "body.weight", on, kg)])


def _run(*arguments: str):
    return CliRunner().invoke(pws, arguments)


def _rows(*arguments: str) -> dict[str, dict]:
    done = _run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    return {row["indicator"]: row for row in json.loads(done.stdout)}


def test_json_and_csv_say_the_same(melati):
    _weigh(melati.nayla, date(2026, 11, 17))
    asked = ("--place", PANAMAS, "--month", "2026-11")
    row = _rows(*asked)["d"]
    assert (row["title"], row["numerator"], row["denominator"]) == ("D/S: balita ditimbang", 1, 2)
    assert (row["percent"], row["target"], row["estimate"]) == (50.0, 85, None)
    done = _run(*asked)
    rows = {one["indicator"]: one for one in csv.DictReader(io.StringIO(done.stdout))}
    assert (rows["d"]["numerator"], rows["d"]["percent"]) == ("1", "50.0")
    assert len(rows) == 35


@pytest.mark.parametrize(
    ("code", "n"),
    [("62.03", 2), ("6203011010", 2), ("62.03.01", 2), ("P-MELATI", 2), ("T-PANAMAS", 2),
     ("Y-DAHLIA", 2), ("62.03.01.1011", 0)],
)  # fmt: skip
def test_places_and_facilities_of_every_kind(melati, code, n):
    assert _rows("--place", code, "--month", "2026-11")["s"]["denominator"] == n


def test_an_rt(melati):
    assert _rows("--place", melati.rt3.code)["s"]["denominator"] == 2


def test_nobody_has_no_percent(melati):
    row = _rows("--place", "62.03.01.1011")["idl"]
    assert (row["numerator"], row["denominator"], row["percent"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--place", "99.99"], "Kode '99.99' tidak dikenal"),
        (["--place", PANAMAS, "--month", "2026-13"], "Bulan '2026-13' tidak dikenal"),
        (["--place", PANAMAS, "--month", "november"], "Bulan 'november' tidak dikenal"),
        (["--place", PANAMAS, "--month", "2026-12"], "Bulan 2026-12 belum dimulai"),
        (["--place", PANAMAS, "-o", "/nowhere/at/all.csv"], "tidak dapat ditulis"),
        ([], "Sebutkan wilayahnya"),
    ],
)
def test_what_is_wrong_is_said_in_indonesian(melati, arguments, said):
    done = _run(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_recounting_corrects_a_closed_month_visibly(melati):
    actions.catch_up_all()
    _weigh(melati.nayla, date(2026, 10, 20))
    done = _run("--recount", "2026-10")
    assert done.exit_code == 0, done.output
    assert "orang dihitung ulang untuk 2026-10" in done.stderr
    row = _rows("--place", PANAMAS, "--month", "2026-10", "--recount")["d"]
    assert (row["numerator"], row["published_numerator"]) == (1, 0)
    assert row["corrected_on"] == "2026-11-20"


def test_into_a_file(melati, tmp_path):
    target = tmp_path / "pws.csv"
    done = _run("--place", PANAMAS, "-o", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert target.read_text().startswith("indicator,title,numerator,denominator,percent")

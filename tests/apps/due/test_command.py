"""`simpul due` and `simpul refresh`: the list of a place on any day, as a file."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from django.urls import reverse

from simpul.due import actions
from simpul.people import actions as people
from simpul.project.cli.due import due
from simpul.project.cli.refresh import refresh
from tests.apps.due import steps

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(due, [str(one) for one in arguments])


def rows_of(*arguments) -> list[dict]:
    answer = run(*arguments)
    assert answer.exit_code == 0, answer.output
    return list(csv.DictReader(io.StringIO(answer.stdout)))


def test_it_prints_the_rows_of_the_page(melati, sign_in):
    rows = rows_of("--place", "62.03.01.1010")
    page = sign_in(melati.budi).get(reverse("due:list")).context["houses"]
    shown = [
        (str(one.person.pk), line.item.service, line.title, line.reason, line.urgency)
        for house in page
        for one in house.owed
        for line in one.lines
    ]
    told = [(r["person_id"], r["service"], r["title"], r["why"], r["urgency"]) for r in rows]
    assert told == shown
    mr = next(row for row in rows if row["service"] == "imm.mr")
    assert mr["name"] == "Nayla Putri Rahman"
    assert (mr["occurrence"], mr["since"], mr["status"]) == ("1", "2026-06-08", "late")
    assert mr["age"] == "1 th 2 bln"
    assert mr["rt"] == "RT 003/RW 001"
    assert "KMK" in mr["source"]


@pytest.mark.parametrize(
    "code",
    ["62.03.01.1010", "6203011010", "62.03.01", "6203", "P-MELATI", "T-PANAMAS", "Y-DAHLIA"],
)
def test_places_and_facilities_by_code(melati, code):
    assert {row["name"] for row in rows_of("--place", code)} >= {"Nayla Putri Rahman"}


def test_an_rt_and_an_empty_village(melati):
    assert rows_of("--place", melati.rt3.code)
    assert rows_of("--place", "62.03.01.1011") == []


def test_json_says_the_same(melati):
    answer = run("--place", "6203", "--format", "json")
    told = json.loads(answer.stdout)
    assert [row["name"] for row in told] == [row["name"] for row in rows_of("--place", "6203")]
    assert {type(row["occurrence"]) for row in told} == {int}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--place", "99.99"], "Kode '99.99' tidak dikenal"),
        (["--place", "62.03", "--as-of", "31-08-2026"], "bukan tanggal"),
        (["--place", "62.03", "-o", "/nowhere/at/all.csv"], "tidak dapat ditulis"),
    ],
)
def test_what_is_wrong_is_said_in_indonesian(melati, arguments, says):
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert says in answer.output


def test_a_file_is_written(melati, tmp_path):
    target = tmp_path / "sasaran.csv"
    assert run("--place", "6203", "-o", target).exit_code == 0
    assert "Nayla Putri Rahman" in target.read_text(encoding="utf-8")


def test_another_day_is_judged_for_who_lived_there(melati):
    home = people.register_household(by=None, new=people.NewHousehold(village=melati.hulu))
    people.move_person(by=None, person=melati.nayla, household=home, on=steps.day("2026-11-10"))
    then = ["--as-of", "2026-11-09"]
    assert "Nayla Putri Rahman" in {r["name"] for r in rows_of("--place", "62.03.01.1010", *then)}
    now = ["--as-of", "2026-11-10"]
    assert "Nayla Putri Rahman" in {r["name"] for r in rows_of("--place", "62.03.01.1011", *now)}
    assert "Nayla Putri Rahman" not in {
        row["name"] for row in rows_of("--place", "62.03.01.1010", *now)
    }


def test_the_past_does_not_see_later_facts(melati):
    steps.write_down(melati.nayla, vaccine__mr=("2026-09-01", True))
    then = rows_of("--place", "6203", "--as-of", "2026-08-31")
    assert "imm.mr" in {row["service"] for row in then if row["name"].startswith("Nayla")}
    now = rows_of("--place", "6203")
    assert "imm.mr" not in {row["service"] for row in now if row["name"].startswith("Nayla")}


def test_today_stored_is_today_judged(melati, monkeypatch):
    steps.weigh(melati.nayla, d20260915=8.6, d20261020=8.7, d20261117=8.7)
    stored = rows_of("--place", "6203")
    monkeypatch.setenv("SIMPUL_TODAY", "2026-11-21")
    assert rows_of("--place", "6203", "--as-of", "2026-11-20") == stored


def test_refresh_tells_how_many(melati):
    answer = CliRunner().invoke(refresh)
    assert answer.exit_code == 0
    assert "5 orang disusun ulang." in answer.output
    assert CliRunner().invoke(refresh, ["--stale"]).exit_code == 0
    assert actions.catch_up() == 0

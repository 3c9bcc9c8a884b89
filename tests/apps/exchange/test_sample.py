"""The real register: exactly the children, doubles and refusals of its key, by command and by page.

What equals what: every row that is not blank belongs to one of `children` true children, of whom
the `twice` ones were entered a second time without NIK and in another spelling. Nothing is merged
silently, so the file holds children + twice entries. Those that stand on refused rows only come
when the rows have been corrected."""

import csv
import json

import pytest
from click.testing import CliRunner
from django.urls import reverse

from simpul.due.models import PlanState
from simpul.exchange.models import ImportJob
from simpul.people.models import LikelyPair, Person
from simpul.places import actions as places
from simpul.project.cli.imports import import_
from simpul.records.models import Envelope, Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(shared_data):
    return shared_data / "register" / "eppgbm_melati.csv"


@pytest.fixture
def key(shared_data):
    return json.loads((shared_data / "register" / "eppgbm_melati.key.json").read_text())


@pytest.fixture
def simpul_import(tmp_path):
    def run(*arguments, code=None):
        report = tmp_path / "report.json"
        done = CliRunner().invoke(import_, [*map(str, arguments), "--report", str(report)])
        assert done.exit_code == code if code is not None else done.exit_code in (0, 1), done.output
        return json.loads(report.read_text())

    return run


def _everything():
    return (
        sorted(
            Person.objects.values_list("name", "birth_date", "nik_hash", "mother_name"), key=str
        ),
        Fact.objects.count(),
        Envelope.objects.count(),
        LikelyPair.objects.count(),
    )


def _refused_only(register, key):
    """Children that stand on refused rows only, by NIK."""
    refused = {line for line, _why in key["refused_rows"]}
    with register.open(newline="", encoding="utf-8") as file:
        rows = [(line, row["NIK"]) for line, row in enumerate(csv.DictReader(file), start=2)]
    accepted = {nik for line, nik in rows if line not in refused}
    return {nik for line, nik in rows if line in refused and nik not in accepted}


def test_the_command_finds_exactly_what_the_key_says(register, key, simpul_import):
    report = simpul_import("eppgbm", register, code=1)
    n_refused_only = len(_refused_only(register, key))
    assert report["rows"] == key["rows"]
    assert report["blank"] == key["blank_rows"]
    assert [[one["line"], one["code"]] for one in report["refused"]] == key["refused_rows"]
    assert report["persons_new"] == key["children"] + len(key["twice"]) - n_refused_only
    assert report["persons_known"] == 0
    assert report["measurements"] == key["measurements"] - len(key["refused_rows"])
    assert report["refused"][0] == {
        "line": 256, "column": "Tinggi", "reason": "“abc” tidak terbaca.", "code": "height",
        "mend": "Tulis angka, misalnya 8,4; kosongkan bila tidak diukur.", "value": "abc",
    }  # fmt: skip
    told = [
        sorted((pair["first"], pair["second"]), key=lambda side: not side["nik"])
        for pair in report["possible_duplicates"]
    ]
    assert sorted([one["nik"], other["name"]] for one, other in told) == sorted(key["twice"])
    assert Person.objects.filter(nik_missing="invalid").count() == key["bad_nik"]
    without = Person.objects.filter(nik_missing="unknown").count()
    assert without == key["no_nik"] + len(key["twice"])
    assert PlanState.objects.count() == report["persons_new"]  # the due list is fresh


def test_a_dry_run_says_the_same_and_writes_nothing(register, simpul_import):
    dry = simpul_import("eppgbm", register, "--dry-run", code=1)
    assert not Person.objects.exists()
    assert not Envelope.objects.exists()
    assert not ImportJob.objects.exists()
    assert simpul_import("eppgbm", register, code=1) == dry


def test_the_same_file_twice_changes_nothing(register, simpul_import):
    first = simpul_import("eppgbm", register)
    before = _everything()
    again = simpul_import("eppgbm", register)
    assert _everything() == before
    assert again["persons_new"] == again["measurements"] == again["changed"] == 0
    assert again["persons_known"] == first["persons_new"]
    assert again["refused"] == first["refused"]
    assert again["possible_duplicates"] == first["possible_duplicates"]


def test_a_later_export_brings_only_what_is_new(register, simpul_import, tmp_path):
    """The national export always holds everything again, in another file."""
    simpul_import("eppgbm", register)
    before = _everything()
    again = tmp_path / "december.csv"
    again.write_bytes(register.read_bytes().replace(b"Jl. Anggrek RT 005", b"Jl. Anggrek  RT 005"))
    report = simpul_import("eppgbm", again)
    assert report["persons_new"] == report["measurements"] == report["changed"] == 0
    assert _everything()[:2] == before[:2]


def test_the_page_finds_the_same(melati, register, key, imported, client):
    for code, name in (("62.03.01.1001", "Selat Dalam"), ("62.03.01.1002", "Murung Keramat")):
        village = places.add_place(code=code, kind="village", name=name, parent=melati.district)
        places.add_facility(code="P-MELATI", kind="puskesmas", name="Melati", covers=[village])
    before = Person.objects.count()
    job = imported(melati.dewi, register.read_bytes(), register.name)
    n_new = key["children"] + len(key["twice"]) - len(_refused_only(register, key))
    assert Person.objects.count() - before == n_new == job.counts["persons_new"]
    assert job.counts["measurements"] == key["measurements"] - len(key["refused_rows"])
    assert list(job.rows.filter(level="refused").values_list("line", "code")) == [
        tuple(one) for one in key["refused_rows"]
    ]
    assert LikelyPair.objects.count() == job.counts["possible_duplicates"] == len(key["twice"])
    page = client.get(reverse("imports:job", args=[job.uid])).content.decode()
    assert f"{n_new} orang didaftarkan" in page
    assert f"{len(key['refused_rows'])} baris ditolak" in page

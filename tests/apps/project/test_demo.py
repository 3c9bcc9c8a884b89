"""Loading the demonstration: everybody with their facts, places, accounts, lists; never twice."""

import json
import stat

import pytest
from click.testing import CliRunner
from django.db import connection

from simpul.accounts import queries as users
from simpul.accounts.scope import EVERYTHING
from simpul.due import queries as due
from simpul.people import queries as people
from simpul.places import queries as places
from simpul.project.cli import demo as command
from simpul.records import queries as records


@pytest.fixture
def installation(settings, tmp_path):
    """A folder of its own, so that the accounts' file is nobody else's."""
    settings.DATA = tmp_path
    settings.DEMO = False
    return tmp_path


@pytest.fixture
def loaded(db, installation):
    command.make(residents=300, months=1)
    return installation


def test_everybody_is_there_with_their_facts(loaded):
    everybody = people.in_scope(EVERYTHING, also_former=True)
    assert people.in_scope(EVERYTHING).count() >= 300
    assert records.n_facts() == records.last_seq() > 3000
    assert everybody.filter(mother__isnull=False).count() > 60
    assert everybody.exclude(nik_missing="").count() > 3
    nayla = everybody.get(name="Nayla Putri Rahman")
    assert nayla.mother.name == "Siti Rahmah"
    assert nayla.household.rt_label == "RT 003/RW 001"
    assert nayla.household.rt.name == "RT 003/RW 001"
    assert nayla.posyandu.name == "Dahlia"
    assert records.current(EVERYTHING, nayla.pk).filter(name="body.weight").count() == 13


def test_the_land_is_that_of_the_ministry(loaded):
    panamas = places.place_by_code("6203011023")
    assert panamas.name == "Panamas"
    assert [one.name for one in places.ancestors(panamas)] == [
        "Kalimantan Tengah", "Kapuas", "Selat", "Panamas",
    ]  # fmt: skip
    assert [one.name for one in places.villages()] == [
        "Murung Keramat", "Panamas", "Selat Dalam", "Selat Hulu",
    ]  # fmt: skip
    assert len(places.shapes(places.village_ids_below(panamas.parent_id))) == 4
    assert all(one.is_schematic for one in places.shapes([panamas.pk]).values())
    assert len(places.facilities("posyandu")) == 9
    assert len(places.facilities("pustu")) == 4
    assert places.puskesmas_of(panamas.pk).name == "Melati"
    groups = {one.group for one in places.estimates([panamas.pk], 2026)}
    assert {"under_fives", "pregnancies", "infants", "elderly"} <= groups


def test_each_role_has_an_account_that_works(loaded, client):
    listed = json.loads((loaded / "demo.json").read_text())
    assert stat.S_IMODE((loaded / "demo.json").stat().st_mode) == 0o600
    assert {one["role"] for one in listed} == {
        "kader", "midwife", "nurse", "clerk", "head", "district",
    }  # fmt: skip
    seen = {}
    for one in listed:
        assert len(one["password"]) >= 10
        user = users.user_named(one["username"])
        assert user.check_password(one["password"])
        seen[one["role"]] = people.in_scope(users.scope_of(user)).count()
    assert 0 < seen["kader"] < seen["midwife"] < seen["head"] == seen["clerk"] == seen["district"]
    other = users.user_named("bidan.62.03.01.1010")
    assert not other.has_usable_password()


def test_the_lists_are_ready(loaded):
    owing = due.in_scope(EVERYTHING).values("plan_id").distinct().count()
    assert owing > 30


def test_there_is_no_second_demonstration(melati, installation):
    done = CliRunner().invoke(command.demo, ["--residents", "60", "--months", "0"])
    assert done.exit_code == 2
    assert "sudah berisi warga" in done.output
    assert not (installation / "demo.json").exists()


def test_an_empty_register_gets_one_when_served(db, installation, monkeypatch):
    made = []
    monkeypatch.setattr(command, "make", lambda **how: made.append(how))
    command.make_when_empty()
    assert made == [{"residents": 3000}]


def test_a_register_with_people_is_served_as_it_is(melati, installation, monkeypatch):
    monkeypatch.setattr(command, "make", lambda **how: pytest.fail("must not be called"))
    command.make_when_empty()


def test_a_demonstration_that_was_cut_off_is_put_aside(db, installation, monkeypatch):
    (installation / command.UNFINISHED).touch()
    (installation / "simpul.sqlite3").write_text("half a village")
    monkeypatch.setattr(command.django_ready, "setup", lambda: None)
    if connection.vendor != "sqlite":
        with pytest.raises(SystemExit):
            command.clear_unfinished()
        return
    command.clear_unfinished()
    (aside,) = installation.glob("replaced-*")
    assert (aside / "simpul.sqlite3").read_text() == "half a village"
    assert not (installation / "simpul.sqlite3").exists()
    assert not (installation / command.UNFINISHED).exists()

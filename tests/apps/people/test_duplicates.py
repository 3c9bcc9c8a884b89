"""Finding entries that may be one person, in the database and in the sample register."""

import csv
import json
import re
from datetime import date

import pytest

from simpul.accounts.scope import EVERYTHING
from simpul.people import actions, duplicates, queries
from simpul.people.likeness import Card
from simpul.people.nik import BadNik
from simpul.places import actions as places
from simpul.places.spelling import name_key


def _register(melati, name, **more):
    fields = {"sex": "female", "birth_date": date(2025, 9, 8), "mother_name": "Siti Aminah"}
    home = more.pop("household", melati.home)
    new = actions.NewPerson(household=home, name=name, **{**fields, **more})
    return actions.register_person(by=None, new=new)


def test_a_second_entry_is_asked_about_once(melati):
    again = _register(melati, "Naila Putri")
    [pair] = duplicates.find_for([again.pk])
    assert {pair.first_id, pair.second_id} == {melati.nayla.pk, again.pk}
    assert "birth_date" in pair.reasons
    assert duplicates.find_for([again.pk, melati.nayla.pk]) == []
    assert queries.n_open_pairs(EVERYTHING) == 1


def test_two_new_entries_are_compared_with_each_other(melati):
    one = _register(melati, "Kirana Dewi", mother_name="Tuti")
    two = _register(melati, "Kirana", mother_name="Tuti")
    assert len(duplicates.find_for([one.pk, two.pk])) == 1


def test_a_pair_decided_to_be_two_people_is_never_asked_again(melati):
    again = _register(melati, "Naila Putri")
    [pair] = duplicates.find_for([again.pk])
    actions.say_different(by=melati.budi, pair=pair)
    assert duplicates.find_for([again.pk]) == []
    assert queries.n_open_pairs(EVERYTHING) == 0


def test_a_merged_entry_is_no_candidate(melati):
    again = _register(melati, "Naila Putri")
    actions.merge_persons(by=None, keep=melati.nayla, other=again)
    third = _register(melati, "Nayla Putri")
    [pair] = duplicates.find_for([third.pk])
    assert pair.first_id == melati.nayla.pk


def test_similar_to_one_not_yet_registered(melati):
    asked = Card(
        None, name_key("Naila"), name_key("Siti"), None, date(2025, 9, 8), False, None,
        melati.panamas.pk,
    )  # fmt: skip
    assert [match.other.id for match in duplicates.similar_to(asked)] == [melati.nayla.pk]


def test_two_residents_with_one_nik(melati):
    one = _register(melati, "Rahma", nik="6203014809251234", household=melati.home)
    two = _register(melati, "Bunga", nik="6203014809251234", mother_name="Wati")
    [pair] = duplicates.find_for([two.pk])
    assert pair.reasons.startswith("nik")
    assert {pair.first_id, pair.second_id} == {one.pk, two.pk}


@pytest.fixture
def sample(melati, shared_data):
    """The children of the sample register, each entry once, with the 12 entered twice."""
    folder = shared_data / "register"
    with (folder / "eppgbm_melati.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    entries = {}
    for row in rows:
        entry = tuple(row[c] for c in ("NIK", "Nama", "JK", "Nama Ortu", "Desa/Kel", "RT", "RW"))
        born = _day(row["Tgl Lahir"])
        if row["Nama"].strip() and row["JK"] in "LP" and born:
            entries.setdefault((*entry, born))
    homes, new = {}, []
    for nik, name, sex, mother, village, rt, rw, born in entries:
        place = places.add_below(parent=melati.district, kind="village", name=village)
        label = f"RT {rt}/RW {rw}"
        if (village, label, mother) not in homes:
            homes[village, label, mother] = actions.register_household(
                by=None, new=actions.NewHousehold(village=place, rt_label=label)
            )
        new.append((nik, name, sex, mother, homes[village, label, mother], born))
    persons = [_child(*one) for one in new]
    return persons, json.loads((folder / "eppgbm_melati.key.json").read_text())["twice"]


def _day(text):
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        year, month, day = found.groups()
    elif found := re.fullmatch(r"(\d\d)[/-](\d\d)[/-](\d{4})", text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _child(nik, name, sex, mother, home, born):
    fields = {
        "household": home, "name": name, "sex": {"L": "male", "P": "female"}.get(sex),
        "birth_date": born, "mother_name": mother,
    }  # fmt: skip
    try:
        new = actions.NewPerson(**fields, nik=nik or None)
        return actions.register_person(by=None, new=new)
    except BadNik:
        new = actions.NewPerson(**fields, nik_missing="invalid")
        return actions.register_person(by=None, new=new)


def test_the_sample_register_gives_its_twelve_doubles_and_no_namesakes(sample):
    persons, twice = sample
    pairs = duplicates.find_for([person.pk for person in persons])
    by_id = {person.pk: person for person in persons}
    tails = {(nik[-4:], name) for nik, name in twice}
    found, wrong = set(), []
    for pair in pairs:
        one, two = by_id[pair.first_id], by_id[pair.second_id]
        hit = {(one.nik_tail, two.name), (two.nik_tail, one.name)} & tails
        found |= hit
        if not hit:
            wrong.append((one.name, two.name, pair.reasons))
    assert found == tails  # recall 12 of 12
    assert wrong == []  # precision 12 of 12

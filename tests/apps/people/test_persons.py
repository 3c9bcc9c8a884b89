"""Changing, moving, leaving, dying, coming back; the history says who, when, what."""

from datetime import date

import pytest
from django.urls import reverse

from simpul.accounts import queries as accounts
from simpul.accounts.models import AuditEntry
from simpul.people import actions, queries
from simpul.people.models import Household, LikelyPair, Person, Residence


def url(name, person):
    return reverse(f"people:{name}", args=[person.pk])


def fields(person, **changed):
    return {
        "name": person.name, "sex": person.sex, "birth_date": person.birth_date.isoformat(),
        "nik": "", "nik_missing": person.nik_missing, "mother": person.mother_id or "",
        "mother_name": person.mother_name, "relation": person.relation, **changed,
    }  # fmt: skip


@pytest.fixture
def other_home(melati):
    new = actions.NewHousehold(village=melati.hulu, head_name="Hendra", rt_label="RT 005/RW 002")
    return actions.register_household(by=None, new=new)


def again(person):
    return Person.objects.get(pk=person.pk)


def test_a_change_is_kept_with_what_it_was(melati, sign_in):
    client = sign_in(melati.budi)
    page = url("person-edit", melati.nayla)
    assert 'value="8 Sep 2025"' in client.get(page).content.decode()
    sent = fields(melati.nayla, name="Nayla Poetri", birth_date="2025-09-09", nik_missing="no_card")
    assert client.post(page, sent).status_code == 302
    nayla = again(melati.nayla)
    assert (nayla.name, nayla.name_key) == ("Nayla Poetri", "naila putri")
    assert Residence.objects.get(person=nayla).since == date(2025, 9, 9)
    text = client.get(url("history", nayla)).content.decode()
    for said in ("Nayla Putri Rahman", "Nayla Poetri", "8 Sep 2025", "9 Sep 2025", "Budi"):
        assert said in text
    assert AuditEntry.objects.filter(action="edit.person", object_id=str(nayla.pk)).count() == 1


def test_nothing_changed_leaves_no_history(melati, sign_in):
    sent = fields(melati.nayla)
    assert sign_in(melati.budi).post(url("person-edit", melati.nayla), sent).status_code == 302
    assert melati.nayla.changes.count() == 1  # registered


def test_a_nik_is_added_kept_and_taken_away(melati, sign_in):
    client, page = sign_in(melati.budi), url("person-edit", melati.nayla)
    nik = "6203014809251234"
    assert client.post(page, fields(melati.nayla, nik=nik, nik_missing="")).status_code == 302
    assert again(melati.nayla).nik_tail == "1234"
    text = client.get(page).content.decode()
    assert "••••••••••••1234" in text
    assert nik not in text
    client.post(page, fields(melati.nayla, nik_missing=""))
    assert again(melati.nayla).nik_tail == "1234"
    client.post(page, fields(melati.nayla, nik_missing="invalid"))
    nayla = again(melati.nayla)
    assert (nayla.nik_hash, nayla.nik_tail, nayla.nik_missing) == (None, "", "invalid")
    history = client.get(url("history", melati.nayla)).content.decode()
    assert "••••••••••••1234" in history


def test_a_doubt_on_a_change_is_asked(melati, sign_in):
    client, page = sign_in(melati.budi), url("person-edit", melati.nayla)
    sent = fields(melati.nayla, nik="6203010809251234", nik_missing="")  # a man's
    answer = client.post(page, sent)
    assert answer.status_code == 422
    token = answer.context["asked"].token
    assert client.post(page, sent | {"asked": token}).status_code == 302


def test_a_change_that_makes_a_double_asks_for_review(melati, sign_in):
    new = actions.NewPerson(
        household=melati.home, name="Putri", sex="female", birth_date=date(2024, 1, 1),
        mother_name="Siti Aminah",
    )  # fmt: skip
    putri = actions.register_person(by=None, new=new)
    sent = fields(putri, name="Nayla Putri", birth_date="2025-09-08", nik_missing="no_card")
    sign_in(melati.budi).post(url("person-edit", putri), sent)
    assert LikelyPair.objects.count() == 1


def test_a_family_moves_together(melati, other_home, sign_in):
    client, page = sign_in(melati.dewi), url("move", melati.nayla)
    assert "Rumah tangga yang mana?" in client.get(page).content.decode()
    choose = client.post(page, {"q": "hendra"}, follow=True).content.decode()
    assert f"{page}?household={other_home.pk}" in choose
    going = [melati.nayla.pk, melati.mother.pk]
    answer = client.post(
        f"{page}?household={other_home.pk}", {"persons": going, "on": "2026-11-01"}
    )
    assert answer.status_code == 302
    for person in (melati.nayla, melati.mother):
        moved = again(person)
        assert (moved.household, moved.village, moved.posyandu) == (other_home, melati.hulu, None)
        old, new = moved.residences.order_by("since")
        assert (old.until, new.since) == (date(2026, 10, 31), date(2026, 11, 1))
    assert again(melati.rafi).household == melati.home
    assert queries.person(accounts.scope_of(melati.ani), melati.nayla.pk) is None


def test_a_family_moves_into_a_new_household(melati, sign_in):
    client, page = sign_in(melati.dewi), url("move", melati.nayla)
    assert f"{page}?household=new" in client.get(page).content.decode()
    page += "?household=new"
    assert "Rumah tangga baru" in client.get(page).content.decode()
    sent = {
        "persons": [melati.nayla.pk, melati.mother.pk], "on": "2026-11-01", "rt": "5",
        "village": melati.hulu.pk, "address": "Jl. Anggrek No. 3", "head_name": "Siti Aminah",
    }  # fmt: skip
    assert client.post(page, sent | {"on": "2024-11-01"}).status_code == 422
    assert client.post(page, sent | {"village": ""}).status_code == 422
    assert client.post(page, sent | {"village": melati.far.pk}).status_code == 422
    assert not Household.objects.filter(head_name="Siti Aminah").exists()
    made_page = client.post(page, sent)["Location"]
    made = Household.objects.get(head_name="Siti Aminah")
    assert made_page == reverse("people:household", args=[made.pk])
    assert (made.village, made.rt_label) == (melati.hulu, "RT 005")
    assert {again(melati.nayla).household, again(melati.mother).household} == {made}
    assert again(melati.rafi).household == melati.home


def test_nobody_moves_before_birth_or_into_a_house_out_of_scope(melati, sign_in):
    client, page = sign_in(melati.budi), url("move", melati.nayla)
    far = Household.objects.create(village=melati.far)
    assert client.get(f"{page}?household={far.pk}").status_code == 404
    near = Household.objects.create(village=melati.panamas)
    sent = {"persons": [melati.nayla.pk], "on": "2024-11-01"}
    assert client.post(f"{page}?household={near.pk}", sent).status_code == 422


def test_leaving_the_area_and_coming_back(melati, other_home, sign_in):
    client = sign_in(melati.budi)
    sent = {"persons": [melati.rafi.pk], "on": "2026-10-01", "to": "Banjarmasin"}
    assert client.post(url("depart", melati.rafi), sent).status_code == 302
    rafi = again(melati.rafi)
    assert (rafi.is_current, rafi.left_on) == (False, date(2026, 10, 1))
    home = client.get(reverse("people:household", args=[melati.home.pk])).content.decode()
    assert "pindah 1 Okt 2026" in home
    assert "1 Okt 2026 Banjarmasin" in client.get(url("history", rafi)).content.decode()
    assert client.get(url("depart", rafi)).status_code == 404
    target = Household.objects.create(village=melati.panamas, head_name="Nenek")
    back = {"persons": [rafi.pk], "on": "2026-11-15"}
    assert client.post(url("move", rafi) + f"?household={target.pk}", back).status_code == 302
    assert again(rafi).is_current


def test_a_death_and_taking_it_back(melati, sign_in):
    client, page = sign_in(melati.budi), url("death", melati.grandmother)
    assert client.post(page, {"on": "1950-01-01"}).status_code == 422
    assert client.post(page, {"on": "2026-11-19"}).status_code == 302
    dead = again(melati.grandmother)
    assert (dead.died_on, dead.is_current) == (date(2026, 11, 19), False)
    assert client.get(url("move", dead)).status_code == 404
    assert "Salah catat" in client.get(url("person-edit", dead)).content.decode()
    assert client.post(url("return", dead)).status_code == 302
    alive = again(dead)
    assert (alive.died_on, alive.is_current) == (None, True)
    assert Residence.objects.get(person=alive).until is None
    assert client.post(url("return", alive)).status_code == 404


def test_the_history_names_who_looked(melati, sign_in):
    sign_in(melati.ani).get(url("history", melati.nayla))
    text = sign_in(melati.eko).get(url("history", melati.nayla)).content.decode()
    assert "Ani" in text
    assert "membuka halaman orang" in text


PAGES = ["person-edit", "history", "move", "depart", "death"]


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nobody_of_melati(melati, sign_in, name):
    assert sign_in(melati.citra).get(url(name, melati.nayla)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_those_who_only_read_change_nothing(melati, sign_in, name):
    answer = sign_in(melati.fitri).get(url(name, melati.nayla))
    assert answer.status_code == (200 if name == "history" else 403)

"""Finding anybody by part of a name, mother, NIK, household; only in the own area."""

import re
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from simpul.accounts import queries as accounts
from simpul.accounts.models import AuditEntry
from simpul.accounts.scope import EVERYTHING, NOTHING
from simpul.people import actions, queries
from simpul.people.queries import searching

PAGE = reverse("people:search")
NIK = "6203014809251234"


def names(scope, text, **more):
    return [hit.person.name for hit in queries.search(scope, text, **more)]


@pytest.fixture
def town(melati):
    """Melati with more people, among them one in another Posyandu and one far away."""

    def house(village, **more):
        return actions.register_household(
            by=None, new=actions.NewHousehold(village=village, **more)
        )

    def person(home, name, sex="female", born=date(1980, 1, 1), **more):
        new = actions.NewPerson(household=home, name=name, sex=sex, birth_date=born, **more)
        return actions.register_person(by=None, new=new)

    hulu = house(
        melati.hulu, address="Jl. Trans Kapuas Km 3", head_name="Hendra",
        rt_label="RT 005/RW 002", card_number="6203011234560001",
    )  # fmt: skip
    far = house(melati.far, address="Jl. Barito", head_name="Nayla Jauh")
    melati.sukarno = person(hulu, "Soekarno Djaja", "male", nik="6203010101800001")
    melati.bunga = person(hulu, "Bunga Nayla", born=date(2025, 9, 8), nik=NIK, mother_name="Wati")
    melati.stranger = person(far, "Nayla Jauh")
    melati.hulu_home = hulu
    return melati


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sukarno", ["Soekarno Djaja"]),
        ("Soekarno", ["Soekarno Djaja"]),
        ("jaya", ["Soekarno Djaja"]),
        ("djaja soek", ["Soekarno Djaja"]),
        ("masni", ["Hj. Masniah"]),
        (NIK, ["Bunga Nayla"]),
        ("6203 0148 0925 1234", ["Bunga Nayla"]),
        ("qwerty", []),
        ("", []),
        ("x", []),
        ("%", []),
        ("6203014809251299", []),
    ],
)
def test_by_name_in_either_spelling_and_by_nik(town, text, found):
    assert names(accounts.scope_of(town.eko), text) == found


def test_best_first_then_children_of_that_mother_then_the_household(town):
    scope = accounts.scope_of(town.eko)
    assert names(scope, "nayla") == ["Nayla Putri Rahman", "Bunga Nayla"]
    hits = queries.search(scope, "siti aminah")
    assert [(hit.person.name, hit.by) for hit in hits] == [
        ("Siti Aminah", "name"),
        ("Nayla Putri Rahman", "mother"),
        ("Rafi Aditya Rahman", "mother"),
    ]
    by_address = queries.search(scope, "barito gang")
    assert {hit.by for hit in by_address} == {"household"}
    assert len(by_address) == 5
    assert names(scope, "6203011234560001") == ["Soekarno Djaja", "Bunga Nayla"]


def test_those_who_died_or_moved_come_last(town):
    actions.record_death(by=None, person=town.nayla, on=date(2026, 3, 1))
    assert names(EVERYTHING, "nayla")[-1] == "Nayla Putri Rahman"


def test_a_merged_entry_leads_to_the_one_kept(town):
    actions.merge_persons(by=None, keep=town.nayla, other=town.bunga)
    assert names(EVERYTHING, "bunga") == ["Nayla Putri Rahman"]
    assert names(EVERYTHING, "nayla").count("Nayla Putri Rahman") == 1


def test_everybody_finds_the_own_area_only(town):
    def found(user):
        return set(names(accounts.scope_of(user), "nayla"))

    assert found(town.ani) == {"Nayla Putri Rahman"}  # her Posyandu
    assert found(town.budi) == {"Nayla Putri Rahman"}  # the village of the Pustu
    assert found(town.eko) == {"Nayla Putri Rahman", "Bunga Nayla"}
    assert found(town.fitri) == {"Nayla Putri Rahman", "Bunga Nayla", "Nayla Jauh"}
    assert found(town.citra) == {"Nayla Jauh"}
    assert names(NOTHING, "nayla") == []


def test_the_scan_reads_the_covering_index_only(town):
    if connection.vendor != "sqlite":
        pytest.skip("the plan of the embedded database")
    for scope in (EVERYTHING, accounts.scope_of(town.eko)):
        found = queries.in_scope(scope, also_former=True).filter(
            searching._has("name_key", ("na",))
        )
        plan = found.order_by("-is_current", "name_key").values_list("pk").explain()
        assert "COVERING INDEX person_search" in plan


def test_the_page_shows_who_masked_and_logs_one_look(town, sign_in):
    client = sign_in(town.eko)
    before = AuditEntry.objects.count()
    text = client.post(PAGE, {"q": "bunga"}, follow=True).content.decode()
    assert "••••••••••••1234" in text
    assert NIK not in text
    assert reverse("due:person", args=[town.bunga.pk]) in text
    assert "1 th 2 bln" in text
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.note) == ("look.search", "1 people")
    assert AuditEntry.objects.count() == before + 1


def test_while_typing_only_the_list_is_sent(town, sign_in):
    answer = sign_in(town.eko).post(PAGE, {"q": "bun"}, headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"Bunga" in answer.content


def test_a_number_that_is_too_short_says_so(town, sign_in):
    text = sign_in(town.eko).post(PAGE, {"q": "62030148092"}, follow=True).content.decode()
    assert "16 angka" in text
    nobody = sign_in(town.eko).post(PAGE, {"q": "zzz"}, follow=True)
    assert "Tidak ditemukan" in nobody.content.decode()


def test_many_are_paged_and_the_query_is_kept(town, sign_in):
    for number in range(45):
        new = actions.NewPerson(
            household=town.hulu_home, name=f"Wahyu {'abcdefghij'[number % 10]}", sex="male",
            birth_date=date(1990, 1, 1),
        )  # fmt: skip
        actions.register_person(by=None, new=new)
    client = sign_in(town.eko)
    first = client.post(PAGE, {"q": "wahyu"}, follow=True)
    [link] = re.findall(r'rel="next" href="([^"]+)"', first.content.decode())
    text = client.get(PAGE + link.replace("&amp;", "&")).content.decode()
    assert "Halaman 2 dari 3" in text
    assert 'value="wahyu"' in text
    assert "wahyu" not in first.request["QUERY_STRING"] + link

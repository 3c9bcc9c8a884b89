"""What walking through the pages as their users showed to be missing."""

import uuid

import pytest
from django.urls import reverse

from simpul.due import choosing
from simpul.people import actions as people
from simpul.records.models import Fact
from tests.apps.due import steps

pytestmark = pytest.mark.django_db
LIST = reverse("due:list")


@pytest.fixture
def newborn(melati):
    new = people.NewPerson(
        household=melati.home, name="By. Ny. Siti Aminah", sex="male",
        birth_date=steps.day("2026-11-18"), mother=melati.mother,
    )  # fmt: skip
    melati.newborn = people.register_person(by=None, new=new)
    return melati


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(choosing, "MOST", 3)


def test_a_scope_too_large_for_one_list_chooses_a_village_first(melati, small, sign_in):
    client = sign_in(melati.fitri)
    page = client.get(LIST)
    html = page.content.decode()
    assert "due/choose.html" in [one.name for one in page.templates]
    assert "Desa yang mana?" in html
    assert "Nayla" not in html
    assert f"?village={melati.panamas.pk}" in html
    assert [(one.name, one.n) for one in page.context["districts"]] == [("Selat", 5)]
    chosen = client.get(LIST, {"village": melati.panamas.pk}).content.decode()
    assert "Nayla Putri Rahman" in chosen


def test_too_large_a_list_is_no_file_either_and_no_search(melati, small, sign_in):
    client = sign_in(melati.fitri)
    assert client.get(reverse("due:sheet")).status_code == 302
    found = client.post(LIST, {"q": "nayla"}, follow=True).content.decode()
    assert "Desa yang mana?" in found


def test_who_works_in_one_village_never_has_to_choose(melati, small, sign_in):
    assert "Nayla Putri Rahman" in sign_in(melati.budi).get(LIST).content.decode()


def test_a_village_outside_the_scope_does_not_widen_it(melati, sign_in):
    html = sign_in(melati.budi).get(LIST, {"village": melati.far.pk}).content.decode()
    assert "Desa Panamas" in html


@pytest.mark.parametrize(
    ("who", "query", "said"),
    [
        ("budi", {"posyandu": "dahlia"}, "Posyandu Dahlia, Desa Panamas, keadaan"),
        ("budi", {"place": "rt3"}, "RT 003/RW 001, Desa Panamas, keadaan"),
        ("fitri", {}, "Kabupaten Kapuas, keadaan"),
    ],
)
def test_the_heading_says_what_was_chosen(melati, sign_in, who, query, said):
    query = {name: getattr(melati, one).pk for name, one in query.items()}
    assert said in sign_in(getattr(melati, who)).get(LIST, query).content.decode()


def test_who_only_reads_is_not_offered_a_visit(melati, sign_in):
    client = sign_in(melati.fitri)
    html = client.get(LIST).content.decode()
    assert "Lihat serumah" in html
    assert "Satu kunjungan untuk serumah" not in html
    page = client.get(reverse("due:household", args=[melati.home.pk])).content.decode()
    assert "Yang belum bagi serumah" in page


def test_the_place_of_the_last_visit_is_proposed_for_the_next(melati, sign_in):
    client = sign_in(melati.budi)
    sent = steps.visit(melati.nayla, ["growth.weigh"], body__weight="8,7")
    client.post(
        reverse("due:record", args=[melati.nayla.pk]), sent | {"facility": melati.dahlia.pk}
    )
    page = client.get(reverse("due:person", args=[melati.rafi.pk]))
    assert page.context["visit"].head["facility"].value() == melati.dahlia.pk


def test_weight_and_length_at_birth_are_asked_until_they_are_known(newborn, sign_in):
    client = sign_in(newborn.budi)
    baby, url = newborn.newborn, reverse("due:person", args=[newborn.newborn.pk])
    assert "Berat lahir" in client.get(url).content.decode()
    answer = steps.record(
        client, baby, ["neonatal.visit"], neonatal__visit="on", birth__weight="3,1",
        birth__length="49", envelope=uuid.uuid4(),
    )  # fmt: skip
    assert answer.status_code == 302
    fact = Fact.objects.get(person=baby, name="birth.weight")
    assert (fact.number, fact.observed_on) == (3.1, baby.birth_date)
    assert f"p{baby.pk}-birth.weight" not in client.get(url).content.decode()


def test_the_last_day_of_a_service_is_said(newborn, sign_in):
    html = sign_in(newborn.budi).get(reverse("due:person", args=[newborn.newborn.pk]))
    assert "hari ini hari terakhir" in html.content.decode()  # KN1, 6 to 48 hours


def test_who_has_just_delivered_is_offered_the_newborn(melati, sign_in):
    steps.write_down(
        melati.mother, pregnancy__lmp=("2026-05-01", steps.day("2026-02-11")),
        pregnancy__ended=("2026-11-18", "birth"),
    )  # fmt: skip
    html = sign_in(melati.budi).get(reverse("due:person", args=[melati.mother.pk]))
    assert f'class="btn main" href="/people/register/?mother={melati.mother.pk}"' in (
        html.content.decode()
    )


def test_a_kader_is_not_told_the_nutritional_status(melati, sign_in):
    steps.write_down(
        melati.nayla, body__weight=("2026-11-17", 6.6), body__lenhei=("2026-11-17", 73.5)
    )
    url = reverse("due:person", args=[melati.nayla.pk])
    told = sign_in(melati.budi).get(url).content.decode()
    assert "Gizi buruk" in told
    kader = sign_in(melati.ani).get(url).content.decode()
    assert "Gizi buruk" not in kader
    assert "antarkan anak ke sana" in kader


def test_a_relation_is_said_in_the_readers_language(melati, sign_in):
    people.edit_person(by=None, person=melati.nayla, relation="cucu")
    client = sign_in(melati.budi)
    url = reverse("due:person", args=[melati.nayla.pk])
    assert "(cucu)" in client.get(url).content.decode()
    client.cookies["django_language"] = "en"
    assert "(grandchild)" in client.get(url).content.decode()


def test_a_registered_newborn_asks_for_the_end_of_the_pregnancy(newborn, sign_in):
    steps.write_down(newborn.mother, pregnancy__lmp=("2026-05-01", steps.day("2026-02-11")))
    page = sign_in(newborn.budi).get(reverse("due:person", args=[newborn.mother.pk]))
    assert "Anak yang lahir 18 Nov 2026 sudah terdaftar" in page.content.decode()
    assert page.context["pregnancy_form"].initial["on"] == newborn.newborn.birth_date


@pytest.mark.parametrize(("who", "offered"), [("mother", True), ("nayla", False)])
def test_a_birth_is_offered_to_women_only(melati, sign_in, who, offered):
    person = getattr(melati, who)
    html = sign_in(melati.budi).get(reverse("people:person-edit", args=[person.pk]))
    assert (f"?mother={person.pk}" in html.content.decode()) is offered

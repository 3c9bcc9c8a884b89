"""Registering residents: the house first, the NIK checked, likely doubles shown before saving."""

import pytest
from django.urls import reverse

from simpul.accounts.models import AuditEntry
from simpul.people import actions as people
from simpul.people.models import Household, LikelyPair, Person, PersonChange

PAGE = reverse("people:register")


def filled(**more):
    return {
        "name": "Kirana Dewi", "sex": "female", "birth_date": "2024-05-30", "nik": "",
        "nik_missing": "no_card", "mother_name": "Tuti", "relation": "anak", **more,
    }  # fmt: skip


@pytest.fixture
def post(melati, sign_in):
    """post(data, user='budi', household=home) -> the answer of the page."""

    def _post(data, user="budi", **query):
        query = query or {"household": melati.home.pk}
        client = sign_in(getattr(melati, user))
        return client.post(PAGE + "?" + "&".join(f"{k}={v}" for k, v in query.items()), data)

    return _post


def test_the_house_is_asked_first(melati, sign_in):
    client = sign_in(melati.budi)
    assert "Rumah tangga yang mana?" in client.get(PAGE).content.decode()
    text = client.post(PAGE, {"q": "barito"}, follow=True).content.decode()
    assert f"{PAGE}?household={melati.home.pk}" in text
    by_member = client.post(PAGE, {"q": "masniah"}, headers={"HX-Request": "true"})
    assert f"household={melati.home.pk}" in by_member.content.decode()


def test_a_resident_is_registered_with_history_and_audit(melati, post):
    answer = post(filled())
    kirana = Person.objects.get(name="Kirana Dewi")
    assert answer["Location"] == reverse("due:person", args=[kirana.pk])
    assert (kirana.household, kirana.mother_name) == (melati.home, "Tuti")
    assert kirana.nik_missing == "no_card"
    change = PersonChange.objects.get(person=kirana)
    assert (change.event, change.by) == ("register", melati.budi)
    entry = AuditEntry.objects.get(action="register.person", object_id=str(kirana.pk))
    assert entry.user == melati.budi


def test_a_new_household_is_made_with_the_person(melati, post):
    home = {
        "village": melati.hulu.pk, "rt": "5", "rw": "2", "address": "Jl. Anggrek No. 3",
        "posyandu": "", "head_name": "Soegianto", "card_number": "6203 0112 3456 0001",
    }  # fmt: skip
    answer = post(filled() | home, user="dewi", household="new")
    assert answer.status_code == 302
    made = Household.objects.get(head_name="Soegianto")
    assert made.rt_label == "RT 005/RW 002"
    assert made.rt.parent == melati.hulu
    assert made.card_number == "6203011234560001"
    assert Person.objects.get(name="Kirana Dewi").village == melati.hulu


def test_nothing_is_kept_of_a_household_when_the_person_is_wrong(melati, post):
    home = {"village": melati.panamas.pk, "head_name": "Soegianto"}
    assert post(filled(name="123") | home, household="new").status_code == 422
    assert not Household.objects.filter(head_name="Soegianto").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Nama lengkap"),
        ({"name": "Kirana 2"}, "Nama tidak memakai angka"),
        ({"sex": ""}, "Jenis kelamin"),
        ({"birth_date": "2026-12-01"}, "belum tiba"),
        ({"birth_date": "31-02-2024"}, "bukan tanggal"),
        ({"birth_date": "1824-05-30"}, "120 tahun"),
        ({"nik_missing": ""}, "Tanpa NIK, pilih alasannya"),
        ({"nik": "620301480925123"}, "16 angka"),
        ({"nik": "62030148O9251234"}, "hanya berisi angka"),
        ({"nik": "6203017209251234"}, "bukan tanggal"),
        ({"nik": "0003014809251234"}, "bukan kode wilayah"),
        ({"nik": "6203014809250000"}, "0000"),
        ({"since": "2020-01-01"}, "sebelum lahir"),
    ],
)
def test_an_error_names_its_field_and_mend(melati, post, wrong, said):
    answer = post(filled(**wrong))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert 'href="#id_' in text  # the summary leads to the field
    assert not Person.objects.filter(name__startswith="Kirana").exists()


def test_a_nik_that_says_otherwise_is_asked_and_can_be_confirmed(melati, post):
    wrong = filled(nik="6203013005241234", nik_missing="")  # a man, born the same day
    answer = post(wrong)
    assert answer.status_code == 422
    assert "Menurut NIK-nya ini laki-laki" in answer.content.decode()
    token = answer.context["asked"].token
    assert post(wrong | {"asked": "made-up"}).status_code == 422
    assert post(wrong | {"asked": token}).status_code == 302
    kirana = Person.objects.get(name="Kirana Dewi")
    assert kirana.nik_tail == "1234"
    assert kirana.nik_missing == ""


def test_who_may_be_registered_already_is_shown_before_saving(melati, post):
    again = filled(name="Naila Putri", birth_date="08/09/2025", mother_name="Siti Aminah")
    answer = post(again)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Mungkin sudah terdaftar" in text
    assert reverse("due:person", args=[melati.nayla.pk]) in text
    assert not Person.objects.filter(name="Naila Putri").exists()
    assert post(again | {"asked": answer.context["asked"].token}).status_code == 302
    pair = LikelyPair.objects.get()
    assert pair.decision == "open"


def test_another_question_is_asked_again(melati, post):
    first = filled(name="Naila Putri", birth_date="2025-09-08", mother_name="Siti Aminah")
    token = post(first).context["asked"].token
    second = filled(name="Rafi", sex="male", birth_date="2022-10-14", mother_name="Siti Aminah")
    assert post(second | {"asked": token}).status_code == 422


def test_likely_doubles_out_of_scope_are_not_shown(melati, post):
    melati.nayla.household.posyandu = None
    melati.nayla.household.save()
    Person.objects.filter(pk=melati.nayla.pk).update(village=melati.hulu)
    again = filled(name="Nayla Putri Rahman", birth_date="2025-09-08", mother_name="Siti Aminah")
    assert post(again, user="budi").status_code == 302  # Budi sees Panamas only
    assert LikelyPair.objects.count() == 1  # the head, who sees both, will be asked


def test_a_newborn_is_linked_to_its_mother(melati, sign_in, post):
    page = sign_in(melati.ani).get(PAGE, {"mother": melati.mother.pk})
    text = page.content.decode()
    assert "Bayi baru lahir dari Siti Aminah" in text
    form = page.context["form"]
    assert form.initial.get("birth_date") is None  # a guessed day would stay unnoticed
    assert form.initial["nik_missing"] == "newborn"
    born = filled(
        name="By. Ny. Siti Aminah", birth_date="2026-11-18", nik_missing="newborn",
        mother=melati.mother.pk, mother_name="",
    )  # fmt: skip
    assert post(born, user="ani", mother=melati.mother.pk).status_code == 302
    baby = Person.objects.get(birth_date="2026-11-18")
    assert baby.mother == melati.mother
    assert baby.mother_name == "Siti Aminah"
    assert (baby.household, baby.posyandu) == (melati.home, melati.dahlia)
    assert baby.changes.get().event == "birth"


@pytest.mark.parametrize(
    ("mother", "child"), [("istri", "anak"), ("anak", "cucu"), ("menantu", "cucu"), ("", "")]
)
def test_a_newborn_of_a_daughter_is_a_grandchild(melati, sign_in, mother, child):
    people.edit_person(by=None, person=melati.mother, relation=mother)
    page = sign_in(melati.ani).get(PAGE, {"mother": melati.mother.pk})
    assert page.context["form"].initial["relation"] == child


def test_a_mother_of_an_unlikely_age_is_asked(melati, post):
    child = filled(birth_date="2025-01-01", mother=melati.grandmother.pk)
    assert "65 tahun" not in post(filled()).content.decode()
    Person.objects.filter(name="Kirana Dewi").delete()
    answer = post(child)
    assert answer.status_code == 422
    assert "Umur Hj. Masniah saat kelahiran ini menjadi 66 tahun" in answer.content.decode()


def test_a_kader_registers_in_her_own_posyandu_only(melati, post, sign_in):
    home = {"village": melati.panamas.pk, "rt": "3", "head_name": "Baru", "posyandu": ""}
    assert post(filled() | home, user="ani", household="new").status_code == 422
    other = home | {"village": melati.hulu.pk, "posyandu": melati.dahlia.pk}
    assert post(filled() | other, user="ani", household="new").status_code == 422
    own = home | {"posyandu": melati.dahlia.pk}
    assert post(filled() | own, user="ani", household="new").status_code == 302
    elsewhere = Household.objects.create(village=melati.panamas, head_name="Tanpa Posyandu")
    assert post(filled(), user="ani", household=elsewhere.pk).status_code == 404


def test_those_who_only_read_and_strangers_cannot_register(melati, post, sign_in):
    assert post(filled(), user="fitri").status_code == 403
    assert post(filled(), user="citra").status_code == 404
    assert post(filled(), user="citra", mother=melati.mother.pk).status_code == 404
    assert sign_in(melati.citra).post(PAGE, {"q": "barito"}, follow=True).status_code == 200
    found = sign_in(melati.citra).post(PAGE, {"q": "barito"}, follow=True)
    assert b"Abdul Rahman" not in found.content

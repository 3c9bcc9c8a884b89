"""A household's page, and changes of its address and Posyandu."""

from django.urls import reverse

from simpul.accounts import queries as accounts
from simpul.accounts.models import AuditEntry
from simpul.people import queries
from simpul.people.models import Household, Person


def page(home, name="household"):
    return reverse(f"people:{name}", args=[home.pk])


def test_the_members_and_the_address(melati, sign_in):
    text = sign_in(melati.ani).get(page(melati.home)).content.decode()
    for said in ("Rumah Abdul Rahman", "Nayla Putri Rahman", "Hj. Masniah", "RT 003/RW 001"):
        assert said in text
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.note) == ("look.household", "5 people")


def test_a_change_reaches_the_members_and_the_search(melati, sign_in):
    sent = {
        "rt": "4", "rw": "1", "address": "Jl. Melati No. 9", "posyandu": "", "head_name": "Abdul",
        "card_number": "6203011234560001",
    }  # fmt: skip
    assert sign_in(melati.dewi).post(page(melati.home, "household-edit"), sent).status_code == 302
    home = Household.objects.get(pk=melati.home.pk)
    assert (home.rt_label, home.rt.name) == ("RT 004/RW 001", "RT 004/RW 001")
    assert Person.objects.get(pk=melati.nayla.pk).posyandu is None
    scope = accounts.scope_of(melati.eko)
    assert len(queries.search(scope, "melati no 9")) == 5
    history = sign_in(melati.eko).get(reverse("people:history", args=[melati.nayla.pk]))
    text = history.content.decode()
    assert "Jl. Barito Gang II No. 7" in text
    assert "RT 004/RW 001" in text
    assert queries.household(accounts.scope_of(melati.ani), home.pk) is None


def test_a_kader_cannot_take_a_house_out_of_her_posyandu(melati, sign_in):
    sent = {"rt": "4", "address": "x", "posyandu": ""}
    answer = sign_in(melati.ani).post(page(melati.home, "household-edit"), sent)
    assert answer.status_code == 422


def test_a_wrong_card_number_is_said(melati, sign_in):
    sent = {"rt": "", "rw": "1", "card_number": "123"}
    text = sign_in(melati.budi).post(page(melati.home, "household-edit"), sent).content.decode()
    assert "Nomor KK terdiri dari 16 angka" in text
    assert "Isi juga RT-nya" in text


def test_strangers_and_readers(melati, sign_in):
    assert sign_in(melati.citra).get(page(melati.home)).status_code == 404
    assert sign_in(melati.citra).get(page(melati.home, "household-edit")).status_code == 404
    assert sign_in(melati.fitri).get(page(melati.home)).status_code == 200
    assert sign_in(melati.fitri).get(page(melati.home, "household-edit")).status_code == 403

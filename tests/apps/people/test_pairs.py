"""Deciding whether two entries are one person, and taking a merge back."""

from datetime import date

import pytest
from django.urls import reverse

from simpul.accounts import queries as accounts
from simpul.accounts.models import AuditEntry
from simpul.people import actions, comparing, duplicates, queries
from simpul.people.models import LikelyPair, Person
from simpul.records import actions as records

PAGE = reverse("people:duplicates")
NIK = "6203014809251234"


@pytest.fixture
def pair(melati):
    """Nayla was registered a second time, with a NIK and one weighing."""
    new = actions.NewPerson(
        household=melati.home, name="Naila Poetri", sex="female", birth_date=date(2025, 9, 8),
        mother_name="Siti Aminah", nik=NIK,
    )  # fmt: skip
    melati.naila = actions.register_person(by=melati.ani, new=new)
    weighed = records.NewFact(melati.naila.pk, "body.weight", date(2026, 11, 17), 8.7)
    records.record_visit(by=melati.ani, facts=[weighed])
    [found] = duplicates.find_for([melati.naila.pk])
    return found


def decide(client, pair, **sent):
    return client.post(reverse("people:pair-decide", args=[pair.pk]), sent)


def test_the_two_are_shown_side_by_side_with_what_differs(melati, pair, sign_in):
    text = sign_in(melati.budi).get(PAGE).content.decode()
    assert "Nayla Putri Rahman" in text
    assert "Naila Poetri" in text
    assert "(berbeda)" in text
    assert "ibu sama" in text
    assert NIK not in text
    assert f'value="{melati.naila.pk}" checked' in text  # it has the NIK and the record
    assert '<span class="count">1' in text  # badge of the menu


def test_names_that_only_sound_the_same_are_not_called_the_same():
    words = comparing.reasons_in_words
    assert words(["name"], "Lutfi Hakim", "Lutfy Hakim") == ["ejaan nama lain"]
    assert words(["name"], "LUTFI HAKIM", "Lutfi Hakim") == ["nama sama"]


def test_merging_keeps_the_chosen_and_both_histories_say_so(melati, pair, sign_in):
    decide(sign_in(melati.budi), pair, decision="same", keep=melati.nayla.pk)
    kept, other = (Person.objects.get(pk=pk) for pk in (melati.nayla.pk, melati.naila.pk))
    assert (other.merged_into, other.is_current) == (kept, False)
    assert kept.nik_tail == "1234"  # the NIK goes with the person kept
    assert LikelyPair.objects.get().decision == "same"
    for person in (kept, other):
        assert person.changes.filter(event="merge", by=melati.budi).exists()
    assert AuditEntry.objects.filter(action="merge.person", user=melati.budi).count() == 1
    assert queries.n_open_pairs(accounts.scope_of(melati.budi)) == 0


def test_a_merge_taken_back_restores_both(melati, pair, sign_in):
    client = sign_in(melati.budi)
    decide(client, pair, decision="same", keep=melati.nayla.pk)
    listed = client.get(reverse("people:merged")).content.decode()
    assert "Naila Poetri" in listed
    client.post(reverse("people:unmerge", args=[melati.naila.pk]))
    kept, other = (Person.objects.get(pk=pk) for pk in (melati.nayla.pk, melati.naila.pk))
    assert (other.merged_into, other.is_current) == (None, True)
    assert (kept.nik_hash, kept.nik_missing) == (None, melati.nayla.nik_missing)
    assert other.nik_tail == "1234"
    assert queries.n_open_pairs(accounts.scope_of(melati.budi)) == 1
    assert AuditEntry.objects.filter(action="unmerge.person").count() == 1


def test_two_people_are_not_asked_about_again(melati, pair, sign_in):
    decide(sign_in(melati.budi), pair, decision="different")
    assert LikelyPair.objects.get().decision == "different"
    assert duplicates.find_for([melati.naila.pk]) == []
    assert AuditEntry.objects.filter(action="decide.pair", user=melati.budi).count() == 1
    assert "Tidak ada yang menunggu" in sign_in(melati.budi).get(PAGE).content.decode()


def test_a_second_decision_changes_nothing(melati, pair, sign_in):
    client = sign_in(melati.budi)
    decide(client, pair, decision="same", keep=melati.nayla.pk)
    decide(client, pair, decision="different")
    decide(client, pair, decision="same", keep=melati.naila.pk)
    assert Person.objects.get(pk=melati.naila.pk).merged_into_id == melati.nayla.pk
    assert Person.objects.get(pk=melati.nayla.pk).merged_into is None


@pytest.mark.parametrize("keep", ["", "x", "0"])
def test_without_a_choice_nothing_is_merged(melati, pair, sign_in, keep):
    decide(sign_in(melati.budi), pair, decision="same", keep=keep)
    assert LikelyPair.objects.get().decision == "open"


def test_both_must_be_in_scope(melati, pair, sign_in):
    Person.objects.filter(pk=melati.naila.pk).update(village=melati.hulu, posyandu=None)
    for user in (melati.ani, melati.budi, melati.citra):  # see one of them, or none
        assert queries.n_open_pairs(accounts.scope_of(user)) == 0
        assert decide(sign_in(user), pair, decision="different").status_code == 404
    assert queries.n_open_pairs(accounts.scope_of(melati.eko)) == 1
    assert sign_in(melati.fitri).get(PAGE).status_code == 403


def test_a_stranger_takes_no_merge_back(melati, pair, sign_in):
    actions.merge_pair(by=None, pair=pair, keep_id=melati.nayla.pk)
    answer = sign_in(melati.citra).post(reverse("people:unmerge", args=[melati.naila.pk]))
    assert answer.status_code == 404

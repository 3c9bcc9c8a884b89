"""The page of a person: what it tells, to whom, and how a record is mended."""

import re

import pytest
from django.urls import reverse

from simpul.accounts.models import AuditEntry
from simpul.accounts.scope import EVERYTHING
from simpul.people import actions as people
from simpul.records import actions as records
from simpul.records import queries as log
from tests.apps.due import steps

pytestmark = pytest.mark.django_db


def page_of(client, person, **query) -> str:
    answer = client.get(reverse("due:person", args=[person.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def growing(melati):
    """Nayla, weighed without gain twice; a wrong weight of October."""
    steps.weigh(melati.nayla, d20260815=8.4, d20260915=8.6, d20261020=8.7, d20261117=8.7)
    steps.write_down(melati.nayla, body__lenhei=("2026-11-17", 73.5))
    return melati


def test_it_tells_who_what_when_and_why(growing, sign_in):
    html = page_of(sign_in(growing.budi), growing.nayla)
    assert "1 th 2 bln, perempuan" in html
    assert "Jl. Barito Gang II No. 7" in html
    assert "Siti Aminah" in html
    assert "Mendesak: 2T" in html
    assert "Dua kali tidak naik (2T)" in html
    assert "Garis hidup" in html
    assert html.count("<svg viewBox") + html.count('class="chart') >= 2
    assert "Berat badan: 8,7 kg, tidak naik (T)" in html
    assert "Hj. Masniah" in html  # what the household is owed
    assert "Yang berikutnya" in html


def test_no_machine_words_on_the_screen(growing, sign_in):
    text = re.sub(r"<[^>]+>", " ", page_of(sign_in(growing.budi), growing.nayla))
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", text)
    assert not re.search(r"\b(imm|growth|screen|supplement|follow|body|vaccine)\.[a-z_]+", text)
    assert "None" not in text


def test_the_nik_is_masked(melati, sign_in):
    people.edit_person(by=None, person=melati.nayla, nik="6203014809250045")
    html = page_of(sign_in(melati.budi), melati.nayla)
    assert "0045" in html
    assert "6203014809250045" not in html


def test_a_stranger_and_somebody_elsewhere_see_nothing(client, melati, sign_in):
    url = reverse("due:person", args=[melati.nayla.pk])
    assert client.get(url).status_code == 302
    assert sign_in(melati.citra).get(url).status_code == 404
    assert sign_in(melati.citra).get(reverse("due:record", args=[1])).status_code == 404


def test_the_look_is_logged(melati, sign_in):
    page_of(sign_in(melati.budi), melati.nayla)
    entry = AuditEntry.objects.get(action="look.person")
    assert (entry.user, entry.object_id) == (melati.budi, str(melati.nayla.pk))


def test_those_who_do_not_treat_see_no_clinical_values(melati, sign_in):
    steps.write_down(
        melati.father, bp__systolic=("2026-10-01", 172.0), bp__diastolic=("2026-10-01", 101.0)
    )
    for user in (melati.ani, melati.dewi, melati.fitri):
        html = page_of(sign_in(user), melati.father)
        assert not re.search(r"172/101|172 mmHg|101 mmHg", html)
    assert "172/101" in page_of(sign_in(melati.budi), melati.father)


def test_a_kader_does_not_judge_nutrition(growing, sign_in):
    assert "BB/U normal" in page_of(sign_in(growing.budi), growing.nayla)
    assert "BB/U normal" not in page_of(sign_in(growing.ani), growing.nayla)


def test_a_merged_person_leads_to_the_one_kept(melati, sign_in):
    people.merge_persons(by=None, keep=melati.nayla, other=melati.rafi)
    answer = sign_in(melati.budi).get(reverse("due:person", args=[melati.rafi.pk]))
    assert answer["Location"] == reverse("due:person", args=[melati.nayla.pk])


def test_the_dead_are_shown_for_the_record_only(melati, sign_in):
    people.record_death(by=None, person=melati.grandmother, on=steps.day("2026-11-01"))
    html = page_of(sign_in(melati.budi), melati.grandmother)
    assert "Meninggal 1 Nov 2026" in html
    assert "Simpan kunjungan" not in html
    assert "belum</h3>" not in html


def test_something_else_can_be_recorded_too(melati, sign_in):
    client = sign_in(melati.budi)
    steps.record(client, melati.father, ["screen.bp"], bp__systolic="120", bp__diastolic="80")
    html = page_of(client, melati.father)
    assert "?add=screen.bp" in html
    html = page_of(client, melati.father, add="screen.bp")
    assert f'name="p{melati.father.pk}-bp.systolic"' in html


def test_correcting_keeps_both(growing, sign_in):
    client = sign_in(growing.budi)
    wrong = log.current(EVERYTHING, growing.nayla.pk).filter(number=8.6).get()
    url = reverse("due:correct", args=[wrong.seq])
    assert "8,6" in client.get(url).content.decode()
    assert client.post(url, {"value": "86"}).status_code == 422
    assert client.post(url, {"value": "8,6"}).status_code == 422
    assert client.post(url, {"value": "8,5"}).status_code == 302
    html = page_of(client, growing.nayla)
    assert "diperbaiki: 8,5 kg" in html
    assert "Berat badan: 8,5 kg" in html
    assert client.get(url).status_code == 404  # corrected once; the newer is corrected next


def test_taking_back_keeps_it_readable_and_brings_the_service_back(melati, sign_in):
    client = sign_in(melati.budi)
    steps.record(client, melati.nayla, ["imm.mr"], vaccine__mr="on")
    title = "Campak-Rubela (MR) dosis 1"
    assert title not in steps.owed_titles(client, melati.nayla)
    dose = log.current(EVERYTHING, melati.nayla.pk).get()
    assert client.get(reverse("due:correct", args=[dose.seq])).status_code == 200
    client.post(reverse("due:retract", args=[dose.seq]))
    assert title in steps.owed_titles(client, melati.nayla)
    assert "dibatalkan" in page_of(client, melati.nayla)


def test_who_may_not_mend(melati, sign_in):
    steps.write_down(melati.nayla, by=melati.budi, body__weight=("2026-11-17", 8.7))
    seq = log.current(EVERYTHING, melati.nayla.pk).get().seq
    for user, status in ((melati.ani, 403), (melati.fitri, 403), (melati.citra, 404)):
        client = sign_in(user)
        assert client.get(reverse("due:correct", args=[seq])).status_code == status
        assert client.post(reverse("due:retract", args=[seq])).status_code == status
    assert log.current(EVERYTHING, melati.nayla.pk).get().number == 8.7


def test_a_kader_mends_what_she_wrote(melati, sign_in):
    client = sign_in(melati.ani)
    steps.record(client, melati.nayla, ["growth.weigh"], body__weight="8,6")
    seq = log.current(EVERYTHING, melati.nayla.pk).get().seq
    assert client.post(reverse("due:correct", args=[seq]), {"value": "8,7"}).status_code == 302
    assert log.current(EVERYTHING, melati.nayla.pk).get().number == 8.7


def test_a_pregnancy_begins_and_ends(melati, sign_in):
    client, mother = sign_in(melati.budi), melati.mother
    html = page_of(client, mother)
    assert "Catat kehamilan" in html
    url = reverse("due:pregnancy", args=[mother.pk])
    sent = {"envelope": "11111111-1111-4111-8111-111111111111", "lmp": "1 April 2026"}
    for _ in range(2):
        assert client.post(url, sent).status_code == 302
    assert log.current(EVERYTHING, mother.pk).count() == 1
    html = page_of(client, mother)
    assert "hamil 33 mg" in html
    assert any("kehamilan" in title for title in steps.owed_titles(client, mother))

    end = {"envelope": "22222222-2222-4222-8222-222222222222", "ended": "birth"}
    url = reverse("due:pregnancy-end", args=[mother.pk])
    assert client.post(url, end | {"on": "1 Mar 2026"}).status_code == 422
    assert client.post(url, end | {"on": "18 Nov 2026"}).status_code == 302
    html = page_of(client, mother)
    assert "nifas hari ke-2" in html
    assert f"?mother={mother.pk}" in html


def test_a_pregnancy_is_offered_to_women_only(melati, sign_in):
    client = sign_in(melati.budi)
    for person in (melati.father, melati.grandmother, melati.nayla):
        assert "Catat kehamilan" not in page_of(client, person)
        url = reverse("due:pregnancy", args=[person.pk])
        assert client.post(url, {"lmp": "1 Jun 2026"}).status_code == 404


def test_every_person_of_every_age_has_a_page(melati, sign_in):
    client = sign_in(melati.budi)
    for person in (melati.father, melati.mother, melati.nayla, melati.rafi, melati.grandmother):
        assert person.name in page_of(client, person)
    newborn = people.register_person(
        by=None,
        new=people.NewPerson(
            household=melati.home, name="Bayi Ny Siti", sex=None, birth_date=steps.TODAY
        ),
    )
    assert "0 hr" in page_of(client, newborn)


def test_htmx_gets_the_part_only(melati, sign_in):
    client = sign_in(melati.budi)
    answer = steps.record(
        client, melati.nayla, ["imm.mr"], vaccine__mr="on", headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert html.startswith('<div id="orang">') or '<div id="orang">' in html[:80]
    assert "<html" not in html
    assert "Tercatat: 1 isian." in html


def test_an_import_is_seen_at_once(melati, sign_in):
    """Facts written elsewhere, without a word to due, are in the list at the next look."""
    client = sign_in(melati.budi)
    assert "Pemeriksaan tekanan darah" in steps.owed_titles(client, melati.father)
    records.record_visit(
        by=None,
        facts=[
            records.NewFact(melati.father.pk, "bp.systolic", steps.TODAY, 120.0),
            records.NewFact(melati.father.pk, "bp.diastolic", steps.TODAY, 80.0),
        ],
    )
    assert steps.owed_titles(client, melati.father) == []

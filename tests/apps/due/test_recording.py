"""Recording from the pages: the list shortens, a double click counts once, doubts are asked."""

import uuid

import pytest
from django.urls import reverse

from simpul.accounts.models import AuditEntry
from simpul.accounts.scope import EVERYTHING
from simpul.records import queries as records
from tests.apps.due import steps

pytestmark = pytest.mark.django_db
MR, IPV = "Campak-Rubela (MR) dosis 1", "Polio suntik (IPV) dosis 1"


def facts_of(person, name=None) -> list:
    found = records.current(EVERYTHING, person.pk)
    return [one for one in found if name in (None, one.name)]


def test_recording_shortens_the_list(melati, sign_in):
    client = sign_in(melati.budi)
    before = steps.owed_titles(client, melati.nayla)
    assert MR in before

    answer = steps.record(
        client, melati.nayla, ["imm.mr", "imm.ipv"], vaccine__mr="on", vaccine__ipv="on"
    )

    assert answer.status_code == 302
    assert "Tercatat: 2 isian." in client.get(answer["Location"]).content.decode()
    after = steps.owed_titles(client, melati.nayla)
    assert MR not in after
    assert IPV not in after


def test_a_double_click_records_once(melati, sign_in):
    client, envelope = sign_in(melati.budi), uuid.uuid4()
    for _ in range(2):
        answer = steps.record(client, melati.nayla, ["imm.mr"], envelope=envelope, vaccine__mr="on")
        assert answer.status_code == 302
    assert len(facts_of(melati.nayla, "vaccine.mr")) == 1


def test_numbers_take_a_comma_or_a_point(melati, sign_in):
    client = sign_in(melati.budi)
    for text in ("8,6", "8.6", "8,6 kg"):
        steps.record(client, melati.nayla, ["growth.weigh"], body__weight=text)
    assert {one.number for one in facts_of(melati.nayla, "body.weight")} == {8.6}


def test_what_cannot_be_is_refused_with_the_mend(melati, sign_in):
    client = sign_in(melati.budi)
    answer = steps.record(client, melati.nayla, ["growth.weigh"], body__weight="8400")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Maksudnya 8,4 kg?" in html
    assert "memang benar" not in html  # it cannot be confirmed
    answer = steps.record(client, melati.nayla, ["growth.weigh"], body__weight="delapan")
    assert "bukan angka" in answer.content.decode()
    assert facts_of(melati.nayla) == []


def test_what_is_unusual_is_asked_again(melati, sign_in):
    steps.weigh(melati.nayla, d20261020=8.5)
    client, field = sign_in(melati.budi), f"p{melati.nayla.pk}"
    answer = steps.record(client, melati.nayla, ["growth.weigh"], body__weight="84")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "84,0 kg? Maksudnya 8,4 kg?" in html
    assert "Terakhir 8,5 kg, 20 Okt 2026" in html

    sent = steps.visit(melati.nayla, ["growth.weigh"], body__weight="84")
    sent |= {f"{field}-asked.body.weight": "84.0", f"{field}-sure.body.weight": "8.4"}
    client.post(reverse("due:record", args=[melati.nayla.pk]), sent)
    newest = facts_of(melati.nayla, "body.weight")[0]
    assert (newest.number, newest.is_confirmed) == (8.4, False)


def test_an_unusual_number_can_be_confirmed_and_stays_marked(melati, sign_in):
    client, field = sign_in(melati.budi), f"p{melati.nayla.pk}"
    sent = steps.visit(melati.nayla, ["growth.weigh"], body__weight="17,5")
    url = reverse("due:record", args=[melati.nayla.pk])
    assert client.post(url, sent).status_code == 422

    other = sent | {f"{field}-asked.body.weight": "17.0", f"{field}-sure.body.weight": "keep"}
    assert client.post(url, other).status_code == 422  # the answer was to another number
    sent |= {f"{field}-asked.body.weight": "17.5", f"{field}-sure.body.weight": "keep"}
    assert client.post(url, sent).status_code == 302
    assert facts_of(melati.nayla, "body.weight")[0].is_confirmed
    page = client.get(reverse("due:person", args=[melati.nayla.pk])).content.decode()
    assert "dipastikan" in page


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("21 Nov 2026", "belum tiba"),
        ("1 Sep 2025", "sebelum lahir"),
        ("31 Feb 2026", "bukan tanggal"),
    ],
)
def test_the_day_must_be_possible(melati, sign_in, on, says):
    answer = steps.record(sign_in(melati.budi), melati.nayla, ["imm.mr"], on=on, vaccine__mr="on")
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert facts_of(melati.nayla) == []


def test_the_capsule_follows_from_the_age(melati, sign_in):
    client = sign_in(melati.budi)
    give = {"supplement__vitamin_a": "on"}
    steps.record(client, melati.nayla, ["supplement.vitamin_a"], on="20/8/2026", **give)
    steps.record(client, melati.nayla, ["supplement.vitamin_a"], on="kemarin", **give)
    codes = {one.observed_on: one.code for one in facts_of(melati.nayla)}
    assert codes == {steps.day("2026-08-20"): "blue", steps.day("2026-11-19"): "red"}


def test_blood_pressure_needs_both_numbers(melati, sign_in):
    client = sign_in(melati.budi)
    answer = steps.record(client, melati.father, ["screen.bp"], bp__systolic="120")
    assert answer.status_code == 422
    assert "Isi kedua angka." in answer.content.decode()
    answer = steps.record(
        client, melati.father, ["screen.bp"], bp__systolic="120", bp__diastolic="80"
    )
    assert answer.status_code == 302


def test_an_empty_form_records_nothing(melati, sign_in):
    answer = steps.record(sign_in(melati.budi), melati.nayla, ["growth.weigh"])
    assert answer.status_code == 422
    assert "Belum ada yang diisi." in answer.content.decode()


def test_how_it_was_measured_goes_with_a_length_only(melati, sign_in):
    client = sign_in(melati.budi)
    steps.record(client, melati.nayla, ["growth.weigh"], body__weight="8,6", body__measure="l")
    assert {one.name for one in facts_of(melati.nayla)} == {"body.weight"}
    steps.record(client, melati.nayla, ["growth.weigh"], body__lenhei="73,5", body__measure="l")
    assert {one.name for one in facts_of(melati.nayla)} == {
        "body.weight", "body.lenhei", "body.measure",
    }  # fmt: skip


def test_one_visit_for_the_household_is_one_envelope(melati, sign_in):
    client = sign_in(melati.budi)
    url = reverse("due:household", args=[melati.home.pk])
    assert "Satu kunjungan untuk serumah" in client.get(url).content.decode()
    sent = steps.visit(melati.nayla, ["imm.mr"], vaccine__mr="on")
    sent |= steps.visit(melati.father, ["screen.bp"], bp__systolic="120", bp__diastolic="80")
    answer = client.post(url, sent)
    assert answer.status_code == 302
    facts = [*facts_of(melati.nayla), *facts_of(melati.father)]
    assert len(facts) == 3
    assert len({one.envelope_id for one in facts}) == 1
    assert "Abdul Rahman" not in steps.owed_names(client)


def test_the_form_of_the_list_brings_back_the_shorter_household(melati, sign_in):
    client = sign_in(melati.budi)
    url = reverse("due:record", args=[melati.father.pk])
    row = client.get(url, {"list": "q="}, headers={"HX-Request": "true"}).content.decode()
    assert f'<tr id="isi-{melati.father.pk}"' in row
    sent = steps.visit(melati.father, ["screen.bp"], bp__systolic="120", bp__diastolic="80")
    answer = client.post(url, sent | {"list": "q="}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer["HX-Retarget"] == f"#rumah-{melati.home.pk}"
    assert f'<tbody id="rumah-{melati.home.pk}"' in html
    assert "Nayla Putri Rahman" in html
    assert f"/due/person/{melati.father.pk}/" not in html
    assert 'id="ringkasan"' in html
    assert "Tercatat: 2 isian." in html


def test_a_kader_records_what_kader_do(melati, sign_in):
    client = sign_in(melati.ani)
    steps.record(
        client, melati.nayla, ["growth.weigh", "imm.mr"], body__weight="8,6", vaccine__mr="on"
    )
    assert {one.name for one in facts_of(melati.nayla)} == {"body.weight"}
    page = client.get(reverse("due:person", args=[melati.nayla.pk])).content.decode()
    assert f"p{melati.nayla.pk}-vaccine.mr" not in page
    assert "Dicatat oleh bidan atau perawat." in page


def test_a_clerk_may_record_a_district_may_only_look(melati, sign_in):
    answer = steps.record(sign_in(melati.dewi), melati.nayla, ["imm.mr"], vaccine__mr="on")
    assert answer.status_code == 302
    client = sign_in(melati.fitri)
    assert client.get(reverse("due:person", args=[melati.nayla.pk])).status_code == 200
    assert steps.record(client, melati.nayla, ["imm.ipv"]).status_code == 403
    home = reverse("due:household", args=[melati.home.pk])
    assert client.get(home).status_code == 200
    assert client.post(home, {}).status_code == 403
    assert len(facts_of(melati.nayla)) == 1


def test_nobody_records_for_people_elsewhere(melati, sign_in):
    client = sign_in(melati.citra)
    assert steps.record(client, melati.nayla, ["imm.mr"], vaccine__mr="on").status_code == 404
    assert client.get(reverse("due:household", args=[melati.home.pk])).status_code == 404
    assert facts_of(melati.nayla) == []


def test_the_write_is_logged(melati, sign_in):
    steps.record(sign_in(melati.budi), melati.nayla, ["imm.mr"], vaccine__mr="on")
    entry = AuditEntry.objects.filter(action="record.visit").get()
    assert (entry.user, entry.object_id) == (melati.budi, str(melati.nayla.pk))


def test_the_place_of_work_stands_on_the_record(melati, sign_in):
    client = sign_in(melati.budi)
    sent = steps.visit(melati.nayla, ["imm.mr"], vaccine__mr="on") | {"facility": melati.pustu.pk}
    client.post(reverse("due:record", args=[melati.nayla.pk]), sent)
    fact = facts_of(melati.nayla)[0]
    assert (fact.facility, fact.recorded_by) == (melati.pustu, melati.budi)


def test_a_dose_that_would_not_count_is_asked_about(melati, sign_in):
    """MR at 5 months: recorded when confirmed, shown as not counted, and still owed."""
    client, field = sign_in(melati.budi), f"p{melati.nayla.pk}"
    sent = steps.visit(melati.nayla, ["imm.mr"], on="20 Feb 2026", vaccine__mr="on")
    url = reverse("due:record", args=[melati.nayla.pk])
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "Dosis ini tidak akan dihitung" in answer.content.decode()
    assert facts_of(melati.nayla) == []
    sent |= {f"{field}-asked.vaccine.mr": "2026-02-20", f"{field}-sure.vaccine.mr": "keep"}
    assert client.post(url, sent).status_code == 302
    assert facts_of(melati.nayla, "vaccine.mr")[0].is_confirmed
    page = client.get(reverse("due:person", args=[melati.nayla.pk])).content.decode()
    assert "tidak dihitung" in page
    assert MR in steps.owed_titles(client, melati.nayla)


def test_exchanged_blood_pressure_is_noticed(melati, sign_in):
    answer = steps.record(
        sign_in(melati.budi), melati.father, ["screen.bp"], bp__systolic="80", bp__diastolic="120"
    )
    assert answer.status_code == 422
    assert "Tertukar?" in answer.content.decode()

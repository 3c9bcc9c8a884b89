"""Ids of other villages and Posyandu, of others' imports: nothing is read, nothing is written."""

import io
import re
from datetime import date
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from simpul.accounts import actions as accounts
from simpul.accounts import queries as scopes
from simpul.accounts.models import AuditEntry
from simpul.people import actions as people
from simpul.people import duplicates
from simpul.people.models import Household, LikelyPair, Person, PersonChange
from simpul.places import actions as places
from simpul.places.models import FacilityKind
from simpul.pws import actions as pws
from simpul.records import actions as records
from simpul.records.models import Fact
from tests.apps.due import steps
from tests.cast import PASSWORD

NOV = date(2026, 11, 1)


@pytest.fixture
def town(melati):
    """Melati with a fact of Nayla's, a second Posyandu and its kader, a pair across villages."""
    it = melati
    records.record_visit(
        by=it.ani, facts=[records.NewFact(it.nayla.pk, "body.weight", date(2026, 11, 3), 8.6)]
    )
    it.fact = Fact.objects.latest("seq")
    it.anggrek = places.add_facility(
        code="Y-ANGGREK", kind="posyandu", name="Anggrek", village=it.panamas,
        parent=it.puskesmas, covers=[it.rt3],
    )  # fmt: skip
    it.ira = accounts.add_user(
        username="ira", password=PASSWORD, name="Ira", role="kader", facility=it.anggrek
    )
    far = people.register_household(by=None, new=people.NewHousehold(village=it.far))
    it.far_home = far
    it.double = _person(far, "Nayla Putri Rahman", "2025-09-08", mother_name="Siti Aminah")
    duplicates.find_for([it.double.pk])
    it.pair = LikelyPair.objects.get()
    return it


def _person(home, name, birth, **more):
    new = people.NewPerson(
        household=home, name=name, sex="female", birth_date=date.fromisoformat(birth), **more
    )
    return people.register_person(by=None, new=new)


def _counts():
    models = (Fact, Person, Household, PersonChange)
    state = [model.objects.count() for model in models]
    return [*state, LikelyPair.objects.filter(decision="open").count()]


def _writes(it) -> list[tuple[str, dict]]:
    """Every write about somebody of Dahlia, as its page would send it."""
    one, home = [it.nayla.pk], [it.home.pk]
    person = {
        "name": "Lain", "sex": "female", "birth_date": "2025-09-08", "nik_missing": "no_card",
    }  # fmt: skip
    weight = steps.visit(it.nayla, ["growth.weigh"], body__weight="8,7")
    return [
        (reverse("due:record", args=one), weight),
        (reverse("due:household", args=home), weight),
        (reverse("due:correct", args=[it.fact.pk]), {"value": "8,5"}),
        (reverse("due:retract", args=[it.fact.pk]), {}),
        (reverse("due:pregnancy", args=[it.mother.pk]), {"lmp": "2026-09-01"}),
        (reverse("due:pregnancy-end", args=[it.mother.pk]), {"ended": "birth"}),
        (reverse("people:person-edit", args=one), person),
        (reverse("people:move", args=one) + f"?household={it.home.pk}", {"persons": one}),
        (reverse("people:depart", args=one), {"persons": one, "on": "2026-11-01"}),
        (reverse("people:death", args=one), {"on": "2026-11-01"}),
        (reverse("people:return", args=one), {}),
        (reverse("people:household-edit", args=home), {"address": "Lain"}),
        (reverse("people:register") + f"?household={it.home.pk}", person),
        (reverse("people:register") + f"?mother={it.mother.pk}", person),
        (reverse("people:pair-decide", args=[it.pair.pk]), {"decision": "different"}),
        (reverse("people:unmerge", args=one), {}),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["citra", "ira"])
def test_ids_of_others_write_nothing(town, sign_in, who):
    client, before = sign_in(getattr(town, who)), _counts()
    for url, sent in _writes(town):
        for headers in ({}, {"HX-Request": "true"}):
            assert client.post(url, sent, headers=headers).status_code == 404, url
    assert _counts() == before


def test_those_who_only_read_write_nowhere(town, sign_in):
    client, before = sign_in(town.fitri), _counts()
    for url, sent in _writes(town):
        assert client.post(url, sent).status_code in (403, 404), url
    assert client.post(reverse("people:register") + "?household=new", {}).status_code == 403
    for name in ("imports:start", "people:duplicates", "people:merged"):
        assert client.get(reverse(name)).status_code == 403, name
    file = SimpleUploadedFile("r.csv", b"nama,jk\nA,L\n")
    assert client.post(reverse("imports:start"), {"file": file}).status_code == 403
    for name in ("user-password", "user-switch"):
        url = reverse(f"accounts:{name}", args=[town.ani.pk])
        assert client.post(url).status_code == 404
    assert client.post(reverse("accounts:user-add"), {}).status_code == 404
    assert _counts() == before


def test_nobody_is_moved_into_or_out_of_what_one_does_not_see(town, sign_in):
    client = sign_in(town.budi)
    to_far = reverse("people:move", args=[town.nayla.pk]) + f"?household={town.far_home.pk}"
    assert client.post(to_far, {"persons": [town.nayla.pk], "on": "2026-11-01"}).status_code == 404
    here = reverse("people:move", args=[town.nayla.pk]) + f"?household={town.home.pk}"
    sent = {"persons": [town.nayla.pk, town.double.pk], "on": "2026-11-01"}
    assert client.post(here, sent).status_code == 422
    town.double.refresh_from_db()
    assert town.double.household_id == town.far_home.pk
    url = reverse("people:register") + f"?household={town.home.pk}"
    sent = {
        "name": "Bayi", "sex": "male", "birth_date": "2026-11-01", "nik_missing": "newborn",
        "mother": town.double.pk,
    }  # fmt: skip
    assert client.post(url, sent).status_code == 422


def test_a_visit_of_a_household_takes_facts_of_its_members_only(town, sign_in):
    client, n = sign_in(town.budi), Fact.objects.count()
    sent = steps.visit(town.double, ["growth.weigh"], body__weight="8,7")
    assert client.post(reverse("due:household", args=[town.home.pk]), sent).status_code == 422
    assert client.post(reverse("due:record", args=[town.nayla.pk]), sent).status_code == 422
    assert Fact.objects.count() == n


def test_a_pair_half_in_scope_is_not_shown_to_either(town, sign_in):
    for who in (town.budi, town.citra, town.ira, town.eko):
        client = sign_in(who)
        assert "Nayla" not in client.get(reverse("people:duplicates")).content.decode()
        url = reverse("people:pair-decide", args=[town.pair.pk])
        assert client.post(url, {"decision": "different"}).status_code == 404


def test_a_merge_across_villages_is_taken_back_by_who_sees_both(town, sign_in):
    people.merge_persons(by=None, keep=town.double, other=town.nayla)
    client = sign_in(town.budi)
    assert "Nayla" not in client.get(reverse("people:merged")).content.decode()
    assert client.post(reverse("people:unmerge", args=[town.nayla.pk])).status_code == 404
    answer = client.get(reverse("due:person", args=[town.nayla.pk]), follow=True)
    assert answer.status_code == 404
    town.nayla.refresh_from_db()
    assert town.nayla.merged_into_id == town.double.pk


def test_who_moved_away_or_died_is_read_but_no_service_is_recorded(town, sign_in):
    people.record_departure(by=None, person=town.rafi, on=date(2026, 11, 1))
    people.record_death(by=None, person=town.mother, on=date(2026, 11, 1))
    client, n = sign_in(town.budi), Fact.objects.count()
    assert client.get(reverse("due:person", args=[town.rafi.pk])).status_code == 200
    sent = steps.visit(town.rafi, ["growth.weigh"], body__weight="12,7")
    assert client.post(reverse("due:record", args=[town.rafi.pk]), sent).status_code == 404
    pregnant = reverse("due:pregnancy", args=[town.mother.pk])
    assert client.post(pregnant, {"lmp": "2026-09-01"}).status_code == 404
    household = reverse("due:household", args=[town.home.pk])
    assert client.post(household, sent).status_code == 422
    assert Fact.objects.count() == n


def test_who_moved_to_another_village_is_seen_there_only(town, sign_in):
    people.move_person(by=None, person=town.nayla, household=town.far_home, on=date(2026, 11, 2))
    for name in ("due:person", "people:history", "people:person-edit"):
        url = reverse(name, args=[town.nayla.pk])
        assert sign_in(town.budi).get(url).status_code == 404
        assert sign_in(town.citra).get(url).status_code == 200
    assert sign_in(town.budi).get(reverse("due:correct", args=[town.fact.pk])).status_code == 404


def test_a_mother_elsewhere_is_a_name_and_stays_the_mother(town, sign_in):
    people.move_person(by=None, person=town.mother, household=town.far_home, on=date(2026, 11, 2))
    client = sign_in(town.budi)
    page = client.get(reverse("due:person", args=[town.nayla.pk])).content.decode()
    assert "Siti Aminah" in page
    assert reverse("due:person", args=[town.mother.pk]) not in page
    sent = {
        "name": "Nayla Putri R", "sex": "female", "birth_date": "2025-09-08",
        "nik_missing": "no_card", "mother_name": "Siti Aminah",
    }  # fmt: skip
    url = reverse("people:person-edit", args=[town.nayla.pk])
    assert client.post(url, sent).status_code == 302
    town.nayla.refresh_from_db()
    assert town.nayla.name == "Nayla Putri R"
    assert town.nayla.mother_id == town.mother.pk


# imports


@pytest.fixture
def job(town, sign_in):
    """An import of Budi's with a refused row; its uid."""
    rows = "Nama,JK,Tgl Lahir,Desa\nIntan Kelana,P,99/99/2026,Panamas\n"
    client = sign_in(town.budi)
    file = SimpleUploadedFile("register.csv", rows.encode())
    page = client.post(reverse("imports:start"), {"file": file})["Location"]
    return page.split("/")[2]


IMPORT_PAGES = ["job", "columns", "progress", "confirm", "drop", "again", "refused"]


@pytest.mark.parametrize("who", ["dewi", "eko", "citra", "ani", "fitri"])
@pytest.mark.parametrize("name", IMPORT_PAGES)
def test_an_import_is_seen_by_who_brought_it_only(town, job, sign_in, who, name):
    client = sign_in(getattr(town, who))
    for method in (client.get, client.post):
        answer = method(reverse(f"imports:{name}", args=[job]))
        assert answer.status_code in (403, 404, 405)
        assert b"Intan" not in answer.content


def test_who_sees_one_posyandu_imports_no_file_of_a_village(town):
    bidan = accounts.add_user(
        username="lia", password=PASSWORD, name="Lia", role="midwife", facility=town.anggrek
    )
    assert town.anggrek.kind == FacilityKind.POSYANDU
    assert not scopes.scope_of(bidan).may_import
    assert scopes.scope_of(town.budi).may_import


# the situation


@pytest.mark.parametrize(
    "place", ["62.03.01.1010", "P-MELATI", "Y-DAHLIA", "62.03.01", "62.03", "T-PANAMAS", "62"]
)
def test_the_names_of_another_area_are_not_there(town, sign_in, place):
    pws.catch_up(month=NOV)
    for who in (town.citra, town.ira):
        client = sign_in(who)
        for page in ("", "sheet/", "count/", "names/s/counted/", "names/s/counted/sheet/"):
            assert client.get(f"/pws/{page}", {"place": place}).status_code == 404, (who, page)


def test_of_who_moved_away_the_old_list_tells_nothing_new(town, sign_in):
    pws.catch_up_all()
    people.move_person(by=None, person=town.nayla, household=town.far_home, on=date(2026, 11, 5))
    records.record_visit(
        by=town.citra,
        facts=[records.NewFact(town.nayla.pk, "body.weight", date(2026, 11, 18), 9.0)],
    )
    client = sign_in(town.budi)
    page = client.get("/pws/names/s/counted/", {"month": "2026-10"})
    [line] = [one for one in page.context["lines"] if one.name.startswith("Nayla")]
    assert (line.owed, line.served_on, line.now) == ((), None, "away")


# what a kader is not told


CLINICAL = {
    "bp.systolic": 191, "bp.diastolic": 123, "glucose.random": 287, "lab.hb": 6.7,
}  # fmt: skip
TOLD = ("191", "123", "287", "6,7", "6.7")


@pytest.fixture
def ill(town):
    """The mother with findings a midwife wrote down, pregnant."""
    for person in (town.mother, town.grandmother):
        names = {k: v for k, v in CLINICAL.items() if k != "lab.hb" or person is town.mother}
        if person is town.mother:
            names["pregnancy.lmp"] = date(2026, 6, 1)
        outcome = records.record_visit(
            by=town.budi,
            facts=[records.NewFact(person.pk, n, date(2026, 11, 9), v) for n, v in names.items()],
        )
        assert not outcome.refused
    pws.catch_up(month=NOV)
    return town


@pytest.mark.parametrize("who", ["ani", "dewi", "fitri"])
def test_who_does_not_treat_is_told_no_clinical_value(ill, sign_in, who):
    client = sign_in(getattr(ill, who))
    pages = [reverse("due:list"), reverse("due:household", args=[ill.home.pk]), "/pws/"]
    for person in (ill.mother, ill.grandmother):
        pages += [
            reverse("due:person", args=[person.pk]) + "?all=1",
            reverse("people:history", args=[person.pk]),
        ]
    pages += [f"/pws/names/{one}/counted/" for one in ("bp_screened", "glucose_screened", "k1")]
    for page in pages:
        text = _words(client.get(page).content.decode())
        for value in TOLD:
            assert f" {value} " not in text, (page, value)
            assert f" {value}/" not in text, (page, value)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(reverse("due:sheet")).content))
    cells = " ".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)
    assert not [value for value in TOLD if f" {value}" in cells]


def test_who_treats_is_told(ill, sign_in):
    text = _words(
        sign_in(ill.budi).get(reverse("due:person", args=[ill.mother.pk])).content.decode()
    )
    assert "191" in text


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<(?!title)[^>]*>", " ", html))


def test_a_kader_corrects_no_fact_of_others(ill, sign_in):
    client, n = sign_in(ill.ani), Fact.objects.count()
    for fact in Fact.objects.exclude(recorded_by=ill.ani):
        for name in ("correct", "retract"):
            answer = client.post(reverse(f"due:{name}", args=[fact.pk]), {"value": "1"})
            assert answer.status_code in (403, 404)
    sent = steps.visit(ill.father, ["screen.bp"], bp__systolic="120", bp__diastolic="80")
    assert client.post(reverse("due:record", args=[ill.father.pk]), sent).status_code == 422
    assert Fact.objects.count() == n


# looks


def test_a_page_of_a_person_is_one_look(town, sign_in):
    client = sign_in(town.budi)

    def looks(send) -> int:
        before = AuditEntry.objects.filter(action="look.person").count()
        send()
        return AuditEntry.objects.filter(action="look.person").count() - before

    one = [town.nayla.pk]
    for name in ("due:person", "people:history", "people:person-edit", "people:death"):
        assert looks(partial(client.get, reverse(name, args=one))) == 1, name
    row = reverse("due:record", args=one)
    htmx = {"HX-Request": "true"}
    assert looks(lambda: client.get(row, {"list": ""}, headers=htmx)) == 1
    wrong = steps.visit(town.nayla, ["growth.weigh"], body__weight="87000")
    assert looks(lambda: client.post(row, wrong)) == 1
    assert looks(lambda: client.get(reverse("people:register"), {"mother": town.mother.pk})) == 1


def test_who_may_be_the_same_is_shown_and_logged(town, sign_in):
    sent = {
        "name": "Nayla Putri Rahman", "sex": "female", "birth_date": "2025-09-08",
        "nik_missing": "no_card", "mother_name": "Siti Aminah",
    }  # fmt: skip
    url = reverse("people:register") + f"?household={town.home.pk}"
    answer = sign_in(town.budi).post(url, sent)
    assert answer.status_code == 422
    entry = AuditEntry.objects.filter(action="look.list").latest("number")
    assert entry.note.startswith("likely, ")
    assert town.double.pk not in [one.pk for one, _ in answer.context["asked"].likely]

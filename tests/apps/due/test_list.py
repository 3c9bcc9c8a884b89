"""The due list: who sees whom, in which order, with what reason; and its file."""

import io
import re

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from simpul.accounts.models import AuditEntry
from simpul.people import actions as people
from tests.apps.due import steps

pytestmark = pytest.mark.django_db
URL = "/due/"


@pytest.fixture
def neighbours(melati):
    """A family without Posyandu in the same village, and one in the other village."""
    it = melati
    it.next_door = people.register_household(
        by=None,
        new=people.NewHousehold(
            village=it.panamas, address="Jl. Anggrek No. 21", rt_label="RT 004/RW 001",
            head_name="Sugianto",
        ),
    )  # fmt: skip
    it.away = people.register_household(
        by=None,
        new=people.NewHousehold(village=it.hulu, address="Jl. Mawar 2", head_name="Yuliana"),
    )
    it.dimas = _person(it.next_door, "Dimas Saputra", "male", "2026-02-14", mother_name="Wulandari")
    it.citra_kecil = _person(it.away, "Citra Anggraini", "female", "2024-07-01")
    return it


def _person(home, name, sex, birth, **more):
    new = people.NewPerson(household=home, name=name, sex=sex, birth_date=steps.day(birth), **more)
    return people.register_person(by=None, new=new)


def test_a_stranger_is_sent_to_the_login(client, melati):
    answer = client.get(URL)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_each_sees_the_own_area(neighbours, sign_in):
    it = neighbours
    assert "Dimas Saputra" not in steps.owed_names(sign_in(it.ani))
    assert "Nayla Putri Rahman" in steps.owed_names(sign_in(it.ani))
    budi = steps.owed_names(sign_in(it.budi))
    assert {"Dimas Saputra", "Nayla Putri Rahman"} <= set(budi)
    assert "Citra Anggraini" not in budi
    assert "Citra Anggraini" in steps.owed_names(sign_in(it.eko))
    assert "Citra Anggraini" in steps.owed_names(sign_in(it.fitri))
    assert steps.owed_names(sign_in(it.citra)) == []


def test_the_most_urgent_house_comes_first(neighbours, sign_in):
    it = neighbours
    steps.weigh(it.dimas, d20260910=8.1, d20261010=8.1, d20261110=8.1)  # 2T
    names = steps.owed_names(sign_in(it.budi))
    assert names[0] == "Dimas Saputra"
    html = sign_in(it.budi).get(URL).content.decode()
    assert html.index("Rumah Sugianto") < html.index("Rumah Abdul Rahman")


def test_it_says_what_since_when_and_why(melati, sign_in):
    html = sign_in(melati.budi).get(URL).content.decode()
    assert "Campak-Rubela (MR) dosis 1" in html
    assert "sejak 8 Jun 2026" in html
    assert "mengapa?" in html
    assert "Sumber: KMK HK.01.07/MENKES/2015/2023" in html
    assert "/book/imm.mr/" in html
    assert "1 th 2 bln" in html


def test_no_machine_words_on_the_screen(melati, sign_in):
    html = sign_in(melati.budi).get(URL).content.decode()
    text = re.sub(r"<[^>]+>", " ", html)
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", text)
    assert not re.search(r"\b(imm|growth|screen|supplement|follow)\.[a-z_]+", text)
    assert "None" not in text


def test_filters_narrow_the_list(neighbours, sign_in):
    it = neighbours
    client = sign_in(it.eko)
    assert steps.owed_names(client, q="dimas") == ["Dimas Saputra"]
    assert steps.owed_names(client, q="wulandari") == ["Dimas Saputra"]
    assert steps.owed_names(client, q="Woelandari") == ["Dimas Saputra"]
    assert steps.owed_names(client, village=it.hulu.pk) == ["Citra Anggraini"]
    assert "Nayla Putri Rahman" in steps.owed_names(client, village=it.panamas.pk, place=it.rt3.pk)
    assert "Dimas Saputra" not in steps.owed_names(client, village=it.panamas.pk, place=it.rt3.pk)
    assert "Dimas Saputra" not in steps.owed_names(client, posyandu=it.dahlia.pk)
    assert steps.owed_names(client, stage="elderly") == ["Hj. Masniah"]
    assert steps.owed_names(client, service="group.elderly") == ["Hj. Masniah"]
    assert steps.owed_names(client, service="screen.elderly") == ["Hj. Masniah"]
    assert "Hj. Masniah" not in steps.owed_names(client, urgency="urgent")


def test_a_filter_by_service_shows_that_service_only(melati, sign_in):
    html = sign_in(melati.budi).get(URL, {"service": "imm.mr"}).content.decode()
    assert "Campak-Rubela (MR) dosis 1" in html
    assert not re.search(r"<b>Pneumokokus", html)


def test_numbers_of_the_summary_are_those_of_the_rows(neighbours, sign_in):
    client = sign_in(neighbours.eko)
    page = client.get(URL)
    found = page.context["found"]
    names = steps.owed_names(client)
    assert found.n_persons == len(names) == sum(found.by_rank.values())
    assert found.n_persons == sum(found.by_stage.values()) == sum(found.by_urgency.values())
    assert page.context["n_registered"] == 7
    for code, n in found.by_stage.items():
        assert len(steps.owed_names(client, stage=code)) == n
    for code, n in found.by_group.items():
        assert len(steps.owed_names(client, service=f"group.{code}")) == n


def test_an_empty_list_says_what_to_do(melati, sign_in):
    client = sign_in(melati.citra)
    assert "Belum ada warga terdaftar di sini" in client.get(URL).content.decode()
    html = sign_in(melati.budi).post(URL, {"q": "zzz"}, follow=True).content.decode()
    assert "Tidak ada yang cocok dengan saringan ini" in html


def test_one_look_is_logged_with_a_count(melati, sign_in):
    n = len(steps.owed_names(sign_in(melati.budi)))
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.action, entry.note) == ("look.list", f"due list, {n} people")
    assert entry.user == melati.budi


def test_the_file_has_the_rows_of_the_list(neighbours, sign_in):
    client = sign_in(neighbours.eko)
    answer = client.get(reverse("due:sheet"), {"stage": ["infant", "toddler"]})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = rows.to_python()
    heads, body = rows[2], rows[3:]
    assert heads[1] == "Nama"
    listed = client.get(URL, {"stage": ["infant", "toddler"]}).context["houses"]
    expected = [
        (one.person.name, line.title, line.item.due_on, line.reason)
        for house in listed
        for one in house.owed
        for line in one.lines
    ]
    assert [(row[1], row[10], row[11], row[13]) for row in body] == expected
    assert "attachment" in answer["Content-Disposition"]


def test_pages_of_the_list(melati, sign_in, monkeypatch):
    monkeypatch.setattr("simpul.due.views.HOUSES_PER_PAGE", 1)
    for number in range(3):
        home = people.register_household(
            by=None,
            new=people.NewHousehold(village=melati.panamas, head_name=f"Kepala {number}"),
        )
        _person(home, f"Anak {number}", "female", "2025-01-01")
    client = sign_in(melati.budi)
    pages = [steps.owed_names(client, page=page) for page in (1, 2, 3, 4)]
    assert all(pages)
    assert len({name for names in pages for name in names}) == sum(map(len, pages))
    assert "Halaman 1 dari 4" in client.get(URL).content.decode()
    assert set(steps.owed_names(client, all="1")) == {name for names in pages for name in names}


def test_nothing_is_left_in_english(melati, sign_in):
    client = sign_in(melati.budi)
    pages = [URL, f"/due/household/{melati.home.pk}/"]
    pages += [f"/due/person/{one.pk}/" for one in (melati.nayla, melati.mother, melati.father)]
    for url in pages:
        text = re.sub(r"<[^>]+>", " ", client.get(url).content.decode())
        english = r"\b(since|late|until|the|of|Save|Record|House|Given|Done|Day|Place|yes|no)\b"
        assert not re.search(english, text), re.search(f".*{english}.*", text)[0]

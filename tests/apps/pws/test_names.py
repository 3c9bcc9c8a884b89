"""The names behind a number, by the client."""

import io
import re
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from simpul import packs
from simpul.accounts.models import AuditEntry
from simpul.people import actions as people
from simpul.pws import actions, live, views
from simpul.records import actions as records
from tests.apps.pws.register import Register

pytestmark = pytest.mark.django_db

OCT, NOV = date(2026, 10, 1), date(2026, 11, 1)
PANAMAS = "62.03.01.1010"


def _weigh(person, on=date(2026, 11, 17), kg=8.4):
    records.record_visit(by=None, facts=[records.NewFact(person.pk, "body.weight", on, kg)])


def _names(page) -> list[str]:
    assert page.status_code == 200
    return [line.name for line in page.context["lines"]]


def test_the_three_lists_behind_a_number(melati, sign_in):
    _weigh(melati.nayla)
    client = sign_in(melati.budi)
    client.get("/pws/")
    assert _names(client.get("/pws/names/d/reached/")) == ["Nayla Putri Rahman"]
    assert _names(client.get("/pws/names/d/missed/")) == ["Rafi Aditya Rahman"]
    assert len(_names(client.get("/pws/names/d/counted/"))) == 2


def test_a_line_says_who_where_how_old_and_what_is_owed(melati, sign_in):
    _weigh(melati.nayla)
    client = sign_in(melati.budi)
    client.get("/pws/")
    page = client.get("/pws/names/d/reached/")
    text = re.sub(r"\s+", " ", page.content.decode())
    assert f'<a href="/due/person/{melati.nayla.pk}/">Nayla Putri Rahman</a>' in text
    for part in ("1 th 2 bln", "RT 003/RW 001, Panamas", "Siti Aminah", "17 Nov 2026"):
        assert part in text
    (line,) = page.context["lines"]
    assert "MR1" in line.owed


def test_a_look_is_logged_once_with_how_many(melati, sign_in):
    actions.catch_up(month=NOV)
    sign_in(melati.budi).get("/pws/names/s/counted/")
    (entry,) = AuditEntry.objects.filter(action="look.list")
    assert (entry.user, entry.note) == (melati.budi, "pws s counted, 2 people")


def test_who_moved_away_is_still_named_but_is_no_link(melati, sign_in):
    actions.catch_up_all()
    far = people.register_household(by=None, new=people.NewHousehold(village=melati.far))
    people.move_person(by=None, person=melati.nayla, household=far, on=date(2026, 11, 5))
    people.record_death(by=None, person=melati.rafi, on=date(2026, 11, 6))
    client = sign_in(melati.budi)
    page = client.get("/pws/names/s/counted/", {"month": "2026-10"})
    assert _names(page) == ["Nayla Putri Rahman", "Rafi Aditya Rahman"]
    assert [line.is_reachable for line in page.context["lines"]] == [False, True]
    assert "sudah meninggal" in page.content.decode()
    client.get("/pws/")
    assert _names(client.get("/pws/names/s/counted/")) == []


@pytest.mark.parametrize("path", ["x/counted", "s/all", "s/reached/sheet/more"])
def test_what_is_not_there(melati, sign_in, path):
    assert sign_in(melati.budi).get(f"/pws/names/{path}/").status_code == 404


def test_a_part_of_a_name_in_any_spelling(melati, sign_in):
    actions.catch_up(month=NOV)
    client = sign_in(melati.budi)
    page = client.post("/pws/names/s/counted/", {"q": "Poetri"}, follow=True)
    assert _names(page) == ["Nayla Putri Rahman"]
    page = client.post("/pws/names/s/counted/", {"q": "zzz"}, follow=True)
    assert _names(page) == []
    assert "Nama tidak ditemukan" in page.content.decode()


@pytest.mark.parametrize(
    ("place", "month"), [(PANAMAS, "2026-11"), ("P-MELATI", "2026-10"), ("Y-ANGGREK", "2026-11")]
)
def test_every_number_of_the_page_opens_as_many_names(melati, sign_in, place, month):
    Register(melati, 41).happen(120)
    actions.catch_up_all()
    client = sign_in(melati.fitri)
    page = client.get("/pws/", {"place": place, "month": month})
    for _, tiles in page.context["found"].groups:
        for tile in tiles:
            for which in ("counted", "reached", "missed"):
                url = f"/pws/names/{tile.indicator.id}/{which}/"
                found = client.get(url, {"place": place, "month": month})
                number = getattr(tile, which)
                assert found.context["page"].paginator.count == len(_names(found)) == number


def test_a_day_judged_live_names_whom_it_counts(melati, sign_in):
    _weigh(melati.nayla, date(2026, 10, 20))
    client = sign_in(melati.budi)
    query = {"on": "2026-10-20"}
    assert client.get("/pws/", query).context["found"].tile("d").reached == 1
    assert _names(client.get("/pws/names/d/reached/", query)) == ["Nayla Putri Rahman"]
    page = client.post("/pws/names/d/counted/", query | {"q": "Rafi"}, follow=True)
    assert _names(page) == ["Rafi Aditya Rahman"]


def test_the_nearest_month_is_named_as_such(melati, sign_in, monkeypatch):
    _weigh(melati.nayla, date(2026, 10, 20))
    actions.catch_up_all()
    monkeypatch.setattr(live, "MOST", 0)
    page = sign_in(melati.budi).get("/pws/names/d/reached/", {"on": "2026-10-05"})
    assert _names(page) == ["Nayla Putri Rahman"]
    assert "bulan tersimpan yang terdekat: Oktober 2026" in page.content.decode()


def test_long_lists_come_in_pages(melati, sign_in, monkeypatch):
    monkeypatch.setattr(views, "NAMES_PER_PAGE", 2)
    actions.catch_up(month=NOV)
    client = sign_in(melati.budi)
    first = client.get("/pws/names/bp_screened/missed/")
    second = client.get("/pws/names/bp_screened/missed/", {"page": "2"})
    assert (len(_names(first)), len(_names(second))) == (2, 1)
    assert not set(_names(first)) & set(_names(second))


def test_the_sheet_of_names(melati, sign_in):
    _weigh(melati.nayla)
    actions.catch_up(month=NOV)
    answer = sign_in(melati.budi).get("/pws/names/d/counted/sheet/", {"month": "2026-11"})
    assert f'filename="pws-{PANAMAS}-2026-11-d-counted.xlsx"' in answer["Content-Disposition"]
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        .get_sheet_by_name("Nama")
        .to_python()
    )
    assert rows[2][:3] == ["Nama", "Tanggal lahir", "Umur"]
    assert [(row[0], row[6]) for row in rows[3:]] == [
        ("Nayla Putri Rahman", "ya"), ("Rafi Aditya Rahman", "tidak"),
    ]  # fmt: skip
    (entry,) = AuditEntry.objects.filter(action="look.list")
    assert entry.note == "pws sheet d counted, 2 people"


def test_a_kader_sees_the_names_of_her_posyandu_only(melati, sign_in):
    other = people.register_household(by=None, new=people.NewHousehold(village=melati.panamas))
    people.move_person(by=None, person=melati.rafi, household=other, on=date(2026, 11, 1))
    client = sign_in(melati.ani)
    client.get("/pws/")
    assert _names(client.get("/pws/names/s/counted/")) == ["Nayla Putri Rahman"]


def test_no_health_data_in_the_address(melati, sign_in):
    """An indicator's id may stand there, a person or a value never."""
    actions.catch_up(month=NOV)
    page = sign_in(melati.budi).get("/pws/").content.decode()
    for link in re.findall(r'href="(/pws/[^"]+)"', page):
        assert not re.search(r"Nayla|Rahman|person|name=", link)
    assert set(re.findall(r"/pws/names/([^/]+)/", page)) <= set(packs.load().indicators)


@pytest.mark.parametrize("indicator", ["stunting", "wasting", "underweight"])
def test_a_kader_sees_numbers_of_nutrition_but_no_names(melati, sign_in, indicator):
    _weigh(melati.nayla, kg=6.0)
    client = sign_in(melati.ani)
    html = client.get("/pws/", {"indicator": indicator}).content.decode()
    assert f"/names/{indicator}/" not in html
    assert client.get(f"/pws/names/{indicator}/reached/").status_code == 403
    assert client.get(f"/pws/names/{indicator}/reached/sheet/").status_code == 403
    assert sign_in(melati.budi).get(f"/pws/names/{indicator}/reached/").status_code == 200

"""The page of the situation, by the client, with the fixed cast."""

import io
import re
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from simpul.accounts.models import AuditEntry
from simpul.people import actions as people
from simpul.places import actions as places
from simpul.pws import actions, live
from simpul.records import actions as records

pytestmark = pytest.mark.django_db

OCT, NOV = date(2026, 10, 1), date(2026, 11, 1)
PANAMAS, HULU, FAR = "62.03.01.1010", "62.03.01.1011", "62.03.09.2001"


def _weigh(person, on=date(2026, 11, 17), kg=8.4):
    records.record_visit(by=None, facts=[records.NewFact(person.pk, "body.weight", on, kg)])


def _text(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def _tile(page, indicator: str):
    return page.context["found"].tile(indicator)


# whose numbers


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [
        ("budi", PANAMAS, 200), ("budi", HULU, 404), ("budi", "P-MELATI", 404),
        ("budi", "62.03", 404), ("budi", "Y-DAHLIA", 200),
        ("eko", PANAMAS, 200), ("eko", "P-MELATI", 200), ("eko", FAR, 404), ("eko", "62.03", 404),
        ("fitri", "62.03", 200), ("fitri", FAR, 200), ("fitri", "P-MELATI", 200),
        ("fitri", "62", 200),
        ("ani", "Y-DAHLIA", 200), ("ani", PANAMAS, 404), ("ani", "62.03", 404),
        ("citra", FAR, 200), ("citra", PANAMAS, 404), ("citra", "P-MELATI", 404),
        ("citra", "Y-DAHLIA", 404), ("eko", "no such code", 404),
    ],
)  # fmt: skip
def test_an_area_is_shown_to_whom_it_is_given(melati, sign_in, who, place, status):
    client = sign_in(getattr(melati, who))
    for path in ("", "sheet/", "count/", "names/s/counted/", "names/s/counted/sheet/"):
        found = client.get(f"/pws/{path}", {"place": place}, headers={"hx-request": "true"})
        assert found.status_code == status, path


@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("ani", "Posyandu Dahlia"), ("budi", "Desa Panamas"), ("eko", "Puskesmas Melati"),
        ("dewi", "Puskesmas Melati"), ("fitri", "Kabupaten Kapuas"), ("citra", "Puskesmas Tamban"),
    ],
)  # fmt: skip
def test_everybody_starts_at_the_own_area(melati, sign_in, who, label):
    assert f"<h1>Situasi {label}</h1>" in _text(sign_in(getattr(melati, who)).get("/pws/"))


def test_on_a_phone_the_filters_are_folded_and_the_buttons_stay(melati, sign_in):
    text = _text(sign_in(melati.eko).get("/pws/"))
    folded = text.partition("<details data-open-wide>")[2].partition("</details>")[0]
    assert "Pilih wilayah dan bulan</summary>" in folded
    assert 'name="place"' in folded
    assert "data-print" not in folded


def test_a_stranger_is_asked_to_sign_in(client, melati):
    assert client.get("/pws/").status_code == 302
    assert client.get("/pws/names/s/counted/").status_code == 302


def test_the_choice_of_areas_holds_what_may_be_seen(melati, sign_in):
    def offered(user):
        page = sign_in(user).get("/pws/")
        return {one.code for group in page.context["choices"] for one in group.choices}

    rt = melati.rt3.code
    assert offered(melati.budi) == {PANAMAS, "Y-DAHLIA", rt}
    assert offered(melati.ani) == {"Y-DAHLIA"}
    assert offered(melati.eko) == {"P-MELATI", PANAMAS, HULU, "62.03.01"}
    assert offered(melati.fitri) >= {"62.03", "P-MELATI", "P-TAMBAN", PANAMAS, HULU, FAR}


# what it says


def test_recording_a_service_changes_the_page_at_once(melati, sign_in):
    client = sign_in(melati.budi)
    assert _tile(client.get("/pws/"), "d").reached == 0
    _weigh(melati.nayla)
    tile = _tile(client.get("/pws/"), "d")
    assert (tile.reached, tile.counted, tile.percent) == (1, 2, 50.0)


def test_a_month_that_is_over_stays_as_it_was(melati, sign_in):
    _weigh(melati.nayla, date(2026, 10, 20))
    actions.catch_up_all()
    client = sign_in(melati.budi)
    before = _tile(client.get("/pws/", {"month": "2026-10"}), "d")
    _weigh(melati.nayla)
    _weigh(melati.rafi)
    assert _tile(client.get("/pws/", {"month": "2026-10"}), "d") == before
    assert "ditutup pada 20 Nov 2026" in _text(client.get("/pws/", {"month": "2026-10"}))


def test_a_correction_is_seen(melati, sign_in):
    actions.catch_up_all()
    _weigh(melati.nayla, date(2026, 10, 20))
    page = _text(sign_in(melati.budi).get("/pws/", {"month": "2026-10"}))
    assert "dikoreksi dari 0/2 menjadi 1/2 pada 20 Nov 2026" in page


def test_nobody_is_a_dash_and_not_nought(melati, sign_in):
    page = sign_in(melati.fitri).get("/pws/", {"place": FAR, "indicator": "idl"})
    tile = _tile(page, "idl")
    assert (tile.percent, tile.value, tile.status) == (None, None, None)
    assert "tidak ada sasaran" in _text(page)
    page = sign_in(melati.eko).get("/pws/", {"indicator": "idl"})
    rows = {row.part.name: row.value for row in page.context["rows"]}
    assert rows == {"Panamas": 0.0, "Selat Hulu": None}
    assert '<td class="r num">–</td>' in _text(page)


def test_the_trend_has_a_year_and_the_month_before_is_compared(melati, sign_in):
    _weigh(melati.nayla, date(2026, 10, 20))
    _weigh(melati.nayla)
    _weigh(melati.rafi)
    actions.catch_up_all()
    tile = _tile(sign_in(melati.budi).get("/pws/"), "d")
    assert len(tile.trend) == 12
    assert tile.trend[-2:] == (50.0, 100.0)
    assert (tile.before, tile.change, tile.status) == (50.0, 50.0, "good")


def test_registered_and_estimate_stand_side_by_side(melati, sign_in):
    _weigh(melati.nayla)
    for place, number in ((melati.panamas, 4), (melati.hulu, 6)):
        places.estimate(
            place=place, group="under_fives", year=2026, number=number, source="Pusdatin"
        )
    client = sign_in(melati.eko)
    tile = _tile(client.get("/pws/", {"place": PANAMAS}), "d")
    assert (tile.counted, tile.estimate.official.number, tile.estimate.percent) == (2, 4, 25.0)
    page = client.get("/pws/")
    assert _tile(page, "d").estimate.official.number == 10
    assert "10,0% dari 10 (2026)" in _text(page)
    assert "Pusdatin, 2026" in _text(page)
    # of a part of a village, or of one sex, nobody has estimated anything
    assert _tile(client.get("/pws/", {"place": "Y-DAHLIA"}), "d").estimate is None
    assert _tile(client.get("/pws/", {"sex": "female"}), "d").estimate is None


def test_an_estimate_of_a_year_is_no_denominator_of_a_month(melati, sign_in):
    places.estimate(place=melati.panamas, group="births", year=2025, number=52, source="BPS")
    tile = _tile(sign_in(melati.budi).get("/pws/"), "kn1")
    assert (tile.estimate.official.number, tile.estimate.percent) == (52, None)
    assert "52 selama 2025" in _text(sign_in(melati.budi).get("/pws/"))


def test_an_estimate_is_added_up_only_when_every_village_has_one(melati, sign_in):
    places.estimate(place=melati.panamas, group="elderly", year=2026, number=9, source="BPS")
    client = sign_in(melati.eko)
    assert _tile(client.get("/pws/"), "elderly_screened").estimate is None


def test_one_sex_only(melati, sign_in):
    client = sign_in(melati.budi)
    assert _tile(client.get("/pws/"), "s").counted == 2
    assert _tile(client.get("/pws/", {"sex": "female"}), "s").counted == 1
    assert _tile(client.get("/pws/", {"sex": "male"}), "s").counted == 1


# any day


def test_any_past_day_of_a_village_is_judged_now(melati, sign_in):
    _weigh(melati.nayla, date(2026, 10, 20))
    client = sign_in(melati.budi)
    for day, reached in (("2026-10-19", 0), ("2026-10-20", 1), ("2026-11-02", 0)):
        page = client.get("/pws/", {"on": day})
        assert _tile(page, "d").reached == reached
        assert "dihitung sekarang dari catatan" in _text(page)


def test_a_day_of_a_village_is_compared_with_neighbours_only_when_they_are_few(
    melati, sign_in, monkeypatch
):
    there = people.register_household(by=None, new=people.NewHousehold(village=melati.hulu))
    people.move_person(by=None, person=melati.rafi, household=there, on=date(2026, 10, 1))
    client, query = sign_in(melati.eko), {"place": PANAMAS, "on": "2026-10-20", "indicator": "s"}
    rows = client.get("/pws/", query).context["rows"]
    assert {row.part.name: row.counted for row in rows} == {"Panamas": 1, "Selat Hulu": 1}
    monkeypatch.setattr(live, "MOST", 4)  # Panamas alone
    rows = client.get("/pws/", query).context["rows"]
    assert {row.part.name: row.counted for row in rows} == {"Dahlia": 1}


def test_a_day_of_a_large_area_is_the_nearest_month_and_says_so(melati, sign_in, monkeypatch):
    actions.catch_up_all()
    monkeypatch.setattr(live, "MOST", 0)
    page = sign_in(melati.budi).get("/pws/", {"on": "2026-10-20"})
    assert page.context["found"].period.month == OCT
    assert "yang tampil bulan tersimpan yang terdekat: Oktober 2026" in _text(page)


def test_a_month_that_was_not_stored_is_judged_now_or_said_to_be_missing(
    melati, sign_in, monkeypatch
):
    client = sign_in(melati.budi)
    monkeypatch.setattr("simpul.pws.views.MOST_JUDGED_WHILE_WAITING", 0)
    page = client.get("/pws/", {"month": "2026-08"})
    assert page.context["found"].period.kind == "live"
    assert _tile(page, "s").counted == 2
    monkeypatch.setattr(live, "MOST", 0)
    page = client.get("/pws/", {"month": "2026-08"})
    assert page.context["found"].period.kind == "none"
    assert "Hitung sekarang" in _text(page)
    assert "Belum ada bulan yang dihitung" in _text(page)
    assert 'class="card tile' not in _text(page)  # nothing that could be taken for a nought


@pytest.mark.parametrize(
    "query",
    [{"month": "2027-03"}, {"month": "x"}, {"on": "2026-11-20"}, {"on": "x"},
     {"month": "", "sex": "x", "indicator": "x"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_this_month(melati, sign_in, query):
    ask = sign_in(melati.budi).get("/pws/", query).context["ask"]
    assert (ask.month, ask.on, ask.question.sex, ask.indicator) == (NOV, None, "", "idl")


def test_counting_goes_on_step_by_step(melati, sign_in, monkeypatch):
    monkeypatch.setattr("simpul.pws.views.MOST_JUDGED_WHILE_WAITING", 0)
    client = sign_in(melati.budi)
    assert "belum dihitung" in _text(client.get("/pws/"))
    step = client.get("/pws/count/", headers={"hx-request": "true"})
    assert "Semua sudah dihitung" in _text(step)
    assert client.get("/pws/").context["waiting"] == 0


def test_without_script_counting_leads_back_to_the_page(melati, sign_in, monkeypatch):
    monkeypatch.setattr("simpul.pws.views.MOST_JUDGED_WHILE_WAITING", 0)
    page = sign_in(melati.budi).get("/pws/count/", {"place": PANAMAS}, follow=True)
    assert (page.context["waiting"], page.context["ask"].area.code) == (0, PANAMAS)


# the parts


def test_villages_are_compared_and_lead_on(melati, sign_in):
    there = people.register_household(by=None, new=people.NewHousehold(village=melati.hulu))
    people.move_person(by=None, person=melati.rafi, household=there, on=date(2026, 11, 1))
    _weigh(melati.rafi)
    page = sign_in(melati.eko).get("/pws/", {"indicator": "d"})
    rows = {row.part.name: (row.reached, row.counted) for row in page.context["rows"]}
    assert rows == {"Selat Hulu": (1, 1), "Panamas": (0, 1)}
    assert page.context["rows"][0].part.name == "Selat Hulu"  # the best first
    for row in page.context["rows"]:
        beyond = sign_in(melati.eko).get(row.url.replace("&amp;", "&"))
        assert _tile(beyond, "d").counted == row.counted


@pytest.mark.parametrize(("by", "name"), [("posyandu", "Dahlia"), ("rt", "RT 003/RW 001")])
def test_a_village_is_compared_by_its_parts(melati, sign_in, by, name):
    page = sign_in(melati.budi).get("/pws/", {"by": by, "indicator": "s"})
    assert [(row.part.name, row.counted) for row in page.context["rows"]] == [(name, 2)]
    beyond = sign_in(melati.budi).get(page.context["rows"][0].url)
    assert _tile(beyond, "s").counted == 2


def test_the_map_shows_whose_outline_is_known(melati, sign_in):
    square = [[[114.0, -3.0], [114.1, -3.0], [114.1, -3.1], [114.0, -3.1], [114.0, -3.0]]]
    places.draw(place=melati.panamas, rings=square, is_schematic=True)
    page = sign_in(melati.eko).get("/pws/", {"indicator": "d"})
    drawn = page.context["map"]
    assert drawn.is_schematic
    assert drawn.missing == ("Selat Hulu",)
    assert 'class="chart map"' in _text(page)
    assert "skematis" in _text(page)
    assert sign_in(melati.citra).get("/pws/").context["map"] is None


def test_the_map_of_kapuas_is_drawn_from_the_ministry_s_outlines(melati, sign_in, shared_data):
    from click.testing import CliRunner

    from simpul.project.cli.places import places as command

    for name, file in (("load-codes", "wilayah_kapuas_kaur.csv"),
                       ("load-shapes", "desa_62.03_kapuas.geojson"),
                       ("load-shapes", "kecamatan_62.03_kapuas.geojson")):  # fmt: skip
        done = CliRunner().invoke(command, [name, str(shared_data / "places" / file)])
        assert done.exit_code == 0, done.output
    page = sign_in(melati.fitri).get("/pws/", {"place": "62.03", "indicator": "s"})
    assert page.context["map"] is None  # a count is no share, so it has no colour
    page = sign_in(melati.fitri).get("/pws/", {"place": "62.03", "indicator": "d"})
    assert page.context["found"].division.by == "district"
    drawn = page.context["map"]
    assert not drawn.is_schematic
    assert drawn.svg.count('class="area"') == 17
    by_village = sign_in(melati.fitri).get(
        "/pws/", {"place": "62.03.01", "indicator": "d", "by": "village"}
    )
    assert by_village.context["map"].svg.count('class="area"') >= 10


# to take away


def test_the_sheet_holds_all_indicators_by_village(melati, sign_in):
    _weigh(melati.nayla)
    answer = sign_in(melati.eko).get("/pws/sheet/", {"month": "2026-11"})
    assert 'filename="pws-P-MELATI-2026-11.xlsx"' in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Situasi", "Persen", "Sudah", "Sasaran"]
    rows = {row[2]: row for row in book.get_sheet_by_name("Situasi").to_python()[3:]}
    assert rows["d"][3:6] == [1, 2, 50]
    assert len(rows) == 35
    by_village = book.get_sheet_by_name("Persen").to_python()
    assert by_village[2] == ["Indikator", "Panamas", "Selat Hulu"]
    assert [row[1:] for row in by_village if row[0].startswith("D/S")] == [[50, ""]]


def test_looking_at_numbers_is_not_looking_at_persons(melati, sign_in):
    sign_in(melati.budi).get("/pws/")
    assert not AuditEntry.objects.filter(action__startswith="look").exists()


@pytest.mark.parametrize("written", ["10 Agu 2026", "10/8/2026", "2026-08-10"])
def test_a_past_day_is_read_as_people_write_it(melati, sign_in, written):
    page = sign_in(melati.eko).get("/pws/", {"on": written})
    assert page.context["ask"].on == date(2026, 8, 10)
    assert 'name="on" value="10 Agu 2026"' in page.content.decode()

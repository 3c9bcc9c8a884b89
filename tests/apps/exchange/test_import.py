"""What an import does to the register: who is known, what is new, changed, doubtful; crashes."""

import json

import pytest
from click.testing import CliRunner

from simpul.accounts.scope import EVERYTHING
from simpul.exchange import cells, importing, runs
from simpul.exchange.models import ImportJob, RememberedColumns
from simpul.exchange.registers import fields
from simpul.people import actions as people
from simpul.people.models import Household, LikelyPair, Person
from simpul.places.models import Facility, Place
from simpul.project.cli.imports import import_
from simpul.records import actions as records
from simpul.records import queries as log
from simpul.records.models import Fact
from tests.apps.exchange.conftest import HEADER, as_csv, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    """bring(rows) -> the report of `simpul import eppgbm` on a file of these rows."""

    def _bring(rows, *more, name="register.csv", command="eppgbm", **how):
        path, report = tmp_path / name, tmp_path / "report.json"
        path.write_bytes(rows if isinstance(rows, bytes) else as_csv(rows, **how))
        arguments = [command, str(path), "--report", str(report), *more]
        done = CliRunner().invoke(import_, arguments, catch_exceptions=False)
        assert done.exit_code in (0, 1), done.output
        return json.loads(report.read_text()) | {"exit": done.exit_code}

    return _bring


def _codes(report):
    return sorted(one["code"] for one in report["doubtful"])


# matching


def test_a_known_nik_is_the_same_person_whatever_the_spelling(bring):
    bring([row()])
    report = bring([row(name="KIRANA DEWIE", on="10/10/2026")])
    assert (report["persons_new"], report["persons_known"], report["measurements"]) == (0, 1, 1)
    assert _codes(report) == ["other_name"]
    assert Person.objects.get().name == "Kirana Dewi"


def test_a_nik_with_another_birth_date_is_another_person_to_be_looked_at(bring):
    bring([row()])
    report = bring([row(born="08/09/2024", name="Kakak Kirana")])
    assert report["persons_new"] == 1
    assert {"nik_shared", "nik_unfit"} <= set(_codes(report))
    assert len(report["possible_duplicates"]) == 1
    assert Person.objects.values("nik_hash").distinct().count() == 1


def test_without_nik_only_the_very_same_words_are_the_same_person(bring):
    bring([row(nik="")])
    again = bring([row(nik="", name="KIRANA  dewi", on="10/10/2026")])
    other = bring([row(nik="", mother="Sri Lestari", on="10/10/2026")])
    spelt = bring([row(nik="", name="Kirana Dewy", on="10/10/2026")])
    assert (again["persons_new"], other["persons_new"], spelt["persons_new"]) == (0, 1, 1)
    assert [p["second"]["name"] for p in spelt["possible_duplicates"]] == ["Kirana Dewi"]


def test_a_missing_nik_is_completed_later(bring):
    bring([row(nik="")])
    report = bring([row()])
    assert (report["persons_known"], report["changed"], report["measurements"]) == (1, 1, 0)
    assert Person.objects.get().nik_tail == "0001"


def test_an_empty_sex_is_taken_from_the_nik_or_completed_later(bring):
    first = bring([row(sex=""), row(sex="", nik="", name="Rizki")])
    assert _codes(first) == ["sex_from_nik", "sex_unknown"]
    assert dict(Person.objects.values_list("name", "sex")) == {
        "Kirana Dewi": "female", "Rizki": None,
    }  # fmt: skip
    later = bring([row(sex="L", nik="", name="Rizki")])
    assert (later["persons_known"], later["changed"]) == (1, 1)
    assert Person.objects.get(name="Rizki").sex == "male"
    again = bring([row(sex="", nik="", name="Rizki"), row(sex="L", nik="", name="Rizki")])
    assert (again["persons_new"], again["changed"]) == (0, 0)


def test_namesakes_stay_apart(bring):
    rows = [row(nik=""), row(nik="", mother="Tuti"), row(nik="", born="09/09/2025"),
            row(nik="", village="SELAT HULU")]  # fmt: skip
    report = bring(rows)
    assert report["persons_new"] == 4
    again = bring(rows[::-1], name="other.csv")
    assert (again["persons_new"], again["persons_known"]) == (0, 4)


def test_two_niks_of_one_name_and_one_row_without(bring):
    rows = [row(nik=""), row(), row(nik="6203014809250002")]
    assert bring(rows)["persons_new"] == 3
    again = bring(rows[::-1], name="other.csv")
    assert (again["persons_new"], again["persons_known"], again["changed"]) == (0, 3, 0)


def test_a_merged_double_is_known_as_the_one_kept(bring):
    bring([row(), row(nik="", name="Kirana Dewy", on="10/10/2026")])
    pair = LikelyPair.objects.get()
    kept = people.merge_pair(by=None, pair=pair, keep_id=pair.first_id)
    report = bring([row(), row(nik="", name="Kirana Dewy", on="10/10/2026", weight="8,8")],
                   name="next.csv")  # fmt: skip
    assert (report["persons_new"], report["changed"]) == (0, 1)
    assert Person.objects.filter(merged_into=kept).count() == 1


def test_a_resident_of_simpul_is_found_by_the_file(melati, bring):
    report = bring([row(nik="", name="Nayla Putri Rahman", mother="Siti Aminah")])
    assert report["persons_known"] == 1
    assert Fact.objects.filter(person=melati.nayla, name="body.weight").exists()


def test_a_new_child_joins_the_mothers_household(melati, bring):
    bring([row(mother="SITI AMINAH", Alamat="")])
    kirana = Person.objects.get(name="Kirana Dewi")
    assert kirana.household == melati.home
    assert kirana.mother == melati.mother


# facts


def test_all_that_a_row_measures_is_recorded_on_its_day(bring):
    bring([row(vita="1", birth_weight="3200", **{"TB Lahir": "0"})])
    held = {fact.name: fact for fact in Fact.objects.all()}
    assert {name: fact.number or fact.code for name, fact in held.items()} == {
        "body.weight": 8.7, "body.lenhei": 73.5, "body.measure": "l", "body.muac": 14.0,
        "birth.weight": 3.2, "supplement.vitamin_a": "red",
    }  # fmt: skip
    assert held["body.weight"].observed_on.isoformat() == "2026-11-10"
    assert held["birth.weight"].observed_on.isoformat() == "2025-09-08"
    assert held["body.weight"].facility.name == "Dahlia"


def test_another_value_for_the_same_day_supersedes_the_known_one(bring):
    bring([row()])
    report = bring([row(weight="8,9")])
    assert (report["measurements"], report["changed"]) == (0, 1)
    old = Fact.objects.get(name="body.weight", number=8.7)
    assert Fact.objects.get(name="body.weight", number=8.9).supersedes == old


def test_an_old_file_does_not_undo_a_correction(bring):
    bring([row()])
    fact = Fact.objects.get(name="body.weight")
    records.correct(by=None, fact=fact, value=8.2)
    report = bring([row(), row(name="Lain", nik="")], name="export-of-next-month.csv")
    assert report["changed"] == 0
    assert log.known_values([fact.person_id], {"body.weight"}).popitem()[1][1] == 8.2


def test_a_row_twice_in_a_file_counts_once_and_two_values_are_told(bring):
    report = bring([row(), row(), row(weight="8,8")])
    assert report["measurements"] == 1
    assert _codes(report) == ["two_values"]
    assert Fact.objects.get(name="body.weight").number == 8.8


def test_what_is_far_from_usual_is_taken_in_and_told(bring):
    report = bring([row(weight="3,1")])
    assert _codes(report) == ["implausible"]
    assert "Berat (kg) 3,1 jauh dari yang lazim" in report["doubtful"][0]["reason"]


# refusals


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"name": " "}, "Nama", "name"),
        ({"sex": "?"}, "JK", "sex"),
        ({"born": ""}, "Tgl Lahir", "birth_date"),
        ({"born": "31-02-2024"}, "Tgl Lahir", "birth_date"),
        ({"born": "01/01/1890"}, "Tgl Lahir", "birth_date"),
        ({"born": "01/12/2026", "on": "02/12/2026"}, "Tgl Lahir", "birth_in_future"),
        ({"on": "kemarin"}, "Tanggal Pengukuran", "measured_on"),
        ({"on": ""}, "Tanggal Pengukuran", "measured_on"),
        ({"on": "21/11/2026"}, "Tanggal Pengukuran", "measured_in_future"),
        ({"on": "01/01/2019"}, "Tanggal Pengukuran", "measured_before_birth"),
        ({"weight": "840"}, "Berat", "weight"),
        ({"weight": "84"}, "Berat", "weight"),
        ({"weight": "-3"}, "Berat", "weight"),
        ({"weight": "0"}, "Berat", "weight"),
        ({"height": "abc"}, "Tinggi", "height"),
        ({"height": "7,35"}, "Tinggi", "height"),
        ({"muac": "140"}, "LiLA", "muac"),
        ({"village": ""}, "Desa/Kel", "village"),
        ({"vita": "banyak"}, "Jml Vit A", "vitamin_a"),
    ],
)
def test_a_bad_row_says_where_and_why_and_stops_nobody(bring, changes, column, code):
    report = bring([row(**changes), row(name="Baik", nik="")])
    assert report["exit"] == 1
    assert [(one["line"], one["column"], one["code"]) for one in report["refused"]] == [
        (2, column, code)
    ]
    assert report["refused"][0]["reason"]
    assert report["refused"][0]["mend"]
    assert list(Person.objects.values_list("name", flat=True)) == ["Baik"]


def test_a_file_with_everything_wrong_imports_nothing_and_loses_nothing(bring):
    report = bring([row(name="", sex="X", born="?", on="!", weight="a", height="b", muac="c",
                        village="")] * 3 + [{}])  # fmt: skip
    assert (report["rows"], report["blank"], len(report["refused"])) == (4, 1, 3)
    assert report["persons_new"] == 0
    job = ImportJob.objects.get()
    kept = job.rows.filter(level="refused").first()
    assert dict(zip(HEADER, cells.opened(kept.cells), strict=True))["Berat"] == "a"
    assert {kept.field, *(one[0] for one in kept.also)} >= {
        "name", "sex", "birth_date", "measured_on", "weight", "height", "muac", "village",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("nik", "code"),
    [("620301480925", "nik_invalid"), ("6203013802250001", "nik_invalid"),
     ("6,20301E+15", "nik_from_excel")],
)  # fmt: skip
def test_a_bad_nik_refuses_nobody(bring, nik, code):
    report = bring([row(nik=nik)])
    assert report["refused"] == []
    assert _codes(report) == [code]
    assert nik not in json.dumps(report["doubtful"]) or code == "nik_from_excel"
    assert Person.objects.get().nik_missing == "invalid"


# places


def test_an_empty_installation_gets_the_places_the_file_names(bring):
    bring([row(), row(name="Lain", nik="", village="SELAT HULU", Posyandu="POSYANDU MAWAR")])
    village = Place.objects.get(kind="village", name="Panamas")
    assert village.code == "62.03.01.1023"  # the Ministry's
    assert [village.parent.name, village.parent.parent.name] == ["Selat", "Kapuas"]
    puskesmas = Facility.objects.get(kind="puskesmas")
    assert puskesmas.covers.count() == 2
    assert set(Facility.objects.filter(kind="posyandu").values_list("name", "parent__name")) == {
        ("Dahlia", "Melati"), ("Mawar", "Melati"),
    }  # fmt: skip
    bring([row(name="Ketiga", nik="", **{"Kec": "Kec. Selat", "Kab/Kota": "Kab. Kapuas"})])
    assert Place.objects.filter(kind="village").count() == 2


def test_a_village_the_ministry_does_not_list_is_provisional(bring):
    bring([row(village="DESA SEBERANG BARU")])
    village = Place.objects.get(kind="village")
    assert village.is_provisional
    assert village.parent.code == "62.03.01"


def test_known_places_are_found_in_any_spelling(melati, bring):
    before = Place.objects.count(), Facility.objects.count()
    bring([row(village="Desa Panamas", rt=3, Posyandu="Posyandu Dahlia", RW=1)])
    assert (Place.objects.count(), Facility.objects.count()) == before
    home = Household.objects.get(head_name="Sri Wahyuni")
    assert (home.rt, home.posyandu) == (melati.rt3, melati.dahlia)


# any table


def test_a_table_by_command_and_remembered_columns(melati, bring):
    header = ["Nama", "Ibu", "L/P", "Umur (bln)", "Tgl", "Berat", "Tensi"]
    rows = [dict(zip(header, ["Rizki", "Siti Aminah", "L", "14", "05/11/2026", "9,1", ""],
                     strict=True))]  # fmt: skip
    report = bring(rows, "--village", "62.03.01.1010", command="table", header=header,
                   delimiter=";")  # fmt: skip
    assert report["persons_new"] == 1
    born = Person.objects.get(name="Rizki")
    assert (born.birth_date.isoformat(), born.birth_date_is_estimated) == ("2025-09-05", True)
    columns = {"kind": "table", "date_order": "mdy", "age_unit": "months", "fields": [
        "name", "mother_name", "sex", "age", "measured_on", "", "pressure"]}  # fmt: skip
    from simpul.project import clock

    RememberedColumns.objects.create(
        name="Posbindu", signature="-", columns=columns, used_at=clock.now()
    )
    rows = [dict(zip(header, ["Abdul Rahman", "", "L", "415", "11/05/2026", "", "150/95"],
                     strict=True))]  # fmt: skip
    bring(rows, "--mapping", "Posbindu", "--village", "62.03.01.1010", command="table",
          header=header, name="posbindu.csv")  # fmt: skip
    assert set(Fact.objects.filter(name__startswith="bp.").values_list("number", flat=True)) == {
        150.0, 95.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 torn", "tidak dapat dibuka"),
        (b"Nama,JK\nAni,P\n", "bukan ekspor e-PPGBM"),
        (b"", "Berkas kosong"),
    ],
)
def test_an_unreadable_file_stops_with_2_and_says_why(tmp_path, content, said):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    done = CliRunner().invoke(import_, ["eppgbm", str(path)])
    assert done.exit_code == 2
    assert said in done.output


# crashes


class Crash(Exception):
    pass


def _state():
    return (
        sorted(Person.objects.values_list("name", "birth_date", "mother_name")),
        sorted(Fact.objects.values_list("person__name", "name", "observed_on", "number", "code",
                                        "envelope_id"), key=str),
        Household.objects.count(),
        sorted(LikelyPair.objects.values_list("first__name", "second__name")),
    )  # fmt: skip


def test_a_crash_in_the_second_chunk_and_a_second_run_end_in_the_same_state(
    bring, monkeypatch, transactional_db
):
    monkeypatch.setattr(runs, "ROWS_A_CHUNK", 4)
    rows = [
        row(nik="", name=f"Anak {'ABCDEFGH'[n // 2]}", mother=f"Ibu {n // 4}", rt=f"{n // 4:03d}",
            on=f"{10 + n % 2}/11/2026")
        for n in range(16)
    ] + [row(sex="?")]  # fmt: skip
    carry_out, calls = importing._record, []

    def crashing(*args):
        calls.append(args)
        carry_out(*args)
        if len(calls) == 2:
            raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(importing, "_record", crashing)
        with pytest.raises(Crash):
            bring(rows)
    assert Person.objects.count() == 2  # the first chunk, whole; nothing of the second
    report = bring(rows)
    assert (report["persons_new"], report["measurements"]) == (8, 16)  # counted over both runs
    resumed = _state()
    assert ImportJob.objects.count() == 1
    _forget_everything()
    bring(rows)
    assert _state() == resumed


def _forget_everything():
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


def test_chunks_are_whole_homes_and_named_after_their_content(tmp_path, db):
    path = tmp_path / "register.csv"
    path.write_bytes(as_csv([row(nik="", name=f"Anak {n}", mother=f"Ibu {n}") for n in range(9)]))

    def names():
        sheet = runs.open_file(path)
        prepared = runs.prepare(path, sheet, fields.eppgbm_columns(sheet.header), EVERYTHING)
        return [envelope for _homes, envelope in prepared.envelopes()]

    assert names() == names()
    first = names()
    path.write_bytes(path.read_bytes() + b"\n")
    assert names() != first

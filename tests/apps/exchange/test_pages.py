"""The import pages: bring, look, confirm, see; who may; what is shown of what was refused."""

import re
import stat

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from simpul.accounts.models import AuditEntry
from simpul.exchange import actions, work
from simpul.exchange.models import ImportJob, RememberedColumns, State
from simpul.people.models import Person
from simpul.records.models import Fact
from tests.apps.exchange.conftest import as_csv, row

BAD = [
    row(),
    row(name="Galang", nik="", sex="?", weight="abc"),
    row(name="Tiara", nik="", born="31-02-2026"),
    row(name="Hana", nik="6203014809250002", weight="840"),
]


def test_a_file_is_looked_at_before_anything_is_saved(melati, upload, client):
    job = upload(melati.dewi, as_csv(BAD))
    page = client.get(reverse("imports:job", args=[job.uid])).content.decode()
    assert job.state == State.CHECKED
    assert not Person.objects.filter(name="Kirana Dewi").exists()
    assert "Belum ada yang disimpan" in page
    for said in (">Baris 3<", "“?” bukan jawaban yang dikenal", "“abc” tidak terbaca",
                 "“31-02-2026” tidak ada di kalender", "Berat (kg) “840” tidak mungkin",
                 "Tulis L untuk laki-laki atau P untuk perempuan"):  # fmt: skip
        assert said in page


def test_confirming_imports_and_the_result_leads_on(melati, imported, client):
    job = imported(melati.dewi, as_csv(BAD))
    kirana = Person.objects.get(name="Kirana Dewi")
    page = client.get(reverse("imports:job", args=[job.uid])).content.decode()
    assert job.state == State.DONE
    assert kirana.posyandu == melati.dahlia
    assert kirana.household.rt == melati.rt3
    assert Fact.objects.get(person=kirana, name="body.weight").number == 8.7
    assert Fact.objects.get(person=kirana, name="body.weight").recorded_by == melati.dewi
    assert reverse("due:list") in page
    assert job.counts["refused"] == 3


def test_refused_rows_come_back_as_xlsx_and_corrected_they_are_imported(
    melati, imported, client, tmp_path
):
    first = imported(melati.dewi, as_csv(BAD))
    answer = client.get(reverse("imports:refused", args=[first.uid]))
    assert 'filename="baris-ditolak-2026-11-' in answer["Content-Disposition"]
    path = tmp_path / "refused.xlsx"
    path.write_bytes(answer.content)
    header, *rows = load_workbook(path).get_sheet_by_index(0).to_python()
    assert header[-4:] == ["Baris", "Kolom", "Alasan", "Cara memperbaiki"]
    assert [line[header.index("Baris")] for line in rows] == ["3", "4", "5"]
    assert rows[0][header.index("Nama")] == "Galang"
    assert rows[2][header.index("Kolom")] == "Berat"
    assert len(as_csv([dict(zip(header, line, strict=True)) for line in rows], header)) > 0
    mended = [dict(zip(header, line, strict=True)) for line in rows]
    mended[0] |= {"JK": "L", "Berat": "8,1"}
    mended[1] |= {"Tgl Lahir": "28-02-2026"}
    mended[2] |= {"Berat": "8,40"}
    second = imported(melati.dewi, as_csv(mended, header), "mended.csv")
    assert second.counts["refused"] == 0
    assert second.counts["persons_new"] == 3
    assert set(Person.objects.values_list("name", flat=True)) > {"Galang", "Tiara", "Hana"}


def test_bringing_a_file_twice_changes_nothing(melati, imported, client):
    imported(melati.dewi, as_csv([row(), row(name="Arya", nik="", sex="L")]))
    before = (Person.objects.count(), Fact.objects.count())
    again = imported(melati.dewi, as_csv([row(), row(name="Arya", nik="", sex="L")]))
    assert (Person.objects.count(), Fact.objects.count()) == before
    assert again.state == State.CHECKED or again.counts["persons_new"] == 0
    page = client.get(reverse("imports:job", args=[again.uid])).content.decode()
    assert "tidak ada yang perlu diimpor" in page or again.state == State.DONE


def test_a_file_known_already_leads_on_to_the_due_list(melati, imported, upload, client):
    imported(melati.dewi, as_csv([row()]))
    again = upload(melati.dewi, as_csv([row()]))
    page = client.get(reverse("imports:job", args=[again.uid])).content.decode()
    assert f'class="btn main" href="{reverse("due:list")}"' in page
    assert "Singkirkan berkas ini" in page


def test_a_midwife_imports_only_her_villages(melati, imported, client):
    rows = [row(), row(name="Jauh", nik="", village="TAMBAN"), row(name="Hulu", nik="",
            village="Selat Hulu"), row(name="Entah", nik="", village="Antah Berantah")]  # fmt: skip
    job = imported(melati.budi, as_csv(rows))
    page = client.get(reverse("imports:job", args=[job.uid])).content.decode()
    assert job.counts["persons_new"] == 1
    assert job.counts["refused"] == 3
    assert "di luar wilayah Anda" in page
    assert "tidak dikenal di sini" in page
    assert not Person.objects.filter(name__in=["Jauh", "Hulu", "Entah"]).exists()


@pytest.mark.parametrize("who", ["ani", "fitri"])
def test_who_may_not_import_is_refused(melati, sign_in, who):
    client = sign_in(getattr(melati, who))
    assert client.get(reverse("imports:start")).status_code == 403


def test_an_import_is_seen_by_whoever_brought_it(melati, upload, sign_in):
    job = upload(melati.dewi, as_csv(BAD))
    for who in (melati.citra, melati.eko, melati.budi):
        client = sign_in(who)
        for name in ("job", "progress", "refused", "columns"):
            assert client.get(reverse(f"imports:{name}", args=[job.uid])).status_code == 404
        for name in ("confirm", "drop", "again"):
            assert client.post(reverse(f"imports:{name}", args=[job.uid])).status_code == 404


def test_what_is_no_register_is_said_at_once(melati, sign_in, upload):
    for name, content, said in (
        ("register.pdf", b"%PDF-1.4", "Unggah sebuah tabel"),
        ("register.csv", b"  \n", "Berkas kosong"),
        ("register.xlsx", b"PK\x03\x04 no workbook", "tidak dapat dibuka"),
        ("register.csv", b"\x00\x01\x02 binary", "bukan tabel"),
    ):
        from django.core.files.uploadedfile import SimpleUploadedFile

        client = sign_in(melati.dewi)
        answer = client.post(reverse("imports:start"), {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422, name
        assert said in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_an_upload_is_kept_closed_until_it_was_imported(melati, upload, client, uploads):
    job = upload(melati.dewi, as_csv([row()]))
    [stored] = uploads.iterdir()
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert "register" not in stored.name
    client.post(reverse("imports:confirm", args=[job.uid]))
    work.do_waiting()
    assert list(uploads.iterdir()) == []


def test_a_failed_upload_is_kept_for_a_week(melati, upload, uploads):
    job = upload(melati.dewi, as_csv([row()]))
    actions.fail(job=job, trouble="work")
    work.do_waiting()
    assert list(uploads.iterdir())
    ended = ImportJob.objects.get().finished_at
    ImportJob.objects.update(finished_at=ended - actions.KEPT_AFTER_END * 2)
    work.do_waiting()
    assert list(uploads.iterdir()) == []


def test_a_large_file_is_left_to_the_worker_and_shows_progress(melati, upload, client, monkeypatch):
    monkeypatch.setattr("simpul.exchange.bringing.AT_ONCE_BYTES", 0)
    job = upload(melati.dewi, as_csv([row()]))
    assert job.state == State.TO_CHECK
    page = client.get(reverse("imports:job", args=[job.uid])).content.decode()
    assert reverse("imports:progress", args=[job.uid]) in page
    bar = client.get(reverse("imports:progress", args=[job.uid]))
    assert b"<progress" in bar.content
    assert work.do_waiting() == 1
    assert client.get(reverse("imports:progress", args=[job.uid]))["HX-Refresh"] == "true"


def test_a_file_can_be_dropped(melati, upload, client):
    job = upload(melati.dewi, as_csv([row()]))
    client.post(reverse("imports:drop", args=[job.uid]))
    client.post(reverse("imports:confirm", args=[job.uid]))
    work.do_waiting()
    job.refresh_from_db()
    assert job.state == State.DROPPED
    assert not Person.objects.filter(name="Kirana Dewi").exists()


def test_looks_and_imports_are_logged_without_names(melati, imported, client):
    job = imported(melati.dewi, as_csv(BAD))
    client.get(reverse("imports:job", args=[job.uid]))
    entries = AuditEntry.objects.filter(object_kind="import", object_id=str(job.pk))
    assert {"import.register", "look.import"} <= set(entries.values_list("action", flat=True))
    assert not any("Kirana" in entry.note for entry in entries)


# any table, through the mapping screen

TABLE = (
    "NAMA BALITA;Ibu Kandung;L/P;Umur;Ditimbang tgl;BB (kg);Keterangan\r\n"
    "Nayla Rahma;Siti;P;1 th 2 bln;5 Nov 2026;8,4;sehat\r\n"
    "Rizki;Nur;L;14 bulan;05/11/2026;9,1;\r\n"
    "Tanpa Umur;Nur;L;;05/11/2026;9,1;\r\n"
).encode("latin-1")


def _mapped(client, job, melati, **changes):
    page = client.get(reverse("imports:columns", args=[job.uid])).content.decode()
    chosen = dict(re.findall(r'name="(column-\d+)".*?(?:<option value="(\w+)" selected|</select>)',
                             page, re.DOTALL))  # fmt: skip
    data = chosen | {"date_order": "dmy", "age_unit": "years", "village": melati.panamas.pk}
    return client.post(reverse("imports:columns", args=[job.uid]), data | changes)


def test_a_table_is_mapped_and_the_mapping_remembered(melati, upload, client):
    job = upload(melati.dewi, TABLE, "posyandu.csv")
    assert job.state == State.NEW
    wrong = _mapped(client, job, melati)  # 'Ditimbang tgl' cannot be guessed
    assert wrong.status_code == 422
    assert "Tanggal pengukuran" in wrong.content.decode()
    _mapped(client, job, melati, **{"column-4": "measured_on", "name": "Buku Posyandu"})
    job.refresh_from_db()
    assert job.state == State.CHECKED
    assert job.counts["persons_new"] == 2
    assert job.counts["refused"] == 1
    client.post(reverse("imports:confirm", args=[job.uid]))
    work.do_waiting()
    nayla = Person.objects.get(name="Nayla Rahma")
    assert nayla.birth_date.isoformat() == "2025-09-05"
    assert nayla.birth_date_is_estimated
    assert RememberedColumns.objects.get().name == "Buku Posyandu"
    again = upload(melati.dewi, TABLE.replace(b"Nayla Rahma", b"Nayla Putri"), "desember.csv")
    assert again.state == State.CHECKED  # nothing was asked


def test_a_column_chosen_twice_is_refused(melati, upload, client):
    job = upload(melati.dewi, TABLE, "posyandu.csv")
    answer = _mapped(client, job, melati, **{"column-4": "measured_on", "column-6": "name"})
    assert answer.status_code == 422
    assert "dua kolom" in answer.content.decode()

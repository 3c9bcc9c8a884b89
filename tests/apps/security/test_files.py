"""Files coming in that want to fill the machine or leave their folder; files going out that want to
run on somebody's. What is kept of an import holds no NIK in clear, and not for long."""

import io
import stat
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings as installation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from simpul.exchange import actions, refused_sheet, storage
from simpul.exchange.cells import discreet, sealed
from simpul.exchange.models import ImportJob, ImportRow
from simpul.exchange.registers import limits
from simpul.exchange.registers.sheet import Unreadable, open_sheet
from simpul.people import actions as people
from simpul.project import clock
from simpul.pws import actions as pws

NIK = "6203014809251234"
EVIL = ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(1)", "{=1+1}", "http://x.example/?a"]
START = reverse("imports:start")


def code_of(path) -> str:
    with pytest.raises(Unreadable) as caught:
        open_sheet(path, lambda titles: len(titles)).header  # noqa: B018
    return caught.value.code


def workbook(path: Path, *cells: tuple[int, int]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for column, title in enumerate(("Nama", "JK", "Tgl Lahir")):
            sheet.write_string(0, column, title)
        for row, column in cells:
            sheet.write_string(row, column, "x")
    return path


# coming in


def test_a_cell_far_out_does_not_fill_the_memory(tmp_path, settings):
    assert open_sheet(workbook(tmp_path / "a.xlsx", (1, 0)), len).header[0] == "Nama"
    assert code_of(workbook(tmp_path / "b.xlsx", (1, 16_383))) == "too_wide"
    assert code_of(workbook(tmp_path / "c.xlsx", (1, 128))) == "too_wide"
    assert code_of(workbook(tmp_path / "d.xlsx", (1_048_575, 0))) == "too_many_rows"
    settings.UPLOAD_MOST_ROWS = 40
    assert code_of(workbook(tmp_path / "e.xlsx", (41, 0))) == "too_many_rows"
    assert open_sheet(workbook(tmp_path / "f.xlsx", (39, 0)), len).n_lines == 38


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(tmp_path, monkeypatch):
    bomb = workbook(tmp_path / "bomb.xlsx", (1, 0))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.png", b"\0" * 5_000_000)
    assert bomb.stat().st_size < 20_000
    monkeypatch.setattr(limits, "MOST_UNPACKED", 4_000_000)
    assert code_of(bomb) == "too_large_inside"


def test_a_text_of_too_many_columns_or_rows_is_refused(tmp_path, settings):
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(f"k{n}" for n in range(200)) + "\n1,2\n")
    assert code_of(wide) == "too_wide"
    settings.UPLOAD_MOST_ROWS = 10
    long = tmp_path / "long.csv"
    long.write_text("nama,jk\n" + "A,L\n" * 20)
    assert code_of(long) == "too_many_rows"
    page = tmp_path / "page.xls"
    page.write_text('<table><tr><td colspan="999999999">a</td><td>b</td></tr></table>')
    assert code_of(page) == "too_wide"


def test_a_file_too_large_is_kept_nowhere_and_said(melati, sign_in, settings):
    settings.UPLOAD_MOST_MB = 1
    before = set(Path(installation.MEDIA_ROOT).glob("*"))
    file = SimpleUploadedFile("besar.csv", b"nama,jk\n" + b"A,L\n" * 400_000)
    answer = sign_in(melati.budi).post(START, {"file": file})
    assert answer.status_code == 422
    assert "lebih besar dari 1 MB" in answer.content.decode()
    assert set(Path(installation.MEDIA_ROOT).glob("*")) == before


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.csv", "..\\..\\x.csv", "/abs.csv", "a\0b.csv"]
)
def test_the_name_of_a_file_leads_nowhere(melati, sign_in, name):
    file = SimpleUploadedFile("x.csv", b"Nama,JK,Tgl Lahir\nA,L,1/1/2020\n")
    file._name = name  # as a hostile client would send it
    sign_in(melati.budi).post(START, {"file": file})
    for job in ImportJob.objects.all():
        kept = storage.path_of(job.stored_as).resolve()
        assert kept.parent == Path(installation.MEDIA_ROOT).resolve()
        assert "/" not in job.file_name
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


# kept


@pytest.fixture
def job(melati, sign_in):
    """A checked import with a refused row that holds a NIK."""
    rows = f"Nama,NIK,JK,Tgl Lahir,Desa\nIntan,{NIK},P,99/99/2026,Panamas\nB,1,P,{NIK},Panamas\n"
    client = sign_in(melati.budi)
    client.post(START, {"file": SimpleUploadedFile("register.csv", rows.encode())})
    job = ImportJob.objects.get()
    columns = {
        f"column-{n}": f for n, f in enumerate(("name", "nik", "sex", "birth_date", "village"))
    }
    sent = columns | {"date_order": "dmy", "age_unit": "years", "name": "r"}
    client.post(reverse("imports:columns", args=[job.uid]), sent)
    job.refresh_from_db()
    assert job.counts["refused"] == 2
    job.client = client
    return job


def test_no_table_holds_a_nik_in_clear(job):
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                assert NIK not in str(row), table


def test_the_refused_rows_are_opened_for_who_brought_them(job):
    answer = job.client.get(reverse("imports:refused", args=[job.uid]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.get_sheet_by_index(0).to_python()[1][:3] == ["Intan", NIK, "P"]
    page = job.client.get(reverse("imports:job", args=[job.uid])).content.decode()
    assert NIK not in page
    assert "••••••••••••1234" in page


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (NIK, "••••••••••••1234"), ("6203 0148 0925 1234", "••••••••••••1234"),
        ("NIK 6203.0148.0925.1234!", "NIK ••••••••••••1234!"), ("2026-11-20", "2026-11-20"),
        ("0812-3456-7890", "0812-3456-7890"), ("8,4", "8,4"),
    ],
)  # fmt: skip
def test_of_a_long_number_the_end_is_shown(value, shown):
    assert discreet(value) == shown


def test_a_file_goes_when_it_is_decided_and_the_rows_a_month_later(job):
    kept = storage.path_of(job.stored_as)
    assert kept.is_file()
    job.client.post(reverse("imports:drop", args=[job.uid]))
    storage.remove(actions.forget_files(now=clock.now()))
    assert not kept.exists()
    assert actions.forget_rows(now=clock.now() + timedelta(days=29)) == 0
    assert actions.forget_rows(now=clock.now() + timedelta(days=31)) >= 2
    assert not ImportRow.objects.exists()
    job.refresh_from_db()
    assert job.counts["refused"] == 2
    assert job.client.get(reverse("imports:refused", args=[job.uid])).status_code == 200


# going out


def formulas(content: bytes) -> list[str]:
    """What a spreadsheet would work out or follow."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            if "worksheets/" in name:
                text = book.read(name).decode(errors="ignore")
                found += [name for sign in ("<f>", "<f ", "<hyperlink ") if sign in text]
    return found


@pytest.fixture
def evil(melati):
    """A household whose every name is a formula."""
    home = people.register_household(
        by=None,
        new=people.NewHousehold(
            village=melati.panamas, posyandu=melati.dahlia, head_name=EVIL[0], address=EVIL[3],
            rt=melati.rt3, rt_label=EVIL[1],
        ),
    )  # fmt: skip
    for name in EVIL:
        new = people.NewPerson(
            household=home, name=name, sex="female", birth_date=date(2026, 1, 9), mother_name=name
        )
        people.register_person(by=None, new=new)
    pws.catch_up(month=date(2026, 11, 1))
    return melati


def test_no_sheet_holds_a_live_formula(evil, sign_in):
    client = sign_in(evil.budi)
    client.get("/pws/")
    urls = ["/due/sheet/", "/pws/sheet/", "/pws/names/s/counted/sheet/"]
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200
        assert formulas(answer.content) == [], url
    row = ImportRow(line=2, code="name", column=EVIL[0], value=EVIL[0], cells=sealed(EVIL))
    doubt = ImportRow(line=2, code="other_name", value=EVIL[0], other=EVIL[4])
    assert formulas(refused_sheet.workbook(EVIL, [row], [doubt])) == []


def test_no_name_is_html(melati, sign_in):
    people.edit_person(by=None, person=melati.nayla, name="<script>alert(1)</script>")
    people.edit_person(by=None, person=melati.mother, name='"><img src=x onerror=alert(1)>')
    people.edit_household(by=None, household=melati.home, head_name="<b>x</b>", address="<svg/>")
    client = sign_in(melati.budi)
    pws.catch_up(month=date(2026, 11, 1))
    one = [melati.nayla.pk]
    pages = [client.get(url) for url in (
        reverse("due:list"), reverse("due:person", args=one), "/pws/names/s/counted/",
        reverse("people:history", args=one), reverse("people:person-edit", args=one),
        reverse("people:household", args=[melati.home.pk]), reverse("people:death", args=one),
        reverse("due:household", args=[melati.home.pk]), reverse("people:move", args=one),
    )]  # fmt: skip
    pages.append(client.post(reverse("people:search"), {"q": "script"}, follow=True))
    pages.append(client.post(reverse("people:search"), {"q": "<script>x"}, follow=True))
    htmx = {"HX-Request": "true"}
    pages.append(client.get(reverse("due:record", args=one), {"list": ""}, headers=htmx))
    people.record_departure(by=None, person=melati.nayla, on=date(2026, 11, 1))
    pages.append(client.post(reverse("people:return", args=one), follow=True))  # a message names
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        for bad in ("<script>", "<img", "<b>x", "<svg/>", "onerror=alert(1)>"):
            assert bad not in text, (page.request["PATH_INFO"], bad)

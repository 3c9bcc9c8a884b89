"""Files as people have them: encodings, delimiters, workbooks, titles above the header."""

from datetime import date

import pytest
import xlsxwriter

from simpul.exchange.registers import fields
from simpul.exchange.registers.sheet import Unreadable, open_sheet


def _open(tmp_path, content: bytes, name="register.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return open_sheet(path, fields.likeness)


TEXT = 'NIK,Nama,JK\n1,Ani,P\n\n2,"Budi\nSantoso",L\n,,\n3,Éko,L\n\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_of_any_kind(tmp_path, encoding, delimiter):
    sheet = _open(tmp_path, TEXT.replace(",", delimiter).encode(encoding))
    assert sheet.header == ["NIK", "Nama", "JK"]
    assert list(sheet.rows()) == [
        (2, ["1", "Ani", "P"]),
        (3, []),
        (4, ["2", "Budi\nSantoso", "L"]),
        (6, ["", "", ""]),
        (7, ["3", "Éko", "L"]),
    ]


def test_the_header_is_found_below_titles(tmp_path):
    sheet = _open(
        tmp_path, b"LAPORAN POSYANDU,,\nBulan,November,2026\n\nNo,Nama Balita,BB\n1,A,8\n"
    )
    assert sheet.header == ["No", "Nama Balita", "BB"]
    assert list(sheet.rows()) == [(5, ["1", "A", "8"])]


def test_a_workbook_keeps_lines_days_and_numbers(tmp_path):
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Sampul").write(0, 0, "Register Melati")
        sheet = book.add_worksheet("Data")
        as_day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(2, 1, ["Nama", "Tgl Lahir", "Berat"])
        sheet.write_row(3, 1, ["Ani"])
        sheet.write_datetime(3, 2, date(2026, 2, 3), as_day)
        sheet.write(3, 3, 8.4)
        sheet.write_row(5, 1, ["Budi", "04/02/2026", "9,1"])
    found = open_sheet(path, fields.likeness)
    rows = list(found.rows())
    assert found.header == ["Nama", "Tgl Lahir", "Berat"]
    assert found.header_line == 3
    assert rows[0] == (4, ["Ani", date(2026, 2, 3), 8.4])
    assert rows[1][0] == 5
    assert rows[2] == (6, ["Budi", "04/02/2026", "9,1"])


def test_a_page_of_html_that_calls_itself_a_workbook(tmp_path):
    page = b"<html><table><tr><th>Nama<th>Berat</tr><tr><td>Ani</td><td>8,4</td></tr></table>"
    sheet = _open(tmp_path, page, "ekspor.xls")
    assert sheet.header == ["Nama", "Berat"]
    assert list(sheet.rows()) == [(2, ["Ani", "8,4"])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b" \n\n", "empty"), (b"PK\x03\x04 torn", "not_a_workbook"),
        (b"\x00\x01\x02", "not_text"), (b"only words here\n", "no_header"),
        (b"\xd0\xcf\x11\xe0 torn", "not_a_workbook"),
    ],
)  # fmt: skip
def test_what_is_no_register(tmp_path, content, code):
    with pytest.raises(Unreadable) as caught:
        _open(tmp_path, content)
    assert caught.value.code == code


def test_headings_are_known_in_many_words():
    guessed = fields.guess(["No.", "NIK Anak", "NAMA BALITA", "L/P", "Tgl. Lahir", "Nama Ibu",
                            "Desa / Kel", "RT", "BB", "TB", "Tgl Ukur", "BB/U"])  # fmt: skip
    assert guessed == ("", "nik", "name", "sex", "birth_date", "mother_name", "village", "rt",
                       "weight", "height", "measured_on", "")  # fmt: skip
    assert fields.guess_age_unit(["Umur (bln)"], ["age"]) == "months"
    assert fields.signature(["Nama ", "B.B"]) == fields.signature(["NAMA", "b b"])

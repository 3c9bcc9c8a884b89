"""`simpul growth`: every row comes out in its place, and what cannot be read is told."""

import csv
import io
import math
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engine.growth import assess
from simpul.project.cli.growth import ADDED, growth

WHO = Path(__file__).resolve().parents[3] / "shared" / "data" / "growth"
SCORES = ("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac")
PLUS = {"zhfa": "zlen", "zwfa": "zwei", "zbfa": "zbmi"} | {
    "fhfa": "flen", "fwfa": "fwei", "fbfa": "fbmi"
}  # fmt: skip


def run(*args, stdin=None):
    return CliRunner().invoke(growth, [str(arg) for arg in args], input=stdin)


def rows(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def grown(text, *args):
    """The rows that come out for a CSV given as text, all readable."""
    done = run("-", *args, stdin=text)
    assert (done.exit_code, done.stderr) == (0, "")
    return rows(done.stdout)


@pytest.mark.skipif(not WHO.is_dir(), reason="../shared/data/growth is not here")
@pytest.mark.parametrize("with_answers", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        "who_anthro_days",
        "who_anthro_months",
        "who_anthro_edges_wfl",
        "who_igrowup_survey_498",
        "who_anthroplus_5_19y",
    ],
)
def test_files_of_who(name, with_answers, tmp_path):
    """Agrees with every row, whether WHO's own answers stand in the file or not."""
    source, out = WHO / f"{name}.csv", tmp_path / "out.csv"
    with source.open(newline="") as file:
        who = list(csv.DictReader(file))
    if not with_answers:
        kept = [name for name in who[0] if name not in ADDED and name not in PLUS]
        source = tmp_path / "in.csv"
        with source.open("w", newline="") as file:
            writer = csv.DictWriter(file, kept, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(who)
    done = run(source, "-o", out)
    assert done.exit_code == 0
    ours = rows(out.read_text())
    assert len(ours) == len(who)
    names = out.read_text().splitlines()[0].split(",")
    assert len(set(names)) == len(names)
    wrong = [
        (line, column, theirs, row[PLUS.get(column, column)])
        for line, (expected, row) in enumerate(zip(who, ours, strict=True), 2)
        for column, theirs in expected.items()
        if not same(column, theirs, row[PLUS.get(column, column)])
    ]
    assert wrong == []


def same(column, theirs, ours):
    if not theirs or not ours or theirs == ours:
        return theirs == ours
    tolerance = 0.01 + 1e-9 if PLUS.get(column, column) in SCORES else 1e-9
    return abs(float(theirs) - float(ours)) < tolerance or float(theirs) == float(ours)


def test_added_columns_and_the_others_as_they_were():
    (row,) = grown("nama,sex,age_days,weight,lenhei,kg\nAni,2,400,9.10,75.2,x\n")
    assert list(row) == ["nama", "sex", "age_days", "weight", "lenhei", "kg", *ADDED]
    assert [row[name] for name in ("nama", "weight", "kg")] == ["Ani", "9.10", "x"]
    found = assess("female", 400, 9.1, 75.2)
    assert {name: float(row[name]) for name in ("zlen", "zwei", "zwfl", "zbmi")} == {
        name: getattr(found, name) for name in ("zlen", "zwei", "zwfl", "zbmi")
    }
    assert (row["zhc"], row["fhc"], row["kat_bb_u"]) == ("", "", "normal")


def test_known_output_columns_are_replaced_in_place():
    (row,) = grown("zwei,sex,age_days,weight,FLEN\nold,1,400,9.1,old\n")
    assert list(row)[:5] == ["zwei", "sex", "age_days", "weight", "FLEN"]
    assert float(row["zwei"]) == assess("male", 400, 9.1).zwei
    assert row["FLEN"] == ""
    assert "flen" not in row


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("1", "male"),
        ("L", "male"),
        ("m", "male"),
        ("Male", "male"),
        (" Laki-laki ", "male"),
        ("LAKI LAKI", "male"),
        ("2", "female"),
        ("P", "female"),
        ("f", "female"),
        ("FEMALE", "female"),
        ("Perempuan", "female"),
        ("", None),
        ("NA", None),
    ],
)
def test_words_for_sex(text, sex):
    (row,) = grown(f"sex,age_days,weight\n{text},400,9.1\n")
    assert row["zwei"] == (f"{assess(sex, 400, 9.1).zwei:.2f}" if sex else "")


@pytest.mark.parametrize(
    ("born", "seen"),
    [
        ("2025-01-31", "2026-03-07"),
        ("31/01/2025", "07/03/2026"),
        ("31-01-2025", "7-3-2026"),
        ("2025/1/31", "2026-03-07 00:00:00"),
    ],
)
@pytest.mark.parametrize(
    "names", ["birth_date,measured_on", "DOB,Visit Date", "Tgl Lahir,Tanggal Pengukuran"]
)
def test_age_from_two_dates(born, seen, names):
    (row,) = grown(f"jk,{names},Berat\nL,{born},{seen},9.1\n")
    assert float(row["zwei"]) == assess("male", 400, 9.1).zwei


def test_age_in_months():
    (row,) = grown("sex,age_months,weight\n1,13.14,9.1\n")
    assert float(row["zwei"]) == assess("male", None, 9.1, age_months=13.14).zwei


def test_a_blank_age_in_days_is_filled_from_the_dates():
    first, second = grown(
        "sex,age_days,dob,tanggal_ukur,weight\n1,,2025-01-31,2026-03-07,9.1\n1,400,?,,9.1\n"
    )
    assert first["zwei"] == second["zwei"] == f"{assess('male', 400, 9.1).zwei:.2f}"


@pytest.mark.parametrize("name", ["height", "length", "Tinggi", "TB", "lenhei", "Panjang Badan"])
def test_names_for_length(name):
    (row,) = grown(f"sex,age_days,{name}\n1,400,75.2\n")
    assert float(row["zlen"]) == assess("male", 400, lenhei=75.2).zlen


def test_length_and_height_in_two_columns():
    first, second = grown("sex,age_days,length,height\n1,400,75.2,\n1,800,,84.0\n")
    assert float(first["zlen"]) == assess("male", 400, lenhei=75.2).zlen
    assert float(second["zlen"]) == assess("male", 800, lenhei=84.0).zlen


@pytest.mark.parametrize(("word", "measure"), [("L", "l"), ("h", "h"), ("Terlentang", "l")])
def test_positions(word, measure):
    (row,) = grown(f"sex,age_days,lenhei,measure\n1,800,84.0,{word}\n")
    assert float(row["zlen"]) == assess("male", 800, lenhei=84.0, measure=measure).zlen
    assert row["cmeasure"] == measure


@pytest.mark.parametrize(
    ("word", "swollen"), [("y", True), ("Ya", True), ("n", False), ("", False)]
)
def test_oedema(word, swollen):
    (row,) = grown(f"sex,age_days,weight,oedema\n1,400,9.1,{word}\n")
    assert (row["zwei"] == "") is swollen


def test_muac_in_mm():
    (row,) = grown("sex,age_days,lila_mm\n1,400,118\n")
    assert float(row["zac"]) == assess("male", 400, muac=11.8).zac
    assert row["kat_lila"] == "gizi kurang"


# --- CSV as people have it ---------------------------------------------------------------------


def test_semicolons_and_decimal_commas_and_byte_order_mark():
    done = run("-", stdin="\ufeffSEX;umur_hari;BB\r\n1;400;9,1\r\n")
    assert done.exit_code == 0
    (row,) = rows(done.stdout, ";")
    assert list(row)[:3] == ["SEX", "umur_hari", "BB"]
    assert row["BB"] == "9,1"
    assert float(row["zwei"]) == assess("male", 400, 9.1).zwei


def test_decimal_comma_on_request():
    semicolons = run("-", "--decimal", ",", stdin="sex;age_days;weight\n1;400;9,1\n")
    (row,) = rows(semicolons.stdout, ";")
    assert float(row["zwei"].replace(",", ".")) == assess("male", 400, 9.1).zwei
    commas = run("-", "--decimal", ",", stdin="sex,age_days,weight\n1,400,9.1\n")
    (row,) = rows(commas.stdout)
    assert "," in row["zwei"]


def test_quoted_commas_come_out_quoted():
    (row,) = grown('nama,sex,age_days,weight\n"Ani, S.Pd ""A""",1,400,"9,1"\n')
    assert (row["nama"], row["weight"]) == ('Ani, S.Pd "A"', "9,1")
    assert float(row["zwei"]) == assess("male", 400, 9.1).zwei


def test_bytes_of_an_old_encoding_come_out_as_they_were(tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(b"nama,sex,age_days,weight\nAndr\xe9,1,400,9.1\n")
    assert run(source, "-o", out).exit_code == 0
    assert out.read_bytes().splitlines()[1].startswith(b"Andr\xe9,1,400,9.1,")


def test_utf_16_of_a_spreadsheet(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("sex\tage_days\tweight\n1\t400\t9,1\n", encoding="utf-16")
    done = run(source)
    (row,) = rows(done.stdout, "\t")
    assert float(row["zwei"]) == assess("male", 400, 9.1).zwei


def test_empty_lines_are_no_rows():
    assert len(grown("sex,age_days,weight\n1,400,9.1\n\n2,400,9.1\n\n")) == 2


def test_only_a_header():
    assert grown("sex,age_days,weight\n") == []


def test_many_rows_keep_their_order():
    days = [day % 1827 for day in range(20_000)]
    found = grown("sex,age_days,weight\n" + "".join(f"1,{day},9.1\n" for day in days))
    assert [int(row["age_days"]) for row in found] == days
    for place in (0, 16_383, 16_384, 19_999):
        assert float(found[place]["zwei"]) == assess("male", days[place], 9.1).zwei


def test_out_may_be_the_same_file(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("sex,age_days,weight\n1,400,9.1\n")
    assert run(register, "-o", register).exit_code == 0
    once = register.read_text()
    assert run(register, "-o", register).exit_code == 0
    assert register.read_text() == once
    assert [path.name for path in tmp_path.iterdir()] == ["register.csv"]


# --- what cannot be read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "mend"),
    [
        ("x,400,9.1,75,l,n", "sex", "write 1 or L"),
        ("1,abc,9.1,75,l,n", "age_days", "10.4"),
        ("1,-3,9.1,75,l,n", "age_days", "below zero"),
        ("1,400,9.1 kg,75,l,n", "weight", "10.4"),
        ("1,400,1e999,75,l,n", "weight", "10.4"),
        ("1,400,inf,75,l,n", "weight", "10.4"),
        ("1,400,1_0,75,l,n", "weight", "10.4"),
        ("1,400,9.1,-75,l,n", "lenhei", "below zero"),
        ("1,400,9.1,75,x,n", "measure", "write L (lying)"),
        ("1,400,9.1,75,l,maybe", "oedema", "write y or n"),
        ("1,400,9.1", "(all)", "3 cells where the header has 6"),
        ("1,400,9,1,75,l,n", "(all)", "7 cells where the header has 6"),
    ],
)
def test_unreadable_cells_are_told_and_the_row_is_kept(row, column, mend):
    text = f"sex,age_days,weight,lenhei,measure,oedema\n1,400,9.1,75,l,n\n{row}\n2,400,9.1,75,l,n\n"
    done = run("-", stdin=text)
    assert done.exit_code == 1
    message = done.stderr.splitlines()[0]
    assert message.startswith(f"line 3, column {column}: ")
    assert mend in message
    good, bad, also_good = rows(done.stdout)
    assert [bad[name] for name in ADDED] == [""] * len(ADDED)
    assert good["zwei"]
    assert also_good["zwei"]
    assert list(bad.values())[:3] == row.split(",")[:3]


@pytest.mark.parametrize(
    ("born", "seen", "column", "mend"),
    [
        ("31-02-2024", "2026-03-07", "dob", "20/11/2026"),
        ("2025-01-31", "12/31/2026", "visit_date", "day first"),
        ("2026-03-08", "2026-03-07", "visit_date", "before the date of birth"),
        ("45321", "2026-03-07", "dob", "2026-11-20"),
    ],
)
def test_unreadable_dates(born, seen, column, mend):
    done = run("-", stdin=f"sex,dob,visit_date,weight\n1,{born},{seen},9.1\n")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"line 2, column {column}: ")
    assert mend in done.stderr
    assert rows(done.stdout)[0]["zwei"] == ""


def test_lines_are_counted_past_empty_lines_and_cells_of_two_lines():
    text = 'nama,sex,age_days\n"Ani\nbinti X",1,400\n\n\nBudi,1,bad\n"C\nD",1,400\nE,?,1\n'
    told = run("-", stdin=text).stderr.splitlines()
    assert [line.split(",")[0] for line in told[:-1]] == ["line 6", "line 9"]


def test_a_message_never_repeats_the_cell():
    done = run("-", stdin="sex,age_days,weight\n1,400,Siti Aminah\n")
    assert "Siti" not in done.stderr


def test_a_quote_left_open_is_told():
    done = run("-", stdin='nama,sex,age_days\nA,1,400\n"B,1,400\nC,1,400\n')
    assert done.exit_code == 1
    assert "line 3, column (all): 1 cells" in done.stderr


def test_zero_is_computed_as_who_does_and_pointed_out():
    done = run("-", stdin="sex,age_days,weight,lenhei\n1,1014,12.55,0\n")
    assert done.exit_code == 0
    assert (
        done.stderr == "note: line 2, column lenhei: is 0: leave it blank if it was not measured\n"
    )
    (row,) = rows(done.stdout)
    assert (row["zlen"], row["zbmi"], row["fbmi"], row["zwei"]) == ("", "Inf", "1", "-0.85")
    assert math.isinf(float(row["cbmi"]))


FIELDS = ("nama", "sex", "age_days", "dob", "date", "weight", "height", "oedema", "lila", "measure")
CELLS = st.one_of(
    st.sampled_from(
        ("1", "2", "L", "y", "400", "9,1", "75.2", "2025-01-31", "31/02/2025", "-", "1e9")
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=6),
)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=12), max_size=6), st.sampled_from(",;\t"))
def test_no_row_is_lost_or_changed_whatever_it_says(cells, delimiter):
    """Rows in, rows out: the same cells, in the same places; never a crash."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([FIELDS, *cells])
    done = run("-", stdin=text.getvalue())
    assert done.exit_code == (1 if "could not be read" in done.stderr else 0)
    found = list(csv.reader(io.StringIO(done.stdout, newline=""), delimiter=delimiter))[1:]
    width = len(FIELDS)
    assert [row[:width] for row in found] == [(row + [""] * width)[:width] for row in cells]
    assert {len(row) for row in found} <= {width + len(ADDED)}


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "is empty"), ("\n", "is empty"), ("age_days,weight\n1,2\n", "sex or JK")],
)
def test_not_a_register(text, message):
    done = run("-", stdin=text)
    assert done.exit_code == 1
    assert message in done.stderr


def test_nothing_is_written_when_the_file_is_not_a_register(tmp_path):
    out = tmp_path / "out.csv"
    source = tmp_path / "in.csv"
    source.write_text("age_days\n1\n")
    assert run(source, "-o", out).exit_code == 1
    assert not out.exists()


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("sex,age_days,weight\n1,400,9.1\n")
    done = run(source, "-o", tmp_path / "no" / "out.csv")
    assert done.exit_code == 1
    assert "Could not open file" in done.stderr


def test_help_names_columns():
    done = run("--help")
    assert done.exit_code == 0
    assert "age_days" in done.output
    assert "kat_bb_u" in done.output


def test_through_a_real_pipe():
    done = subprocess.run(
        [sys.executable, "-c", "from simpul.project.cli.growth import growth; growth()", "-"],
        input=b"sex,age_days,weight\n1,400,9.1\n", capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    (row,) = rows(done.stdout.decode())
    assert float(row["zwei"]) == assess("male", 400, 9.1).zwei


def test_django_is_not_started():
    script = "import sys, simpul.project.cli.growth; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

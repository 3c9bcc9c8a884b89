"""Names become official codes only when one place can be meant."""

import csv

import pytest

from simpul.places import ministry


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (["KALIMANTAN TENGAH", "KAPUAS", "SELAT", "PANAMAS"], "62.03.01.1023"),
        (["Kalimantan Tengah", "Kab. Kapuas", "Kec. Selat", "Desa Panamas"], "62.03.01.1023"),
        (["", "KAPUAS", "SELAT", "SELAT HULU"], "62.03.01.1009"),
        (["KALIMANTAN TENGAH", "KAPUAS", "SELAT", "DESA BARU SEKALI"], "62.03.01"),
        (["Jawa Barat", "Kota Bandung"], "32.73"),
        (["Jawa Barat", "Kabupaten Bandung"], "32.04"),
        (["Atlantis", "Kapuas"], ""),
        (["", "", "", ""], ""),
    ],
)
def test_code_of(written, code):
    assert ministry.code_of(written) == code


def test_shown():
    assert ministry.shown("62.03") == "Kapuas"
    assert ministry.shown("32.73") == "Kota Bandung"
    assert ministry.shown("31") == "DKI Jakarta"


def test_agrees_with_the_ministry_list_of_kapuas(shared_data):
    with (shared_data / "places" / "wilayah_kapuas_kaur.csv").open() as source:
        theirs = {row["kode"]: row["nama"].strip() for row in csv.DictReader(source)}
    known = ministry.names()
    missing = [code for code in theirs if code not in known]
    assert len(missing) / len(theirs) < 0.02, missing
    assert all(code in known for code in ministry.below("62.03"))

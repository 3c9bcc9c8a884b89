"""An invented e-PPGBM export to try the import with: new children, one entered twice, two bad rows.

Its one rule: like real registers it mixes dates, commas and spellings, and every name is invented.
"""

import csv
import io
from datetime import date, timedelta

from simpul.project.demo.days import add_months

NAME = "contoh-eppgbm.csv"
_HEADER = (
    "No,NIK,Nama,JK,Tgl Lahir,BB Lahir,TB Lahir,Nama Ortu,Prov,Kab/Kota,Kec,Pukesmas,Desa/Kel,"
    "Posyandu,RT,RW,Alamat,Usia Saat Ukur,Tanggal Pengukuran,Berat,Tinggi,Cara Ukur,LiLA"
)
# name, sex, age in months, mother, RT, weight, length, how: written as kader write them
_CHILDREN = (
    ("Hidayatullah", "L", 5, "Noorlaila", "001", "6,9", "64,5", "Terlentang"),
    ("SITI MARWAH", "P", 8, "Jumiati", "002", "7.6", "68.0", "Terlentang"),
    ("Tjahaja Ramadhani", "P", 13, "Soelastri", "003", "8,8", "74,0", "Terlentang"),
    ("Yoga Pratama", "L", 19, "Herlina", "004", "10.4", "80.5", "Terlentang"),
    ("Bunga Aprilia", "P", 27, "Mariana", "005", "11,2", "86,0", "Berdiri"),
    ("Akhmad Rijani", "L", 35, "Rahmawati", "001", "13.0", "93.5", "Berdiri"),
    ("Melati Sukma", "P", 46, "Yuliana", "002", "14,6", "100,2", "Berdiri"),
    ("Guntur Wibowo", "L", 11, "Sri Rejeki", "003", "910", "73,0", "Terlentang"),  # grams? refused
    ("Dewi Sartika", "X", 22, "Norhasanah", "004", "10,1", "82,0", "Terlentang"),  # sex? refused
)


def sample_file(today: date) -> str:
    """The file's text, with ages and measuring days that fit `today`."""
    measured = today - timedelta(days=5)
    out = io.StringIO()
    rows = csv.DictWriter(out, _HEADER.split(","), restval="", lineterminator="\n")
    rows.writeheader()
    for number, child in enumerate(_CHILDREN, start=1):
        name, sex, months, mother, rt, weight, length, how = child
        born = add_months(measured, -months) - timedelta(days=number)
        style = "%d/%m/%Y" if number % 2 else "%Y-%m-%d"
        rows.writerow(
            _at(rt) | {
                "No": number, "Nama": name, "JK": sex, "Tgl Lahir": born.strftime(style),
                "Nama Ortu": mother, "Tanggal Pengukuran": measured.strftime(style),
                "Berat": weight, "Tinggi": length, "Cara Ukur": how,
            }
        )  # fmt: skip
    rows.writerow({})
    rows.writerow(_again(today, measured))
    return out.getvalue()


def _again(today: date, measured: date) -> dict[str, object]:
    """Rafi, who is in the demonstration, a second time: old spelling, no NIK."""
    born = add_months(today, -49) - timedelta(days=6)
    return _at("003") | {
        "No": 10, "Nama": "Raffi Aditja Rahman", "JK": "L", "Tgl Lahir": born.strftime("%d-%m-%Y"),
        "Nama Ortu": "Siti Rahmah", "Tanggal Pengukuran": measured.strftime("%d-%m-%Y"),
        "Berat": "15,4", "Tinggi": "102,5", "Cara Ukur": "Berdiri",
    }  # fmt: skip


def _at(rt: str) -> dict[str, object]:
    return {
        "Prov": "KALIMANTAN TENGAH", "Kab/Kota": "KAPUAS", "Kec": "SELAT", "Pukesmas": "MELATI",
        "Desa/Kel": "PANAMAS", "Posyandu": "DAHLIA", "RT": rt, "RW": "001",
        "Alamat": f"Jl. Barito RT {rt}",
    }  # fmt: skip

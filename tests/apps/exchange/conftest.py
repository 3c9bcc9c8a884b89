"""Imports of the tests: uploads in a throw-away folder, files made on the spot."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.exchange import work
from simpul.exchange.models import ImportJob

HEADER = [
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov",
    "Kab/Kota", "Kec", "Pukesmas", "Desa/Kel", "Posyandu", "RT", "RW", "Alamat",
    "Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Tinggi", "Cara Ukur", "LiLA", "Jml Vit A",
]  # fmt: skip
ROW = {
    "NIK": "6203014809250001", "Nama": "Kirana Dewi", "JK": "P", "Tgl Lahir": "08/09/2025",
    "Nama Ortu": "Sri Wahyuni", "Prov": "KALIMANTAN TENGAH", "Kab/Kota": "KAPUAS",
    "Kec": "SELAT", "Pukesmas": "MELATI", "Desa/Kel": "PANAMAS", "Posyandu": "DAHLIA",
    "RT": "003", "RW": "001", "Alamat": "Jl. Anggrek", "Tanggal Pengukuran": "10/11/2026",
    "Berat": "8,7", "Tinggi": "73,5", "Cara Ukur": "Terlentang", "LiLA": "14,0",
}  # fmt: skip


def row(**changes):
    """One good row of the national export, with some cells otherwise."""
    headings = {"nik": "NIK", "name": "Nama", "sex": "JK", "born": "Tgl Lahir",
                "mother": "Nama Ortu", "village": "Desa/Kel", "on": "Tanggal Pengukuran",
                "weight": "Berat", "height": "Tinggi", "measure": "Cara Ukur", "muac": "LiLA",
                "rt": "RT", "vita": "Jml Vit A", "birth_weight": "BB Lahir"}  # fmt: skip
    return ROW | {headings.get(key, key): value for key, value in changes.items()}


def as_csv(rows, header=None, delimiter=",", encoding="utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, header or HEADER, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def upload(sign_in):
    """upload(user, content, name) -> the job made; None when the page refused the file."""

    def _upload(user, content: bytes, name="register.csv"):
        client = sign_in(user)
        before = set(ImportJob.objects.values_list("pk", flat=True))
        client.post(reverse("imports:start"), {"file": SimpleUploadedFile(name, content)})
        return ImportJob.objects.exclude(pk__in=before).first()

    return _upload


@pytest.fixture
def imported(upload, client):
    """imported(user, content, name) -> the job, looked at, confirmed and carried out."""

    def _imported(user, content: bytes, name="register.csv"):
        job = upload(user, content, name)
        work.do_waiting()
        client.post(reverse("imports:confirm", args=[job.uid]))
        work.do_waiting()
        job.refresh_from_db()
        return job

    return _imported

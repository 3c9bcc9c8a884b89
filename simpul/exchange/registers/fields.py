"""The fields a column may hold, the headings people give them, and the guess from a header.
Its one rule: a heading is guessed only when all its words fit; the user has the last word."""

import hashlib
import re
from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _


class Field(msgspec.Struct, frozen=True):
    """One thing a column may hold. `fact`: the number of the pack it becomes."""

    id: str
    label: object  # lazy text
    group: str  # person, family, address, measurement
    headings: tuple[str, ...]
    fact: str = ""


class Columns(msgspec.Struct, frozen=True):
    """Which column holds which field, and how the file is meant."""

    kind: str  # eppgbm, table
    fields: tuple[str, ...]  # one per column, '' when the column is left out
    date_order: str = "dmy"
    age_unit: str = "years"

    def at(self, field: str) -> int | None:
        """The column of a field; None when the file has none."""
        return self.fields.index(field) if field in self.fields else None


def _field(id_: str, label, group: str, headings: str, fact: str = "") -> Field:
    return Field(id_, label, group, tuple(headings.split("|")), fact)


FIELDS = {
    field.id: field
    for field in (
        _field(
            "nik", _("NIK"), "person",
            "nik|no nik|nomor nik|nik anak|nik balita|no ktp|nik ktp|nomor induk kependudukan",
        ),
        _field(
            "name", _("Name"), "person",
            "nama|nama lengkap|nama anak|nama balita|nama bayi|nama penduduk|nama warga|"
            "nama pasien|name",
        ),
        _field(
            "sex", _("Sex"), "person",
            "jk|jenis kelamin|kelamin|l p|lp|sex|gender|j k|jns kelamin|jenkel",
        ),
        _field(
            "birth_date", _("Date of birth"), "person",
            "tgl lahir|tanggal lahir|tanggal kelahiran|tgl kelahiran|lahir|dob|birth date|"
            "tgllahir|tgl lhr|tanggal lhr|tgl lahir anak|tanggal lahir anak|tanggal lahir balita",
        ),
        _field(
            "age", _("Age on the day of measuring"), "person",
            "usia saat ukur|usia|umur|usia tahun|umur tahun|umur th|usia bulan|umur bulan|"
            "umur bln|usia bln|umur thn|age",
        ),
        _field(
            "card_number", _("Family card number"), "family",
            "no kk|nomor kk|kk|nokk|no kartu keluarga|nomor kartu keluarga",
        ),
        _field(
            "head_name", _("Head of the household"), "family",
            "kepala keluarga|nama kk|nama kepala keluarga|kk nama",
        ),
        _field(
            "mother_name", _("Mother (or parent)"), "family",
            "nama ortu|nama orang tua|orang tua|nama orangtua|nama ibu|ibu|nama ibu kandung|"
            "ibu kandung|ortu|mother",
        ),
        _field(
            "relation", _("Relation to the head"), "family",
            "hubungan|hubungan keluarga|hub keluarga|shdk|status hubungan|"
            "status dalam keluarga|status hubungan dalam keluarga",
        ),
        _field(
            "province", _("Province"), "address",
            "prov|provinsi|propinsi",
        ),
        _field(
            "regency", _("Regency or city"), "address",
            "kab kota|kabupaten|kab|kota|kabupaten kota",
        ),
        _field(
            "district", _("Subdistrict (kecamatan)"), "address",
            "kec|kecamatan",
        ),
        _field(
            "puskesmas", _("Puskesmas"), "address",
            "puskesmas|pukesmas|pkm|nama puskesmas",
        ),
        _field(
            "village", _("Village"), "address",
            "desa kel|desa|kelurahan|desa kelurahan|kel|kel desa|nama desa|kelurahan desa",
        ),
        _field(
            "posyandu", _("Posyandu"), "address",
            "posyandu|nama posyandu",
        ),
        _field(
            "rt", _("RT"), "address",
            "rt|rt rw|no rt",
        ),
        _field(
            "rw", _("RW"), "address",
            "rw|no rw",
        ),
        _field(
            "address", _("Address"), "address",
            "alamat|alamat lengkap|alamat rumah|jalan|address",
        ),
        _field(
            "measured_on", _("Date of measuring"), "measurement",
            "tanggal pengukuran|tgl pengukuran|tgl ukur|tanggal ukur|tanggal penimbangan|"
            "tgl penimbangan|tgl timbang|tanggal|tgl|tanggal kunjungan|tgl kunjungan|"
            "tanggal periksa|tgl periksa|tanggal pemeriksaan",
        ),
        _field(
            "weight", _("Weight (kg)"), "measurement",
            "berat|berat badan|bb|bb kg|berat kg|berat badan kg|weight", "body.weight",
        ),
        _field(
            "height", _("Length or height (cm)"), "measurement",
            "tinggi|tinggi badan|tb|tb cm|pb|pb tb|tb pb|panjang badan|panjang|tinggi cm|"
            "tinggi badan cm|panjang tinggi badan|height", "body.lenhei",
        ),
        _field(
            "measure", _("How it was measured"), "measurement",
            "cara ukur|posisi ukur|cara pengukuran|posisi",
        ),
        _field(
            "muac", _("Mid-upper arm circumference (cm)"), "measurement",
            "lila|lila cm|lingkar lengan|lingkar lengan atas|muac", "body.muac",
        ),
        _field(
            "headc", _("Head circumference (cm)"), "measurement",
            "lk|lingkar kepala|lika|lk cm|lingkar kepala cm", "body.headc",
        ),
        _field(
            "birth_weight", _("Birth weight (kg)"), "measurement",
            "bb lahir|berat lahir|berat badan lahir|bbl", "birth.weight",
        ),
        _field(
            "birth_length", _("Birth length (cm)"), "measurement",
            "tb lahir|pb lahir|panjang lahir|tinggi lahir|panjang badan lahir|"
            "tinggi badan lahir", "birth.length",
        ),
        _field(
            "vitamin_a", _("Vitamin A capsule"), "measurement",
            "jml vit a|vit a|vitamin a|jumlah vit a|kapsul vitamin a",
        ),
        _field(
            "waist", _("Waist (cm)"), "measurement",
            "lingkar perut|lp cm|lingkar perut cm|lingkar pinggang", "body.waist",
        ),
        _field(
            "pressure", _("Blood pressure (120/80)"), "measurement",
            "tekanan darah|tensi|td|tekanan darah mmhg|tensi darah",
        ),
        _field(
            "systolic", _("Systolic blood pressure (mmHg)"), "measurement",
            "sistol|sistole|sistolik|tekanan sistolik|td sistolik|tds", "bp.systolic",
        ),
        _field(
            "diastolic", _("Diastolic blood pressure (mmHg)"), "measurement",
            "diastol|diastole|diastolik|tekanan diastolik|td diastolik|tdd", "bp.diastolic",
        ),
        _field(
            "glucose", _("Random blood glucose (mg/dL)"), "measurement",
            "gds|gula darah sewaktu|gula darah|gula", "glucose.random",
        ),
        _field(
            "glucose_fasting", _("Fasting blood glucose (mg/dL)"), "measurement",
            "gdp|gula darah puasa", "glucose.fasting",
        ),
        _field(
            "hb", _("Haemoglobin (g/dL)"), "measurement",
            "hb|hemoglobin|kadar hb", "lab.hb",
        ),
    )
}  # fmt: skip
NUMBERS = {field.id: field.fact for field in FIELDS.values() if field.fact}
AT_BIRTH = frozenset({"birth_weight", "birth_length"})
REQUIRED_OF_EPPGBM = (
    "name", "sex", "birth_date", "mother_name", "village", "measured_on", "weight", "height",
)  # fmt: skip
_BY_HEADING = {heading: field.id for field in FIELDS.values() for heading in field.headings}


def normalised(heading: str) -> str:
    """A heading without case, marks and double spaces: 'Desa/Kel' is 'desa kel'."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading.lower()).split())


def likeness(cells: Sequence[str]) -> int:
    """How many cells of a row are headings that are known: finds the header among title rows."""
    return sum(1 for cell in cells if normalised(cell) in _BY_HEADING)


def guess(header: Sequence[str]) -> tuple[str, ...]:
    """The field of each column, '' where none is known; a field is given to one column only."""
    fields, taken = [], set()
    for heading in header:
        field = _BY_HEADING.get(normalised(heading), "")
        if field in taken:
            field = ""
        taken.add(field)
        fields.append(field)
    return tuple(fields)


def guess_age_unit(header: Sequence[str], fields: Sequence[str]) -> str:
    """Bare numbers in the age column are months where the heading says so, else years."""
    for heading, field in zip(header, fields, strict=False):
        if field == "age" and {"bulan", "bln"} & set(normalised(heading).split()):
            return "months"
    return "years"


def missing_for_eppgbm(header: Sequence[str]) -> list[str]:
    """Fields of the national export this header lacks; empty when it is one."""
    there = set(guess(header))
    return [field for field in REQUIRED_OF_EPPGBM if field not in there]


def eppgbm_columns(header: Sequence[str]) -> Columns:
    """The columns of the national export (e-PPGBM), wherever they stand."""
    return Columns("eppgbm", guess(header))


def table_columns(header: Sequence[str], date_order: str = "dmy") -> Columns:
    """The first guess for any other table."""
    fields = guess(header)
    return Columns("table", fields, date_order, guess_age_unit(header, fields))


def fitted(columns: Columns, header: Sequence[str]) -> Columns:
    """Remembered columns for a file with as many columns as this one has."""
    kept = (*columns.fields, *[""] * len(header))[: len(header)]
    return Columns(columns.kind, kept, columns.date_order, columns.age_unit)


def signature(header: Sequence[str]) -> str:
    """The same for every file with these headings: by it a mapping is remembered."""
    joined = "\x1f".join(normalised(heading) for heading in header)
    return hashlib.sha256(joined.encode()).hexdigest()

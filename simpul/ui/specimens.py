"""Invented people, figures and shapes for the gallery. Rule: nothing here is about anybody."""

from datetime import date

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from simpul.ui import charts, words
from simpul.ui.charts.curves import curves_of

TODAY = date(2026, 11, 20)
BIRTH = date(2025, 9, 8)
WEIGHTS = (
    (0, 3.1, ""), (1, 4.0, "N"), (2, 4.9, "N"), (3, 5.7, "N"), (4, 6.3, "N"), (6, 7.1, "O"),
    (7, 7.4, "N"), (8, 7.7, "N"), (9, 8.0, "N"), (10, 8.2, "T"), (11, 8.4, "N"), (12.2, 8.6, "N"),
    (13.4, 8.7, "T"), (14.3, 8.7, "T"),
)  # fmt: skip
LENGTHS = ((0, 49.0), (2, 56.5), (4, 61.8), (6, 65.2), (9, 69.4), (12.2, 72.6), (13.4, 73.5))
MONTHS = ("Jun", "Jul", "Agu", "Sep", "Okt", "Nov")
COVERAGE = (66.7, 69.6, 71.7, 71.7, 73.9, 76.1)
VILLAGES = (
    ("Selat Hulu", 92.4, 89.4, 61, 66),
    ("Murung Keramat", 83.0, 80.6, 44, 53),
    ("Panamas", 76.1, 73.9, 35, 46),
    ("Selat Dalam", 69.1, 70.9, 38, 55),
)
SHAPES = {
    "Selat Hulu": [[[0.30, 0.62], [0.36, 0.60], [0.42, 0.78], [0.38, 0.83], [0.31, 0.72]]],
    "Selat Dalam": [[[0.02, 0.55], [0.30, 0.62], [0.31, 0.72], [0.38, 0.83], [0.20, 0.95],
                     [0.05, 0.85]]],
    "Panamas": [[[0.02, 0.30], [0.10, 0.26], [0.60, 0.52], [0.55, 0.58], [0.36, 0.60],
                 [0.30, 0.55], [0.04, 0.42]]],
    "Murung Keramat": [[[0.10, 0.26], [0.30, 0.02], [0.62, 0.05], [0.82, 0.30], [0.60, 0.52]]],
    "Pulau Telo": [[[0.60, 0.52], [0.82, 0.30], [0.98, 0.50], [0.80, 0.75], [0.55, 0.58]]],
}  # fmt: skip


class Measuring(forms.Form):
    """A form with every kind of field."""

    weight = forms.CharField(label="Berat badan", widget=forms.TextInput({"inputmode": "decimal"}))
    length = forms.CharField(
        label="Panjang badan", required=False, help_text="Terakhir 73,5 cm, 20 Okt 2026"
    )
    given_on = forms.DateField(label="Tanggal", widget=forms.DateInput({"type": "date"}))
    place = forms.ChoiceField(
        label="Tempat", choices=[("p", "Pustu Panamas"), ("d", "Posyandu Dahlia")]
    )
    position = forms.ChoiceField(
        label="Cara ukur", choices=[("l", "Terlentang"), ("h", "Berdiri")], widget=forms.RadioSelect
    )
    oedema = forms.BooleanField(label="Ada bengkak di kedua kaki", required=False)
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea({"rows": 2}))


def form() -> Measuring:
    return Measuring(
        {"weight": "", "length": "73,5", "given_on": "20 Nopember", "place": "p", "position": "l"}
    )


def _measures() -> list[charts.Measure]:
    said = {"N": "naik", "T": "tidak naik", "O": "bulan lalu tidak ditimbang", "": "saat lahir"}
    return [
        charts.Measure(
            month, weight, f"{int(month)} bln: {words.kg(weight)}, {said[letter]}", letter,
            is_flat=letter == "T", is_alert=letter == "T" and month > 13,
        )
        for month, weight, letter in WEIGHTS
    ]  # fmt: skip


def weight_chart() -> SafeString:
    return charts.growth_chart(
        "weight_for_age", curves_of("weight_for_age", "female"), _measures(), x_range=(0, 24),
        title="Berat menurut umur, Nayla, lahir sampai 2 tahun",
        desc="Berat naik di pita hijau sampai 12 bulan, lalu tetap 8,7 kg pada 13 dan 14 bulan.",
        callout=charts.Callout("2T: dua kali tidak naik", "8,7 kg, 17 Nov 2026"),
    )  # fmt: skip


def length_chart() -> SafeString:
    measures = [charts.Measure(m, cm, f"{int(m)} bln: {words.cm(cm)}") for m, cm in LENGTHS]
    return charts.growth_chart(
        "length_for_age", curves_of("length_for_age", "female"), measures, x_range=(0, 24),
        title="Panjang menurut umur, Nayla", desc="Panjang 73,5 cm pada 13 bulan, di pita hijau.",
    )  # fmt: skip


def wasting_chart() -> SafeString:
    pairs = [(49.0, 3.1), (56.5, 4.9), (61.8, 6.3), (65.2, 7.1), (69.4, 8.0), (72.6, 8.6)]
    measures = [charts.Measure(x, y, f"{words.cm(x)}: {words.kg(y)}") for x, y in pairs]
    return charts.growth_chart(
        "weight_for_length", curves_of("weight_for_length", "female"), measures,
        x_range=(45, 95), title="Berat menurut panjang, Nayla", desc="Gizi baik, di pita hijau.",
    )  # fmt: skip


def older_chart() -> SafeString:
    measures = [
        charts.Measure(m, y, f"{m} bln: {words.kg(y)}", letter, is_flat=letter == "T")
        for m, y, letter in ((26, 10.1, "O"), (27, 10.3, "N"), (28, 10.2, "T"), (30, 10.7, "O"))
    ]
    return charts.growth_chart(
        "weight_for_age", curves_of("weight_for_age", "male"), measures,
        x_range=charts.window(30), title="Berat menurut umur, Rafi, 2 sampai 5 tahun",
        desc="Empat kali ditimbang antara 26 dan 30 bulan.",
    )  # fmt: skip


def child_line() -> SafeString:
    doses = [(0, "HB0"), (1, "BCG"), (1, "OPV1"), (2, "DPT1"), (2, "PCV1"), (3, "DPT2"),
             (3, "PCV2"), (4, "DPT3"), (4, "IPV1")]  # fmt: skip
    mark = charts.Mark
    immunisation = [
        *(mark(m, "done", name, f"{name} umur {m} bln: sudah") for m, name in doses),
        mark(9, "late", "MR1", "MR dosis 1 umur 9 bln: terlambat"),
        mark(9, "late", "IPV2", "IPV dosis 2 umur 9 bln: terlambat"),
        mark(12, "due", "PCV3", "PCV dosis 3 umur 12 bln: waktunya"),
        mark(18, "later", "MR2", "MR dosis 2: nanti"), mark(18, "later", "DPT4", "DPT 4: nanti"),
    ]  # fmt: skip
    weighing = [
        *(mark(m, "missed" if m == 5 else "done") for m in range(13)),
        mark(13, "done", "T"), mark(14, "urgent", "2T", "Dua kali tidak naik"),
        mark(15, "later", "Des"),
    ]  # fmt: skip
    vitamin = [mark(6, "done", "Biru"), mark(11, "done", "Biru"), mark(17, "later", "Merah, Feb"),
               mark(23, "later", "Merah, obat cacing")]  # fmt: skip
    rows = [charts.Row("Imunisasi", immunisation), charts.Row("Penimbangan", weighing),
            charts.Row("Vitamin A, obat cacing", vitamin)]  # fmt: skip
    return charts.life_line(
        rows, charts.first_two_years(), today=14.4,
        today_label=f"Hari ini, {words.day_short(TODAY, get_language())}",
        title="Garis hidup Nayla, lahir sampai 2 tahun",
        desc="Sudah sampai DPT3. Terlambat: MR1 dan IPV2. Mendesak: dua kali tidak naik.",
    )  # fmt: skip


def pregnancy_line() -> SafeString:
    visits = [(8, "done", "K1"), (16, "done", "K2"), (22, "done", "K3"), (27, "missed", "K4"),
              (31, "late", "K5"), (37, "later", "K6")]  # fmt: skip
    tests = [charts.Mark(9, "done", "Hb"), charts.Mark(31, "due", "Hb")]
    rows = [
        charts.Row("Pemeriksaan", [charts.Mark(*v) for v in visits]),
        charts.Row("Laboratorium", tests),
    ]
    return charts.life_line(
        rows, charts.pregnancy_weeks(), today=32, today_label="Hari ini, 32 mg",
        title="Garis kehamilan Wulandari", desc="K5 terlambat, Hb waktunya.",
    )  # fmt: skip


def _villages() -> list[charts.Village]:
    return [
        charts.Village(name, now, before, f"{name}: {words.percent(now)}, {k} dari {of}",
                       url="#nama", is_current=name == "Panamas")
        for name, now, before, k, of in VILLAGES
    ]  # fmt: skip


def village_dots() -> SafeString:
    return charts.dots(
        _villages(), target=90, title="Imunisasi dasar lengkap di 4 desa",
        desc="Selat Hulu 92,4; Murung Keramat 83,0; Panamas 76,1; Selat Dalam 69,1 persen.",
    )  # fmt: skip


def village_bars() -> SafeString:
    rows = [*_villages(), charts.Village("Pulau Mambulau Barat", None)]
    return charts.bars(
        rows, target=90, title="Imunisasi dasar lengkap, 5 desa",
        desc="Pulau Mambulau Barat tidak punya sasaran.",
    )  # fmt: skip


def village_map() -> SafeString:
    figures = {name: (now, k, of) for name, now, _before, k, of in VILLAGES}
    areas = []
    for name, rings in SHAPES.items():
        if name not in figures:
            areas.append(charts.Area(name, rings, None, title=f"{name}: di luar wilayah"))
            continue
        now, k, of = figures[name]
        areas.append(
            charts.Area(
                name, rings, charts.level_of(now, (70, 80, 90)), words.percent(now),
                f"{name}: {words.percent(now)}, {k} dari {of}", "#nama", name == "Panamas",
            )
        )  # fmt: skip
    return charts.choropleth(
        areas, title="Peta imunisasi dasar lengkap", desc="Angka sama dengan banding desa."
    )


def trend_chart() -> SafeString:
    months = list(zip(MONTHS, COVERAGE, strict=True))
    return charts.trend(
        months, target=90, title="Imunisasi dasar lengkap, Jun sampai Nov 2026",
        desc="Naik dari 66,7 ke 76,1 persen; target 90 persen.",
    )  # fmt: skip


def year_chart() -> SafeString:
    names = words.MONTHS_SHORT["id"]
    values = [61.0, 62.5, None, 64.0, 66.0, 66.7, 69.6, 71.7, 71.7, 73.9, 76.1, None]
    return charts.trend(
        list(zip(names, values, strict=True)), target=72, title="Setahun", desc="Maret kosong."
    )


def spark() -> SafeString:
    return charts.sparkline(
        COVERAGE, target=90, title="Jun sampai Nov 2026: 66,7% sampai 76,1%. Garis putus: target"
    )

"""`simpul places`: codes, outlines and official estimates of places, from files.

Its one rule: every line that cannot be used is told with its number, and nothing else is held up.
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from math import hypot
from pathlib import Path

import click

from simpul.project.cli import django_ready, facilities, fail

Ring = list[list[float]]
FILE = click.Path(path_type=Path, dir_okay=False)
MOST_TOLD = 20


@click.group()
def places() -> None:
    """Load codes, outlines and official estimates of places; list what there is."""


@places.command("load-codes")
@click.argument("file", type=FILE)
def load_codes(file: Path) -> None:
    """Places of FILE.csv with the columns kode,nama (the Ministry's list). Safe to repeat."""
    rows, wrong = [], []
    for line, row in _csv_rows(file, ("kode", "nama")):
        code, name = row["kode"].strip(), row["nama"].strip()
        if not name or not _is_code(code):
            wrong.append(f"baris {line}: kode {code!r} atau nama {name!r} tidak lengkap")
            continue
        rows.append((code, name))
    rows.sort(key=lambda row: row[0].count("."))
    django_ready.setup()
    from simpul.places import actions

    _tell(wrong)
    click.echo(f"{actions.load_codes(rows=rows)} wilayah dimuat, {len(wrong)} baris dilewati.")


def _is_code(code: str) -> bool:
    parts = code.split(".")
    lengths = (2, 2, 2, 4)
    return 1 <= len(parts) <= 4 and all(
        part.isdigit() and len(part) == length for part, length in zip(parts, lengths, strict=False)
    )


@places.command("load-shapes")
@click.argument("file", type=FILE)
@click.option("--schematic", is_flag=True, help="Drawn by hand: the map says so.")
@click.option(
    "--tolerance", default=20.0, show_default=True, help="Simplify by at most so many metres."
)
def load_shapes(file: Path, schematic: bool, tolerance: float) -> None:
    """Outlines of FILE.geojson: outer rings of features whose property `kode` is a known place."""
    features = _features(file)
    django_ready.setup()
    from simpul.places import actions, queries

    drawn, wrong = 0, []
    with click.progressbar(features, label="Memuat batas", file=sys.stderr) as bar:
        for number, feature in enumerate(bar, start=1):
            code = str((feature.get("properties") or {}).get("kode", ""))
            place = queries.place_by_code(code) if code else None
            rings = _outer_rings(feature.get("geometry") or {}, tolerance / 111_320)
            if place is None or not rings:
                why = "tidak punya bidang" if place else "tidak dikenal; muat kodenya dulu"
                wrong.append(f"bidang ke-{number}: kode {code!r} {why}")
                continue
            actions.draw(place=place, rings=rings, is_schematic=schematic)
            drawn += 1
    _tell(wrong)
    click.echo(f"{drawn} batas wilayah dimuat, {len(wrong)} dilewati.")


def _features(file: Path) -> list[dict]:
    try:
        found = json.loads(_text(file))["features"]
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, list):
        fail(f"{file} bukan GeoJSON: harus FeatureCollection dengan features.")
    return found or []


def _outer_rings(geometry: dict, tolerance: float) -> list[Ring]:
    """The outer ring of each polygon, simplified; holes are left out."""
    coordinates = geometry.get("coordinates") or []
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(
        geometry.get("type", ""), []
    )
    rings = [simplified([point[:2] for point in one[0]], tolerance) for one in polygons if one]
    return [ring for ring in rings if len(ring) > 3]


def simplified(ring: Ring, tolerance: float) -> Ring:
    """The ring without points nearer than `tolerance` to the line it keeps (Douglas, Peucker)."""
    if len(ring) < 5 or tolerance <= 0:
        return ring
    far = max(
        range(len(ring)), key=lambda k: hypot(ring[k][0] - ring[0][0], ring[k][1] - ring[0][1])
    )
    kept, spans = {0, far, len(ring) - 1}, [(0, far), (far, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        inside = range(first + 1, last)
        if not inside:
            continue
        k = max(inside, key=lambda one: _off(ring[one], ring[first], ring[last]))
        if _off(ring[k], ring[first], ring[last]) > tolerance:
            kept.add(k)
            spans += [(first, k), (k, last)]
    return [ring[k] for k in sorted(kept)]


def _off(point: Sequence[float], start: Sequence[float], end: Sequence[float]) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy or 1e-18)
    along = min(max(along, 0.0), 1.0)
    return hypot(start[0] + along * dx - point[0], start[1] + along * dy - point[1])


@places.command()
@click.argument("file", type=FILE)
def estimates(file: Path) -> None:
    """Official target estimates of FILE.csv: code,group,year,number,source. Safe to repeat."""
    columns = ("code", "group", "year", "number", "source")
    lines = list(_csv_rows(file, columns))
    django_ready.setup()
    from simpul.places import actions, queries

    known, stored, wrong = _known_groups(), 0, []
    for line, row in lines:
        place = queries.place_by_code(row["code"].strip())
        problem = _wrong_estimate(row, place, known)
        if place is None or problem:
            wrong.append(f"baris {line}: {problem}")
            continue
        actions.estimate(
            place=place, group=row["group"].strip(), year=int(row["year"]),
            number=int(row["number"]), source=row["source"].strip(),
        )  # fmt: skip
        stored += 1
    _tell(wrong)
    click.echo(f"{stored} taksiran disimpan, {len(wrong)} baris dilewati.")


def _known_groups() -> set[str]:
    from simpul import packs

    return {group for one in packs.load().indicators.values() for group in one.estimate}


def _wrong_estimate(row: dict[str, str], place, known: set[str]) -> str:
    if place is None:
        return f"kode {row['code']!r} tidak dikenal"
    if row["group"].strip() not in known:
        return f"kelompok {row['group']!r} tidak dikenal; pilih: {', '.join(sorted(known))}"
    if not (row["year"].strip().isdigit() and 2000 <= int(row["year"]) <= 2100):
        return f"tahun {row['year']!r} bukan tahun"
    if not row["number"].strip().isdigit():
        return f"jumlah {row['number']!r} bukan bilangan bulat"
    return "" if row["source"].strip() else "sumber kosong; tulis siapa yang menaksir"


@places.command("list")
def listed() -> None:
    """The regencies, districts and villages that are known, with what is stored of each."""
    django_ready.setup()
    from simpul.places import queries

    villages = list(queries.villages())
    drawn = queries.shapes([one.pk for one in villages])
    click.echo("kode,nama,batas")
    seen: set[int] = set()
    for village in sorted(villages, key=lambda one: one.code):
        for place in queries.ancestors(village)[:-1]:
            if place.pk not in seen:
                seen.add(place.pk)
                click.echo(f"{place.code},{place.name},")
        click.echo(f"{village.code},{village.name},{_outline(drawn.get(village.pk))}")


def _outline(shape) -> str:
    if shape is None:
        return "tidak ada"
    return "skematis" if shape.is_schematic else "ada"


def _csv_rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) with the columns that are asked for; other columns are left."""
    reader = csv.DictReader(_text(file).splitlines())
    missing = [one for one in columns if one not in (reader.fieldnames or ())]
    if missing:
        fail(f"{file}: kolom {', '.join(missing)} tidak ada. Baris pertama: {','.join(columns)}")
    for row in reader:
        yield reader.line_num, {one: row.get(one) or "" for one in columns}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        fail(f"{file} tidak dapat dibaca: {error.strerror}.")
    except UnicodeDecodeError:
        fail(f"{file} bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8.")
    return ""


def _tell(wrong: list[str]) -> None:
    for one in wrong[:MOST_TOLD]:
        click.echo(one, err=True)
    if len(wrong) > MOST_TOLD:
        click.echo(f"dan {len(wrong) - MOST_TOLD} lainnya", err=True)


for _command in (facilities.add, facilities.facilities, facilities.add_facility):
    places.add_command(_command)

"""`simpul places`: codes, outlines and estimates from files."""

import json

import pytest
from click.testing import CliRunner

from simpul.places import actions, queries
from simpul.project.cli.places import places, simplified

pytestmark = pytest.mark.django_db


def _run(*arguments: object):
    return CliRunner().invoke(places, [str(one) for one in arguments])


def _file(folder, name: str, text: str):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_codes_are_loaded_parents_first_and_again_without_harm(tmp_path):
    listed = _file(tmp_path, "k.csv", "kode,nama\n62.03.01,Selat\n62.03,Kapuas\n62,Kalteng\nx,y\n")
    for _ in range(2):
        done = _run("load-codes", listed)
        assert done.exit_code == 0, done.output
        assert "3 wilayah dimuat, 1 baris dilewati" in done.stdout
        assert "baris 5: kode 'x'" in done.stderr
    assert [one.code for one in queries.ancestors(queries.place_by_code("62.03.01"))] == [
        "62", "62.03", "62.03.01",
    ]  # fmt: skip


def test_outlines_keep_outer_rings_only(melati, tmp_path):
    outer = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    hole = [[0.2, 0.2], [0.3, 0.2], [0.3, 0.3], [0.2, 0.2]]
    features = [
        {"properties": {"kode": "62.03.01.1010"},
         "geometry": {"type": "Polygon", "coordinates": [outer, hole]}},
        {"properties": {"kode": "62.03.01.1011"},
         "geometry": {"type": "MultiPolygon", "coordinates": [[outer], [outer]]}},
        {"properties": {"kode": "99.99"}, "geometry": {"type": "Polygon", "coordinates": [outer]}},
        {"properties": {"kode": "62.03.09.2001"}, "geometry": None},
    ]  # fmt: skip
    file = _file(tmp_path, "s.geojson", json.dumps({"features": features}))
    done = _run("load-shapes", file, "--schematic")
    assert done.exit_code == 0, done.output
    assert "2 batas wilayah dimuat, 2 dilewati" in done.stdout
    drawn = queries.shapes([melati.panamas.pk, melati.hulu.pk])
    assert drawn[melati.panamas.pk].rings == [outer]
    assert drawn[melati.hulu.pk].rings == [outer, outer]
    assert drawn[melati.hulu.pk].is_schematic


def test_simplifying_keeps_the_corners():
    side = [[k / 100, 0.0] for k in range(100)]
    square = [*side, [1, 0], [1, 1], [0, 1], [0, 0]]
    assert simplified(square, 0.001) == [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    assert simplified(square, 0) == square


def test_estimates_are_stored_with_their_source(melati, tmp_path):
    lines = [
        "code,group,year,number,source", "62.03.01.1010,infants,2026,52,Pusdatin",
        "62.03.01.1010,nobody,2026,52,Pusdatin", "99,infants,2026,52,Pusdatin",
        "62.03.01.1010,infants,26,52,Pusdatin", "62.03.01.1010,infants,2026,many,Pusdatin",
        "62.03.01.1010,infants,2026,52,",
    ]  # fmt: skip
    done = _run("estimates", _file(tmp_path, "e.csv", "\n".join(lines)))
    assert done.exit_code == 0, done.output
    assert "1 taksiran disimpan, 5 baris dilewati" in done.stdout
    for line, word in ((3, "nobody"), (4, "99"), (5, "26"), (6, "many"), (7, "sumber")):
        assert any(
            one.startswith(f"baris {line}:") and word in one for one in done.stderr.splitlines()
        )
    (stored,) = queries.estimates([melati.panamas.pk], 2026)
    assert (stored.group, stored.number, stored.source) == ("infants", 52, "Pusdatin")


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (["load-codes"], "code,name\n62,Kalteng\n", "kolom kode, nama tidak ada"),
        (["load-shapes"], "[]", "bukan GeoJSON"),
        (["load-shapes"], "{", "bukan GeoJSON"),
        (["estimates"], "a,b\n", "tidak ada"),
    ],
)
def test_a_file_of_another_kind_is_refused(db, tmp_path, arguments, content, said):
    done = _run(*arguments, _file(tmp_path, "f", content))
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_file_that_is_not_there(db, tmp_path):
    done = _run("load-codes", tmp_path / "none.csv")
    assert done.exit_code == 2
    assert "tidak dapat dibaca" in done.stderr


def test_the_list_tells_what_is_stored(melati):
    actions.draw(place=melati.hulu, rings=[], is_schematic=True)
    lines = _run("list").stdout.splitlines()
    assert lines[0] == "kode,nama,batas"
    assert "62.03,Kapuas," in lines
    assert "62.03.01.1011,Selat Hulu,skematis" in lines
    assert "62.03.01.1010,Panamas,tidak ada" in lines


def test_kapuas_as_the_ministry_has_it(db, shared_data):
    folder = shared_data / "places"
    done = _run("load-codes", folder / "wilayah_kapuas_kaur.csv")
    assert "462 wilayah dimuat, 0 baris dilewati" in done.stdout
    done = _run("load-shapes", folder / "desa_62.03_kapuas.geojson")
    assert done.exit_code == 0, done.output
    assert _run("load-shapes", folder / "kecamatan_62.03_kapuas.geojson").exit_code == 0
    regency = queries.place_by_code("62.03")
    villages = [one.pk for one in queries.children(regency, "village")]
    drawn = queries.shapes(villages)
    assert len(drawn) > 200
    assert not any(one.is_schematic for one in drawn.values())
    panamas = queries.place_by_code("62.03.01.1023")
    assert all(114 < x < 115 and -4 < y < -2 for ring in drawn[panamas.pk].rings for x, y in ring)

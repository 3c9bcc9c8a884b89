"""Charts: well-formed, escaped, without inline style, with title and description."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from simpul.engine.growth_lms import tables, zscore
from simpul.ui import charts, specimens
from simpul.ui.charts.curves import curves_of
from simpul.ui.charts.svg import Scale, ticks

EVIL = "<b onload=\"x()\">Nayla & 'co'</b>"
DRAWN = {
    name: getattr(specimens, name)
    for name in (
        "weight_chart", "length_chart", "wasting_chart", "older_chart", "child_line",
        "pregnancy_line", "village_dots", "village_bars", "village_map", "trend_chart",
        "year_chart", "spark",
    )
}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def _parse(svg):
    return ElementTree.fromstring(str(svg))  # noqa: S314 - our own output


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_chart_is_sound(draw):
    svg = draw()
    root = _parse(svg)
    assert not re.search(r"\sstyle=|<style|<script|\bnan\b|\binf\b", str(svg))
    ids = root.attrib["aria-labelledby"].split()
    assert ids[0] == root.find(f"{SVG}title").attrib["id"]
    assert root.find(f"{SVG}title").text
    assert float(root.attrib["viewBox"].split()[3]) > 0
    assert draw() == svg, "the same values draw the same picture"


EVIL_CHARTS = {
    "growth": lambda: charts.growth_chart(
        "weight_for_age", curves_of("weight_for_age", "male"),
        [charts.Measure(3, 5, EVIL, EVIL)], title=EVIL, desc=EVIL,
        callout=charts.Callout(EVIL, EVIL),
    ),
    "life": lambda: charts.life_line(
        [charts.Row(EVIL, [charts.Mark(3, EVIL, EVIL, EVIL)])], charts.first_six_years(),
        today=4, today_label=EVIL, title=EVIL, desc=EVIL,
    ),
    "dots": lambda: charts.dots(
        [charts.Village(EVIL, 1.0, 2.0, EVIL, EVIL)], title=EVIL, desc=EVIL, unit=EVIL, target=1.0
    ),
    "bars": lambda: charts.bars([charts.Village(EVIL, 1.0)], title=EVIL, desc=EVIL),
    "map": lambda: charts.choropleth(
        [charts.Area(EVIL, [[[0, 0], [1, 0], [1, 1]]], 1, EVIL, EVIL, EVIL)], title=EVIL, desc=EVIL
    ),
    "key": lambda: charts.map_key([EVIL] * 4),
    "trend": lambda: charts.trend([(EVIL, 3.0)], title=EVIL, desc=EVIL, unit=EVIL),
    "spark": lambda: charts.sparkline([1.0], title=EVIL),
}  # fmt: skip


@pytest.mark.parametrize("draw", EVIL_CHARTS.values(), ids=EVIL_CHARTS)
def test_names_are_escaped(draw):
    svg = draw()
    _parse(svg)
    assert "<b" not in svg
    assert "&lt;b" in svg


EMPTY_CHARTS = {
    "growth": lambda: charts.growth_chart(
        "weight_for_age", curves_of("weight_for_age", "female"), [], title="t", desc="d"
    ),
    "few curves": lambda: charts.growth_chart(
        "length_for_age", {0: [(0, 50), (24, 85)]}, [], title="t", desc="d"
    ),
    "life": lambda: charts.life_line(
        [charts.Row("x", [])], charts.years(60, 70, 2), today=64, today_label="x", title="t",
        desc="d",
    ),
    "dots": lambda: charts.dots([], title="t", desc="d"),
    "no value": lambda: charts.dots([charts.Village("x", None)], title="t", desc="d"),
    "bars": lambda: charts.bars([], title="t", desc="d"),
    "map": lambda: charts.choropleth([], title="t", desc="d"),
    "trend": lambda: charts.trend([("Jan", None), ("Feb", None)], title="t", desc="d"),
    "zero": lambda: charts.trend([("Jan", 0.0), ("Feb", 0.0)], title="t", desc="d", target=0),
    "spark": lambda: charts.sparkline([], title="t"),
    "flat": lambda: charts.sparkline([5.0, 5.0], title="t"),
}  # fmt: skip


@pytest.mark.parametrize("draw", EMPTY_CHARTS.values(), ids=EMPTY_CHARTS)
def test_nothing_to_draw_is_drawn(draw):
    _parse(draw())


def test_curves_are_the_inverse_of_the_engines_score():
    table = tables()["wfa female"]
    for month, sd in ((0, -3), (12, 1), (60, 3)):
        weight = dict(curves_of("weight_for_age", "female")[sd])[month]
        day = round(month * 30.4375)
        assert zscore(weight, table.lam[day], table.mu[day], table.sigma[day]) == pytest.approx(sd)


def test_kms_names_its_lines():
    svg = specimens.weight_chart()
    assert "garis merah" in svg
    assert "garis oranye" in svg
    assert svg.count("stroke-dasharray") == 1, "the orange line is dashed, the red one is not"


def test_a_gap_stays_a_gap():
    root = _parse(charts.trend([("a", 1.0), ("b", 2.0), ("c", None), ("d", 3.0), ("e", 4.0)],
                               title="t", desc="d"))  # fmt: skip
    assert len(root.findall(f"{SVG}polyline")) == 2


def test_map_links_areas_and_keeps_strangers_unlinked():
    root = _parse(specimens.village_map())
    assert root.attrib["role"] == "group", "links inside an image would be lost"
    assert len(root.findall(f"{SVG}a")) == 4
    assert all(a.attrib["aria-label"] for a in root.findall(f"{SVG}a"))


def test_map_keeps_the_shape_of_the_land():
    """At 60 degrees south a degree of longitude is half as wide as one of latitude."""
    square = [[0, -60.5], [2, -60.5], [2, -59.5], [0, -59.5]]
    path = _parse(charts.choropleth([charts.Area("x", [square], 2)], title="t", desc="d"))
    d = path.find(f"{SVG}path").attrib["d"]
    xy = [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", d)]
    width = max(x for x, _ in xy) - min(x for x, _ in xy)
    height = max(y for _, y in xy) - min(y for _, y in xy)
    assert width == pytest.approx(height, rel=0.01)


def test_levels():
    breaks = (70, 80, 90)
    assert [charts.level_of(v, breaks) for v in (None, 0, 69.9, 70, 89.9, 90, 100)] == [
        0, 1, 1, 2, 3, 4, 4,
    ]  # fmt: skip


def test_marks_of_one_day_are_one_and_crowded_ones_step_aside():
    marks = [(9, "late", "MR1"), (9, "late", "IPV2"), (9, "done", "K"), (9.1, "due", "L")]
    rows = [charts.Row("x", [charts.Mark(*mark) for mark in marks])]
    svg = charts.life_line(rows, charts.first_two_years(), today=10, today_label="x", title="t",
                           desc="d")  # fmt: skip
    assert "IPV2, MR1" in svg or "MR1, IPV2" in svg
    places = sorted(float(x) for x in re.findall(r"translate\(([\d.]+) ", svg))
    assert len(places) == 3
    assert min(b - a for a, b in pairwise(places)) >= 21.9


def test_axes():
    assert ticks(2.05, 17.1, 8) == [2, 4, 6, 8, 10, 12, 14, 16, 18]
    assert ticks(0, 0, 4) == [0, 1]
    bent = Scale([(0, 0), (4, 100), (24, 200)])
    assert (bent(2), bent(4), bent(14), bent(24), bent(34)) == (50, 100, 150, 200, 250)
    assert charts.window(24) == (0, 24)
    assert charts.window(24.1) == (24, 60)

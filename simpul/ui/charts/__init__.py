"""Charts as SVG made on the server. Rule: pure functions, values in, safe SVG out; the caller
gives the figures as a table too, for those who cannot see the chart."""

from simpul.ui.charts.choropleth import Area, choropleth, level_of, map_key
from simpul.ui.charts.curves import curves_of
from simpul.ui.charts.growth import Callout, Measure, growth_chart, window
from simpul.ui.charts.lifeline import (
    Mark,
    Row,
    Stop,
    first_six_years,
    first_two_years,
    life_line,
    pregnancy_weeks,
    years,
)
from simpul.ui.charts.months import sparkline, trend
from simpul.ui.charts.villages import Village, bars, bars_key, dots, dots_key

__all__ = [
    "Area", "Callout", "Mark", "Measure", "Row", "Stop", "Village", "bars", "bars_key",
    "choropleth", "curves_of", "dots",
    "dots_key", "first_six_years", "first_two_years", "growth_chart", "level_of", "life_line",
    "map_key", "pregnancy_weeks", "sparkline", "trend", "window", "years",
]  # fmt: skip

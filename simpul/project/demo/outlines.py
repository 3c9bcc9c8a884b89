"""Outlines of the demonstration's villages, drawn by hand: schematic, and said to be so on the map.

Rule: neighbours share their edges; a river runs between the east and the west bank.
"""

Point = list[float]
Ring = list[Point]

# Four villages around the Kapuas: it bends from the north-east to the south between them.
_BY_HAND: dict[str, list[Ring]] = {
    "Selat Hulu": [[
        [114.352, -2.962], [114.371, -2.957], [114.386, -2.964], [114.383, -2.979],
        [114.377, -2.992], [114.361, -2.995], [114.347, -2.990], [114.345, -2.974],
        [114.352, -2.962],
    ]],
    "Selat Dalam": [[
        [114.347, -2.990], [114.361, -2.995], [114.377, -2.992], [114.374, -3.006],
        [114.372, -3.021], [114.356, -3.024], [114.340, -3.019], [114.342, -3.003],
        [114.347, -2.990],
    ]],
    "Panamas": [[
        [114.390, -2.965], [114.405, -2.970], [114.417, -2.983], [114.421, -3.000],
        [114.406, -3.006], [114.378, -3.006], [114.381, -2.993], [114.387, -2.980],
        [114.390, -2.965],
    ]],
    "Murung Keramat": [[
        [114.378, -3.006], [114.406, -3.006], [114.421, -3.000], [114.424, -3.018],
        [114.415, -3.036], [114.397, -3.044], [114.379, -3.038], [114.376, -3.021],
        [114.378, -3.006],
    ]],
}  # fmt: skip
_WEST, _NORTH = 114.10, -2.10  # of the grid for invented villages
_STEP = 0.05
_COLUMNS = 12


def rings_of(village: str, place_on_grid: int) -> list[Ring]:
    """The outline of a village: one drawn by hand, else its cell of a grid north of them."""
    if place_on_grid < 0:
        return _BY_HAND[village]
    row, column = divmod(place_on_grid, _COLUMNS)
    west, north = _WEST + column * _STEP, _NORTH + 0.5 - row * _STEP
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    return [[_corner(column + dx, row + dy, west, north, dx, dy) for dx, dy in corners]]


def _corner(column: int, row: int, west: float, north: float, dx: int, dy: int) -> Point:
    """A shared corner, shifted a little by its own number so that the grid looks like land."""
    east = ((column * 37 + row * 61) % 17 - 8) / 1000
    south = ((column * 53 + row * 29) % 17 - 8) / 1000
    return [round(west + dx * _STEP + east, 4), round(north - dy * _STEP + south, 4)]

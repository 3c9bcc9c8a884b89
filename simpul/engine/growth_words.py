"""Nutritional status in Indonesian words: Permenkes 2/2020, Standar Antropometri Anak.

Its one rule: a word is decided on the z-score rounded to two places, as WHO's programs do, so
-2.00 is not yet `kurang` and -2.01 is. A z-score that WHO flags as implausible gets no word:
measure again first.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec


class Scale(msgspec.Struct, frozen=True, gc=False):
    """Words in ascending order; `cuts` are the lowest hundredth of each word but the first."""

    cuts: tuple[int, ...]
    words: tuple[str, ...]

    def word(self, value: float) -> str:
        """The word for a z-score (or cm), which is rounded to hundredths first."""
        return self.words[bisect_right(self.cuts, round(value * 100))]


# cuts: -300 = from -3.00 up, 101 = from 1.01 up, for "to < -2" excludes and "to +1" includes
WEIGHT_FOR_AGE = Scale(
    (-300, -200, 101), ("sangat kurang", "kurang", "normal", "risiko BB lebih")
)  # BB/U, 0-60 months
LENGTH_FOR_AGE = Scale(
    (-300, -200, 301), ("sangat pendek", "pendek", "normal", "tinggi")
)  # PB/U below 24 months, TB/U from 24 months
WEIGHT_FOR_LENGTH = Scale(
    (-300, -200, 101, 201, 301),
    (
        "gizi buruk",
        "gizi kurang",
        "gizi baik",
        "berisiko gizi lebih",
        "gizi lebih",
        "obesitas",
    ),
)  # BB/PB, BB/TB and IMT/U, 0-60 months
BMI_FOR_AGE_5_18 = Scale(
    (-300, -200, 101, 201),
    ("gizi buruk", "gizi kurang", "gizi baik", "gizi lebih", "obesitas"),
)  # IMT/U, 5-18 years
HEAD_FOR_AGE = Scale((-200, 201), ("mikrosefali", "normal", "makrosefali"))  # LK/U
ARM_CM = Scale((1150, 1250), ("gizi buruk", "gizi kurang", "gizi baik"))  # LiLA in cm

# Oedema of both feet is gizi buruk whatever the scales say; age 0-60 months or not known (BB/TB),
# 0-18 years (IMT/U).
OEDEMA = WEIGHT_FOR_LENGTH.words[0]

ARM_FROM, ARM_BELOW = 6.0, 60.0  # months: LiLA is read from 6 to 59 completed months
NINETEEN_YEARS = 228.0  # months: IMT/U has categories to 18 completed years

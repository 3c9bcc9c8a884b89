"""Which of WHO's growth tables judge a child of this age.

Its one rule: WHO's three programs differ about the 61st month, and each is followed for its own
kind of age, so that every register gets the answer its WHO program would give:
* age in days (or two dates): `anthro`. 0-5 years below 60 months (day 1826); then nothing until
  the 5-19 years' tables begin at 61 months (day 1857);
* age in months: `anthro` below 60 months, `anthroplus` from 60 to 228 months;
* both, as the survey files of `igrowup` have it: the day tables to their end at day 1856
  (60 completed months), then 5-19 years.
"""

from __future__ import annotations

from math import floor

import msgspec

from simpul.engine.growth_lms import DAYS_OF_MONTH

STANDING_FROM = 731  # days: length lying down before it, height standing from it
STANDING_IGNORED_BELOW = 9.0  # months: no baby stands yet, the position must be a slip
STANDING_FROM_CM = 87.0  # decides for weight-for-length when neither age nor position is known
LYING_LONGER = 0.7  # cm: a child is longer lying than standing
LENGTHS_OF_WFL = {"wfl": (45.0, 110.0), "wfh": (65.0, 120.0)}  # cm
LAST_DAY = 1856  # the day tables end here
FIRST_MONTH, LAST_MONTH = 60.0, 228.0  # of the 5-19 years' tables
LAST_MONTH_OF_WEIGHT = 120.0  # weight for age says nothing after ten years


class Age(msgspec.Struct, frozen=True, gc=False):
    """An age as the tables want it. `young`: 0-5 years apply; `old`: 5-19 years apply."""

    days: int | None
    months: float | None
    young: bool
    old: bool


def age_for_tables(age_days: float | None, age_months: float | None) -> Age:
    """Days rounded half up, months exact; an age below 0 is known and has no table."""
    if age_days is not None:
        days, months = half_up(age_days), age_days / DAYS_OF_MONTH
        young = days <= LAST_DAY if age_months is not None else months < FIRST_MONTH
        old = days > LAST_DAY and months <= LAST_MONTH
    elif age_months is not None:
        days, months = half_up(age_months * DAYS_OF_MONTH), age_months
        young = months < FIRST_MONTH
        old = FIRST_MONTH <= months <= LAST_MONTH
    else:
        return Age(None, None, young=False, old=False)
    return Age(days, months, young and months >= 0, old)


def half_up(x: float) -> int:
    """WHO's rounding of an age: 730.5 days are 731."""
    whole = floor(x)
    return whole + (x - whole >= 0.5)

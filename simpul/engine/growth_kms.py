"""The month's status on the KMS (growth card): B, O, N or T, two T in a row, below the red line.

Its one rule: months are calendar months, as posyandu reports count (SKDN); age is completed
months on the day of weighing, as the columns of the KMS count.
* Of several weighings in a calendar month the last counts (of one day: the later in the list).
* In this order: B first weighing ever; O not weighed in the calendar month before; N gained at
  least the KBM; T did not. No weighing in the month, or older than 60 months: no status.
* KBM (kenaikan berat minimal) is that of the age completed on the day of this month's weighing.
  For 0 months the card prints none: N unless the weight fell.
* 2T: T this month and T in the calendar month before (so weighed three months running).
* BGM: below the red line, weight-for-age < -3.00 SD (Permenkes 2/2020: `sangat kurang`).
Grams are whole numbers: 0.8 kg on the scales is 800 g, whatever a float makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from simpul.engine.days import completed_months
from simpul.engine.growth_lms import restricted, tables
from simpul.engine.values import Sex

# g per month by completed months 0, 1, 2 ... 11; 200 from there to 60 months.
# KMS (Permenkes 155/2010); confidence medium at 3 and 7 months, see the conflicts of the pack.
KBM = (0, 800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200)
LAST_MONTH = 60

Weighing = tuple[date, float]  # day, kg


class KmsStatus(msgspec.Struct, frozen=True, gc=False):
    """One child's month. `gain_g` and `needed_g` (KBM) only where N or T was decided."""

    status: Literal["B", "O", "N", "T"] | None = None
    two_t: bool = False
    bgm: bool = False
    gain_g: int | None = None
    needed_g: int | None = None


NOT_WEIGHED = KmsStatus()


def kms(
    weighings: Sequence[Weighing],
    birth_date: date,
    sex: Sex | None,
    month: date,
    kbm: Sequence[int] = KBM,
) -> KmsStatus:
    """The status in the calendar month of `month` (any day of it); later weighings are not seen.

    Weighings may come in any order. `kbm`: grams by completed months, the last value for the rest.
    """
    this = month.year * 12 + month.month
    now, before, third, earlier = _last_of_months(weighings, birth_date, this)
    if now is None:
        return NOT_WEIGHED
    age = completed_months(birth_date.toordinal(), now[0].toordinal())
    if age > LAST_MONTH:
        return NOT_WEIGHED
    bgm = _below_red_line(sex, (now[0] - birth_date).days, now[1])
    if before is None:
        return KmsStatus("O" if earlier else "B", bgm=bgm)
    gain, needed = _gain(before, now), kbm[min(age, len(kbm) - 1)]
    if gain >= needed:
        return KmsStatus("N", False, bgm, gain, needed)
    return KmsStatus("T", _fell_short(third, before, birth_date, kbm), bgm, gain, needed)


def _last_of_months(
    weighings: Sequence[Weighing], birth_date: date, this: int
) -> tuple[Weighing | None, Weighing | None, Weighing | None, bool]:
    """The last weighing of this month and of the two before it, and whether any is older."""
    found: list[Weighing | None] = [None, None, None]
    earlier = False
    for weighing in weighings:
        day = weighing[0]
        back = this - day.year * 12 - day.month
        if back < 0 or day < birth_date:
            continue
        if back > 0:
            earlier = True
        if back < 3:
            known = found[back]
            if known is None or day >= known[0]:
                found[back] = weighing
    return found[0], found[1], found[2], earlier


def _gain(before: Weighing, now: Weighing) -> int:
    return round((now[1] - before[1]) * 1000)


def _fell_short(
    before: Weighing | None, now: Weighing, birth_date: date, kbm: Sequence[int]
) -> bool:
    """Whether the month of `now` was a T, `before` being the weighing of the month before it."""
    if before is None:
        return False
    age = completed_months(birth_date.toordinal(), now[0].toordinal())
    return _gain(before, now) < kbm[min(age, len(kbm) - 1)]


def _below_red_line(sex: Sex | None, days: int, kg: float) -> bool:
    """Weight for age below -3.00 SD after rounding, like the category `sangat kurang`."""
    if sex is None or kg <= 0:
        return False
    table = tables()["wfa male" if sex == "male" else "wfa female"]
    if days >= len(table.mu):
        return False
    z = restricted(kg, table.lam[days], table.mu[days], table.sigma[days])
    return round(z * 100) < -300

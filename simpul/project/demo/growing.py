"""How an invented child grows: WHO's curves for its own z-scores, with gains, dips and faltering.

Rule: length never shrinks, weight rises in most months by what the growth card asks (KBM), so
that about four of five weighings are N and only a few children have two T in a row.
"""

from random import Random

import msgspec

from simpul.engine.growth_kms import KBM
from simpul.engine.growth_lms import Table, tables

FALTERS = 0.06  # share of children who do not gain for two or three months now and then
LAST_DAY = 1856


class Body(msgspec.Struct):
    """One child's body: its own z-scores, and what was measured last."""

    sex: str
    haz: float
    waz: float
    birth_weight: float
    birth_length: float
    weight: float
    length: float
    months: int = 0
    short_months: int = 0  # months in a row to come without gain
    drift: float = 0.0
    is_thin: bool = False  # the last measuring showed it: measured at every visit from then on
    head_window: int = 0  # the last window of age in which the head was measured


def newborn(rng: Random, sex: str, poverty: float) -> Body:
    """A child as born. `poverty` lowers the mean: villages differ."""
    haz = rng.gauss(-0.95 - poverty, 1.06)
    waz = 0.66 * haz + rng.gauss(-0.12, 0.8)
    weight = round(min(4.7, max(1.5, rng.gauss(3.05 + 0.12 * waz, 0.36))), 2)
    length = round(min(55.0, max(41.0, 49.3 + 0.55 * haz + rng.gauss(0, 1.1))), 1)
    return Body(sex, haz, waz, weight, length, weight, length)


def at_z(table: Table, x: int, z: float) -> float:
    """The measurement that lies z standard deviations from WHO's median at x."""
    index = min(max(x - table.first, 0), len(table.mu) - 1)
    lam, mu, sigma = table.lam[index], table.mu[index], table.sigma[index]
    return mu * (1.0 + lam * sigma * z) ** (1.0 / lam)


def weigh(rng: Random, body: Body, days: int, months: int, is_wet_season: bool) -> float:
    """The weight in kg on the day of weighing, `months` completed months old."""
    passed, body.months = max(1, months - body.months), months
    # born small or big, the child finds its own curve within half a year
    settling = max(0.0, 1.0 - months / 6)
    birth_z = (body.birth_weight - 3.25) / 0.42
    body.drift = max(-1.2, min(0.8, body.drift + rng.gauss(0, 0.05)))
    z = body.waz + body.drift + settling * (birth_z - body.waz) * 0.6
    aim = at_z(tables()[f"wfa {body.sex}"], min(days, LAST_DAY), max(-4.0, min(3.2, z)))
    needed = KBM[min(months, len(KBM) - 1)] / 1000
    body.weight = round(_next(rng, body, aim, needed, passed, is_wet_season), 1)
    return body.weight


def _next(
    rng: Random, body: Body, aim: float, needed: float, passed: int, is_wet_season: bool
) -> float:
    before = body.weight
    if body.short_months > 0:
        body.short_months -= 1
        return max(2.0, before + rng.choice((-0.1, 0.0, 0.0, 0.1)))
    if rng.random() < FALTERS * (1.8 if is_wet_season else 0.8) / 2:
        body.short_months = rng.choice((1, 2))
        return max(2.0, before + rng.choice((-0.2, -0.1, 0.0)))
    if passed > 1:
        return max(before, aim + rng.uniform(-0.1, 0.15))
    gain = max(needed + rng.choice((0.0, 0.0, 0.1)), min(aim - before, needed * 1.6))
    if before + gain > aim + 0.45 and needed <= 0.3:  # ahead of its curve: a month of illness
        return max(2.0, min(before + 0.1, aim - rng.uniform(0.1, 0.35)))
    if needed > 0.3 and rng.random() < 0.16:
        gain = needed * rng.uniform(0.3, 0.85)
    elif needed > 0.3:
        gain = max(needed, (aim - before) * rng.uniform(0.75, 1.1))
    return before + gain


def measure(rng: Random, body: Body, days: int) -> tuple[float, str]:
    """Length lying below two years, height standing from then on."""
    table = tables()[f"lhfa {body.sex}"]
    z = body.haz * min(1.0, 0.45 + days / 1300)
    is_standing = days >= 731
    seen = at_z(table, min(days, LAST_DAY), z) + rng.gauss(0, 0.25)
    body.length = max(body.length, round(seen, 1))
    was_thin, body.is_thin = body.is_thin, _is_thin(body, is_standing)
    if body.is_thin and not was_thin:
        body.drift += 0.12  # fed from now on
    return body.length, "h" if is_standing else "l"


def _is_thin(body: Body, is_standing: bool) -> bool:
    """Weight for length below -2, near enough for what a kader would notice."""
    table = tables()[f"{'wfh' if is_standing else 'wfl'} {body.sex}"]
    return body.weight < at_z(table, round(body.length * 10), -1.9)


def head(rng: Random, body: Body, days: int) -> float:
    """Head circumference in cm."""
    z = 0.35 * body.haz + rng.gauss(-0.3, 0.35)
    return round(at_z(tables()[f"hcfa {body.sex}"], min(days, LAST_DAY), z), 1)


def arm(rng: Random, body: Body, days: int) -> float:
    """Mid-upper arm circumference in cm."""
    z = 0.8 * (body.waz + body.drift) + rng.gauss(-0.1, 0.3)
    table = tables()[f"acfa {body.sex}"]
    return round(at_z(table, max(days, table.first), max(-3.4, z)), 1)

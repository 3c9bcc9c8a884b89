"""Marks measurements that are far from what is usual at the age, by the flags of WHO.
They are taken in all the same: only somebody who knows the child can say what is wrong."""

import numpy as np

from simpul.engine.growth_table import LYING, STANDING, assess_table
from simpul.exchange.registers import fields
from simpul.exchange.registers.rows import Doubt, Register

_OLDEST_DAYS = 1856  # the tables of 0-5 years
_MEASURE = {"l": LYING, "h": STANDING}
# flag of WHO -> the fact that is likely wrong
_SUSPECTS = (("flen", "body.lenhei"), ("fwei", "body.weight"), ("fwfl", "body.weight"))
_FIELD_OF = {fact: field for field, fact in fields.NUMBERS.items()}


def add_doubts(register: Register) -> None:
    """Add a doubt for each row whose z-score WHO would flag as not plausible."""
    chosen = [
        (visit, who, days)
        for visit in register.visits
        if visit.on and any(name.startswith("body.") for name, _value in visit.values)
        for who in [register.whos[visit.who]]
        for days in [(visit.on - who.birth_date).days]
        if 0 <= days <= _OLDEST_DAYS and who.sex
    ]
    if not chosen:
        return
    observed = [dict(visit.values) for visit, _who, _days in chosen]
    nothing = float("nan")
    flags = assess_table({
        "sex": np.array([1.0 if who.sex == "male" else 2.0 for _visit, who, _days in chosen]),
        "age_days": np.array([float(days) for _visit, _who, days in chosen]),
        "weight": np.array([float(one.get("body.weight", nothing)) for one in observed]),
        "lenhei": np.array([float(one.get("body.lenhei", nothing)) for one in observed]),
        "measure": np.array([_MEASURE.get(str(one.get("body.measure")), 0) for one in observed]),
    })  # fmt: skip
    marked: set[int] = set()
    for flag, fact in _SUSPECTS:
        for at in np.flatnonzero(flags[flag] == 1):
            visit = chosen[at][0]
            if visit.line not in marked and fact in observed[at]:
                marked.add(visit.line)
                register.doubts.append(
                    Doubt(visit.line, "implausible", f"{observed[at][fact]:g}", _FIELD_OF[fact])
                )

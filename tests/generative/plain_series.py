"""The immunisation table of domain.md §2.3 a second time, written to be read, not to be fast.

It judges the engine: dates as dates, no compiling, no pack. Where it and the pack differ, one of
the two misread the table.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


def after(day: date, months: int) -> date:
    """So many calendar months later, clamped to the last day of the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass
class Slot:
    """A dose: ages in completed months (`late` and `close` are the first month no longer in)."""

    age: int
    late: int | None
    close: int | None
    gap: int = 0  # days after the previous valid dose: valid
    rec: int = 0  # days after the previous valid dose: recommended
    gap_months: int = 0


TABLE = {
    "bcg": [Slot(0, 2, 12)],
    "opv": [Slot(0, 2, 60)] + [Slot(age, age + 1, 60, 28, 30) for age in (2, 3, 4)],
    "dpt_hb_hib": [
        Slot(2, 3, 60),
        Slot(3, 4, 60, 28, 30),
        Slot(4, 5, 60, 28, 30),
        Slot(18, 24, 60, gap_months=12),
    ],
    "pcv": [Slot(2, 3, 60), Slot(3, 4, 60, 28, 30), Slot(12, 24, 60, 56, 56)],
    "rv": [Slot(2, 5, 7), Slot(3, None, 7, 28, 30), Slot(4, None, 7, 28, 30)],
    "ipv": [Slot(4, 5, 60), Slot(9, 10, 60, gap_months=4)],
}


@dataclass
class Expected:
    occurrence: int
    opens: date
    due: date
    late: date | None
    closes: date
    done: date | None
    valid: bool | None
    status: str


def expect(vaccine: str, birth: date, doses: list[date], as_of: date) -> list[Expected]:
    """What the table says for one vaccine given on these days."""
    found, previous = [], None
    given = sorted({day for day in doses if day <= as_of})
    assumed = None  # a dose that is owed, assumed given
    for number, slot in enumerate(TABLE[vaccine], start=1):
        opens, due = after(birth, slot.age), after(birth, slot.age)
        base = assumed or previous
        if base is not None:
            gap = after(base, slot.gap_months) if slot.gap_months else base + timedelta(slot.gap)
            rec = after(base, slot.gap_months) if slot.gap_months else base + timedelta(slot.rec)
            opens, due = max(opens, gap), max(due, rec, gap)
        closes = after(birth, slot.close) - timedelta(1)
        late = max(after(birth, slot.late), due) if slot.late else None
        taken = None
        while given and assumed is None:
            day = given[0]
            if day > closes:
                break  # too old for this dose; perhaps for a later one
            given.pop(0)
            if day < opens:
                found.append(Expected(number, opens, due, late, closes, day, False, "done"))
                continue
            taken = day
            break
        if taken:
            found.append(Expected(number, opens, due, late, closes, taken, True, "done"))
            previous = taken
            continue
        status = _status(opens, due, late, closes, as_of)
        found.append(Expected(number, opens, due, late, closes, None, None, status))
        if status != "missed":
            assumed = max(due, as_of)
    return found


def _status(opens: date, due: date, late: date | None, closes: date, as_of: date) -> str:
    if closes < as_of or opens > closes:
        return "missed"
    if as_of < due:
        return "later"
    return "late" if late and as_of >= late else "due"

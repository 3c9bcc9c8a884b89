"""The latest pregnancy a woman's facts tell of. Pure: facts and a day in, dates out."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from simpul.engine.values import Fact

TERM = timedelta(days=280)
LONGEST = timedelta(days=308)  # 44 weeks after the last period nobody is still pregnant
POSTNATAL = timedelta(days=42)
FIRST_YEARS, LAST_YEARS = 10, 54


class Pregnancy(msgspec.Struct, frozen=True):
    """`started_on` is the first day of the last period, or the USG due date less 280 days."""

    started_on: date
    due_on: date
    ended_on: date | None = None
    ended_by: str | None = None  # birth | loss

    def is_open_on(self, day: date) -> bool:
        """Pregnant on this day, as far as the facts tell."""
        return self.ended_on is None and self.started_on <= day <= self.started_on + LONGEST

    @property
    def until(self) -> date:
        """The last day on which she counts as pregnant or newly delivered."""
        if self.ended_on is None:
            return self.started_on + LONGEST
        return self.ended_on + POSTNATAL


def latest(facts: Iterable[Fact], as_of: date) -> Pregnancy | None:
    """The pregnancy that began last, by ultrasound where there is one; None when none is known."""
    started = due = ended = how = None
    for fact in sorted(facts, key=lambda f: (f.on, f.seq)):
        if fact.on > as_of:
            break
        if fact.name == "pregnancy.lmp" and isinstance(fact.value, date):
            if started is None or fact.value > started:
                started, due = fact.value, fact.value + TERM
        elif fact.name == "pregnancy.edd_usg" and isinstance(fact.value, date):
            started, due = fact.value - TERM, fact.value
        elif fact.name == "pregnancy.ended":
            ended, how = fact.on, str(fact.value)
    if started is None or due is None:
        return None
    if ended is not None and ended >= started:
        return Pregnancy(started, due, ended, how)
    return Pregnancy(started, due)

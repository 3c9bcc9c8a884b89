"""From the written block of a service to the compiled rule of its kind.

Its one rule: one builder for each kind; what the YAML may say is what the builder takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec

from simpul.engine.days import Span
from simpul.engine.frame import Head
from simpul.engine.frame import Service as Compiled
from simpul.engine.language import Vocabulary
from simpul.engine.series import Dose, Series, Spacing
from simpul.packs.read import Block
from simpul.packs.take import Taker


class Known(msgspec.Struct, frozen=True):
    """What a service may refer to."""

    facts: Collection[str]
    sources: Collection[str]
    vocabulary: Vocabulary


Builder = Callable[[Taker, Head, Known], Compiled]
_BIRTH = Span(0, 0, "0 d")


def _opens(taker: Taker) -> Span:
    """An age, or the earliest of several keys. Ages are the only key so far: the grade comes with
    the schools."""
    if "any_of" not in (taker.block.get("opens") or {}):
        return taker.span("opens") or _BIRTH
    ages: list[Span] = []
    outer = taker.any("opens")
    inner = Taker(taker.reading, outer)
    for age in inner.blocks("any_of", lambda key, number: key.span("age")):
        if age is not None:
            ages.append(age)
    inner.finish()
    return min(ages, key=lambda a: a.months * 31 + a.days, default=_BIRTH)


def _dose(taker: Taker, head: Head, number: int, known: Known) -> Dose:
    opens = _opens(taker)
    taker.any("label")
    after = taker.any("after_previous")
    valid = due = None
    if after is not None:
        interval = Taker(taker.reading, after)
        valid, due = interval.span("valid"), interval.span("due")
        interval.finish()
    month = taker.whole("month")
    if month is not None and not 1 <= month <= 12:
        taker.wrong("month", f"month {month} is not possible", "Write 1 to 12")
        month = None
    source = taker.name("source", known.sources, "source") if "source" in taker.block else ""
    if "confidence" in taker.block:
        taker.one_of("confidence", ("H", "M", "L"))
    return Dose(
        head=head.part(number + 1, source),
        opens=opens,
        due=taker.span("due") or opens,
        late_from=taker.span("late_from"),
        closes_before=taker.span("closes_before"),
        after_valid=valid,
        after_due=due,
        month=month,
    )


def _apart(taker: Taker, known: Known) -> Spacing | None:
    written = taker.any("apart")
    if not isinstance(written, Block):
        return None
    inner = Taker(taker.reading, written)
    facts = inner.names("facts", known.facts, "fact", required=True)
    days = inner.whole("days", 28) or 28
    inner.finish()
    return Spacing(tuple(facts), days)


def _series(taker: Taker, head: Head, known: Known) -> Compiled:
    fact = taker.name("fact", known.facts, "fact")
    doses = taker.blocks("doses", lambda dose, number: _dose(dose, head, number, known))
    return Series(head, fact, tuple(doses), _apart(taker, known))


def _once(taker: Taker, head: Head, known: Known) -> Compiled:
    """A series of one dose, written without a list."""
    fact = taker.name("fact", known.facts, "fact")
    return Series(head, fact, (_dose(taker, head, 0, known),), _apart(taker, known))


BUILDERS: dict[str, Builder] = {
    "once": _once,
    "series": _series,
}

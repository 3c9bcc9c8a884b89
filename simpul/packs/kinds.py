"""From the written block of a service to the compiled rule of its kind.

Its one rule: one builder for each kind; what the YAML may say is what the builder takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

import msgspec

from simpul.engine.campaign import Campaign, Give
from simpul.engine.days import Span
from simpul.engine.episodes import ANCHORS
from simpul.engine.every import Every, Risk, Start
from simpul.engine.followup import Finding, FollowUp
from simpul.engine.frame import Head
from simpul.engine.frame import Service as Compiled
from simpul.engine.language import Vocabulary
from simpul.engine.series import Dose, Series, Spacing
from simpul.engine.visits import Visit, Visits
from simpul.packs.read import Block
from simpul.packs.take import Taker


class Known(msgspec.Struct, frozen=True):
    """What a service may refer to."""

    facts: Collection[str]
    sources: Collection[str]
    vocabulary: Vocabulary
    valid_from: date


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
    taker.words("label", required=False)
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
    return Dose(
        head=_part(taker, head, number, known),
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


def _every(taker: Taker, head: Head, known: Known) -> Compiled:
    done = taker.any("done_by")
    inner = Taker(taker.reading, done if isinstance(done, Block) else taker.block)
    all_of = "all" in inner.block
    facts = inner.names("all" if all_of else "any", known.facts, "fact", required=True)
    if isinstance(done, Block):
        inner.finish()
    starts = taker.blocks("starts", lambda start, number: _start(start, known))
    if all(start.risks for start in starts):
        taker.wrong("starts", "no start without a risk", "Add {age: …} for everybody")
    return Every(
        head=head,
        facts=tuple(facts),
        all_of=all_of,
        interval=taker.span("every", "12 mo") or _BIRTH,
        late_after=taker.span("late_after"),
        starts=tuple(starts),
        not_before=known.valid_from.toordinal(),
    )


def _start(taker: Taker, known: Known) -> Start:
    risks: list[Risk] = []
    if "risks" in taker.block:

        def risk(inner: Taker, number: int) -> Risk:
            rule = inner.rule("rule", known.vocabulary)
            return Risk(rule, tuple(inner.names("facts", known.facts, "fact", required=True)))

        risks = taker.blocks("risks", risk)
    return Start(taker.span("age") or _BIRTH, tuple(risks))


def _calendar(taker: Taker, head: Head, known: Known) -> Compiled:
    months = taker.many("months", required=True)
    if months == ["all"]:
        months = list(range(1, 13))
    if not months or any(type(m) is not int or not 1 <= m <= 12 for m in months):
        taker.wrong("months", f"months: {months!r} is not possible", "Write [2, 8] or [all]")
        months = [1]
    give: list[Give] = []
    if "give" in taker.block:
        give = taker.blocks("give", lambda g, number: Give(g.span("before"), g.text("code")))
    return Campaign(
        head=head,
        fact=taker.name("fact", known.facts, "fact"),
        months=tuple(sorted(months)),
        opens=taker.span("opens") or _BIRTH,
        closes_before=taker.span("closes_before") or Span(60, 0, "60 mo"),
        stays_open=taker.one_of("open_until", ("month_end", "next_campaign")) == "next_campaign",
        late=taker.any("late", False) is True,
        give=tuple(give),
    )


def _visits(taker: Taker, head: Head, known: Known) -> Compiled:
    anchor = taker.one_of("anchor", tuple(ANCHORS))
    taker.words("absent", required=anchor != "birth")

    def visit(inner: Taker, number: int) -> Visit:
        inner.words("label", required=False)
        inner.words("hint", required=False)
        opens = inner.span("opens") or _BIRTH
        return Visit(
            head=_part(inner, head, number, known),
            opens=opens,
            due=inner.span("due") or opens,
            late_from=inner.span("late_from"),
            closes_before=inner.span("closes_before"),
            gap=inner.span("gap"),
        )

    return Visits(
        head=head,
        fact=taker.name("fact", known.facts, "fact"),
        anchor=ANCHORS.get(anchor, ANCHORS["birth"]),
        visits=tuple(taker.blocks("visits", visit)),
        keep=taker.span("keep", "0 d") or _BIRTH,
        nearby=taker.any("nearby", False) is True,
        absent=f"{head.name}.absent",
    )


def _follow_up(taker: Taker, head: Head, known: Known) -> Compiled:
    taker.words("absent")

    def finding(inner: Taker, number: int) -> Finding:
        inner.words("says")
        return Finding(
            head=_part(inner, head, number, known),
            code=inner.text("code"),
            watch=tuple(inner.names("watch", known.facts, "fact", required=True)),
            when=inner.rule("when", known.vocabulary),
            due=inner.span("due", "0 d") or _BIRTH,
            late_after=inner.span("late_after"),
            urgency=inner.one_of("urgency", ("urgent", "normal"), "normal"),
            over=inner.rule("over", known.vocabulary) if "over" in inner.block else None,
            shows=tuple(inner.names("shows", known.facts, "fact")),
        )

    return FollowUp(
        head=head,
        findings=tuple(taker.blocks("findings", finding)),
        answered_by=tuple(taker.names("answered_by", known.facts, "fact")),
        closes_before=taker.span("closes_before"),
        absent=f"{head.name}.absent",
    )


def _part(taker: Taker, head: Head, number: int, known: Known) -> Head:
    """The head of one dose, visit or finding, with its own source if it says one."""
    source = taker.name("source", known.sources, "source") if "source" in taker.block else ""
    if "confidence" in taker.block:
        taker.one_of("confidence", ("H", "M", "L"))
    return head.part(number + 1, source)


BUILDERS: dict[str, Builder] = {
    "once": _once,
    "series": _series,
    "every": _every,
    "calendar": _calendar,
    "visits": _visits,
    "follow-up": _follow_up,
}

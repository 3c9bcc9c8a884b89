"""The words of the rule language that speak of growth: z-scores, categories, the KMS.

Its one rule: growth itself is worked out in `growth`; here it only gets names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache

from simpul.engine.case import Case
from simpul.engine.days import DATES
from simpul.engine.growth import Growth, KmsStatus, Measure, assess, kms
from simpul.engine.growth_kms import Weighing
from simpul.engine.language import Rule, Term

_THREE_MONTHS = 92
"""The KMS looks at a month and the two before it: at most so many days."""


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, float | int):
        return None
    return value


def growth_on(case: Case, day: int) -> Growth:
    """What was measured on a day, assessed."""
    key = ("growth", day)
    found = case.shared.get(key)
    if found is None:
        measure = case.on_day("body.measure", day)
        position: Measure | None = measure if measure in ("l", "h") else None  # type: ignore[assignment]
        found = case.shared[key] = _assess(
            case.person.sex,
            day - case.birth,
            _number(case.on_day("body.weight", day)),
            _number(case.on_day("body.lenhei", day)),
            position,
            case.on_day("body.oedema", day) is True,
            _number(case.on_day("body.headc", day)),
            _number(case.on_day("body.muac", day)),
        )
    return found  # type: ignore[return-value]


# A measurement does not change, and a child is planned for again and again.
_assess = lru_cache(maxsize=16384)(assess)


def _weighings(case: Case) -> tuple[list[int], list[Weighing]]:
    """All weighings with their days, made once for every day of the case."""
    found = case.shared.get("weighings")
    if found is None:
        track = case.tracks.get("body.weight")
        pairs = zip(track.days, track.values, strict=True) if track else ()
        real = [(day, kg) for day, value in pairs if (kg := _number(value)) is not None]
        weighings = [(DATES[day], kg) for day, kg in real]
        found = case.shared["weighings"] = [day for day, _ in real], weighings
    return found  # type: ignore[return-value]


def kms_on(case: Case) -> KmsStatus:
    """The KMS of the month the case stands in, from the weighings up to its day."""
    found = case.memo.get("kms")
    if found is None:
        days, weighings = _weighings(case)
        upto = bisect_right(days, case.at)
        since = max(1, bisect_left(days, case.at - _THREE_MONTHS))
        # one older weighing is enough to tell the first from a later one
        recent = weighings[:1] + weighings[since:upto] if upto else []
        person = case.person
        found = case.memo["kms"] = kms(recent, person.birth_date, person.sex, DATES[case.at])
    return found  # type: ignore[return-value]


def _last_with(case: Case, *facts: str) -> int:
    """The last day of the period on which all of the facts were measured; 0 if none."""
    days = set(case.days(facts[0]))
    for fact in facts[1:]:
        days.intersection_update(case.days(fact))
    last = max(days, default=0)
    return last if last >= case.first else 0


def _score(name: str, *facts: str) -> Rule:
    def score(case: Case) -> Term:
        """A z-score of the last measurement of the period."""
        day = _last_with(case, *facts)
        value: float | None = getattr(growth_on(case, day), name) if day else None
        return value

    return score


def _category(name: str) -> Rule:
    def category(case: Case) -> Term:
        """A category of what was measured on the day itself."""
        value: str | None = getattr(growth_on(case, case.at), name)
        return value

    return category


def _kms(read: Callable[[KmsStatus], Term]) -> Rule:
    return lambda case: read(kms_on(case))


NAMES: dict[str, Rule] = {
    "zlen": _score("zlen", "body.lenhei"),
    "zwei": _score("zwei", "body.weight"),
    "zwfl": _score("zwfl", "body.weight", "body.lenhei"),
    "weight_for_length": _category("kat_bb_tb"),
    "arm": _category("kat_lila"),
    "kms_status": _kms(lambda found: found.status),
    "two_t": _kms(lambda found: found.two_t),
    "bgm": _kms(lambda found: found.bgm),
}

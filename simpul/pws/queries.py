"""Reads of the stored months: sums of an area, of its parts, over months, and the rows behind them.

Every read takes the scope and an area; an area that is not wholly in scope reads nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from django.db.models import F, Max, QuerySet, Sum

from simpul.accounts.scope import Scope
from simpul.pws.areas import Area, Division
from simpul.pws.masks import WORD, known_bits
from simpul.pws.models import IndicatorCount, IndicatorRow, Level, MonthState

Pair = tuple[int, int]  # counted, reached
Sums = dict[str, Pair]  # by indicator


class Correction(msgspec.Struct, frozen=True):
    """What a closed month published, and the last day on which that was corrected."""

    counted: int
    reached: int
    on: date


class Question(msgspec.Struct, frozen=True):
    """Whose numbers: an area, and one sex of it ('' both)."""

    area: Area
    sex: str = ""


def months(scope: Scope) -> list[date]:
    """The months that have been judged, newest first."""
    if scope.is_empty:
        return []
    found = MonthState.objects.filter(judged_at__isnull=False)
    return list(found.order_by("-month").values_list("month", flat=True))


def month_state(scope: Scope, month: date) -> MonthState | None:
    """The state of a month once it has been judged."""
    if scope.is_empty:
        return None
    return MonthState.objects.filter(month=month, judged_at__isnull=False).first()


def nearest_month(scope: Scope, month: date) -> date | None:
    """The judged month nearest to this one; of two as near, the earlier."""
    found = sorted(months(scope))
    return min(found, key=lambda one: abs((one - month).days), default=None)


def sums(scope: Scope, question: Question, of: Sequence[date]) -> dict[date, Sums]:
    """{month: {indicator: (counted, reached)}} of the judged ones of these months."""
    rows = (
        _counts(scope, question, of)
        .values_list("state__month", "bit")
        .annotate(Sum("n_counted"), Sum("n_reached"))
        .order_by()
    )
    name_of = {bit: one for one, bit in known_bits().items()}
    found: dict[date, Sums] = {}
    for month, bit, counted, reached in rows:
        found.setdefault(month, {})[name_of[bit]] = (counted, reached)
    return found


def sums_of_parts(
    scope: Scope, question: Question, division: Division, of: Sequence[date],
    indicators: Iterable[str] | None = None,
) -> dict[tuple[date, str], Sums]:  # fmt: skip
    """{(month, code of the part): {indicator: (counted, reached)}} of the parts of an area."""
    bit_of = known_bits()
    rows = _of_division(scope, question, division, of)
    if indicators is not None:
        rows = rows.filter(bit__in=[bit_of[one] for one in indicators if one in bit_of])
    key = "village_id" if division.level == Level.VILLAGE else "area"
    code_of = {pk: part.code for part in division.parts for pk in part.keys}
    name_of = {bit: one for one, bit in bit_of.items()}
    found: dict[tuple[date, str], Sums] = {}
    for month, pk, bit, counted, reached in (
        rows.values_list("state__month", key, "bit")
        .annotate(Sum("n_counted"), Sum("n_reached"))
        .order_by()
    ):
        if pk in code_of:
            part = found.setdefault((month, code_of[pk]), {})
            before = part.get(name_of[bit], (0, 0))
            part[name_of[bit]] = (before[0] + counted, before[1] + reached)
    return found


def corrections(
    scope: Scope, question: Question, month: date, now: Mapping[str, Pair]
) -> dict[str, Correction]:
    """What a closed month published, for each indicator whose number is another now."""
    rows = (
        _counts(scope, question, [month])
        .filter(corrected_on__isnull=False)
        .values_list("bit")
        .annotate(
            counted=Sum(F("was_counted") - F("n_counted")),
            reached=Sum(F("was_reached") - F("n_reached")),
            on=Max("corrected_on"),
        )
        .order_by()
    )
    name_of = {bit: one for one, bit in known_bits().items()}
    found = {}
    for bit, counted, reached, on in rows:
        if counted or reached:
            pair = now.get(name_of[bit], (0, 0))
            found[name_of[bit]] = Correction(pair[0] + counted, pair[1] + reached, on)
    return found


def names(
    scope: Scope, question: Question, month: date, indicator: str, which: str
) -> QuerySet[IndicatorRow]:
    """The rows behind a number: `which` is counted, reached or missed; by address and name."""
    bit = known_bits().get(indicator)
    if bit is None or not _allowed(scope, question.area):
        return IndicatorRow.objects.none()
    word, mask = bit // WORD, 1 << (bit % WORD)
    rows = _rows(question, month).filter(word=word).annotate(is_in=F("counted").bitand(mask))
    rows = rows.annotate(is_reached=F("reached").bitand(mask)).filter(is_in__gt=0)
    if which == "reached":
        rows = rows.filter(is_reached__gt=0)
    elif which == "missed":
        rows = rows.filter(is_reached=0)
    return rows.order_by("village__name", "rt__name", "person__name_key", "person_id")


def _rows(question: Question, month: date) -> QuerySet[IndicatorRow]:
    area = question.area
    rows = IndicatorRow.objects.filter(state__month=month, state__judged_at__isnull=False)
    if area.villages is not None:
        rows = rows.filter(village_id__in=area.villages)
    if area.level == Level.RT:
        rows = rows.filter(rt_id__in=area.areas or ())
    elif area.level == Level.POSYANDU:
        rows = rows.filter(posyandu_id__in=area.areas or ())
    return rows.filter(sex=question.sex) if question.sex else rows


def _counts(scope: Scope, question: Question, of: Sequence[date]) -> QuerySet[IndicatorCount]:
    area = question.area
    if not _allowed(scope, area):
        return IndicatorCount.objects.none()
    rows = _of_months(of).filter(level=area.level)
    if area.villages is not None:
        rows = rows.filter(village_id__in=area.villages)
    if area.areas is not None:
        rows = rows.filter(area__in=area.areas)
    return rows.filter(sex=question.sex) if question.sex else rows


def _of_months(of: Sequence[date]) -> QuerySet[IndicatorCount]:
    states = MonthState.objects.filter(month__in=of, judged_at__isnull=False)
    return IndicatorCount.objects.filter(state_id__in=list(states.values_list("pk", flat=True)))


def _of_division(
    scope: Scope, question: Question, division: Division, of: Sequence[date]
) -> QuerySet[IndicatorCount]:
    keys = frozenset().union(*(part.keys for part in division.parts))
    if not _allowed(scope, question.area):
        return IndicatorCount.objects.none()
    rows = _of_months(of).filter(level=division.level)
    if division.level == Level.VILLAGE:
        # a village may be shown beside its neighbours: each of them must be in scope itself
        rows = rows.filter(village_id__in=keys if scope.villages is None else keys & scope.villages)
    else:
        rows = rows.filter(village_id__in=question.area.villages or (), area__in=keys)
    return rows.filter(sex=question.sex) if question.sex else rows


def _allowed(scope: Scope, area: Area) -> bool:
    """Asked again here, so that no caller can forget it."""
    if scope.is_empty or not area.villages:
        return False
    if scope.posyandu is not None:
        return area.level == Level.POSYANDU and (area.areas or frozenset()) <= scope.posyandu
    return scope.villages is None or area.villages <= scope.villages

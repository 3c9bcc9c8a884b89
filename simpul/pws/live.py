"""A day that is not stored: a small area is judged now, in memory, by the same rules.

Its one rule: sums and names are taken from the same rows, as with stored months.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.pws import periods, residents
from simpul.pws.areas import Area, Division
from simpul.pws.masks import Judged, set_bits
from simpul.pws.models import Level
from simpul.pws.queries import Pair, Question, Sums

MOST = 5000  # persons judged while a page waits


def is_small(villages: Iterable[int]) -> bool:
    """Few enough live in these villages to be judged while a page waits."""
    return residents.n_in(villages) <= MOST


def rows(scope: Scope, villages: Iterable[int], day: date) -> list[Judged]:
    """The rows of the month up to a day, of these villages as far as they are in scope."""
    wanted = frozenset(villages)
    if scope.villages is not None:
        wanted &= scope.villages
    pack = packs.load()
    bit_of = {one: bit for bit, one in enumerate(pack.indicators)}
    here = residents.of_villages(wanted, day)
    facts = residents.facts_of(list(here), day)
    judge = residents.Judge(pack, bit_of, residents.provinces())
    found = judge.rows(here, facts, periods.first_of(day), day)
    return [one for one in found.values() if _in_posyandu(scope, one)]


def _in_posyandu(scope: Scope, row: Judged) -> bool:
    return scope.posyandu is None or row.posyandu_id in scope.posyandu


def of_question(found: Iterable[Judged], question: Question) -> list[Judged]:
    """Those of the rows that the question is about."""
    return [
        one for one in found
        if _is_in(one, question.area) and question.sex in ("", one.sex)
    ]  # fmt: skip


def _is_in(row: Judged, area: Area) -> bool:
    if area.villages is not None and row.village_id not in area.villages:
        return False
    if area.level == Level.VILLAGE:
        return True
    key = row.rt_id if area.level == Level.RT else row.posyandu_id
    return key in (area.areas or ())


def sums(found: Iterable[Judged]) -> Sums:
    """{indicator: (counted, reached)}"""
    counted: dict[int, list[int]] = {}
    for row in found:
        for bit in set_bits(row.counted):
            pair = counted.setdefault(bit, [0, 0])
            pair[0] += 1
            pair[1] += row.reached >> bit & 1
    ids = list(packs.load().indicators)
    return {ids[bit]: (n, reached) for bit, (n, reached) in counted.items()}


def sums_of_parts(found: Sequence[Judged], division: Division, sex: str = "") -> dict[str, Sums]:
    """{code of the part: sums} of rows that reach over all parts."""
    key_of = {Level.VILLAGE: "village_id", Level.RT: "rt_id", Level.POSYANDU: "posyandu_id"}
    key = key_of[division.level]
    return {
        part.code: sums(
            one for one in found if getattr(one, key) in part.keys and sex in ("", one.sex)
        )
        for part in division.parts
    }


def behind(found: Iterable[Judged], indicator: str, which: str) -> list[Judged]:
    """The rows behind a number: `which` is counted, reached or missed."""
    ids = list(packs.load().indicators)
    if indicator not in ids:
        return []
    bit = ids.index(indicator)
    wanted = {"counted": (0, 1), "reached": (1,), "missed": (0,)}[which]
    return [one for one in found if one.counted >> bit & 1 and (one.reached >> bit & 1) in wanted]


def pair_of(found: Sums, indicator: str) -> Pair:
    """(counted, reached) of one indicator; (0, 0) when nobody counts."""
    return found.get(indicator, (0, 0))

"""Sums of rows: what changes in them when some rows are replaced by others.

Its one rule: called inside the transaction that replaces the rows, with the month locked.
"""

from collections.abc import Iterable
from datetime import date

from simpul.pws.masks import Judged, set_bits
from simpul.pws.models import IndicatorCount, Level, MonthState

Key = tuple[str, int, int, str, int]  # level, village, area, sex, bit
_KEY = ("level", "village_id", "area", "sex", "bit")
_VALUES = ["n_counted", "n_reached", "was_counted", "was_reached", "corrected_on"]


class Differences:
    """How many more (or fewer) are counted and reached, by place, sex and indicator."""

    def __init__(self) -> None:
        self.by_key: dict[Key, list[int]] = {}

    def add(self, row: Judged, weight: int) -> None:
        """A row that comes (weight 1) or goes (weight -1)."""
        places = [(Level.VILLAGE, 0), (Level.RT, row.rt_id), (Level.POSYANDU, row.posyandu_id)]
        for bit in set_bits(row.counted):
            reached = weight if row.reached >> bit & 1 else 0
            for level, area in places:
                if area is None:
                    continue
                both = self.by_key.setdefault(
                    (level.value, row.village_id, area, row.sex, bit), [0, 0]
                )
                both[0] += weight
                both[1] += reached

    def changed(self) -> dict[Key, list[int]]:
        """Those that are not nothing."""
        return {key: both for key, both in self.by_key.items() if any(both)}


def apply(state: MonthState, differences: Differences, today: date) -> None:
    """Add the differences to the stored sums; in a closed month keep what was published."""
    changed = differences.changed()
    if not changed:
        return
    stored = {_key(one): one for one in _stored(state, changed)}
    rows = []
    for key, (counted, reached) in changed.items():
        row = stored.get(key) or IndicatorCount(
            state=state, n_counted=0, n_reached=0, **dict(zip(_KEY, key, strict=True))
        )
        if state.frozen_on is not None:
            if row.corrected_on is None:
                row.was_counted, row.was_reached = row.n_counted, row.n_reached
            row.corrected_on = today
        row.n_counted += counted
        row.n_reached += reached
        rows.append(row)
    IndicatorCount.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["state", *("village" if one == "village_id" else one for one in _KEY)],
        update_fields=_VALUES,
    )


def _key(row: IndicatorCount) -> Key:
    return (row.level, row.village_id, row.area, row.sex, row.bit)


def _stored(state: MonthState, keys: Iterable[Key]) -> Iterable[IndicatorCount]:
    villages, bits = {key[1] for key in keys}, {key[4] for key in keys}
    return IndicatorCount.objects.filter(state=state, village_id__in=villages, bit__in=bits)

"""Masks: which indicators a person counts in, as bits of one integer.

Its one rule: an indicator keeps its bit for ever, whatever the pack's order becomes.
"""

from collections.abc import Iterator, Mapping

import msgspec

from simpul.packs.model import Pack
from simpul.pws.models import IndicatorBit

WORD = 62  # bits in one stored integer; a signed 64-bit column holds them


class Judged(msgspec.Struct, frozen=True):
    """One person in one month, as stored: masks of any length."""

    person_id: int
    sex: str
    village_id: int
    rt_id: int | None
    posyandu_id: int | None
    counted: int
    reached: int


def known_bits() -> dict[str, int]:
    """{indicator id: bit} of all indicators ever judged."""
    return dict(IndicatorBit.objects.order_by("id").values_list("indicator", "id"))


def bits_of(pack: Pack) -> dict[str, int]:
    """{indicator id: bit}, giving the next bits to indicators that are new in the pack."""
    known = known_bits()
    new = [one for one in pack.indicators if one not in known]
    if new:
        start = max(known.values(), default=-1) + 1
        IndicatorBit.objects.bulk_create(
            [IndicatorBit(id=start + k, indicator=one) for k, one in enumerate(new)]
        )
        known |= {one: start + k for k, one in enumerate(new)}
    return known


def masks(verdict: Mapping[str, bool], bit_of: Mapping[str, int]) -> tuple[int, int]:
    """(counted, reached) of the engine's verdict on one person."""
    counted = reached = 0
    for indicator, is_reached in verdict.items():
        bit = 1 << bit_of[indicator]
        counted |= bit
        if is_reached:
            reached |= bit
    return counted, reached


def words(counted: int, reached: int) -> Iterator[tuple[int, int, int]]:
    """(word, counted, reached) for storing masks of any length."""
    full, word = (1 << WORD) - 1, 0
    while counted:
        if counted & full:
            yield word, counted & full, reached & full
        counted, reached, word = counted >> WORD, reached >> WORD, word + 1


def set_bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low

"""The engine agrees with the plain reading of the immunisation table, for any child and day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from simpul import packs
from simpul.engine.plan import plan
from simpul.engine.values import Fact, Person
from tests.generative.plain_series import TABLE, after, expect

# Edges on purpose: month ends, leap days, and doses around the boundaries of the table.
BIRTHS = st.sampled_from(
    [date(2025, 1, 31), date(2024, 2, 29), date(2024, 8, 31), date(2025, 3, 30), date(2025, 6, 15)]
)
NEAR = st.sampled_from([-2, -1, 0, 1, 2, 13, 27, 28, 29, 30, 31])
AGES = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 16, 18, 24, 59, 60])


@st.composite
def children(draw):
    birth = draw(BIRTHS)
    vaccine = draw(st.sampled_from(sorted(TABLE)))
    days = draw(st.lists(st.tuples(AGES, NEAR), max_size=5))
    doses = [after(birth, age) + timedelta(near) for age, near in days]
    as_of = after(birth, draw(AGES)) + timedelta(draw(NEAR))
    return birth, vaccine, [day for day in doses if day >= birth], max(as_of, birth)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(children())
def test_engine_agrees_with_the_table(child):
    birth, vaccine, doses, as_of = child
    facts = tuple(
        Fact(f"vaccine.{vaccine}", day, True, seq) for seq, day in enumerate(doses, start=1)
    )
    person = Person(sex="female", birth_date=birth, facts=facts, province="62")
    items = [item for item in plan(packs.load(), person, as_of) if item.service == f"imm.{vaccine}"]
    # A dose beyond every window is shown too, as not counted; the table has no word for it.
    last = max(item.occurrence for item in items)
    expected = expect(vaccine, birth, doses, as_of)
    assert [_seen(item) for item in items if not _beyond(item, birth, vaccine)] == [
        (e.occurrence, e.opens, e.due, e.late, e.closes, e.done, e.valid, e.status)
        for e in expected
    ]
    assert last == len(TABLE[vaccine])


def _seen(item):
    return (
        item.occurrence, item.opens_on, item.due_on, item.late_on, item.closes_on,
        item.done_on, item.valid, item.status,
    )  # fmt: skip


def _beyond(item, birth, vaccine):
    close = after(birth, TABLE[vaccine][item.occurrence - 1].close)
    return item.valid is False and item.done_on >= close

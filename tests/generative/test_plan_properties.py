"""What holds of every plan, for any person, facts and day: drawn from few values with edges."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engine.indicators import judge
from simpul.engine.plan import plan, status_on
from simpul.engine.values import Fact, Person
from simpul.packs import load

PACK = load()
BIRTHS = st.sampled_from(
    [date(2024, 2, 29), date(2024, 8, 31), date(2025, 1, 31), date(2026, 3, 1), date(2018, 8, 1),
     date(2014, 8, 31), date(2008, 8, 31), date(1999, 5, 3), date(1966, 8, 31)]
)  # fmt: skip
AGES = [0, 1, 7, 8, 27, 28, 29, 59, 60, 61, 89, 90, 91, 120, 150, 180, 209, 270, 300, 365, 540, 730]
DAYS = st.one_of(
    st.sampled_from(AGES).map(lambda days: ("birth", days)),
    st.sampled_from([0, 1, 2, 29, 30, 31, 84, 85, 168, 169, 307, 308, 365]).map(
        lambda days: ("end", -days)
    ),
)
VALUES = {
    "number": [0.0, 2.5, 6.4, 8.4, 11.4, 12.5, 75.0, 100.0, 139.0, 140.0, 150.0, 200.0, None],
    "flag": [True, False, None],
    "text": ["x"],
}
NAMES = st.sampled_from([name for name in PACK.facts if name != "record.retracted"])


@st.composite
def facts(draw, birth, end):
    kind = PACK.facts[draw(NAMES)]
    start, days = draw(DAYS)
    on = max(birth, (birth if start == "birth" else end) + timedelta(days=days))
    if kind.type == "day":
        value = on + timedelta(days=draw(st.sampled_from([-280, -30, 0, 1, 200, 280])))
    elif kind.type == "code":
        value = draw(st.sampled_from(sorted(kind.codes)))
    else:
        value = draw(st.sampled_from(VALUES[kind.type]))
    return Fact(kind.name, on, value, draw(st.integers(0, 3)))


@st.composite
def persons(draw):
    birth = draw(BIRTHS)
    end = birth + timedelta(days=draw(st.sampled_from([0, 28, 60, 210, 365, 600, 1200, 1826])))
    end = max(end, date(2026, 8, 31)) if draw(st.booleans()) else end
    found = draw(st.lists(facts(birth, end), max_size=14))
    sex = draw(st.sampled_from(["female", "male", None]))
    province = draw(st.sampled_from(["62", "51", None]))
    return Person(sex, birth, tuple(found), province), end


many = settings(max_examples=200, deadline=None, derandomize=True)


@many
@given(persons())
def test_status_follows_from_the_dates(drawn):
    person, end = drawn
    for item in plan(PACK, person, end):
        assert status_on(item, end) == item.status, item


@many
@given(persons())
def test_every_item_is_in_order(drawn):
    person, end = drawn
    for item in plan(PACK, person, end):
        if item.status == "not_applicable":
            assert (item.opens_on, item.due_on, item.late_on, item.closes_on) == (None,) * 4
            continue
        assert item.opens_on <= item.due_on
        assert item.late_on is None or item.due_on <= item.late_on
        assert (item.done_on is None) == (item.valid is None)
        assert item.done_on is None or item.done_on <= end
        assert not item.waits or item.status == "later"
        assert item.source in PACK.sources
        if item.valid and item.service.startswith("imm."):
            assert item.opens_on <= item.done_on <= (item.closes_on or date.max)


@many
@given(persons())
def test_each_occurrence_is_answered_once(drawn):
    """Any number of doses that do not count, and exactly one item that counts or is owed."""
    person, end = drawn
    items = plan(PACK, person, end)
    counted = Counter((i.service, i.occurrence) for i in items if i.valid is not False)
    assert set(counted.values()) == {1}
    assert {i.service for i in items} <= set(PACK.services)
    for service in ("imm.mr", "imm.opv", "imm.hb0", "anc.visit", "screen.bp"):
        assert any(item.service == service for item in items)


@many
@given(persons(), st.randoms())
def test_order_of_facts_and_later_facts_do_not_matter(drawn, random):
    person, end = drawn
    last = {(f.name, f.on): f for f in sorted(person.facts, key=lambda f: f.seq)}
    kept = list(last.values())
    before = plan(PACK, Person(person.sex, person.birth_date, tuple(kept), person.province), end)
    random.shuffle(kept)
    kept.append(Fact("vaccine.mr", end + timedelta(days=1), True, 9))
    after = plan(PACK, Person(person.sex, person.birth_date, tuple(kept), person.province), end)
    assert before == after


@many
@given(persons())
def test_everything_has_words(drawn):
    person, end = drawn
    for item in plan(PACK, person, end):
        for lang in ("id", "en"):
            assert PACK.title_of(item, lang)
            assert PACK.reason_of(item, lang)


@many
@given(persons())
def test_indicators_are_answered(drawn):
    person, end = drawn
    answers = judge(PACK, person, end.replace(day=1), end)
    assert set(answers) <= set(PACK.indicators)
    assert all(isinstance(value, bool) for value in answers.values())
    months = (end.year - person.birth_date.year) * 12 + end.month - person.birth_date.month
    assert ("s" in answers) or months >= 59

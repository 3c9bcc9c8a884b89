"""Findings of growth in the rule language are those of `assess`, and flags stop them."""

from datetime import date, timedelta

from simpul.engine.case import Case
from simpul.engine.language import compile_rule
from simpul.engine.values import Fact, Person
from simpul.engine.vocabulary import person_vocabulary
from simpul.packs import load

WORDS = person_vocabulary(load().facts)
BIRTH = date(2025, 8, 31)


def judged(rule, *facts, day=date(2026, 8, 31)):
    person = Person("male", BIRTH, facts)
    return compile_rule(rule, WORDS)(Case(person, day.toordinal()))


def measured(kg, cm, on=date(2026, 8, 31)):
    return Fact("body.weight", on, kg), Fact("body.lenhei", on, cm)


def test_categories_are_of_the_day():
    assert judged("weight_for_length", *measured(6.4, 75.0)) == "gizi buruk"
    assert judged("weight_for_length", *measured(6.4, 75.0, date(2026, 8, 30))) is None


def test_a_flagged_measuring_finds_nothing():
    assert judged("weight_for_length", *measured(3.0, 75.0)) is None


def test_oedema_is_severe():
    swollen = Fact("body.oedema", date(2026, 8, 31), True)
    assert judged("weight_for_length", *measured(9.0, 75.0), swollen) == "gizi buruk"


def test_scores_are_of_the_last_measuring():
    facts = (*measured(9.0, 75.0, date(2026, 7, 1)), Fact("body.weight", date(2026, 8, 1), 9.5))
    assert judged("zlen", *facts) is not None
    assert judged("zwfl", *facts) == judged("zwfl", *facts[:2])


def test_kms_needs_only_the_recent_months():
    """The rule language hands over a few weighings; the status is that of all of them."""
    from simpul.engine.growth import kms
    from simpul.engine.vocabulary_growth import kms_on

    weighings = [(BIRTH + timedelta(days=29 * n), 3.3 + 0.31 * n) for n in range(13)]
    facts = tuple(Fact("body.weight", on, kg) for on, kg in weighings)
    for day in range(0, 420, 7):
        at = BIRTH + timedelta(days=day)
        seen = [w for w in weighings if w[0] <= at]
        found = kms_on(Case(Person("male", BIRTH, facts), at.toordinal()))
        assert found == kms(seen, BIRTH, "male", at)

"""The compiled rules and the plain evaluator give the same answer to any rule."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engine.case import Case
from simpul.engine.language import Vocabulary, compile_rule
from simpul.engine.values import Person
from tests.generative.plain_rules import answer

NAMES = ("a", "b", "c")
VALUES = st.sampled_from([None, True, False, 0, 1, 2, -1, 2.5, "x"])
CASE = Case(Person(None, date(2026, 1, 1)), date(2026, 1, 1).toordinal())

LEAVES = st.sampled_from([*NAMES, "0", "1", "2", "2.5", "'x'", "True", "False", "None"])


def _grown(inner):
    two = st.tuples(inner, inner)
    signs = st.sampled_from(["and", "or", "<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "/"])
    return st.one_of(
        st.builds(lambda pair, sign: f"({pair[0]} {sign} {pair[1]})", two, signs),
        st.builds(lambda part: f"(not {part})", inner),
        st.builds(lambda part: f"(-{part})", inner),
        st.builds(lambda parts: f"({parts[0]} < {parts[1]} <= {parts[0]})", two),
        st.builds(lambda parts: f"all({parts[0]}, {parts[1]})", two),
        st.builds(lambda parts: f"any({parts[0]}, {parts[1]})", two),
        st.builds(lambda part: f"unknown({part})", inner),
    )


RULES = st.recursive(LEAVES, _grown, max_leaves=10)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(RULES, st.tuples(VALUES, VALUES, VALUES))
def test_compiled_and_plain_agree(rule, values):
    names = dict(zip(NAMES, values, strict=True))
    words = Vocabulary({name: (lambda case, v=value: v) for name, value in names.items()}, {})
    found = compile_rule(rule, words)(CASE)
    wanted = answer(rule, names)
    assert (found, found is None) == (wanted, wanted is None)

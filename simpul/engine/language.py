"""The rule language: one-line expressions, read once by Python's own parser against a white list.

Its one rule: what is not known is neither true nor false, and no rule can fail or see a clock.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping

from simpul.engine.case import Case

Term = float | int | str | bool | None
Rule = Callable[[Case], Term]
Word = Callable[..., Rule]
"""A function of the language: gets its literal arguments once, returns what judges a case."""


class BadRule(ValueError):
    """The rule cannot be read; the message says which part and what is possible instead."""


class Vocabulary:
    """The names and functions a rule may use."""

    def __init__(self, names: Mapping[str, Rule], words: Mapping[str, Word]) -> None:
        self.names = dict(names)
        self.words = dict(words)


def compile_rule(text: str, vocabulary: Vocabulary) -> Rule:
    """Read one rule; raises BadRule with a message that says how to mend it."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise BadRule(f"cannot be read near column {error.offset}: {text!r}") from None
    return _Compiler(vocabulary).build(tree.body)


_COMPARE: dict[type[ast.cmpop], Callable[[Term, Term], bool]] = {
    ast.Lt: operator.lt,  # type: ignore[dict-item]
    ast.LtE: operator.le,  # type: ignore[dict-item]
    ast.Gt: operator.gt,  # type: ignore[dict-item]
    ast.GtE: operator.ge,  # type: ignore[dict-item]
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class _Compiler:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def build(self, node: ast.expr) -> Rule:
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise BadRule(f"{ast.unparse(node)!r} is not part of the rule language")
        built: Rule = method(node)
        return built

    def _constant(self, node: ast.Constant) -> Rule:
        value = node.value
        if not isinstance(value, float | int | str | bool | None):
            raise BadRule(f"{value!r} is not a number, a text, True, False or None")
        return lambda case: value

    def _name(self, node: ast.Name) -> Rule:
        found = self.vocabulary.names.get(node.id)
        if found is None:
            raise BadRule(f"unknown name {node.id!r}; known: {_listed(self.vocabulary.names)}")
        return found

    def _call(self, node: ast.Call) -> Rule:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise BadRule(f"{ast.unparse(node)!r}: write name(argument, …)")
        name = node.func.id
        if name in _GATHER:
            return _GATHER[name]([self.build(part) for part in node.args])
        word = self.vocabulary.words.get(name)
        if word is None:
            known = _listed({**self.vocabulary.words, **_GATHER})
            raise BadRule(f"unknown function {name!r}; known: {known}")
        try:
            return word(*(ast.literal_eval(part) for part in node.args))
        except BadRule:
            raise
        except (ValueError, TypeError) as error:
            raise BadRule(f"{ast.unparse(node)!r}: {error}") from None

    def _boolop(self, node: ast.BoolOp) -> Rule:
        parts = [self.build(part) for part in node.values]
        return every(parts) if isinstance(node.op, ast.And) else some(parts)

    def _unaryop(self, node: ast.UnaryOp) -> Rule:
        inner = self.build(node.operand)
        if isinstance(node.op, ast.Not):
            return lambda case: None if (v := inner(case)) is None else not v
        if isinstance(node.op, ast.USub):
            return lambda case: -v if isinstance(v := inner(case), float | int) else None
        raise BadRule(f"{ast.unparse(node)!r} is not part of the rule language")

    def _binop(self, node: ast.BinOp) -> Rule:
        work = _ARITHMETIC.get(type(node.op))
        if work is None:
            raise BadRule(f"{ast.unparse(node)!r}: only + - * / are possible")
        left, right = self.build(node.left), self.build(node.right)

        def arithmetic(case: Case) -> Term:
            a, b = left(case), right(case)
            if a is None or b is None:
                return None
            try:
                return work(a, b)  # type: ignore[arg-type]
            except (TypeError, ZeroDivisionError):
                return None

        return arithmetic

    def _compare(self, node: ast.Compare) -> Rule:
        pairs: list[Rule] = []
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            pairs.append(self._pair(left, op, right))
            left = right
        return pairs[0] if len(pairs) == 1 else every(pairs)

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Rule:
        if isinstance(op, ast.In | ast.NotIn):
            return self._member(left, right, isinstance(op, ast.In))
        work = _COMPARE.get(type(op))
        if work is None:
            raise BadRule("only < <= > >= == != in are possible")
        first, second = self.build(left), self.build(right)

        def compare(case: Case) -> Term:
            a = first(case)
            if a is None:
                return None
            b = second(case)
            if b is None:
                return None
            try:
                return work(a, b)
            except TypeError:  # a text beside a number
                return None

        return compare

    def _member(self, left: ast.expr, right: ast.expr, wanted: bool) -> Rule:
        try:
            members = frozenset(ast.literal_eval(right))
        except (ValueError, TypeError):
            raise BadRule(f"write in ['a', 'b'] instead of {ast.unparse(right)!r}") from None
        value = self.build(left)
        return lambda case: None if (v := value(case)) is None else (v in members) is wanted


def every(parts: list[Rule]) -> Rule:
    """True if all are, false if one is false, else unknown."""

    def judge(case: Case) -> Term:
        known = True
        for part in parts:
            value = part(case)
            if value is None:
                known = False
            elif not value:
                return False
        return True if known else None

    return judge


def some(parts: list[Rule]) -> Rule:
    """True if one is, false if all are false, else unknown."""

    def judge(case: Case) -> Term:
        known = True
        for part in parts:
            value = part(case)
            if value is None:
                known = False
            elif value:
                return True
        return False if known else None

    return judge


def _unknown(parts: list[Rule]) -> Rule:
    if len(parts) != 1:
        raise BadRule("unknown(…) takes one thing")
    inner = parts[0]
    return lambda case: inner(case) is None


_GATHER: dict[str, Callable[[list[Rule]], Rule]] = {
    "all": every,
    "any": some,
    "unknown": _unknown,
}


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(sorted(names))

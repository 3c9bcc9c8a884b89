"""The rule language a second time: an evaluator to be read, that walks the tree for every person.

It judges the compiled one. Only what the language says in `docs/generated/rules.md`, nothing fast.
"""

import ast
import operator

COMPARE = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
WORK = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


def answer(rule: str, names: dict):
    """What the rule says when the names have these values; None is unknown."""
    return _value(ast.parse(rule, mode="eval").body, names)


def _value(node, names):
    match node:
        case ast.Constant(value):
            return value
        case ast.Name(name):
            return names[name]
        case ast.BoolOp(ast.And(), parts):
            return _every([_value(part, names) for part in parts])
        case ast.BoolOp(ast.Or(), parts):
            return _some([_value(part, names) for part in parts])
        case ast.UnaryOp(ast.Not(), part):
            value = _value(part, names)
            return None if value is None else not value
        case ast.UnaryOp(ast.USub(), part):
            value = _value(part, names)
            return -value if isinstance(value, int | float) else None
        case ast.BinOp(left, op, right):
            return _worked(op, _value(left, names), _value(right, names))
        case ast.Compare(left, ops, rights):
            values = [_value(part, names) for part in [left, *rights]]
            pairs = zip(ops, values, values[1:], strict=False)
            return _every([_compared(op, a, b) for op, a, b in pairs])
        case ast.Call(ast.Name("all"), parts):
            return _every([_value(part, names) for part in parts])
        case ast.Call(ast.Name("any"), parts):
            return _some([_value(part, names) for part in parts])
        case ast.Call(ast.Name("unknown"), [part]):
            return _value(part, names) is None
    raise AssertionError(ast.dump(node))


def _every(values):
    if any(value is not None and not value for value in values):
        return False
    return None if None in values else True


def _some(values):
    if any(value for value in values if value is not None):
        return True
    return None if None in values else False


def _compared(op, a, b):
    if a is None or b is None:
        return None
    try:
        return COMPARE[type(op)](a, b)
    except TypeError:
        return None


def _worked(op, a, b):
    if a is None or b is None:
        return None
    if isinstance(op, ast.Div):
        return None if isinstance(a, str) or isinstance(b, str) or b == 0 else a / b
    try:
        return WORK[type(op)](a, b)
    except TypeError:
        return None

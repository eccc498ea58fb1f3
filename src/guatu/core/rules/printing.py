"""A tree as text again, so that reading the text gives the tree: the one spelling that is stored."""

import re
from decimal import Decimal

from guatu.core.rules.temporal import written
from guatu.core.rules.tree import (
    And,
    Arithmetic,
    Between,
    Cell,
    Comparison,
    Constant,
    Endpoint,
    Expression,
    In,
    IsDefined,
    Literal,
    Minus,
    Name,
    Not,
    Or,
    Test,
)

# Precedence; what binds less tightly than its place asks stands in brackets.
_OR, _AND, _COMPARE, _SUM, _PRODUCT, _POWER, _SIGNED, _PRIMARY = range(8)
_LEVEL = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_CONTROL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printed(node: Expression | Cell) -> str:
    """The text of an expression or a cell."""
    if isinstance(node, Cell):
        tests = ", ".join(map(_test, node.tests)) or "-"
        return f"not({tests})" if node.negated else tests
    return _text(node)[0]


def _text(node: Expression) -> tuple[str, int]:
    """The text and how tightly it binds."""
    if isinstance(node, (And, Or)):
        word, level = ("and", _AND) if isinstance(node, And) else ("or", _OR)
        return f" {word} ".join(_within(part, level + 1) for part in node.parts), level
    if isinstance(node, (Comparison, Between, In)):
        return _compared(node), _COMPARE
    if isinstance(node, Arithmetic):
        level = _LEVEL[node.sign]
        return f"{_within(node.left, level)} {node.sign} {_within(node.right, level + 1)}", level
    if isinstance(node, Minus):
        return f"-{_within(node.of, _SIGNED)}", _SIGNED
    return _primary(node), _PRIMARY


def _primary(node: Literal | Name | Not | IsDefined) -> str:
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Not):
        return f"not({_text(node.of)[0]})"
    return f"is defined({node.of.name})" if isinstance(node, IsDefined) else constant(node.value)


def _compared(node: Comparison | Between | In) -> str:
    if isinstance(node, Comparison):
        return f"{_within(node.left, _SUM)} {node.op} {_within(node.right, _SUM)}"
    of = _within(node.of, _SUM)
    if isinstance(node, Between):
        return f"{of} between {_within(node.low, _SUM)} and {_within(node.high, _SUM)}"
    return f"{of} in ({', '.join(map(_test, node.tests))})"


def _test(node: Test) -> str:
    if isinstance(node, Endpoint):
        return _within(node.of, _SUM) if node.op == "=" else f"{node.op} {_within(node.of, _SUM)}"
    ends = "(" if node.low_open else "[", ")" if node.high_open else "]"
    return f"{ends[0]}{_within(node.low, _SUM)}..{_within(node.high, _SUM)}{ends[1]}"


def _within(node: Expression, level: int) -> str:
    text, own = _text(node)
    return text if own >= level else f"({text})"


def constant(value: Constant) -> str:
    """A value as it is written in a rule."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + _CONTROL.sub(lambda sign: _ESCAPES.get(sign[0]) or f"\\u{ord(sign[0]):04x}", value) + '"'
    return format(value, "f") if isinstance(value, Decimal) else written(value)

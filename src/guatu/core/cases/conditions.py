"""Conditions of flows and decision tables: names, constants, comparisons, and, or, not. No call, no attribute, no code.

A flow is data that a county changes in the browser, so nothing in it may run. What this subset cannot say belongs into
a decision table. A name without a value is None; a comparison that makes no sense (text with number) is false and not
an error, so that a case never stops at a gateway.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

MOST_CHARACTERS = 500

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}
# The spellings of FEEL, which editors of decision tables write.
_WORDS = {"true": True, "false": False, "null": None}
_PLAIN = (str, int, float, bool, type(None))


class ConditionError(ValueError):
    """The text is no condition of the safe subset; the message quotes the part that is not."""


@lru_cache(maxsize=4096)
def parse(text: str) -> ast.expr:
    """The condition's tree. Raises ConditionError for what is outside of the subset."""
    if len(text) > MOST_CHARACTERS or "\\" in text:
        # Python warns of some backslashes, and no name or constant needs one.
        raise ConditionError(f"{text[:40]}...")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(text) from error
    for node in ast.walk(tree):
        if not _allowed(node):
            raise ConditionError(ast.unparse(node) if isinstance(node, ast.expr) else text)
    return tree


def evaluate(text: str, data: Mapping[str, Any]) -> Any:
    """The condition's value over the fields of a case. Raises ConditionError for what is outside of the subset."""
    return _value(parse(text), data)


def names(text: str) -> frozenset[str]:
    """The fields that a condition reads."""
    found = {node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name)}
    return frozenset(found - _WORDS.keys())


def equals(text: str, name: str) -> str | None:
    """The text `x` of a condition that says exactly `name == 'x'`, or None."""
    tree = parse(text)
    if not (isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)):
        return None
    left, right = tree.left, tree.comparators[0]
    named = isinstance(left, ast.Name) and left.id == name
    return right.value if named and isinstance(right, ast.Constant) and isinstance(right.value, str) else None


def is_list(text: str) -> bool:
    """Whether the text is several values parted by commas, as a cell of a decision table may be."""
    try:
        return isinstance(parse(text), ast.Tuple)
    except ConditionError:
        return False


def _allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, _PLAIN)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.Not, ast.USub))
    plain = (ast.Name, ast.Load, ast.Compare, ast.BoolOp, ast.And, ast.Or, ast.Not, ast.USub, ast.Tuple, ast.List)
    return isinstance(node, plain) or type(node) in _COMPARE


def _value(node: ast.expr, data: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return _WORDS[node.id] if node.id in _WORDS else data.get(node.id)
    if isinstance(node, ast.BoolOp):
        values = (bool(_value(part, data)) for part in node.values)
        return all(values) if isinstance(node.op, ast.And) else any(values)
    if isinstance(node, ast.Compare):
        return _compared(node, data)
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, data)
        if isinstance(node.op, ast.Not):
            return not inner
        return -inner if isinstance(inner, (int, float)) else None
    return tuple(_value(part, data) for part in node.elts) if isinstance(node, (ast.Tuple, ast.List)) else None


def _compared(node: ast.Compare, data: Mapping[str, Any]) -> bool:
    left = _value(node.left, data)
    for op, part in zip(node.ops, node.comparators, strict=True):
        right = _value(part, data)
        try:
            if not _COMPARE[type(op)](left, right):
                return False
        except TypeError:
            return False
        left = right
    return True

"""Cells that are spelled as in Python (`x == 'a'`, `in ["a", "b"]`, `True`), as some engines write them, in S-FEEL.

The text is taken apart by Python's own grammar and never run. Files are converted once, when they are handed in; a file
in a pack is told the right spelling.
"""

import ast
import re
from collections.abc import Callable

from lxml import etree

from guatu.adapters.flows.xml import local_name, parse_xml, texts_of
from guatu.core.rules import Cell, Expression, RuleError, names, parse, parse_cell
from guatu.core.rules.printing import constant

MOST_CHARACTERS = 2000
_IT = "_it_"
_WORDS = ("True", "False", "None")
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "=", ast.IsNot: "!=",
}  # fmt: skip
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
# A cell that goes on from its input, as `> 5` or `in [1, 2]` does.
_GOES_ON = re.compile(r"(?:[<>=!]=|[<>]|in\b|not\s+in\b|is\b)")


class _No(ValueError):
    """What has no spelling in S-FEEL."""


def of_python(text: str, cell: bool) -> str:
    """The S-FEEL spelling of a cell or of an expression; "" where it is none of Python or has no such spelling."""
    if len(text) > MOST_CHARACTERS:
        return ""
    source = text
    if cell:
        source = f"{_IT} {text}" if _GOES_ON.match(text) else text.replace("?", _IT)
    try:
        tree = ast.parse(source.strip(), mode="eval").body
        found = _tests(tree) if cell else _expression(tree)
        (parse_cell if cell else parse)(found)
    except (_No, RuleError, SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return found


def converted(text: str, file: str) -> tuple[str, list[tuple[str, str]]]:
    """The file with such cells in S-FEEL, and each as it was and is; the text itself where there are none."""
    root, _found = parse_xml(text, file)
    changed = []
    for owner in () if root is None else root.iter():
        read = _READ.get(local_name(owner))
        if read is None:
            continue
        was = texts_of(owner)
        right = "" if not was or _reads(read, was) else of_python(was, read is parse_cell)
        if right:
            changed.append((was, right))
            for one in [one for one in owner if local_name(one) == "text"]:
                one.text = right
    if root is None or not changed:
        return text, []
    written: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n', changed


_READ: dict[str, Callable[[str], Cell | Expression]] = {
    "inputEntry": parse_cell,
    "outputEntry": parse,
    "inputExpression": parse,
    "defaultOutputEntry": parse,
    "literalExpression": parse,
}


def _reads(read: Callable[[str], Cell | Expression], text: str) -> bool:
    try:
        return not says_python(read(text))
    except RuleError:
        return False


def says_python(read: Cell | Expression) -> bool:
    """Whether what could be read speaks of `True`, `False` or `None`: in S-FEEL they would be facts."""
    nodes = read.tests if isinstance(read, Cell) else (read,)
    return any(name in _WORDS for node in nodes for name in names(node))


def _tests(node: ast.expr) -> str:
    """An expression about the input as the tests of a cell."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return ", ".join(map(_tests, node.values))
    if isinstance(node, ast.Compare) and len(node.ops) == 2:
        return _range(node)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and _is_it(node.left):
        return _test(node.ops[0], node.comparators[0])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return f"not({_tests(node.operand)})"
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return ", ".join(map(_expression, node.elts))
    return _expression(node)


def _test(op: ast.cmpop, of: ast.expr) -> str:
    if isinstance(op, (ast.In, ast.NotIn)):
        tests = _tests(of) if isinstance(of, (ast.List, ast.Tuple, ast.Set)) else _expression(of)
        return tests if isinstance(op, ast.In) else f"not({tests})"
    sign = _COMPARE[type(op)]
    if sign in ("=", "!="):
        return _expression(of) if sign == "=" else f"not({_expression(of)})"
    return f"{sign} {_expression(of)}"


def _range(node: ast.Compare) -> str:
    """`1 <= it < 5` as `[1..5)`."""
    signs = [type(op) for op in node.ops]
    if not _is_it(node.comparators[0]) or any(sign not in (ast.Lt, ast.LtE) for sign in signs):
        raise _No
    begin, end = "[" if signs[0] is ast.LtE else "(", "]" if signs[1] is ast.LtE else ")"
    return f"{begin}{_expression(node.left)}..{_expression(node.comparators[1])}{end}"


def _is_it(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == _IT


def _expression(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, (bool, str, int, float))):
        return _constant(node.value)
    if isinstance(node, ast.Name) and node.id != _IT:
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_expression(node.value)}.{node.attr}"
    if isinstance(node, ast.BoolOp):
        word = " and " if isinstance(node.op, ast.And) else " or "
        return "(" + word.join(map(_expression, node.values)) + ")"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        of = _expression(node.operand)
        return f"not({of})" if isinstance(node.op, ast.Not) else f"-({of})"
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return f"({_expression(node.left)} {_SIGNS[type(node.op)]} {_expression(node.right)})"
    if isinstance(node, ast.Compare):
        return _compared(node)
    raise _No


def _constant(value: object) -> str:
    if value is None or isinstance(value, (bool, str)):
        return constant(value)
    return repr(value)


def _compared(node: ast.Compare) -> str:
    sides = [node.left, *node.comparators]
    pairs = zip(sides, node.ops, sides[1:], strict=False)
    return "(" + " and ".join(_pair(left, op, right) for left, op, right in pairs) + ")"


def _pair(left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
    if isinstance(op, (ast.In, ast.NotIn)):
        of = ", ".join(map(_expression, right.elts)) if isinstance(right, (ast.List, ast.Tuple, ast.Set)) else None
        inner = f"{_expression(left)} in ({_expression(right) if of is None else of})"
        return inner if isinstance(op, ast.In) else f"not({inner})"
    return f"{_expression(left)} {_COMPARE[type(op)]} {_expression(right)}"

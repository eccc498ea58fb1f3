"""The tree of a rule. Every node keeps its place in the text; a pruned reason has that of its origin.

The spelling is that of S-FEEL (OMG DMN 1.3, chapter 9) with the parts of FEEL (chapter 10) that conditions need:
`and`, `or`, `not(...)`, `between`, `in`, `is defined(...)`. No function but these, no filter, no loop: nothing runs.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar, cast
from typing import Literal as Only

import msgspec

from guatu.core.kernel.span import Span
from guatu.core.rules.temporal import Months

Operator = Only["=", "!=", "<", "<=", ">", ">="]
Sign = Only["+", "-", "*", "/", "**"]
Constant = Decimal | str | bool | date | datetime | time | timedelta | Months | None

NOWHERE = Span(0, 0)
N = TypeVar("N", bound=msgspec.Struct)


class Literal(msgspec.Struct, frozen=True):
    """A value that is written down; None is `null`. Numbers are decimals of at most 34 digits and have no sign."""

    value: Constant
    span: Span = NOWHERE


class Name(msgspec.Struct, frozen=True):
    """A fact; runs of blanks in its name are one blank."""

    name: str
    span: Span = NOWHERE


class Minus(msgspec.Struct, frozen=True):
    of: "Expression"
    span: Span = NOWHERE


class Arithmetic(msgspec.Struct, frozen=True):
    sign: Sign
    left: "Expression"
    right: "Expression"
    span: Span = NOWHERE


class Comparison(msgspec.Struct, frozen=True):
    op: Operator
    left: "Expression"
    right: "Expression"
    span: Span = NOWHERE


class Between(msgspec.Struct, frozen=True):
    """`of between low and high`: both ends belong to it."""

    of: "Expression"
    low: "Expression"
    high: "Expression"
    span: Span = NOWHERE


class Endpoint(msgspec.Struct, frozen=True):
    """One test of a cell or of `in`: `< 5`, or a value alone, which is `= value` and, of a list, being in it."""

    op: Operator
    of: "Expression"
    span: Span = NOWHERE


class Range(msgspec.Struct, frozen=True):
    """`[low..high]`; an open end does not belong to it."""

    low: "Expression"
    high: "Expression"
    low_open: bool = False
    high_open: bool = False
    span: Span = NOWHERE


class In(msgspec.Struct, frozen=True):
    """`of in (test, test)`: one of the tests holds of it."""

    of: "Expression"
    tests: tuple["Endpoint | Range", ...]
    span: Span = NOWHERE


class And(msgspec.Struct, frozen=True):
    parts: tuple["Expression", ...]
    span: Span = NOWHERE


class Or(msgspec.Struct, frozen=True):
    parts: tuple["Expression", ...]
    span: Span = NOWHERE


class Not(msgspec.Struct, frozen=True):
    of: "Expression"
    span: Span = NOWHERE


class IsDefined(msgspec.Struct, frozen=True):
    """Whether a fact is known: always yes or no, so that a rule can say what an unknown fact counts as."""

    of: Name
    span: Span = NOWHERE


Test = Endpoint | Range
Expression = Literal | Name | Minus | Arithmetic | Comparison | Between | In | And | Or | Not | IsDefined
Node = Expression | Test


class Cell(msgspec.Struct, frozen=True):
    """A cell of a decision table: tests of which one must hold, or none of them where negated; `-` has no test."""

    tests: tuple[Test, ...] = ()
    negated: bool = False
    span: Span = NOWHERE

    def of(self, subject: Expression) -> Expression:
        """The cell as a condition on what its column is about."""
        if not self.tests:
            return Literal(True, self.span)
        found = In(subject, self.tests, self.span)
        return Not(found, self.span) if self.negated else found


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below, in the order of the text."""
    if isinstance(node, (And, Or)):
        return node.parts
    if isinstance(node, (Arithmetic, Comparison)):
        return node.left, node.right
    if isinstance(node, Between):
        return node.of, node.low, node.high
    if isinstance(node, In):
        return node.of, *node.tests
    if isinstance(node, Range):
        return node.low, node.high
    return () if isinstance(node, (Literal, Name)) else (node.of,)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def replaced(node: N, values: Mapping[str, "Expression"]) -> N:
    """The same with expressions in the place of facts; of those that are not named nothing changes."""
    if isinstance(node, Name):
        found: Any = values.get(node.name, node)
        return cast(N, found)
    changed: dict[str, Any] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, tuple):
            changed[name] = tuple(replaced(one, values) for one in value)
        elif isinstance(value, msgspec.Struct) and name != "span":
            changed[name] = replaced(value, values)
    return msgspec.structs.replace(node, **changed)


def names(node: Node) -> tuple[str, ...]:
    """The facts that a rule speaks of, each once, in the order of the text."""
    return tuple(dict.fromkeys(one.name for one in walk(node) if isinstance(one, Name)))

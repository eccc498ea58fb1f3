"""The value of an expression over facts, in Kleene's strong logic: what is not known is neither true nor false.

A conjunction with a false part is false and a disjunction with a true one is true, whatever else is open. Calculating
with what is open is open. Nothing is raised: a division by zero and a comparison that does not fit are open with their
reason.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from guatu.core.rules.facts import Facts, Lack, Open, Value, fact, is_known, misfit, null, type_of
from guatu.core.rules.operations import ORDERED, compare, operate
from guatu.core.rules.tree import (
    And,
    Arithmetic,
    Between,
    Comparison,
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
    names,
)
from guatu.core.rules.vocabulary import Vocabulary

_BY_ZERO = Open((Lack("", "除数为零", "a division by zero"),))
_NO_RESULT = Open((Lack("", "算不出结果", "a calculation without result"),))
_NO_FIT = Open((Lack("", "不能相比的值", "values that cannot be compared"),))


class Evaluation:
    """One evaluation: the facts and the vocabulary that says what they are."""

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.vocabulary = vocabulary

    def value(self, node: Expression) -> Value | Open:
        return _RULES[type(node)](self, node)

    def truth(self, node: Expression) -> bool | Open:
        """The value of what should be a condition."""
        found = self.value(node)
        return found if isinstance(found, (bool, Open)) else _not_of(node, "boolean")

    def literal(self, node: Literal) -> Value | Open:
        return null() if node.value is None else node.value

    def name(self, node: Name) -> Value | Open:
        return fact(node.name, self.facts, self.vocabulary)

    def is_defined(self, node: IsDefined) -> bool:
        return is_known(node.of.name, self.facts)

    def not_(self, node: Not) -> bool | Open:
        return _negated(self.truth(node.of))

    def and_(self, node: And) -> bool | Open:
        return _all(self.truth(part) for part in node.parts)

    def or_(self, node: Or) -> bool | Open:
        return _any(self.truth(part) for part in node.parts)

    def comparison(self, node: Comparison) -> bool | Open:
        if node.op in ("=", "!=") and (asked := self._asked_of_null(node)):
            return self._is_null(asked) == (node.op == "=")
        return self.compared(node.op, node.left, node.right)

    def between(self, node: Between) -> bool | Open:
        return _all((self.compared("<=", node.low, node.of), self.compared("<=", node.of, node.high)))

    def in_(self, node: In) -> bool | Open:
        return _any(self.test(node.of, test) for test in node.tests)

    def test(self, of: Expression, test: Test) -> bool | Open:
        """Whether one test of a cell holds of a value."""
        if isinstance(test, Endpoint):
            many = self.value(test.of) if test.op == "=" else None
            return self._among(of, test.of, many) if isinstance(many, tuple) else self._endpoint(of, test)
        ends = "<" if test.low_open else "<=", "<" if test.high_open else "<="
        return _all((self.compared(ends[0], test.low, of), self.compared(ends[1], of, test.high)))

    def minus(self, node: Minus) -> Value | Open:
        of = self.value(node.of)
        if isinstance(of, Open):
            return of
        found: Any = of
        return -found if type_of(of) in ("number", "duration") else _not_of(node.of, "number")

    def arithmetic(self, node: Arithmetic) -> Value | Open:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, Open) or isinstance(right, Open):
            return _together((left, right))
        if node.sign == "/" and isinstance(right, Decimal) and not right:
            return (
                Open(tuple(Lack(name, *_reason(_BY_ZERO)) for name in names(node.right)))
                if names(node.right)
                else _BY_ZERO
            )
        found = operate(node.sign, left, right)
        return _no_result(node, left, right) if found is None else found

    def compared(self, op: str, left: Expression, right: Expression) -> bool | Open:
        values = self.value(left), self.value(right)
        if isinstance(values[0], Open) or isinstance(values[1], Open):
            return _together(values)
        found = compare(op, values[0], values[1])
        return _unfit(op, (left, values[0]), (right, values[1])) if found is None else found

    def _endpoint(self, of: Expression, test: Endpoint) -> bool | Open:
        return self.comparison(Comparison(test.op, of, test.of))

    def _among(self, of: Expression, where: Expression, many: tuple[Any, ...]) -> bool | Open:
        """Membership in a list; items of another type are no reason for doubt."""
        one = self.value(of)
        if isinstance(one, (Open, tuple)):
            return one if isinstance(one, Open) else _unfit_all((of, where))
        return any(compare("=", one, item) is True for item in many)

    def _asked_of_null(self, node: Comparison) -> Expression | None:
        """What `x = null` and `null = x` ask about."""
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(other, Literal) and other.value is None:
                return one
        return None

    def _is_null(self, node: Expression) -> bool:
        if isinstance(node, Name):
            return not is_known(node.name, self.facts)
        return isinstance(self.value(node), Open)


_RULES: dict[type, Callable[[Evaluation, Any], Value | Open]] = {
    Literal: Evaluation.literal,
    Name: Evaluation.name,
    Minus: Evaluation.minus,
    Arithmetic: Evaluation.arithmetic,
    Comparison: Evaluation.comparison,
    Between: Evaluation.between,
    In: Evaluation.in_,
    And: Evaluation.and_,
    Or: Evaluation.or_,
    Not: Evaluation.not_,
    IsDefined: Evaluation.is_defined,
}


def _all(answers: Iterable[bool | Open]) -> bool | Open:
    found = tuple(answers)
    if any(one is False for one in found):
        return False
    return True if all(one is True for one in found) else _together(found)


def _any(answers: Iterable[bool | Open]) -> bool | Open:
    return _negated(_all(_negated(one) for one in answers))


def _negated(answer: bool | Open) -> bool | Open:
    return answer if isinstance(answer, Open) else not answer


def _together(found: Iterable[Value | Open]) -> Open:
    """What leaves several things open, each lack once."""
    lacks = (lack for one in found if isinstance(one, Open) for lack in one.lacks)
    return Open(tuple(dict.fromkeys(lacks)))


def _not_of(node: Expression, wanted: str) -> Open:
    """The node's value is there and of no use; its facts are named."""
    told = [misfit(name, wanted).lacks[0] for name in names(node)]
    return Open(tuple(told)) if told else misfit("", wanted)


def _unfit(op: str, left: tuple[Expression, Value], right: tuple[Expression, Value]) -> Open:
    """Why two values cannot be compared: a fact is of another type than the other side, or the type has no order."""
    for (node, value), (_, other) in ((left, right), (right, left)):
        if names(node) and type_of(value) != type_of(other):
            return _not_of(node, type_of(other))
    facts = names(left[0]) + names(right[0])
    if op not in ("=", "!=") and type_of(left[1]) not in ORDERED and facts:
        return _not_of(left[0] if names(left[0]) else right[0], "number")
    return _unfit_all((left[0], right[0]))


def _unfit_all(sides: tuple[Expression, ...]) -> Open:
    facts = dict.fromkeys(name for side in sides for name in names(side))
    return Open(tuple(Lack(name, *_reason(_NO_FIT)) for name in facts)) if facts else _NO_FIT


def _no_result(node: Arithmetic, left: Value, right: Value) -> Open:
    for side, value in ((node.left, left), (node.right, right)):
        if names(side) and type_of(value) not in ORDERED:
            return _not_of(side, "number")
    return Open(tuple(Lack(name, *_reason(_NO_RESULT)) for name in names(node))) if names(node) else _NO_RESULT


def _reason(of: Open) -> tuple[str, str]:
    return of.lacks[0].zh, of.lacks[0].en

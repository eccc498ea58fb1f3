"""The types of a rule, checked against its vocabulary: what would leave a running case open for ever."""

from collections.abc import Callable
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from guatu.core.kernel.explained import RATIO
from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.core.kernel.span import Span
from guatu.core.rules.facts import type_of
from guatu.core.rules.fault import SYNTAX, RuleError
from guatu.core.rules.kinds import (
    EMPTY_RANGE,
    LIST_COMPARED,
    NO_ARITHMETIC,
    NO_CHOICE,
    NO_ORDER,
    NO_TRUTH,
    PERCENT_AS_RATIO,
    RATIO_AS_PERCENT,
    TYPES_DIFFER,
    UNITS_DIFFER,
    UNKNOWN_NAME,
)
from guatu.core.rules.operations import ARITHMETIC, ORDERED
from guatu.core.rules.parser import parse
from guatu.core.rules.printing import printed
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
    Operator,
    Or,
    Range,
)
from guatu.core.rules.vocabulary import TYPE_WORDS, Term, Vocabulary

_PER_CENT = "%"
# A ratio of 1.5 may be meant (half as much again); from 2 on per cents are more likely.
_LIKELY_PERCENT = 2


def check(rule: Expression, vocabulary: Vocabulary) -> list[Finding]:
    """All that is wrong with a condition, in the order of the text."""
    checker = _Checker(vocabulary)
    checker.condition(rule)
    return sorted(checker.found, key=lambda one: one.span)


def check_value(expression: Expression, vocabulary: Vocabulary) -> tuple[str | None, list[Finding]]:
    """The type of an expression, None where it is not known, and all that is wrong with it."""
    checker = _Checker(vocabulary)
    found = checker.type(expression)
    return found, sorted(checker.found, key=lambda one: one.span)


def check_text(text: str, vocabulary: Vocabulary, row: str, field: str) -> list[RowFinding]:
    """The same of a condition's text, and that it cannot be read, as findings of the row and field where it stands."""
    try:
        rule = parse(text, vocabulary)
    except RuleError as error:
        return [row_finding(SYNTAX, row, field, **error.params())]
    return [_in_row(one, row, field) for one in check(rule, vocabulary)]


def _in_row(one: Finding, row: str, field: str) -> RowFinding:
    return RowFinding(one.code, one.severity, row, field, one.zh, one.en, dict(one.params))


class _Checker:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.found: list[Finding] = []

    def condition(self, node: Expression) -> None:
        """Checks what must be a truth value."""
        kind = self.type(node)
        if kind not in (None, "boolean"):
            self.add(NO_TRUTH, node.span, of=printed(node), **_words(kind))

    def type(self, node: Expression) -> str | None:
        """The type of a node after everything in it was checked; None where it is not known."""
        return _TYPES[type(node)](self, node)

    def literal(self, node: Literal) -> str | None:
        return "null" if node.value is None else type_of(node.value)

    def name(self, node: Name) -> str | None:
        term = self.vocabulary.get(node.name)
        if term is None:
            known = "、".join(self.vocabulary)
            self.add(UNKNOWN_NAME, node.span, name=node.name, nearest=self.nearest(node.name), known=known)
        return term.type if term else None

    def nearest(self, name: str) -> str:
        """The fact whose name, or label in one of the languages, is most like it."""
        terms = (term for term in map(self.vocabulary.get, self.vocabulary) if term)
        by = {word: term.name for term in terms for word in (term.zh, term.en, term.name)}
        found = get_close_matches(name, by, 1, 0.0)
        return by[found[0]] if found else ""

    def is_defined(self, node: IsDefined) -> str | None:
        self.name(node.of)
        return "boolean"

    def not_(self, node: Not) -> str | None:
        self.condition(node.of)
        return "boolean"

    def joined(self, node: And | Or) -> str | None:
        for part in node.parts:
            self.condition(part)
        return "boolean"

    def comparison(self, node: Comparison) -> str | None:
        self.pair(node.op, node.left, node.right)
        return "boolean"

    def between(self, node: Between) -> str | None:
        self.pair("<=", node.of, node.low)
        self.pair("<=", node.of, node.high, again=True)
        self.ends(node.low, node.high)
        return "boolean"

    def in_(self, node: In) -> str | None:
        again = False
        for test in node.tests:
            if isinstance(test, Range):
                self.pair("<=", node.of, test.low, again)
                self.pair("<=", node.of, test.high, again=True)
                self.ends(test.low, test.high)
            else:
                self.endpoint(node.of, test, again)
            again = True
        return "boolean"

    def ends(self, low: Expression, high: Expression) -> None:
        """A range whose ends are written the wrong way round."""
        first, last = _number(low), _number(high)
        if first is not None and last is not None and first > last:
            self.add(EMPTY_RANGE, low.span, low=first, high=last)

    def endpoint(self, of: Expression, test: Endpoint, again: bool) -> None:
        term = self.term(test.of)
        if term and term.type == "list" and test.op == "=":
            if not again:
                self.type(of)
            return
        self.pair(test.op, of, test.of, again)

    def pair(self, op: Operator, left: Expression, right: Expression, again: bool = False) -> None:
        """One comparison; `again` where the left side has been checked before."""
        before = len(self.found)
        kinds = self.type(left), self.type(right)
        if again:
            self.found[before:] = [one for one in self.found[before:] if one.span.start >= right.span.start]
        if None in kinds:
            return
        if "null" in kinds and op in ("=", "!="):
            return
        if kinds[0] != kinds[1]:
            words = {**_words(kinds[0], "left_"), **_words(kinds[1], "right_")}
            self.add(TYPES_DIFFER, left.span, left=printed(left), right=printed(right), **words)
        elif kinds[0] == "list":
            self.add(LIST_COMPARED, left.span, of=printed(left))
        elif op not in ("=", "!=") and kinds[0] not in ORDERED:
            self.add(NO_ORDER, left.span, of=printed(left), **_words(kinds[0]))
        else:
            self.values(left, right)

    def values(self, left: Expression, right: Expression) -> None:
        """What is written against what the fact can be."""
        for one, other in ((left, right), (right, left)):
            term = self.term(one)
            if term and isinstance(other, Literal) and isinstance(other.value, str):
                self.choice(term, other.value, other.span)
            if term and (number := _number(other)) is not None:
                self.percent(term, number, other.span)
        terms = self.term(left), self.term(right)
        if terms[0] and terms[1] and terms[0].unit != terms[1].unit:
            units = {"left_unit": terms[0].unit or "-", "right_unit": terms[1].unit or "-"}
            self.add(UNITS_DIFFER, left.span, left=terms[0].name, right=terms[1].name, **units)

    def choice(self, term: Term, value: str, span: Span) -> None:
        choices = [one.value for one in term.choices]
        if choices and value not in choices:
            self.add(NO_CHOICE, span, name=term.name, value=value, choices="、".join(choices))

    def percent(self, term: Term, value: Decimal, span: Span) -> None:
        percent, ratio = (f"{one.normalize():f}" for one in (value * 100, value / 100))
        if term.unit == RATIO and abs(value) >= _LIKELY_PERCENT:
            self.add(RATIO_AS_PERCENT, span, name=term.name, value=value, percent=percent, ratio=ratio)
        if term.unit == _PER_CENT and 0 < abs(value) < 1:
            self.add(PERCENT_AS_RATIO, span, name=term.name, value=value, percent=percent)

    def minus(self, node: Minus) -> str | None:
        kind = self.type(node.of)
        if kind in (None, "number", "duration"):
            return kind
        self.add(NO_ARITHMETIC, node.span, sign="-", left="", right=printed(node.of), **_both(kind, kind))
        return None

    def arithmetic(self, node: Arithmetic) -> str | None:
        left, right = self.type(node.left), self.type(node.right)
        if left is None or right is None:
            return None
        found = ARITHMETIC.get((node.sign, left, right))
        if found is None:
            sides = {"left": printed(node.left), "right": printed(node.right)}
            self.add(NO_ARITHMETIC, node.span, sign=node.sign, **sides, **_both(left, right))
        return found

    def term(self, node: Expression) -> Term | None:
        return self.vocabulary.get(node.name) if isinstance(node, Name) else None

    def add(self, kind: Kind, span: Span, **params: object) -> None:
        self.found.append(kind.at(span, **params))


_TYPES: dict[type, Callable[[_Checker, Any], str | None]] = {
    Literal: _Checker.literal,
    Name: _Checker.name,
    Minus: _Checker.minus,
    Arithmetic: _Checker.arithmetic,
    Comparison: _Checker.comparison,
    Between: _Checker.between,
    In: _Checker.in_,
    And: _Checker.joined,
    Or: _Checker.joined,
    Not: _Checker.not_,
    IsDefined: _Checker.is_defined,
}


def _number(node: Expression) -> Decimal | None:
    inner = node.of if isinstance(node, Minus) else node
    if not isinstance(inner, Literal) or not isinstance(inner.value, Decimal):
        return None
    return -inner.value if isinstance(node, Minus) else inner.value


def _words(kind: str | None, prefix: str = "") -> dict[str, str]:
    zh, en = TYPE_WORDS[kind or "null"]
    return {f"{prefix}zh": zh, f"{prefix}en": en}


def _both(left: str, right: str) -> dict[str, str]:
    return {**_words(left, "left_"), **_words(right, "right_")}

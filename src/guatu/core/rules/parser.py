"""From the text of a rule or of a cell to its tree, by recursive descent.

Precedence from loose to tight, as FEEL has it: or, and, comparison, + -, * /, **, minus before a value (so `-2 ** 2`
is 4). Comparisons do not chain. Length, depth and number of operations are bounded, so that no text exhausts the
machine.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar, cast

from guatu.core.kernel.span import Span
from guatu.core.rules import temporal
from guatu.core.rules.decimals import decimal
from guatu.core.rules.fault import RuleError
from guatu.core.rules.tokens import Token, tokens
from guatu.core.rules.tree import (
    And,
    Arithmetic,
    Between,
    Cell,
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
    Sign,
    Test,
)
from guatu.core.rules.vocabulary import FUNCTIONS, NO_WORDS, Vocabulary

T = TypeVar("T")

MOST_CHARACTERS = 2000
MOST_DEPTH = 12
MOST_OPERATIONS = 50

_COMPARE = ("=", "!=", "<", "<=", ">", ">=")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_EXAMPLE = {
    "date": 'date("2026-06-01")',
    "time": 'time("08:30:00")',
    "date and time": 'date and time("2026-06-01T08:30:00")',
    "duration": 'duration("P3D"), duration("PT4H"), duration("P1Y2M")',
}


@lru_cache(maxsize=4096)
def parse(text: str, vocabulary: Vocabulary = NO_WORDS) -> Expression:
    """The tree of an expression. Raises RuleError."""
    parser = _Parser(text, vocabulary)
    return parser.whole(parser.expression)


@lru_cache(maxsize=4096)
def parse_cell(text: str, vocabulary: Vocabulary = NO_WORDS) -> Cell:
    """The unary tests of a cell: `-`, `< 5`, `[1..5]`, `"a","b"`, `not("a","b")`. Raises RuleError."""
    parser = _Parser(text, vocabulary)
    return parser.whole(parser.cell)


class _Parser:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        if len(text) > MOST_CHARACTERS:
            most = Span(MOST_CHARACTERS, len(text))
            raise RuleError(text, most, f"至多 {MOST_CHARACTERS} 个字符", f"at most {MOST_CHARACTERS} characters")
        self.text = text
        self.tokens = list(tokens(text, vocabulary))
        self.at = 0
        self.depth = 0
        self.operations = 0

    def whole(self, part: Callable[[], T]) -> T:
        found = part()
        if self.next.sort != "end":
            raise self.fault("运算符、and、or 或规则结束", "an operator, and, or, or the end of the rule")
        return found

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.fault(f"至多 {MOST_DEPTH} 层括号", f"at most {MOST_DEPTH} levels of brackets")
        found = self._joined("or", Or, lambda: self._joined("and", And, self._comparison))
        self.depth -= 1
        return found

    def cell(self) -> Cell:
        start = self.next.span.start
        if self.next.text == "-" and self.next.sort == "sign" and self.tokens[self.at + 1].sort == "end":
            self.at += 1
            return Cell((), span=self._since(start))
        if self.takes("not", "function"):
            self.must("(")
            tests = self._tests()
            self.must(")")
            return Cell(tests, True, self._since(start))
        return Cell(self._tests(), span=self._since(start))

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def takes(self, text: str, sort: str = "sign") -> bool:
        """Goes past the next token where it is this one."""
        if self.next.sort != sort or self.next.text != text:
            return False
        self.at += 1
        return True

    def must(self, sign: str) -> None:
        if not self.takes(sign):
            raise self.fault(sign, sign)

    def fault(self, zh: str, en: str) -> RuleError:
        return RuleError(self.text, self.next.span, zh, en)

    def _since(self, start: int) -> Span:
        return Span(start, self.tokens[self.at - 1].span.end if self.at else start)

    def _joined(self, word: str, kind: type[And] | type[Or], part: Callable[[], Expression]) -> Expression:
        start = self.next.span.start
        parts = [part()]
        while self.takes(word, "word"):
            parts.append(part())
        return kind(tuple(parts), self._since(start)) if len(parts) > 1 else parts[0]

    def _comparison(self) -> Expression:
        start = self.next.span.start
        left = self._sum()
        if self.next.sort == "sign" and self.next.text in _COMPARE:
            op = cast(Operator, self._taken())
            right = self._sum()
            return Comparison(op, left, right, self._since(start))
        if self.takes("between", "word"):
            low = self._sum()
            if not self.takes("and", "word"):
                raise self.fault("and(between a and b)", "and (between a and b)")
            high = self._sum()
            return Between(left, low, high, self._since(start))
        if self.takes("in", "word"):
            tests = self._in()
            return In(left, tests, self._since(start))
        return left

    def _in(self) -> tuple[Test, ...]:
        if self.next.text == "(" and self.next.sort == "sign" and not self._is_range():
            self.at += 1
            tests = self._tests()
            self.must(")")
            return tests
        return (self._test(),)

    def _tests(self) -> tuple[Test, ...]:
        tests = [self._test()]
        while self.takes(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Test:
        start = self.next.span.start
        if self._is_range():
            return self._range()
        op: Operator = "="
        if self.next.sort == "sign" and self.next.text in _COMPARE:
            op = cast(Operator, self._taken())
        of = self._sum()
        return Endpoint(op, of, self._since(start))

    def _is_range(self) -> bool:
        """Whether a range begins here: `(` does where `..` comes before anything that ends the first value."""
        if self.next.sort != "sign" or self.next.text not in "([]":
            return False
        depth = 0
        for token in self.tokens[self.at + 1 :] if self.next.text == "(" else ():
            if token.sort == "sign" and token.text in "()":
                depth += 1 if token.text == "(" else -1
            ends = token.sort == "word" or (token.sort == "sign" and token.text in (",", "[", "]"))
            if depth < 0 or token.sort == "end" or (not depth and ends):
                return False
            if not depth and token.text == ".." and token.sort == "sign":
                return True
        return True

    def _range(self) -> Range:
        start = self.next.span.start
        low_open = self._taken() != "["
        low = self._sum()
        self.must("..")
        high = self._sum()
        if self.next.sort != "sign" or self.next.text not in (")", "[", "]"):
            raise self.fault("] 或 )", "] or )")
        high_open = self._taken() != "]"
        return Range(low, high, low_open, high_open, self._since(start))

    def _sum(self) -> Expression:
        return self._chain(("+", "-"), lambda: self._chain(("*", "/"), lambda: self._chain(("**",), self._signed)))

    def _chain(self, signs: tuple[str, ...], part: Callable[[], Expression]) -> Expression:
        """Operations of one precedence, from the left."""
        start = self.next.span.start
        found = part()
        while self.next.sort == "sign" and self.next.text in signs:
            sign = cast(Sign, self._operation())
            right = part()
            found = Arithmetic(sign, found, right, self._since(start))
        return found

    def _signed(self) -> Expression:
        signs = []
        while self.next.sort == "sign" and self.next.text == "-":
            signs.append(self.next.span.start)
            self._operation()
        found = self._primary()
        for start in reversed(signs):
            found = Minus(found, self._since(start))
        return found

    def _operation(self) -> str:
        self.operations += 1
        if self.operations > MOST_OPERATIONS:
            raise self.fault(f"至多 {MOST_OPERATIONS} 次运算", f"at most {MOST_OPERATIONS} operations")
        return self._taken()

    def _taken(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1].text

    def _primary(self) -> Expression:
        token = self.next
        if token.sort == "function":
            return self._function()
        if self.takes("("):
            found = self.expression()
            self.must(")")
            return found
        if token.sort == "name":
            self.at += 1
            return self._name(token)
        if token.sort in ("number", "text") or token.text in _WORDS:
            self.at += 1
            return Literal(_constant(token), token.span)
        raise self.fault("名称、数、文字、日期或括号", "a name, a number, a text, a date or a bracket")

    def _name(self, token: Token) -> Name:
        if self.next.text == "(" and self.next.sort == "sign":
            known = "、".join(FUNCTIONS), ", ".join(FUNCTIONS)
            raise RuleError(self.text, token.span, f"函数 {known[0]} 之一", f"one of the functions {known[1]}")
        return Name(token.text, token.span)

    def _function(self) -> Expression:
        start, name = self.next.span.start, self._taken()
        self.must("(")
        if name == "not":
            of = self.expression()
            self.must(")")
            return Not(of, self._since(start))
        if name == "is defined":
            return self._is_defined(start)
        value = temporal.read(name, self.next.text) if self.next.sort == "text" else None
        if value is None:
            raise self.fault(f"{_EXAMPLE[name]} 这样的值", f"a value like {_EXAMPLE[name]}")
        self.at += 1
        self.must(")")
        return Literal(value, self._since(start))

    def _is_defined(self, start: int) -> IsDefined:
        token = self.next
        if token.sort != "name":
            raise self.fault("事实的名称", "the name of a fact")
        self.at += 1
        self.must(")")
        return IsDefined(Name(token.text, token.span), self._since(start))


def _constant(token: Token) -> Decimal | str | bool | None:
    if token.sort == "number":
        return decimal(Decimal(token.text))
    return token.text if token.sort == "text" else _WORDS[token.text]

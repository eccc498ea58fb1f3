"""A rule with the values of its facts, in words: 逾期 3个工作日 >= 1个工作日."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from numbers import Real

from guatu.core.kernel.explained import Explained, Word, show
from guatu.core.kernel.finding import Language
from guatu.core.rules.decimals import is_short
from guatu.core.rules.facts import Facts, Lack, is_known
from guatu.core.rules.temporal import Months, iso
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

_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "and": " 且 ", "or": " 或 ", "list": ",", "not": "并非", "unknown": "未知", "in": "属于", "between": "介于",
        "to": " 至 ", "always": "无条件", "empty": "无", "known": "已知", "one": "、",
    },
    "en": {
        "and": " and ", "or": " or ", "list": ", ", "not": "not ", "unknown": "unknown", "in": "in",
        "between": "between",
        "to": " and ", "always": "no condition", "empty": "nothing", "known": "known", "one": ", ",
    },
}  # fmt: skip


def told(node: Expression, facts: Facts, vocabulary: Vocabulary, language: Language) -> str:
    """The rule as a reader expects it; the parts of a conjunction are parted by commas."""
    by = _Telling(facts, vocabulary, language)
    if isinstance(node, And):
        return by.words["list"].join(by.inner(part) for part in node.parts)
    return by.condition(node)


def said(node: Expression, vocabulary: Vocabulary, language: Language) -> str:
    """The rule itself in words, of no day: 按时办结率 < 70%, and not in_time < 0.7."""
    by = _Saying({}, vocabulary, language)
    return by.condition(node)


def told_lacks(lacks: Sequence[Lack], vocabulary: Vocabulary) -> Word:
    """What is lacking: labels of facts, and the reason where a value is there and does not serve."""
    zh = [_lack(vocabulary.label(one.fact).zh, one.zh) for one in lacks]
    en = [_lack(vocabulary.label(one.fact).en, one.en) for one in lacks]
    return Word("、".join(dict.fromkeys(zh)), ", ".join(dict.fromkeys(en)))


def _lack(label: str, reason: str) -> str:
    return f"{label} ({reason})" if label and reason else label or reason


class _Telling:
    def __init__(self, facts: Facts, vocabulary: Vocabulary, language: Language) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self.language: Language = language
        self.words = _WORDS[language]

    def inner(self, node: Expression) -> str:
        """A condition within another one: what joins several stands in brackets."""
        return f"({self.condition(node)})" if isinstance(node, (And, Or)) else self.condition(node)

    def condition(self, node: Expression) -> str:
        if isinstance(node, (And, Or)):
            return self.words["and" if isinstance(node, And) else "or"].join(self.inner(part) for part in node.parts)
        if isinstance(node, Not):
            stated = self.stated(node.of)
            return stated or f"{self.words['not']}({self.condition(node.of)})"
        return self.stated(node) or self.compared(node)

    def stated(self, node: Expression) -> str:
        """What is said by the state of a fact alone, whether it is asked for or denied: 已达目标 否, 完成率 未知."""
        if isinstance(node, Literal):
            return self.words["always"] if node.value is True else ""
        if isinstance(node, Name):
            return self.value(node, "")
        if isinstance(node, IsDefined):
            state = "known" if is_known(node.of.name, self.facts) else "unknown"
            return f"{self.label(node.of.name)} {self.words[state]}"
        if isinstance(node, Comparison) and isinstance(node.right, Literal) and isinstance(node.right.value, bool):
            return self.stated(node.left)
        return ""

    def compared(self, node: Expression) -> str:
        unit = self.unit(node)
        if isinstance(node, Comparison):
            about = self.about(node)
            return f"{self.value(node.left, unit, about)} {node.op} {self.value(node.right, unit, about)}"
        if isinstance(node, Between):
            ends = self.words["to"].join(self.value(end, unit) for end in (node.low, node.high))
            return f"{self.value(node.of, unit)} {self.words['between']} {ends}"
        if isinstance(node, In):
            tests = self.words["one"].join(self.test(test, unit, self.about(node)) for test in node.tests)
            return f"{self.value(node.of, unit)} {self.words['in']} {tests}"
        return self.value(node, unit)

    def test(self, test: Test, unit: str, about: str) -> str:
        if isinstance(test, Endpoint):
            op = "" if test.op == "=" else f"{test.op} "
            return op + self.value(test.of, unit, about)
        ends = "(" if test.low_open else "[", ")" if test.high_open else "]"
        return f"{ends[0]}{self.value(test.low, unit)}..{self.value(test.high, unit)}{ends[1]}"

    def value(self, node: Expression, unit: str, about: str = "") -> str:
        """A side of a comparison; what is written down has the unit, and the words, of the fact on the other side."""
        if isinstance(node, Name):
            return f"{self.label(node.name)} {self.fact(node.name)}"
        if isinstance(node, Literal):
            return self.constant(node.value, unit, about)
        if isinstance(node, Minus):
            inner = self.value(node.of, unit)
            return f"-{inner}" if isinstance(node.of, Literal) else f"-({inner})"
        if isinstance(node, Arithmetic):
            own = unit if node.sign in "+-" else ""
            return f"{self.operand(node.left, own)} {node.sign} {self.operand(node.right, own)}"
        return f"({self.condition(node)})"

    def operand(self, node: Expression, unit: str) -> str:
        return f"({self.value(node, unit)})" if isinstance(node, Arithmetic) else self.value(node, unit)

    def fact(self, name: str) -> str:
        value, term = self.facts.get(name), self.vocabulary.get(name)
        if not is_known(name, self.facts):
            return self.words["unknown"]
        unit = term.unit if term else ""
        while isinstance(value, Explained):
            value, unit = value.value, value.unit or unit
        return self.constant(value, unit, name)

    def constant(self, value: object, unit: str, about: str) -> str:
        if value is None:
            return self.words["empty"]
        if isinstance(value, (list, tuple, set, frozenset)):
            return self.words["one"].join(self.constant(one, unit, about) for one in value)
        if isinstance(value, (timedelta, Months)):
            return _duration(value, self.language)
        if isinstance(value, str):
            return self.choice(value, about)
        if isinstance(value, (Real, Decimal)) and not is_short(value):
            return str(value)
        return show(value, unit, self.language)

    def choice(self, value: str, about: str) -> str:
        """The words of a value that the fact may have; of any other text itself."""
        term = self.vocabulary.get(about)
        found = next((one for one in term.choices if one.value == value), None) if term else None
        return (found.zh if self.language == "zh" else found.en) if found else value

    def about(self, node: Comparison | In) -> str:
        """The fact whose choices the written values are."""
        sides = (node.left, node.right) if isinstance(node, Comparison) else (node.of,)
        return next((one.name for one in sides if isinstance(one, Name)), "")

    def label(self, name: str) -> str:
        label = self.vocabulary.label(name)
        return label.zh if self.language == "zh" else label.en

    def unit(self, node: Expression) -> str:
        """The unit in which the sides are compared: that of the first fact that has one and is not multiplied."""
        for name in names(_summed(node)):
            value, term = self.facts.get(name), self.vocabulary.get(name)
            unit = (value.unit if isinstance(value, Explained) else "") or (term.unit if term else "")
            if unit:
                return unit
        return ""


class _Saying(_Telling):
    """Facts by their labels alone."""

    def fact(self, name: str) -> str:
        return ""

    def value(self, node: Expression, unit: str, about: str = "") -> str:
        return self.label(node.name) if isinstance(node, Name) else super().value(node, unit, about)

    def stated(self, node: Expression) -> str:
        if isinstance(node, IsDefined):
            return f"{self.label(node.of.name)} {self.words['known']}"
        if isinstance(node, Name):
            return f"{self.label(node.name)} = {self.constant(True, '', '')}"
        # Whether it is asked for or denied is all that the rule itself says of a fact.
        return "" if isinstance(node, Comparison) else super().stated(node)

    def condition(self, node: Expression) -> str:
        return f"{self.words['not']}({self.condition(node.of)})" if isinstance(node, Not) else super().condition(node)


def _summed(node: Expression) -> Expression:
    """The node without products, whose units are not those of their factors."""
    if isinstance(node, Arithmetic) and node.sign not in "+-":
        return Literal(None)
    if isinstance(node, Comparison):
        return Comparison(node.op, _summed(node.left), _summed(node.right))
    if isinstance(node, Arithmetic):
        return Arithmetic(node.sign, _summed(node.left), _summed(node.right))
    return node


def _duration(value: timedelta | Months, language: Language) -> str:
    if isinstance(value, Months):
        return show(value.count, "month", language)
    if value % timedelta(days=1):
        return iso(value)
    return show(value.days, "day", language)

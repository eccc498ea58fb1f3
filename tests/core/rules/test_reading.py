"""A rule is read as S-FEEL writes it, printed so that it can be read again, and refused with its place."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.rules import RuleError, Term, Vocabulary, judge, names, parse, parse_cell, printed
from guatu.core.rules import tree as t
from guatu.core.rules.parser import MOST_CHARACTERS, MOST_DEPTH, MOST_OPERATIONS
from guatu.core.rules.temporal import Months
from tests.core.rules.making import VOCABULARY, bare, rules


def number(text: str) -> t.Literal:
    return t.Literal(Decimal(text))


A, B, C = t.Name("a"), t.Name("b"), t.Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and c", t.Or((A, t.And((B, C))))),
        ("(a or b) and not(c)", t.And((t.Or((A, B)), t.Not(C)))),
        ("a + 2 * 3", t.Arithmetic("+", A, t.Arithmetic("*", number("2"), number("3")))),
        ("a - 1 - 2", t.Arithmetic("-", t.Arithmetic("-", A, number("1")), number("2"))),
        ("-2 ** 2", t.Arithmetic("**", t.Minus(number("2")), number("2"))),
        ("a between 1 and 2 and b", t.And((t.Between(A, number("1"), number("2")), B))),
        ("a in (1..5]", t.In(A, (t.Range(number("1"), number("5"), True, False),))),
        ("a in ((1..5], < 0)", t.In(A, (t.Range(number("1"), number("5"), True), t.Endpoint("<", number("0"))))),
        ("a in ]1..5[", t.In(A, (t.Range(number("1"), number("5"), True, True),))),
        ("a in ((b + 1) * 2, .5)", t.In(A, (
            t.Endpoint("=", t.Arithmetic("*", t.Arithmetic("+", B, number("1")), number("2"))),
            t.Endpoint("=", number("0.5")),
        ))),
        ('a in "x"', t.In(A, (t.Endpoint("=", t.Literal("x")),))),
        ('"a\\"\\u4e00" != null', t.Comparison("!=", t.Literal('a"一'), t.Literal(None))),
        ("date <= date(\"2026-06-01\")", t.Comparison("<=", t.Name("date"), t.Literal(date(2026, 6, 1)))),
        ('a - duration("P3DT4H")', t.Arithmetic("-", A, t.Literal(timedelta(days=3, hours=4)))),
        ('duration("-P1Y2M") = b', t.Comparison("=", t.Literal(Months(-14)), B)),
        ("完成率.上月 < .95", t.Comparison("<", t.Name("完成率.上月"), number("0.95"))),
    ],
)  # fmt: skip
def test_an_expression_means_what_feel_says(text: str, tree: t.Expression) -> None:
    assert repr(bare(parse(text))) == repr(tree)


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("-", ["1", '"x"'], []),
        ("< 5", ["4.999"], ["5"]),
        ("[1..5]", ["1", "5"], ["0.99", "5.01"]),
        ("(1..5]", ["1.01", "5"], ["1"]),
        ("]1..5[", ["1.01", "4.99"], ["1", "5"]),
        ("[1..5)", ["1"], ["5"]),
        ('"a","b"', ['"a"', '"b"'], ['"c"']),
        ('not("a","b")', ['"c"'], ['"a"', '"b"']),
        ("not([1..3], > 7)", ["3.5", "7"], ["2", "8"]),
        ("-1, 2 * 2", ["-1", "4"], ["1"]),
        ('>= date("2026-06-01")', ['date("2026-06-01")'], ['date("2026-05-31")']),
        ('[duration("P1D")..duration("P3D")]', ['duration("PT24H")'], ['duration("PT23H")']),
        ("true", ["true"], ["false"]),
    ],
)
def test_a_cell_holds_of_the_values_that_dmn_says(text: str, holds: list[str], fails: list[str]) -> None:
    cell = parse_cell(text)
    assert [judge(cell.of(parse(value)), {}).verdict for value in holds] == ["yes"] * len(holds)
    assert [judge(cell.of(parse(value)), {}).verdict for value in fails] == ["no"] * len(fails)
    assert repr(bare(parse_cell(printed(cell)))) == repr(bare(cell))


@given(rules())
def test_what_is_printed_is_read_as_the_same_rule(rule: t.Expression) -> None:
    assert repr(bare(parse(printed(rule), VOCABULARY))) == repr(bare(rule))


def test_each_node_knows_its_place_in_the_text() -> None:
    text = ' a  < 3 and not( days   left in [1..5]) or is defined(b)'  # fmt: skip
    rule = parse(text, VOCABULARY)
    assert [one.span.text(text) for one in t.walk(rule)] == [
        "a  < 3 and not( days   left in [1..5]) or is defined(b)",
        "a  < 3 and not( days   left in [1..5])",
        "a  < 3",
        "a",
        "3",
        "not( days   left in [1..5])",
        "days   left in [1..5]",
        "days   left",
        "[1..5]",
        "1",
        "5",
        "is defined(b)",
        "b",
    ]
    assert names(rule) == ("a", "days left", "b")


def test_a_name_with_blanks_is_the_longest_that_is_declared() -> None:
    words = Vocabulary(
        (
            Term("days", "number", "天", "days"),
            Term("days left", "number", "余天", "days left"),
            Term("days left and right", "number", "两边", "both"),
        )
    )
    assert names(parse("days left and right = 1 and days left = 2 and days = 3", words)) == (
        "days left and right",
        "days left",
        "days",
    )
    with pytest.raises(RuleError) as refused:
        parse("days left = 2")
    assert refused.value.near == "left = 2"


@pytest.mark.parametrize("name", ["and", "in time", "not", "date and time", "3 days", "a=b", "", " a", "a  b"])
def test_a_name_that_no_rule_could_say_is_not_declared(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        Vocabulary((Term(name, "number", "数", "number"),))


@pytest.mark.parametrize(
    ("text", "position", "near", "zh", "en"),
    [
        ("a < ", 5, "末尾", "名称、数、文字、日期或括号", "a name, a number, a text, a date or a bracket"),
        ("a < 80%", 7, "%", "小数(80% 写作 0.8)", "a decimal (80% is written 0.8)"),
        ("a in （1, 2)", 6, "（1, 2)", "半角符号 (", "the half-width sign ("),
        ("a < b < c", 7, "< c", "运算符、and、or 或规则结束", "an operator, and, or, or the end of the rule"),
        ("a == 1", 3, "== 1", "一个等号 =", "one equals sign, ="),
        ("a = 'x'", 5, "'x'", '用 " 括起的文字', 'a text in "'),
        ('a = "x', 5, '"x', "以引号结束、不换行的文字", "a text on one line that ends with a quote"),
        ("a between 1 or 2", 13, "or 2", "and(between a and b)", "and (between a and b)"),
        ('a > date("2026-02-30")', 10, '"2026-02-30")', 'date("2026-06-01") 这样的值', 'a value like date("2026-06-01")'),
        ("is defined(3)", 12, "3)", "事实的名称", "the name of a fact"),
        ("a in [1..5", 11, "末尾", "] 或 )", "] or )"),
        ('"\\ud800" = a', 2, '\\ud800" = a', r'\" \\ \n \r \t 或 \u 加四位十六进制码',
         r'\" \\ \n \r \t or \u with four hex digits'),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_what_stands_there_and_what_was_expected(
    text: str, position: int, near: str, zh: str, en: str
) -> None:
    with pytest.raises(RuleError) as refused:
        parse(text)
    assert refused.value.message() == f"规则第 {position} 个字符“{near}”处读不懂,此处应为{zh};请改正"
    told = "the end" if near == "末尾" else near
    assert refused.value.message("en") == (
        f"the rule cannot be read at character {position}, “{told}”: expected {en}; correct it"
    )


def test_a_function_that_does_not_exist_is_no_rule() -> None:
    with pytest.raises(RuleError, match="one of the functions"):
        parse('__import__("os")')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * (MOST_CHARACTERS + 1), "at most 2000 characters"),
        ("(" * 1000, f"at most {MOST_DEPTH} levels of brackets"),
        ("not(" * 400, f"at most {MOST_DEPTH} levels of brackets"),
        ("1" + " + 1" * (MOST_OPERATIONS + 1), f"at most {MOST_OPERATIONS} operations"),
        ("-" * 1000 + "1", f"at most {MOST_OPERATIONS} operations"),
        ("(a in (" * 200, f"at most {MOST_DEPTH} levels of brackets"),
    ],
)
def test_length_depth_and_operations_are_bounded(text: str, expected: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse(text)
    assert refused.value.expected["en"] == expected


words = st.sampled_from(
    ["a", "days left", "and", "or", "not(", "(", ")", "[", "]", "..", ",", "in", "between", "<", "=", "-", "**", "/", "0",
     "1", "9" * 30, '"x"', '"', "\\", "is defined(", 'date("2026-01-01")', 'duration("P9Y")', "null", "true", "%", "。"]
)  # fmt: skip
random_texts = st.text(max_size=40) | st.lists(words, max_size=25).map(" ".join)


@given(random_texts)
def test_any_text_is_a_rule_or_refused_and_a_rule_is_always_judged(text: str) -> None:
    for read in (parse, lambda text, of: parse_cell(text, of).of(t.Name("a"))):
        try:
            rule = read(text, VOCABULARY)
        except RuleError as error:
            assert error.message("zh") and error.message("en")
            continue
        for facts in ({}, {"a": 3, "days left": "x"}):
            found = judge(rule, facts, VOCABULARY)
            assert found.verdict in ("yes", "no", "unknown") and found.words.zh


def test_the_deepest_rule_that_is_allowed_is_judged_without_strain() -> None:
    deep = "(" * (MOST_DEPTH - 1) + "1" + " + 1) * 1" * 10 + ")" + " = 1"
    assert judge(parse("not(" * (MOST_DEPTH - 1) + "a" + ")" * (MOST_DEPTH - 1)), {"a": True}).verdict == "no"
    assert judge(parse(deep), {}).verdict == "no"
    assert judge(parse("1" + " + 1" * MOST_OPERATIONS + " = 51"), {}).verdict == "yes"

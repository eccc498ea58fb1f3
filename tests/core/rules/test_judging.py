"""Three answers: what is not known is neither true nor false, and what decided is named with its numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained, Rule, Unknown
from guatu.core.rules import Choice, Facts, Judgement, Lack, Term, Vocabulary, judge, names, parse
from guatu.core.rules import tree as t
from tests.core.rules.making import FACTS, VOCABULARY, facts, rules

GIVEN = Rule("given", "给定 {value}", "given {value}")
MISSING = Rule("missing", "还没有报数", "no figure has been reported").lacks()


def judged(text: str, values: Facts) -> Judgement:
    return judge(parse(text, VOCABULARY), values, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("a and b", {"yy": "yes", "yn": "no", "y?": "unknown", "nn": "no", "n?": "no", "??": "unknown"}),
        ("a or b", {"yy": "yes", "yn": "yes", "y?": "yes", "nn": "no", "n?": "unknown", "??": "unknown"}),
        ("not(a)", {"yy": "no", "nn": "yes", "??": "unknown"}),
        ("not(a and b) = (not(a) or not(b))", {"yy": "yes", "yn": "yes", "y?": "unknown", "n?": "yes", "nn": "yes"}),
    ],
)
def test_the_tables_of_three_values_are_those_of_kleene(text: str, verdict: dict[str, str]) -> None:
    values = {"y": True, "n": False, "?": None}
    for (a, b), wanted in verdict.items():
        assert judge(parse(text), {"a": values[a], "b": values[b]}).verdict == wanted
        assert judge(parse(text), {"a": values[b], "b": values[a]}).verdict == wanted or text == "not(a)"


@given(rules(), facts())
def test_a_rule_is_never_its_opposite(rule: t.Expression, values: Facts) -> None:
    turned = {"yes": "no", "no": "yes", "unknown": "unknown"}
    found = judge(rule, values, VOCABULARY).verdict
    assert judge(t.Not(rule), values, VOCABULARY).verdict == turned[found]
    assert judge(t.And((rule, rule)), values, VOCABULARY).verdict == found
    assert judge(t.Or((rule, t.Literal(False))), values, VOCABULARY).verdict == found


@given(rules(), rules(), facts())
def test_the_law_of_de_morgan_holds_of_unknowns_too(a: t.Expression, b: t.Expression, values: Facts) -> None:
    left = judge(t.Not(t.And((a, b))), values, VOCABULARY).verdict
    assert left == judge(t.Or((t.Not(a), t.Not(b))), values, VOCABULARY).verdict


@given(rules(defined=False), facts(), st.data())
def test_knowing_more_never_turns_a_yes_or_a_no(rule: t.Expression, values: Facts, data: st.DataObject) -> None:
    before = judge(rule, values, VOCABULARY)
    unknown = [name for name, value in values.items() if value is None]
    more = {**values, **{name: data.draw(FACTS[name]) for name in unknown}}
    if before.verdict != "unknown":
        assert judge(rule, more, VOCABULARY).verdict == before.verdict


@given(rules(), facts())
def test_the_part_that_is_named_gives_the_verdict_alone(rule: t.Expression, values: Facts) -> None:
    found = judge(rule, values, VOCABULARY)
    alone = {name: values[name] for name in found.decided_by}
    again = judge(found.because, alone, VOCABULARY)
    assert (again.verdict, again.lacks) == (found.verdict, found.lacks)
    assert set(found.decided_by) <= set(names(rule))


@given(rules(), facts())
def test_what_is_open_says_what_is_lacking_and_what_is_decided_lacks_nothing(rule: t.Expression, values: Facts) -> None:
    found = judge(rule, values, VOCABULARY)
    assert bool(found.lacks) == (found.verdict == "unknown")
    assert bool(found.open_words.zh) == bool(found.lacks)


@given(rules(), facts())
def test_what_is_told_is_told_in_both_languages(rule: t.Expression, values: Facts) -> None:
    words = judge(rule, values, VOCABULARY).words
    assert words.zh and words.en


LATE = {"overdue": GIVEN.gives(3, unit="working-day"), "attainment": GIVEN.gives(0.72, unit="1")}


@pytest.mark.parametrize(
    ("text", "verdict", "zh", "en"),
    [
        ("overdue >= 1", "yes", "逾期 3个工作日 >= 1个工作日", "overdue by 3 working days >= 1 working days"),
        ("overdue >= 9 or attainment < 0.8", "yes", "完成率 72% < 80%", "attainment 72% < 80%"),
        ("overdue >= 1 or attainment < 0.8", "yes", "逾期 3个工作日 >= 1个工作日", "overdue by 3 working days >= 1 working days"),
        ("overdue >= 9 or attainment < 0.5", "no", "逾期 3个工作日 >= 9个工作日 或 完成率 72% < 50%",
         "overdue by 3 working days >= 9 working days or attainment 72% < 50%"),
        ("overdue >= 1 and attainment < 0.8", "yes", "逾期 3个工作日 >= 1个工作日,完成率 72% < 80%",
         "overdue by 3 working days >= 1 working days, attainment 72% < 80%"),
        ("overdue >= 1 and attainment < 0.5", "no", "完成率 72% < 50%", "attainment 72% < 50%"),
        ("overdue >= 1 and (met or days left < 0)", "unknown", "已达目标 未知 或 距期限 未知 < 0天",
         "target met unknown or days to the deadline unknown < 0 days"),
        ("not(overdue > 5)", "yes", "并非(逾期 3个工作日 > 5个工作日)", "not (overdue by 3 working days > 5 working days)"),
        ("not(is defined(met)) or met = false", "yes", "已达目标 未知", "target met unknown"),
        ("is defined(overdue)", "yes", "逾期 已知", "overdue by known"),
        ("overdue - 1 between 2 and 2 * 4", "yes", "逾期 3个工作日 - 1个工作日 介于 2个工作日 至 2 * 4",
         "overdue by 3 working days - 1 working days between 2 working days and 2 * 4"),
        ("overdue in ([1..5], > 30)", "yes", "逾期 3个工作日 属于 [1个工作日..5个工作日]、> 30个工作日",
         "overdue by 3 working days in [1 working days..5 working days], > 30 working days"),
        ("true", "yes", "无条件", "no condition"),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_part_that_decided(text: str, verdict: str, zh: str, en: str) -> None:
    found = judged(text, LATE)
    assert (found.verdict, found.words.zh, found.words.en) == (verdict, zh, en)


def test_choices_and_days_are_told_in_words() -> None:
    words = Vocabulary(
        (
            Term("state", "text", "状态", "state", choices=(Choice("open", "未结", "open"), Choice("done", "办结", "closed"))),
            Term("due", "day", "期限", "due"),
            Term("met", "boolean", "达标", "met"),
        )
    )  # fmt: skip
    values: Facts = {"state": "open", "due": "2026-06-01", "met": False}
    rule = parse('state in ("open", "other") and due < date("2026-06-02") and met = false', words)
    found = judge(rule, values, words)
    assert found.verdict == "yes"
    assert found.words.zh == "状态 未结 属于 未结、other,期限 2026-06-01 < 2026-06-02,达标 否"
    assert found.words.en == "state open in open, other, due 2026-06-01 < 2026-06-02, met no"


def test_the_deciding_facts_become_parts_with_their_own_reasons() -> None:
    found = judged("overdue >= 9 or attainment < 0.8", LATE)
    (part,) = found.parts()
    assert (part.key, part.zh, part.text()) == ("attainment", "完成率", "72%")
    assert part.value is LATE["attainment"]
    open_one = judged("overdue > 1", {"overdue": MISSING})
    assert isinstance(open_one.parts()[0].value, Unknown)
    assert judged("overdue > 1", {}).parts() == []
    plain = judge(parse("tags = null or n < 3"), {"n": Decimal("2.5"), "tags": ["a"]})
    assert [one.value for one in plain.parts()] == [2.5]


@pytest.mark.parametrize(
    ("value", "told", "zh"),
    [
        (float("nan"), "nan", "x nan > 1"),
        (Decimal("1E+5000"), "1E+5000", "x 1E+5000 > 1"),
        (10**40, str(10**40), f"x {10**40} > 1"),
        (timedelta(days=2), "P2D", "x 2天 > 1"),
        (["a", 2], "a、2", "x a、2 > 1"),
        (date(2026, 6, 1), "2026-06-01", "x 2026-06-01 > 1"),
    ],
)
def test_whatever_a_fact_is_its_part_can_be_kept_and_told(value: Any, told: str, zh: str) -> None:
    found = judge(parse("x > 1"), {"x": value})
    assert found.words.zh == zh
    rule = Rule("r", "{x}", "{x}")
    kept = rule.gives(1, *found.parts())
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Explained[int]) == kept
    assert kept.sentence() == told


def test_an_unknown_names_its_missing_facts_once() -> None:
    found = judged("overdue > 1 and (attainment < 0.8 or overdue < 3) and met", {"met": True})
    assert (found.verdict, found.missing) == ("unknown", ("overdue", "attainment"))
    assert (found.open_words.zh, found.open_words.en) == ("逾期、完成率", "overdue by, attainment")


@pytest.mark.parametrize(
    ("text", "values", "lack"),
    [
        ("attainment > 0.7", {"attainment": "70%"}, Lack("attainment", "不是数", "is no number")),
        ("x > 0.7", {"x": "70%"}, Lack("x", "不是数", "is no number")),
        ("x + 1 > 0.7", {"x": "70%"}, Lack("x", "不是数", "is no number")),
        ("-x > 0.7", {"x": "70%"}, Lack("x", "不是数", "is no number")),
        ('"70%" = x', {"x": 3}, Lack("x", "不是文字", "is no text")),
        ("x", {"x": 3}, Lack("x", "不是是否", "is no truth value")),
        ("x > y", {"x": "b", "y": "a"}, Lack("x", "不是数", "is no number")),
        ("1 / x > 2", {"x": 0}, Lack("x", "除数为零", "a division by zero")),
        ("1 / 0 = 2", {}, Lack("", "除数为零", "a division by zero")),
        ("10 ** 9999 > 2", {}, Lack("", "算不出结果", "a calculation without result")),
        ("due > 3", {"due": "tomorrow"}, Lack("due", "不是日期", "is no day")),
        ("x = 3", {"x": float("nan")}, Lack("x", "读不懂", "cannot be read")),
        ("x = 3", {"x": object()}, Lack("x", "读不懂", "cannot be read")),
        ('x > duration("P1M")', {"x": timedelta(days=40)}, Lack("x", "不能相比的值", "values that cannot be compared")),
        ('x > date and time("2026-01-01T00:00:00")', {"x": datetime(2026, 1, 1, tzinfo=UTC)},
         Lack("x", "不能相比的值", "values that cannot be compared")),
        ('x + duration("P9Y") > x', {"x": date(9999, 1, 1)}, Lack("x", "算不出结果", "a calculation without result")),
        ("x < null", {"x": 1}, Lack("", "空值", "null")),
        ("x = 3", {"x": [3]}, Lack("x", "不是数", "is no number")),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_unknown_with_its_reason_and_raises_nothing(text: str, values: Facts, lack: Lack) -> None:
    found = judged(text, values)
    assert (found.verdict, found.lacks) == ("unknown", (lack,))


def test_a_typed_share_passes_no_vote() -> None:
    """A meeting of villagers with a typed "70%" was neither above nor below two thirds and passed."""
    rule = parse("agreed >= 2 / 3")
    assert judge(rule, {"agreed": "70%"}).verdict == "unknown"
    assert judge(t.Not(rule), {"agreed": "70%"}).verdict == "unknown"
    assert judge(rule, {"agreed": "70%"}).open_words.zh == "agreed (不是数)"


@pytest.mark.parametrize(
    ("text", "values", "verdict"),
    [
        ("is defined(x)", {"x": MISSING}, "no"),
        ("is defined(x)", {"x": GIVEN.gives(0)}, "yes"),
        ("x = null", {}, "yes"),
        ("null != x", {"x": "70%"}, "yes"),
        ("x = 0.1 + 0.2", {"x": 0.3}, "yes"),
        ("x * 3 = 1", {"x": Fraction(1, 3)}, "no"),
        ('due + duration("P1M") = date("2026-02-28")', {"due": date(2026, 1, 31)}, "yes"),
        ('due - date("2026-01-01") > duration("P20D")', {"due": "2026-01-31"}, "yes"),
        ('"甲" in tags', {"tags": ["甲", 3]}, "yes"),
        ('"乙" in (tags, "乙")', {"tags": ["甲"]}, "yes"),
        ('"乙" in tags', {"tags": ["甲"]}, "no"),
        ("true = x", {"x": 1}, "unknown"),
        ("x between 1 and y", {"x": 0}, "no"),
        ("x in (< 0, > y)", {"x": -1}, "yes"),
    ],
)
def test_values_are_what_they_are(text: str, values: dict[str, Any], verdict: str) -> None:
    assert judged(text, values).verdict == verdict

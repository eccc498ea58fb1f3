"""What a rule may not say is found before it is published, with its place and what to do."""

import pytest
from hypothesis import given

from guatu.core.rules import Choice, Facts, Term, Vocabulary, check, check_text, judge, parse
from guatu.core.rules import tree as t
from tests.core.rules.making import VOCABULARY, facts, rules

WORDS = Vocabulary(
    (
        Term("attainment", "number", "完成率", "attainment", "1"),
        Term("share", "number", "占比", "share", "%"),
        Term("days_left", "number", "距期限", "days to the deadline", "day"),
        Term("state", "text", "状态", "state", choices=(Choice("open", "未结", "open"), Choice("done", "办结", "closed"))),
        Term("note", "text", "备注", "note"),
        Term("met", "boolean", "达标", "met"),
        Term("due", "day", "期限", "due"),
        Term("tags", "list", "标签", "tags"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "attainment < 0.8 and (met or not(is defined(met)) or met = false)",
        'state = "open" or "done" = state or state in ("open", "done")',
        'due + duration("P3D") > date("2026-06-01")',
        "days_left in ([-5..3], > 10) and days_left + 1 between 2 and 4",
        '"a" in tags and note != "" and note = null',
        "attainment < 1.2 and share < 80",
        "true",
    ],
)
def test_a_sound_rule_has_no_finding(text: str) -> None:
    assert check(parse(text, WORDS), WORDS) == []


KNOWN = "attainment、share、days_left、state、note、met、due、tags"


@pytest.mark.parametrize(
    ("text", "code", "at", "zh", "en"),
    [
        ("met and attainmnt < 1", "rule.unknown-name", "attainmnt",
         f"没有叫“attainmnt”的事实,最接近的是“attainment”;可用的有 {KNOWN}",
         f"there is no fact “attainmnt”, the nearest is “attainment”; there are {KNOWN}"),
        ('attainment >= "70%"', "rule.types-differ", "attainment",
         "“attainment”是数,“\"70%\"”是文字,不能相比;请改成同一类",
         "“attainment” is a number and “\"70%\"” a text: they cannot be compared; write both as one type"),
        ("met and met = 0", "rule.types-differ", "met",
         "“met”是是否,“0”是数,不能相比;请改成同一类",
         "“met” is a truth value and “0” a number: they cannot be compared; write both as one type"),
        ('state in ("open", "closed")', "rule.no-choice", '"closed"',
         "“state”没有“closed”这个值;可用的有 open、done", "“state” has no value “closed”; there are open、done"),
        ("attainment < 80", "rule.ratio-as-percent", "80",
         "“attainment”是比率,80 即 8000%;如指 80%,请写 0.8",
         "“attainment” is a ratio: 80 is 8000 %; write 0.8 where 80 % is meant"),
        ("share in [0.8..100]", "rule.percent-as-ratio", "0.8",
         "“share”以百分数计,0.8 即 0.8%;如指 80%,请写 80",
         "“share” is in per cent: 0.8 is 0.8 %; write 80 where 80 % is meant"),
        ("days_left < attainment", "rule.units-differ", "days_left",
         "“days_left”的单位是 day,“attainment”的单位是 1;请先换算",
         "“days_left” is in day and “attainment” in 1; convert one of them"),
        ('note < "b"', "rule.no-order", "note",
         "“note”是文字,没有大小先后;请用 =、!= 或 in", "“note” is a text, which has no order; use =, != or in"),
        ("met or days_left", "rule.no-truth-value", "days_left",
         "“days_left”是数,不是条件;请写成比较", "“days_left” is a number and no condition; write a comparison"),
        ("not(3)", "rule.no-truth-value", "3",
         "“3”是数,不是条件;请写成比较", "“3” is a number and no condition; write a comparison"),
        ('due + 3 > date("2026-06-01")', "rule.no-arithmetic", "due + 3",
         "日期“due”和数“3”不能用 + 运算;请改正", "+ cannot be applied to the day “due” and the number “3”; correct it"),
        ("days_left < null", "rule.types-differ", "days_left",
         "“days_left”是数,“null”是空值,不能相比;请改成同一类",
         "“days_left” is a number and “null” a null: they cannot be compared; write both as one type"),
        ("days_left in [5..-1]", "rule.empty-range", "5",
         "区间从 5 到 -1 没有值;请把小的写在前面", "the range from 5 to -1 has no value; write the lower end first"),
        ("days_left between 2 and 1", "rule.empty-range", "2",
         "区间从 2 到 1 没有值;请把小的写在前面", "the range from 2 to 1 has no value; write the lower end first"),
        ("tags = tags", "rule.list-compared", "tags",
         "“tags”是列表,不能整个相比;请写 … in tags", "“tags” is a list, which is not compared as a whole; write … in tags"),
    ],
)  # fmt: skip
def test_a_faulty_rule_is_told_with_its_place_and_what_to_do(text: str, code: str, at: str, zh: str, en: str) -> None:
    (found,) = check(parse(text, WORDS), WORDS)
    assert (found.code, found.span.text(text)) == (code, at)
    assert (found.message(), found.message("en")) == (zh, en)


def test_who_writes_the_label_is_told_the_name() -> None:
    (found,) = check(parse("完成率 < 0.8", WORDS), WORDS)
    assert found.params["nearest"] == "attainment"
    assert check(parse("a = 1"), Vocabulary(()))[0].params["nearest"] == ""


def test_all_findings_come_at_once_in_the_order_of_the_text_and_each_once() -> None:
    text = 'nown in (1, "x", [2..x]) or note between 1 and "b" or -met = 1'
    assert [(one.code, one.span.text(text)) for one in check(parse(text, WORDS), WORDS)] == [
        ("rule.unknown-name", "nown"),
        ("rule.unknown-name", "x"),
        ("rule.types-differ", "note"),
        ("rule.no-order", "note"),
        ("rule.no-arithmetic", "-met"),
    ]


def test_a_text_that_cannot_be_read_is_a_finding_of_its_row() -> None:
    (found,) = check_text("attainment < 80%", WORDS, "far-behind", "when")
    assert (found.code, found.row, found.field) == ("rule.syntax", "far-behind", "when")
    assert found.message() == "规则第 16 个字符“%”处读不懂,此处应为小数(80% 写作 0.8);请改正"
    assert found.message("en") == (
        "the rule cannot be read at character 16, “%”: expected a decimal (80% is written 0.8); correct it"
    )
    (typed,) = check_text("met < 3", WORDS, "far-behind", "when")
    assert (typed.code, typed.row, typed.field) == ("rule.types-differ", "far-behind", "when")


@given(rules(), facts(known=True))
def test_a_rule_without_error_leaves_open_only_what_cannot_be_calculated(rule: t.Expression, values: Facts) -> None:
    if any(one.severity == "error" for one in check(rule, VOCABULARY)):
        return
    reasons = {lack.en for lack in judge(rule, values, VOCABULARY).lacks}
    assert reasons <= {"a division by zero", "a calculation without result", "values that cannot be compared"}

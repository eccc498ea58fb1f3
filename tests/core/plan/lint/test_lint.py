"""The rules together: what holds for all of them, and that their page of examples says what they do."""

import re
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.lint import rules
from tests.core.plan.lint.cases import PLAN, found
from tests.house.project import texts

PAGE = "docs/lint.md"
ARTICLE = re.compile(
    r"^## (?P<rule>\w+)\n.*?^```text(?P<whole> title=\"whole file\")?\n(?P<example>.*?)\n```\n\n(?P<messages>(?:>[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
MESSAGE = re.compile(r"> `(?P<code>plan\.[a-z-]+)` (?P<message>.*?) *$", re.MULTILINE)
# Marks, figures and words that rules look for, so that random texts come near to what they report.
PIECES = st.sampled_from([
    *"一二三、，。；：（）()《》“”〔〕[]\n\t x_#0１l年月日%", "其中", "合计", "共", "即", "等3个村", "13万亩", "5项", "一是", "二要", "（一）", "1.",
    "附件1", "县发改局", "王湾村", "牵头", "配合", "2024年", "6月31日", "的的", "20xx", "近一步", "主要任务", "青禾县绿化工作方案", "90%", "阶段", "|",
])  # fmt: skip


def articles() -> dict[str, re.Match[str]]:
    return {match["rule"]: match for match in ARTICLE.finditer(texts()[PAGE])}


def test_the_page_of_examples_has_an_article_for_each_rule() -> None:
    headings = re.findall(r"^## (\w+)$", texts()[PAGE], re.MULTILINE)
    assert headings == [rule.name for rule in rules()]
    assert list(articles()) == headings


def test_the_examples_of_the_page_are_reported_as_it_says() -> None:
    said, done = {}, {}
    for rule, article in articles().items():
        text = article["example"] + "\n" if article["whole"] else PLAN + article["example"] + "\n"
        said[rule] = [f"{m['code']} {m['message']}" for m in MESSAGE.finditer(article["messages"])]
        done[rule] = [re.sub(r" «.*?» ", " ", line, flags=re.DOTALL) for line in found(rule, text)]
    assert done == said


@given(st.lists(PIECES, max_size=80).map("".join))
def test_any_text_is_checked_and_every_finding_has_its_place_and_its_message(text: str) -> None:
    compiled = compile_text(text)
    for finding in compiled.findings:
        assert finding.span.end <= len(text)
        assert finding.message("zh")
        assert finding.message("en")
    starts = [finding.span.start for finding in compiled.findings]
    assert starts == sorted(starts)


@given(st.text(alphabet="，、；：（）〔〕。建设县局村镇一二三四五１２３0123", max_size=200))
def test_full_width_marks_and_half_width_ones_are_checked_alike(text: str) -> None:
    wide = [(f.code, f.span) for f in compile_text(PLAN + text).findings]
    table = str.maketrans("，；：（）〔〕１２３", ",;:()[]123")
    assert [(f.code, f.span) for f in compile_text((PLAN + text).translate(table)).findings] == wide


def clean(parts: list[int]) -> str:
    names = ["东片", "西片", "南片", "北片", "中片", "山片"]
    return "、".join(f"{name}{part}亩" for name, part in zip(names, parts, strict=False))


PARTS = st.lists(st.integers(min_value=1, max_value=5000), min_size=3, max_size=6)


@given(PARTS)
def test_a_right_sum_is_never_reported(parts: list[int]) -> None:
    total = Fraction(sum(parts))
    for written in (f"{total}亩", f"{float(total / 10000):.4f}万亩"):
        assert found("sum_mismatch", PLAN + f"（一）造林{written}，其中：{clean(parts)}。\n") == []


@given(PARTS, st.integers(min_value=1, max_value=100))
def test_a_sum_that_exceeds_its_total_is_reported(parts: list[int], percent: int) -> None:
    total = sum(parts) - max(1, min(parts) * percent // 101)
    prefixes = {sum(parts[:n]) for n in range(1, len(parts) + 1)}
    if 2 * total >= sum(parts) and total not in prefixes:
        assert len(found("sum_mismatch", PLAN + f"（一）造林{total}亩，其中：{clean(parts)}。\n")) == 1


@given(st.integers(min_value=3, max_value=9), st.integers(min_value=3, max_value=9))
def test_a_list_is_reported_exactly_when_its_number_differs(number: int, names: int) -> None:
    listed = "、".join(f"{name}湾路" for name in "东西南北上下前后新"[:names])
    findings = found("count_mismatch", PLAN + f"（一）改造道路{number}条，即：{listed}。\n")
    assert bool(findings) == (number != names)


@given(st.integers(min_value=1, max_value=20))
def test_folding_counts_every_place(times: int) -> None:
    [finding] = found("wrong_word", PLAN + "（一）近一步扩大。\n" * times)
    more = re.search(r"另有 (\d+) 处", finding)
    assert (int(more[1]) if more else 0) == times - 1

"""Emergency plans: sections with bare numbers, numbers with dots below them, and a table of contents before all."""

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.outline.contents import contents
from guatu.core.plan.outline.markers import marker_at


def tasks(text: str) -> list[str]:
    return ["/".join(task.path) for document in compile_text(text).plan.documents for task in document.tasks]


BODY = "1 总则\n1.1 目的\n为做好防汛,制定本预案。\n2 应急响应\n2.1 报告\n各镇立即报告。\n2.2 处置\n"
BODY += "2.2.1 转移群众。先转移老人。\n2.2.2 抢险。加固堤坝。\n3 附则\n3.1 本预案自印发之日起施行。\n"
WANTED = ["2/2.1", "2/2.2/2.2.1", "2/2.2/2.2.2"]
CONTENTS = [
    ("none", ""),
    ("bare entries", "目  录\n1 总则\n1.1 目的\n2 应急响应\n2.1 报告\n2.2 处置\n3 附则\n"),
    ("with pages", "目录\n1 总则……1\n1.1 目的……1\n2 应急响应……2\n3 附则……4\n"),
    ("of sections alone", "目 录\n1 总则 1\n2 应急响应 2\n3 附则 4\n"),
]


@pytest.mark.parametrize(("name", "listed"), CONTENTS, ids=[c[0] for c in CONTENTS])
def test_sections_with_bare_numbers_hold_those_with_dots_and_contents_are_no_items(name: str, listed: str) -> None:
    compiled = compile_text("青禾县防汛应急预案\n" + listed + BODY)
    assert tasks("青禾县防汛应急预案\n" + listed + BODY) == WANTED
    assert compiled.plan.coverage.unread == 0


def test_a_figure_and_a_blank_before_words_are_no_number_without_dots_below() -> None:
    text = "青禾县造林方案\n一、主要任务\n(一)栽树。栽植500亩。\n12 个镇\n(二)管护。补植。\n"
    assert tasks(text) == ["一/(一)", "一/(二)"]


def test_a_heading_that_says_contents_over_the_text_itself_is_no_table_of_contents() -> None:
    assert contents(["目录", "一、总则", "为做好防汛。", "二、附则"]) == set()


HEADINGS = [
    "2.2 处置措施",
    "3.1 人员安排",
    "4.1 公共服务",
    "1.3 年度计划",
    "5.2 平台建设",
    "2.4 名单公布",
    "6.1 户籍改革",
    "3.3个人防护",
]
QUANTITIES = ["2.2 处", "3.1 人次", "4.1 公里", "1.3 年", "5.2 平方米", "2.5公顷", "3.3个百分点", "2.1 万亩"]


@pytest.mark.parametrize("line", HEADINGS)
def test_a_heading_that_begins_as_a_measure_does_keeps_its_number(line: str) -> None:
    marker = marker_at(line, 0, len(line))
    assert marker is not None and marker.kind == "1.1"


@pytest.mark.parametrize("line", QUANTITIES)
def test_a_quantity_is_no_number_of_an_item(line: str) -> None:
    marker = marker_at(line + "的道路", 0, len(line) + 3)
    assert marker is None


def test_dots_say_the_level() -> None:
    text = "青禾县防汛方案\n1.工作任务\n1.1 巡查\n1.1.1 查堤。每日查。\n1.1.1.1 查闸。每日查。\n1.1.2 查库。每日查。\n1.2 值守。每日值守。\n"
    (document,) = compile_text(text).outline.documents
    assert [node.path for node in document.nodes()] == [
        ("1",),
        ("1", "1.1"),
        ("1", "1.1", "1.1.1"),
        ("1", "1.1", "1.1.1", "1.1.1.1"),
        ("1", "1.1", "1.1.2"),
        ("1", "1.2"),
    ]

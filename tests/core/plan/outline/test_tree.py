"""Numbered paragraphs nest as a reader nests them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.outline.model import Node
from guatu.core.plan.outline.paragraphs import paragraphs
from guatu.core.plan.outline.tree import nest


def paths(text: str) -> list[str]:
    found: list[str] = []

    def walk(nodes: list[Node]) -> None:
        for node in nodes:
            found.append("/".join(node.path))
            walk(node.children)

    walk(nest(paragraphs(text)[0]))
    return found


CASES = [
    ("levels by custom", "一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n二、己", ["一", "一/(一)", "一/(一)/1", "一/(一)/1/(1)", "一/(一)/1/(1)/①", "二"]),
    ("numbers that run on across parts", "(一)甲\n1.乙\n2.丙\n(二)丁\n3.戊", ["(一)", "(一)/1", "(一)/2", "(二)", "(二)/3"]),
    ("Arabic numbers above bracketed ones", "1、甲\n(一)乙\n(二)丙\n2、丁", ["1", "1/(一)", "1/(二)", "2"]),
    ("a part whose number is missing", "二、甲\n1.乙\n2.丙\n(二)丁\n1.戊", ["二", "二/1", "二/2", "二/(二)", "二/(二)/1"]),
    ("chapters and articles", "第一章 甲\n第一条 乙\n第二条 丙\n第二章 丁\n第三条 戊", ["第一章", "第一章/第一条", "第一章/第二条", "第二章", "第二章/第三条"]),
    ("paragraphs that begin with 一是", "(一)甲\n一是乙。\n二是丙。", ["(一)", "(一)/一是", "(一)/二是"]),
    ("a heading glued to the paragraph before", "(一)甲\n做好工作。(二)乙\n丙", ["(一)", "(二)"]),
    ("a text without line breaks", "一、甲 (一)乙。丙。 (二)丁。 二、戊 (一)己。", ["一", "一/(一)", "一/(二)", "二", "二/(一)"]),
    ("an enumeration inside a sentence is no list", "一、甲\n要做到:(一)乙;(二)丙。", ["一"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_items_nest(name: str, text: str, expected: list[str]) -> None:
    assert paths(text) == expected


MARKS = [
    "一、",
    "二、",
    "(一)",
    "(二)",
    "(九)",
    "1.",
    "2.",
    "7.",
    "(1)",
    "①",
    "②",
    "一是",
    "第一章 ",
    "第三条 ",
    "1)",
    "",
]


@given(st.lists(st.sampled_from(MARKS), max_size=60))
def test_every_numbered_line_is_in_the_tree_once_and_in_order(marks: list[str]) -> None:
    text = "\n".join(mark + "甲乙丙" for mark in marks)
    blocks = paragraphs(text)[0]
    numbered = [b.start for b in blocks if b.marker]
    starts: list[int] = []

    def walk(nodes: list[Node]) -> None:
        for node in nodes:
            assert node.parent is None or node.parent.start < node.start
            starts.append(node.start)
            walk(node.children)

    walk(nest(blocks))
    assert starts == numbered


GLUED = [
    (
        "articles behind the title of a chapter",
        "第二章 工作任务第一条 编制规划。完成。第二条 建设车场。完成。",
        ["第二章", "第二章/第一条", "第二章/第二条"],
    ),
    (
        "figures in brackets behind a title",
        "二、建设任务(1)新建公路。完成。(2)改造危桥。完成。",
        ["二", "二/(1)", "二/(2)"],
    ),
    (
        "a number that goes on behind a title",
        "一、培育商圈1.打造商圈。完成。2.发展经济。完成。二、畅通流通3.建设网络。完成。",
        ["一", "一/1", "一/2", "二", "二/3"],
    ),
    (
        "units without a stop before the number",
        "一、任务\n1.打造商圈。责任单位:县商务局、各镇2.发展经济。完成时限:2024年6月底前3.建设网络。",
        ["一", "一/1", "一/2", "一/3"],
    ),
    ("rings that stand apart", "(一)提升品质 ①建设景区。完成。 ②完善设施。完成。", ["(一)", "(一)/①", "(一)/②"]),
    ("rings in a sentence", "(一)提升品质。要做到①建设景区;②完善设施。", ["(一)"]),
    ("figures in a sentence", "一、任务\n1.修路。新建道路2、桥梁3座。共2.5公里。", ["一", "一/1"]),
]


@pytest.mark.parametrize(("name", "text", "expected"), GLUED, ids=[c[0] for c in GLUED])
def test_items_that_lost_their_line_breaks_nest(name: str, text: str, expected: list[str]) -> None:
    assert paths(text) == expected

"""What a version of a flow does otherwise is told in sentences, and only that."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.flow import Arrow, FieldNeed, Flow, Node
from guatu.core.cases.flow_diff import compare_flows

FLOW = Flow(
    id="f",
    name="巡查",
    name_en="patrol",
    nodes=(
        Node(id="s", kind="start"),
        Node(
            id="a", kind="step", name="登记", name_en="enter", roles=("clerk",), fields=(FieldNeed("place"),), clock="a"
        ),
        Node(id="g", kind="choice"),
        Node(id="b", kind="step", name="办理", name_en="handle", roles=("unit",), clock="b"),
        Node(id="e", kind="end", name="办结", name_en="done"),
    ),
    arrows=(
        Arrow(id="sa", source="s", target="a"),
        Arrow(id="ag", source="a", target="g"),
        Arrow(id="gb", source="g", target="b", name="受理", name_en="accept", condition="move == 'forward'"),
        Arrow(id="ge", source="g", target="e", name="不予受理", name_en="refuse", condition="move == 'no'"),
        Arrow(id="be", source="b", target="e"),
    ),
)


def with_node(id_: str, **values: Any) -> Flow:
    nodes = tuple(msgspec.structs.replace(node, **values) if node.id == id_ else node for node in FLOW.nodes)
    return msgspec.structs.replace(FLOW, nodes=nodes)


def with_arrow(id_: str, **values: Any) -> Flow:
    arrows = tuple(msgspec.structs.replace(one, **values) if one.id == id_ else one for one in FLOW.arrows)
    return msgspec.structs.replace(FLOW, arrows=arrows)


@pytest.mark.parametrize(
    ("new", "zh", "en", "element"),
    [
        (with_node("b", name="处理"), "“处理”的名称:办理 → 处理", "name of 'handle': 办理 → 处理", "b"),
        (with_node("b", name_en="do"), "“办理”的英文名:handle → do", "English name of 'do': handle → do", "b"),
        (with_node("b", roles=("unit", "town")), "“办理”的办理人:unit → unit town", "who acts of 'handle': unit → unit town", "b"),
        (with_node("a", fields=(FieldNeed("place", False),)), "“登记”的填写内容:place → place?", "fields of 'enter': place → place?", "a"),
        (with_node("a", fields=()), "“登记”的填写内容:place → (无)", "fields of 'enter': place → (none)", "a"),
        (with_node("b", clock="c"), "“办理”的时限:b → c", "clock of 'handle': b → c", "b"),
        (with_node("b", rework="restart"), "“办理”的退回后的计时:resume → restart", "clock after a return of 'handle': resume → restart", "b"),
        (with_arrow("gb", condition="x > 1"), "去向“受理”的条件:move == 'forward' → x > 1", "condition of way 'accept': move == 'forward' → x > 1", "gb"),
        (with_arrow("ge", verb="return"), "去向“不予受理”的性质:forward → return", "kind of way 'refuse': forward → return", "ge"),
        (with_arrow("ge", default=True), "去向“不予受理”的默认:(无) → ✓", "default of way 'refuse': (none) → ✓", "ge"),
        (
            with_arrow("ge", target="a"),
            "去向“不予受理”改接:原为 “登记”后的网关 → “办结”,现为 “登记”后的网关 → “登记”",
            "way 'refuse' leads elsewhere: from the gateway after 'enter' to 'done', now from the gateway after 'enter' to 'enter'",
            "ge",
        ),
        (msgspec.structs.replace(FLOW, name="检查"), "流程名称:巡查 → 检查", "name of the flow: 巡查 → 检查", ""),
    ],
)  # fmt: skip
def test_one_change_is_one_sentence(new: Flow, zh: str, en: str, element: str) -> None:
    (said,) = compare_flows(FLOW, new)
    assert (said.message("zh"), said.message("en"), said.element) == (zh, en, element)


def test_parts_that_are_new_or_gone_are_told_with_their_ways() -> None:
    step = Node(id="n", kind="step", name="复核", name_en="review")
    new = msgspec.structs.replace(
        FLOW,
        nodes=(*FLOW.nodes, step),
        arrows=(*FLOW.arrows[:-1], Arrow(id="bn", source="b", target="n"), Arrow(id="ne", source="n", target="e")),
    )
    assert [one.zh for one in compare_flows(FLOW, new)] == [
        "新增环节“复核”", "新增去向:“办理” → “复核”", "新增去向:“复核” → “办结”", "删除去向:“办理” → “办结”",
    ]  # fmt: skip
    assert [one.zh for one in compare_flows(new, FLOW)][-3:] == [
        "删除环节“复核”", "删除去向:“办理” → “复核”", "删除去向:“复核” → “办结”",
    ]  # fmt: skip


def test_the_order_of_moves_is_told_where_nothing_else_differs() -> None:
    swapped = msgspec.structs.replace(FLOW, arrows=(*FLOW.arrows[:2], FLOW.arrows[3], FLOW.arrows[2], FLOW.arrows[4]))
    assert [one.zh for one in compare_flows(FLOW, swapped)] == ["操作的先后次序有变"]


def test_where_a_part_stands_in_the_file_is_no_difference() -> None:
    lines = msgspec.structs.replace(
        FLOW, nodes=tuple(msgspec.structs.replace(node, line=n + 7) for n, node in enumerate(FLOW.nodes))
    )
    assert compare_flows(FLOW, lines) == []


@given(st.sampled_from(FLOW.nodes), st.sampled_from(["name", "name_en", "clock", "decision"]), st.text(max_size=5))
def test_a_flow_differs_from_another_when_and_only_when_something_is_said(node: Node, part: str, value: str) -> None:
    new = with_node(node.id, **{part: value})
    assert (compare_flows(FLOW, new) == []) == (new.nodes == FLOW.nodes)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"lane": "窗口"}, "“办理”的泳道:(无) → 窗口", "lane of 'handle': (none) → 窗口"),
        ({"inside": "S"}, "“办理”的所在子流程:(无) → S", "sub-process around it of 'handle': (none) → S"),
        ({"duration": "P3D"}, "“办理”的时间:(无) → P3D", "duration of 'handle': (none) → P3D"),
        ({"by": "clock"}, "“办理”的发生方式:人告知 → 计时到点", "way of happening of 'handle': somebody says it → its clock runs out"),
        ({"interrupts": False}, "“办理”的是否中断:是 → 否", "interrupting of 'handle': yes → no"),
        ({"halts": True}, "“办理”的是否全部终止:否 → 是", "ending all of 'handle': no → yes"),
        ({"host": "a"}, "“办理”的所附环节:(无) → a", "step at whose edge it stands of 'handle': (none) → a"),
        ({"catcher": "a"}, "“办理”的捕获事件:(无) → a", "event that catches it of 'handle': (none) → a"),
    ],
)  # fmt: skip
def test_what_events_and_parts_do_otherwise_is_told(change: dict[str, object], zh: str, en: str) -> None:
    (said,) = compare_flows(FLOW, with_node("b", **change))
    assert (said.message("zh"), said.message("en")) == (zh, en)

"""A county's administrator changes a flow in a real browser, and the pages of flows are there for everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest

from guatu.adapters.flows.bpmn import read_flow
from guatu.core.cases.flow_diff import compare_flows
from guatu.web.cases.actions.run_clocks import run_clocks
from guatu.web.cases.history import standing
from guatu.web.cases.library import library, own_engine
from guatu.web.cases.models import Case, FlowDraft, FlowVersion
from guatu.web.dispatch.system import system_context
from tests.web.browser import FACES, faults, picture
from tests.web.cases.conftest import Desk, at
from tests.web.cases.test_flow_publication import PACK, dead_end, publish, renamed, save

PHONE = 390


def editor(browse: Any, pack: str = PACK, **more: Any) -> Any:
    page = browse("supervision", f"/flows/{pack}/edit/", **more)
    page.locator("[data-drawn]").wait_for()
    return page


def choose(page: Any, part: str) -> None:
    page.get_by_label("选中的部件").select_option(part)


def fill(page: Any, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.keyboard.press("Tab")


def keep(page: Any) -> None:
    page.get_by_role("button", name="保存草稿并检查").click()
    page.get_by_text("草稿已保存").wait_for()
    page.locator("[data-drawn]").wait_for()


def publish_in(page: Any, reason: str) -> None:
    page.get_by_label("理由").fill(reason)
    page.get_by_role("button", name="发布新版", exact=True).click()


def add_review(page: Any) -> str:
    """A step between the routing and the assignment; gives its id. It leads nowhere yet."""
    choose(page, "route_to_assign")
    page.get_by_role("button", name="删除这个部件").click()
    choose(page, "route")
    page.get_by_label("在它之后").select_option("step")
    page.get_by_role("button", name="添加").click()
    fill(page, "名称", "复核")
    return str(page.get_by_label("选中的部件").input_value())


def test_a_flow_is_changed_refused_at_a_dead_end_mended_and_published(browse: Any, desk: Desk) -> None:
    old = desk.report(at(3, 9))
    page = editor(browse)
    choose(page, "handle")
    fill(page, "名称", "现场处置")
    new = add_review(page)
    keep(page)
    assert page.locator(".flow-mark").count() >= 1
    assert page.locator(".flow-findings li", has_text="没有去向").locator(f"[data-show={new}]").count() == 1
    publish_in(page, "增加复核")
    alert = page.locator(".alert-danger")
    alert.wait_for()
    assert "不能发布" in alert.inner_text()
    assert not FlowVersion.objects.filter(county=True).exists()
    page.locator("[data-drawn]").wait_for()
    page.locator(f"[data-show={new}]").first.click()
    page.get_by_label("派遣员").check()
    page.get_by_label("时限名称", exact=True).select_option("assign")
    page.get_by_label("连到").select_option("assign")
    page.get_by_role("button", name="连接", exact=True).click()
    keep(page)
    page.get_by_text("检查通过").wait_for()
    picture(page, "flows-sound")
    publish_in(page, "增加复核")
    page.get_by_text("已发布").wait_for()
    assert page.errors == []
    minute = at(3, 9, 1)
    case = desk.report(at(3, 9))
    assert desk.move(case, "desk", "file", minute, class_code="C0101").open_steps == new
    assert desk.move(case, "desk", new, minute).open_steps == "assign"
    assert desk.move(old, "desk", "file", minute, class_code="C0101").open_steps == "assign"
    names = [standing(Case.objects.get(pk=one.pk)).engine.flow.by_id["handle"].name for one in (old, case)]
    assert names == ["处置", "现场处置"]
    sheet = browse("desk", f"/cases/{case.pk}/")
    assert "派遣" in sheet.content()


@pytest.mark.parametrize("pack", sorted(library().packs))
def test_what_the_editor_saves_says_what_it_read(browse: Any, desk: Desk, pack: str) -> None:
    page = editor(browse, pack)
    keep(page)
    assert page.errors == []
    kept, found = read_flow(FlowDraft.objects.get(pack=pack).text, "flow")
    assert kept is not None and found == []
    assert compare_flows(own_engine(pack).flow, kept) == []


def test_every_property_of_a_part_is_written(browse: Any, desk: Desk) -> None:
    page = editor(browse)
    choose(page, "close")
    fill(page, "英文名", "wind up")
    fill(page, "填写内容", "answer note?")
    page.get_by_label("立案员").check()
    page.get_by_label("退回到这一环节时").select_option("restart")
    choose(page, "route")
    page.get_by_label("决策表").select_option("routing")
    choose(page, "check_done_to_close")
    fill(page, "条件", 'move = "pass"')
    choose(page, "close_done_to_check")
    page.get_by_label("性质").select_option("")
    keep(page)
    flow, _found = read_flow(FlowDraft.objects.get().text, "flow")
    assert flow is not None
    step = flow.by_id["close"]
    assert (step.name_en, step.rework, set(step.roles)) == ("wind up", "restart", {"closing_clerk", "filing_clerk"})
    assert [(need.name, need.required) for need in step.fields] == [("answer", True), ("note", False)]
    assert flow.arrow_by_id["check_done_to_close"].condition == 'move = "pass"'
    assert flow.arrow_by_id["close_done_to_check"].verb == ""


def test_a_name_is_changed_in_the_diagram_itself_and_taken_back(browse: Any, desk: Desk) -> None:
    page = editor(browse)
    page.get_by_role("button", name="全图").click()
    page.locator("[data-element-id=check]").first.dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type("现场核查")
    page.locator(".djs-container svg").first.click(position={"x": 400, "y": 20})
    choose(page, "check")
    assert page.get_by_label("名称", exact=True).input_value() == "现场核查"
    page.get_by_role("button", name="撤回一步").click()
    assert page.get_by_label("名称", exact=True).input_value() == "核查"


def test_the_watermark_of_the_editor_is_there_and_nothing_covers_it(browse: Any, desk: Desk) -> None:
    for width in (1440, PHONE):
        page = editor(browse, width=width)
        mark = page.locator(".bjs-powered-by")
        mark.scroll_into_view_if_needed()
        on_top = mark.evaluate(
            "one => { const box = one.getBoundingClientRect();"
            " return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"
        )
        assert mark.is_visible() and on_top


def test_a_file_that_cannot_be_drawn_is_mended_in_its_source(browse: Any, desk: Desk) -> None:
    save(
        desk, '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x"/>'
    )
    page = browse("supervision", f"/flows/{PACK}/edit/")
    page.get_by_text("画不出流程图").wait_for()
    page.locator("#text").fill(renamed())
    page.get_by_role("button", name="保存草稿并检查").click()
    page.locator("[data-drawn]").wait_for()
    assert page.get_by_text("检查通过").count() == 1


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_of_flows_is_accessible_and_fits(browse: Any, desk: Desk, width: int, language: str) -> None:
    desk.report()
    publish(desk, renamed())
    save(desk, dead_end())
    for name in ("", f"{PACK}/", f"{PACK}/edit/", f"{PACK}/tables/", f"{PACK}/limits/", f"{PACK}/limits/?row=3"):
        page = browse("supervision", f"/flows/{name}", width=width, language=language)
        if "edit" in name:
            page.locator("[data-drawn]").wait_for()
        assert faults(page, f"flows-{re.sub('[^a-z]+', '-', name)}", width, language) == [], name


def add(page: Any, after: str, kind: str, name: str = "") -> str:
    """One more part behind another; gives its id."""
    choose(page, after)
    page.get_by_label("在它之后").select_option(kind)
    page.get_by_role("button", name="添加").click()
    if name:
        fill(page, "名称", name)
    return str(page.get_by_label("选中的部件").input_value())


def done_by(page: Any, post: str, fields: str = "") -> None:
    """Who does the chosen step, and what is filled in."""
    page.get_by_label(post, exact=True).check()
    page.get_by_label("时限名称", exact=True).select_option("assign")
    if fields:
        fill(page, "填写内容", fields)


def lead_to(page: Any, source: str, target: str) -> None:
    choose(page, source)
    page.get_by_label("连到").select_option(target)
    page.get_by_role("button", name="连接", exact=True).click()


def way(page: Any, source: str, target: str) -> None:
    """Chooses the arrow between two parts."""
    choose(
        page,
        page.evaluate(
            "([a, b]) => modeler.get('elementRegistry')"
            ".find((one) => one.source && one.source.id === a && one.target.id === b && one.type === 'bpmn:SequenceFlow').id",
            [source, target],
        ),
    )


def only_start(page: Any, within: str) -> str:
    """The start event of a sub-process."""
    found = page.evaluate(
        "(id) => modeler.get('elementRegistry').get(id).children.find((one) => one.type === 'bpmn:StartEvent').id",
        within,
    )
    return str(found)


def test_a_flow_is_drawn_from_an_empty_page_and_runs(browse: Any, desk: Desk) -> None:
    """A sub-process, a timer at the edge of a step, and an inclusive gateway, drawn with the panel alone."""
    page = editor(browse)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="从空白开始画").click()
    page.get_by_role("button", name="加一个开始事件").click()
    start = str(page.get_by_label("选中的部件").input_value())
    filing = add(page, start, "step", "立案")
    done_by(page, "立案员", "class_code condition?")
    fork = add(page, filing, "inclusive", "要办哪些")
    urgent = add(page, fork, "part", "紧急处置")
    inner = add(page, only_start(page, urgent), "step", "现场处置")
    done_by(page, "派遣员", "result")
    add(page, inner, "end", "处置完毕")
    notice = add(page, fork, "step", "通知产权单位")
    done_by(page, "派遣员")
    late = add(page, notice, "edge", "没有回音")
    fill(page, "期限", "P2D")
    join = add(page, urgent, "inclusive", "都办完")
    lead_to(page, notice, join)
    urge = add(page, late, "step", "上门催办")
    done_by(page, "派遣员")
    lead_to(page, urge, join)
    add(page, join, "end", "办结")
    way(page, fork, urgent)
    fill(page, "条件", 'is defined(condition) and condition = "danger"')
    way(page, fork, notice)
    fill(page, "条件", 'class_code = "C0101"')
    lead_to(page, fork, join)
    way(page, fork, join)
    page.get_by_label("都不成立时走这里(默认)").check()
    keep(page)
    page.get_by_text("检查通过").wait_for()
    picture(page, "flows-drawn")
    publish_in(page, "按本县的办法")
    page.get_by_text("已发布").wait_for()
    assert page.errors == []
    plain, danger, other = (desk.report(at(3, 9)) for _ in range(3))
    plain = desk.move(plain, "desk", filing, at(3, 9, 1), class_code="C0101")
    danger = desk.move(danger, "desk", filing, at(3, 9, 1), class_code="C0101", condition="danger")
    assert desk.move(other, "desk", filing, at(3, 9, 1), class_code="C0137").ended_at == at(3, 9, 1)
    assert (plain.open_steps, set(danger.open_steps.split(","))) == (notice, {inner, notice})
    # The gateway behind waits for both of them.
    assert desk.move(danger, "desk", inner, at(3, 10), result="已围挡").ended_at is None
    assert desk.move(danger, "desk", notice, at(3, 11)).ended_at == at(3, 11)
    assert run_clocks(system_context(at(5, 10))) == 1
    plain.refresh_from_db()
    assert plain.open_steps == urge and plain.ended_at is None
    assert desk.move(plain, "desk", urge, at(5, 11)).ended_at == at(5, 11)
    for width in (1440, PHONE):
        shown = browse("supervision", f"/flows/{PACK}/edit/", width=width)
        shown.locator("[data-drawn]").wait_for()
        picture(shown, f"flows-drawn-{width}")


POOLS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
<collaboration id="c"><participant id="one" name="城管" processRef="p"/><participant id="two" name="街道" processRef="q"/></collaboration>
<process id="p"><startEvent id="s"/><task id="a" name="登记"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/></process>
<process id="q"><startEvent id="s2"/><task id="b" name="办理"/></process>
<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="g">
<bpmndi:BPMNPlane id="l" bpmnElement="c">
<bpmndi:BPMNShape id="h1" bpmnElement="one" isHorizontal="true"><dc:Bounds x="100" y="100" width="500" height="150"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="h2" bpmnElement="two" isHorizontal="true"><dc:Bounds x="100" y="300" width="500" height="150"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="h3" bpmnElement="a"><dc:Bounds x="200" y="130" width="100" height="80"/></bpmndi:BPMNShape>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>"""


def test_a_file_with_pools_is_chosen_from_and_can_be_begun_anew(browse: Any, desk: Desk) -> None:
    save(desk, POOLS)
    page = editor(browse)
    assert not page.get_by_role("button", name="加一个开始事件").is_visible()
    page.get_by_label("案件按文件里的哪一个流程办理").select_option("p")
    page.get_by_role("button", name="选定并保存草稿").click()
    page.get_by_text("已选定").wait_for()
    page.locator("[data-drawn]").wait_for()
    assert page.locator(".flow-findings li", has_text="登记").count() == 2
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="从空白开始画").click()
    page.get_by_role("button", name="加一个开始事件").click()
    add(page, str(page.get_by_label("选中的部件").input_value()), "end")
    keep(page)
    kept, _found = read_flow(FlowDraft.objects.get(pack=PACK).text, "flow")
    own = own_engine(PACK).flow
    assert kept is not None and [node.kind for node in kept.nodes] == ["start", "end"]
    assert (kept.id, kept.name, kept.name_en) == (own.id, own.name, own.name_en)
    assert page.errors == []

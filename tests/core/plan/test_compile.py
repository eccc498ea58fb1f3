"""The whole compiler on short texts of every layout, on broken ones and on the real plans."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Plan, Task

NOTICE = """青政办发〔2024〕7号

青禾县人民政府办公室关于印发青禾县2024年供水保障实施方案的通知

各乡镇人民政府,县直各单位:
  现将方案印发给你们,请认真落实。

  附件:1.青禾县水厂建设方案
  2.青禾县水价改革方案

  青禾县人民政府办公室
  2024年2月3日

  附件1

  青禾县水厂建设方案

  (县水利局牵头)

  一、工作目标
  到2024年底,自来水普及率达到95%以上。
  二、主要任务
  (一)新建水厂
  1.建设城东水厂。6月底前完成主体工程,日供水能力2万吨。(县水利局牵头,县财政局配合)
  2.建设城西水厂。新建管网30公里。(县住建局负责)
  (二)改造老旧水厂。改造水厂3座。(县水利局、各镇分工负责)
  三、保障措施
  (一)加强领导。成立专班。

  附件2

  青禾县水价改革方案

  二、工作任务
  1、开展成本监审。5月底前完成。
  2、实行阶梯水价。
"""


def tasks_of(text: str) -> list[Task]:
    return [task for document in compile_text(text).plan.documents for task in document.tasks]


def test_a_notice_with_annexes_becomes_documents_with_their_tasks() -> None:
    plan = compile_text(NOTICE).plan
    notice, first, second = plan.documents
    assert (notice.kind, notice.doc_no, notice.issuer, notice.date) == (
        "notice", "青政办发〔2024〕7号", "青禾县人民政府办公室", "2024-02-03",
    )  # fmt: skip
    assert notice.title == "青禾县人民政府办公室关于印发青禾县2024年供水保障实施方案的通知"
    assert (first.annex, first.title, first.lead) == ("附件1", "青禾县水厂建设方案", ["县水利局"])
    assert ["/".join(t.path) for t in first.tasks] == ["二/(一)/1", "二/(一)/2", "二/(二)"]
    assert [(d.role, d.unit) for d in first.tasks[0].duties] == [("lead", "县水利局"), ("support", "县财政局")]
    assert [d.iso for d in first.deadlines] == ["2024-12-31", "2024-06-30"]
    assert [t.deadline for t in first.targets if t.metric.endswith("普及率")] == ["2024-12-31"]
    assert ["/".join(t.path) for t in second.tasks] == ["二/1", "二/2"]
    assert [d.iso for d in second.deadlines] == ["2024-05-31"]


def test_every_span_covers_what_it_names() -> None:
    compiled = compile_text(NOTICE)
    text = compiled.text
    for document in compiled.plan.documents:
        for task in document.tasks:
            assert task.title in task.span.text(text)
            for duty in task.duties:
                assert duty.span.text(text) == duty.unit
        for deadline in document.deadlines:
            assert re.search(r"\d|年", deadline.span.text(text))


def test_ids_are_unique_and_every_reference_leads_somewhere() -> None:
    plan = compile_text(NOTICE).plan
    ids = [item.id for d in plan.documents for item in (*d.tasks, *d.targets, *d.deadlines)]
    assert len(ids) == len(set(ids))
    for document in plan.documents:
        known = {item.id for item in (*document.targets, *document.deadlines)}
        for task in document.tasks:
            assert {*task.targets, *task.deadlines} <= known


def test_every_numbered_item_is_a_task_or_something_else() -> None:
    coverage = compile_text(NOTICE).plan.coverage
    assert coverage.numbered_items == coverage.as_task + coverage.as_other
    assert coverage.unread == 0
    assert coverage.as_task == 5


def test_a_collection_of_plans_is_taken_apart() -> None:
    text = "供水方案(系列2篇)\n\n供水方案(篇1)\n\n一、主要任务\n1.修水厂。县里修。\n\n供水方案(篇2)\n\n一、主要任务\n1.修管网。镇里修。\n"
    plan = compile_text(text).plan
    assert [d.annex for d in plan.documents] == [None, "篇1", "篇2"]
    assert [[t.title for t in d.tasks] for d in plan.documents] == [[], ["修水厂"], ["修管网"]]


def test_fields_of_work_are_the_tasks_where_no_section_is_named_so() -> None:
    text = "一、总体要求\n坚持统筹。\n二、夯实水源\n(一)修水库。抓紧修。\n(二)打水井。抓紧打。\n三、保障措施\n(一)加强领导。成立专班。\n"
    assert ["/".join(t.path) for t in tasks_of(text)] == ["二/(一)", "二/(二)"]


def test_phases_are_the_tasks_where_there_is_nothing_else() -> None:
    text = "一、总体要求\n坚持统筹。\n二、实施步骤\n(一)准备阶段(2024年3月)\n1.开展调研。摸清底数。\n2.制定方案。明确分工。\n"
    plan = compile_text(text).plan
    assert ["/".join(t.path) for t in plan.documents[0].tasks] == ["二/(一)/1", "二/(一)/2"]
    assert [(p.title, p.iso) for p in plan.documents[0].phases] == [("准备阶段", "2024-03")]


def test_items_without_headings_and_units_belong_to_the_task_above() -> None:
    text = (
        "一、主要任务\n(一)规范公示。要做到以下几点。\n(1)在村口设立公示牌,内容齐全。\n(2)公示期不少于七天,接受监督。\n"
    )
    assert ["/".join(t.path) for t in tasks_of(text)] == ["一/(一)"]


@pytest.mark.parametrize(
    "text",
    [
        "一、主要任务\n(一)修水厂\n1.做设计。请院校来做。\n2.搞施工。公开招标。\n(责任单位:县水利局)\n",
        "一、主要任务\n(一)修水厂(责任单位:县水利局)\n1.做设计。请院校来做。\n2.搞施工。公开招标。\n",
    ],
)
def test_units_of_a_section_are_told_apart_from_those_of_its_tasks(text: str) -> None:
    tasks = tasks_of(text)
    assert [t.duties for t in tasks] == [[], []]
    assert [[d.unit for d in t.units] for t in tasks] == [["县水利局"], ["县水利局"]]


def test_a_table_of_tasks_is_read_row_by_row() -> None:
    text = (
        "青禾县2024年重点任务分工表\n\n序号\t工作任务\t牵头单位\t责任单位\t完成时限\n一、供水\n"
        "1\t建设城东水厂\t县水利局\t县财政局、各镇\t6月底前\n2\t改造管网\t\t县住建局\t2024年9月\n"
    )
    document = compile_text(text).plan.documents[0]
    assert [("/".join(t.path), t.title) for t in document.tasks] == [("一/1", "建设城东水厂"), ("一/2", "改造管网")]
    assert [[(d.role[0], d.unit) for d in t.duties] for t in document.tasks] == [
        [("l", "县水利局"), ("r", "县财政局"), ("r", "各镇")],
        [("l", "县水利局"), ("r", "县住建局")],
    ]
    assert [d.iso for d in document.deadlines] == ["2024-06-30", "2024-09"]
    coverage = compile_text(text).plan.coverage
    assert (coverage.numbered_items, coverage.as_task, coverage.as_other, coverage.unread) == (3, 2, 1, 0)


def test_a_row_that_a_line_break_took_apart_is_one_row() -> None:
    text = (
        "序号\t项目\t任务内容\t牵头单位\t责任单位\t完成时限\n"
        "1\t供水\t建设水厂\t县水利局\t县财政局\t6月底前\n"
        "2\t\t改造管网\t县住建局\n县城管局\t各镇 县供水公司\t9月底前\n"
    )
    first, second = tasks_of(text)
    assert (first.title, second.title) == ("建设水厂", "改造管网")
    assert [(d.role[0], d.unit) for d in second.duties] == [
        ("l", "县住建局"), ("l", "县城管局"), ("r", "各镇"), ("r", "县供水公司"),
    ]  # fmt: skip


def test_a_report_on_the_past_sets_no_goals() -> None:
    text = "青禾县供水工作总结\n一、工作情况\n(一)建设水厂。新建水厂3座,普及率达到95%。\n"
    plan = compile_text(text).plan
    assert plan.documents[0].kind == "report"
    assert not plan.documents[0].tasks
    assert not plan.documents[0].targets


PIECES = ["一、", "二、", "(一)", "(二)", "1.", "2、", "(1)", "①", "一是", "第一章 ", "附件1\n", "附件:", "篇1", "责任单位:", "(县水利局牵头", ")", "〔", "〕",
          "《", "》", "6月底前", "20xx年", "达到95%以上", "新建3-5个", "\t", "\n", "。", ",", "、", "修水厂", "— 3 —", "2.56亿元", "每月5日前"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=80))
def test_any_order_of_numbers_and_broken_brackets_compiles(pieces: list[str]) -> None:
    text = "".join(pieces)
    compiled = compile_text(text)
    assert compiled.plan.coverage.unread == 0
    for finding in compiled.plan.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


@given(st.integers(0, len(NOTICE)), st.integers(0, len(NOTICE)))
def test_a_truncated_file_compiles(left: int, right: int) -> None:
    start, end = sorted((left, right))
    assert compile_text(NOTICE[start:end]).plan.coverage.unread == 0


@given(st.text(max_size=300))
def test_any_text_compiles(text: str) -> None:
    assert compile_text(text).plan.coverage.unread == 0


def test_the_exchanged_form_can_be_read_again() -> None:
    plan = compile_text(NOTICE, name="notice.txt").plan
    data = msgspec.json.encode(plan)
    assert json.loads(data)["schema"] == "guatu.plan/1"
    assert msgspec.json.decode(data, type=Plan) == plan


def test_numbering_nested_fifty_deep_compiles() -> None:
    marks = ["第一章 ", "第一节 ", "一、", "(一)", "1.", "(1)", "1)", "①", "一是"]
    text = "\n".join(marks[i % len(marks)] + "甲" * (i % 7 + 1) for i in range(450))
    assert compile_text(text).plan.coverage.numbered_items == 450


def test_all_public_documents_compile_and_no_item_is_lost(shared: Path) -> None:
    files = sorted((shared / "samples" / "bulk").glob("*.txt"))
    assert len(files) >= 266
    for file in files:
        coverage = compile_text(file.read_text(encoding="utf-8")).plan.coverage
        assert coverage.unread == 0, file.name


@pytest.mark.parametrize(
    "written",
    [
        "2026 年 9 月底前",
        "2026.9.30前",
        "2026-09-30前",
        "2026/9/30前",
        "二〇二六年九月底前",
        "九月底前",
        "到2026年9月底,",
    ],
)
def test_however_a_time_is_written_the_target_has_it_as_deadline_and_not_in_its_name(written: str) -> None:
    text = f"青禾县2026年供水实施方案\n一、主要任务\n1.改造水厂。{written}新建水厂12座。(牵头单位:县水利局)\n"
    (document,) = compile_text(text).plan.documents
    (target,) = document.targets
    assert [d.iso for d in document.deadlines] == ["2026-09-30"]
    assert (target.metric, target.value, target.deadline) == ("新建水厂", 12, "2026-09-30")


@pytest.mark.parametrize("odd", ["县水\u200b利局", "县⽔利局", "县\u3000水\u3000利\u3000局", "县水\u00ad利局"])
def test_a_unit_is_named_as_it_looks(odd: str) -> None:
    text = f"青禾县2026年供水实施方案\n一、主要任务\n1.改造水厂。新建水厂12座。(牵头单位:{odd})\n"
    (document,) = compile_text(text).plan.documents
    assert [duty.unit for duty in document.tasks[0].duties] == ["县水利局"]
    assert document.tasks[0].duties[0].span.text(text) == odd

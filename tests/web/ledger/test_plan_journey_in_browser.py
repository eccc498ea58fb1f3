"""A plan from its upload to its confirmation in a real browser, and the plan below it that asks for less."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document

from guatu.web.base.jobs import run_waiting
from guatu.web.ledger.models import Plan
from tests.web.browser import faults

COUNTY_PLAN = "县方案.docx"
BELOW = """青禾县水利局关于印发农村供水2026年工作方案的通知

青水发〔2026〕5号

青禾县水利局
2026年3月1日

农村供水2026年工作方案

  根据《青禾县2026年农村供水实施方案》(青政办发〔2026〕9号)制定本方案。

一、工作目标
  到2026年底,农村自来水普及率达到95%以上。

二、重点任务
  1.新建供水管网。新建供水管网40公里,2026年11月底前完成。(牵头单位:县水利局)
"""


def county_plan(folder: Path) -> Path:
    """A docx of one goal and two tables: one of tasks with heads over two rows and a group that is merged down, one with
    a merged column too, whose heads nobody knows."""
    page = Document()
    for line in (
        "青禾县人民政府办公室关于印发青禾县2026年农村供水实施方案的通知",
        "青政办发〔2026〕9号",
        "青禾县人民政府办公室",
        "2026年2月10日",
        "青禾县2026年农村供水实施方案",
        "一、工作目标",
        "到2026年底,农村自来水普及率达到96%以上。",
        "二、重点任务",
        "任务分解表",
    ):
        page.add_paragraph(line)
    tasks = page.add_table(rows=4, cols=5)
    rows = [
        ("类别", "工作任务", "责任分工", "", "完成时限"),
        ("", "", "牵头单位", "配合单位", ""),
        ("工程", "新建供水管网40公里", "县水利局", "县财政局", "2026年10月底前"),
        ("", "改造泵站6座", "县住建局", "各乡镇", "2026年9月底前"),
    ]
    fill(tasks, rows)
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4)), ((2, 0), (3, 0))):
        tasks.cell(*first).merge(tasks.cell(*last))
    page.add_paragraph("三、看点")
    unknown = page.add_table(rows=3, cols=3)
    fill(unknown, [("方面", "亮点", "说明"), ("惠民", "开通供水热线", "一期"), ("", "公开水质结果", "二期")])
    unknown.cell(1, 0).merge(unknown.cell(2, 0))
    out = io.BytesIO()
    page.save(out)
    path = folder / COUNTY_PLAN
    path.write_bytes(out.getvalue())
    return path


def fill(table: Any, rows: list[tuple[str, ...]]) -> None:
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word


def upload(browse: Any, path: Path) -> Any:
    """The room of the plan that a file makes."""
    page = browse("supervision", "/plans/")
    page.get_by_label("方案文件").set_input_files(str(path))
    page.get_by_role("button", name="上传").click()
    page.wait_for_url("**/progress/")
    return read(page)


def read(page: Any) -> Any:
    run_waiting()
    page.reload()
    page.locator("#ledger").wait_for()
    return page


def test_a_docx_with_merged_tables_becomes_a_ledger_and_the_plan_below_it_is_seen_to_ask_for_less(
    browse: Any, county: Any, tmp_path: Path
) -> None:
    page = upload(browse, county_plan(tmp_path))
    # The table that was not understood stands first, before the one of tasks that was.
    tables = page.locator("details:has(form[action$='/task-column/'])")
    assert tables.locator("li").first.inner_text().startswith("表格 2")
    assert page.locator(".task-card").count() == 2
    tables.locator("li").first.get_by_role("button", name="亮点").click()
    page.wait_for_url("**/progress/")
    read(page)
    titles = page.locator(".task-card .task-title").all_inner_texts()
    assert [title.split()[-1] for title in titles] == [
        "新建供水管网40公里",
        "改造泵站6座",
        "开通供水热线",
        "公开水质结果",
    ]

    page.get_by_role("link", name="挂接单位").click()
    page.get_by_role("button", name="一次挂接这").click()
    page.locator("#waiting-count", has_text="0").wait_for()
    page.get_by_role("link", name="检查并确认").click()
    for _each in range(2):
        page.get_by_text("不需要责任单位").first.click()
        page.get_by_label("原因").first.fill("由县水利局统一安排")
        page.get_by_role("button", name="写明并放行").first.click()
        page.wait_for_load_state()
    settle_targets(page)
    page.get_by_role("button", name="确认 4 项任务").click()
    page.get_by_text("执行中").first.wait_for()
    higher = Plan.objects.get()
    assert higher.state == Plan.State.CONFIRMED

    below = tmp_path / "下级方案.txt"
    below.write_text(BELOW, encoding="utf-8")
    page = upload(browse, below)
    page.get_by_role("link", name="对照上级方案").click()
    rows = page.locator("tbody tr")
    rows.first.wait_for()
    assert "变弱" in rows.first.inner_text()
    rate = rows.filter(has_text="农村自来水普及率").first.inner_text()
    assert "数值低于上级:≥95%,上级 ≥96%" in rate and "达到96%以上" in rate and "达到95%以上" in rate
    assert "时限推迟:2026-11-30,上级 2026-10-31" in rows.filter(has_text="新建供水管网").first.inner_text()
    assert faults(page, "ledger-above", 1440, "zh-hans") == []
    rows.filter(has_text="农村自来水普及率").first.get_by_role("link", name="原文行").first.click()
    page.wait_for_url(f"**/plans/{higher.pk}/#L*")
    assert "96%" in page.locator(".l.selected").inner_text()


def settle_targets(page: Any) -> None:
    """What is not yet of a task or has no time limit."""
    undated = page.get_by_role("button", name="填上")
    if undated.count():
        undated.click()
        page.wait_for_load_state()

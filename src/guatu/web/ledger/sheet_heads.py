"""The columns of a ledger that was kept as a spreadsheet, and by which heads they are known."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.ledger.sheets import Sheet

HEADS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "number": (_("编号"), ("编号", "序号", "No.", "Number", "number")),
    "title": (_("任务"), ("任务", "任务名称", "工作任务", "重点任务", "Task", "task")),
    "content": (_("内容"), ("内容", "具体内容", "工作内容", "工作措施", "Content", "content")),
    "domain": (_("领域"), ("领域", "类别", "分类", "Domain", "Field of work", "domain")),
    "lead": (_("牵头单位"), ("牵头单位", "牵头部门", "牵头", "Lead unit", "lead")),
    "responsible": (_("责任单位"), ("责任单位", "责任部门", "责任", "承办单位", "Responsible units", "responsible")),
    "support": (_("配合单位"), ("配合单位", "配合部门", "配合", "协办单位", "Supporting units", "support")),
    "due": (_("完成时限"), ("完成时限", "时限", "完成时间", "完成日期", "Deadline", "due")),
    "metric": (_("指标名称"), ("指标", "指标名称", "Indicator", "metric")),
    "op": (_("要求"), ("要求", "比较", "Comparison", "op")),
    "value": (_("目标值"), ("目标值", "目标", "Target", "Target value", "value")),
    "unit": (_("计量单位"), ("计量单位", "单位", "Measure", "Unit of measure", "unit")),
    "base": (_("基数"), ("基数", "基期值", "Base", "base")),
    "waiver": (_("无责任单位说明"), ("无责任单位说明", "不设责任单位的原因", "Reason for no unit", "waiver")),
}
"""Columns: how the template heads them, and every head by which they are known."""


def head_of(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Row of the column heads (within the first ten) and the place of each known column; None where no task
    column is."""
    known = {alias.casefold(): name for name, (_label, aliases) in HEADS.items() for alias in aliases}
    for at, row in enumerate(sheet.rows[:10]):
        found: dict[str, int] = {}
        for place, value in enumerate(row):
            name = known.get(str(value).replace("\n", "").replace(" ", "").strip("*").casefold())
            name = name or known.get(str(value).strip().casefold())
            if name:
                found.setdefault(name, place)
        if "title" in found and len(found) > 1:
            return at, found
    return None

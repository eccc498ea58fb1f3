"""Fields of flows and conditions of limits in words. What is not here is shown by its own name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "place": _("地点"),
    "description": _("情况描述"),
    "photo": _("照片"),
    "class_code": _("类别"),
    "condition": _("情形"),
    "unit": _("承办单位"),
    "result": _("办理结果"),
    "photo_after": _("办理后照片"),
    "photo_check": _("核查照片"),
    "parties": _("当事人"),
    "matter": _("事项"),
    "record": _("调解记录"),
    "way": _("处理方式"),
    "visit": _("回访记录"),
    "area_m2": _("面积(平方米)"),
    "illegal_kind": _("违法类型"),
    "notice_date": _("通知日期"),
    "area": _("片区"),
    "month": _("月份"),
    "decision_number": _("决定书文号"),
    "question": _("提请事项"),
    "decision": _("决定"),
    "problem": _("问题"),
    "measures": _("整改措施"),
    "deadline": _("完成期限"),
    "instruction": _("批示"),
    "evidence": _("佐证材料"),
    "seen": _("现场情况"),
    "need": _("需求"),
    "team": _("服务队"),
    "hours": _("服务时长(小时)"),
    "stars": _("评分(1 到 5)"),
    "answer": _("回访意见"),
    "shown_at": _("公布时间"),
}
CLOCK_KINDS = {
    "extend": _("延期"),
    "suspend": _("挂起"),
    "appeal-granted": _("申诉"),
}
LIMIT_UNITS = {
    "urgent-hour": _("紧急工作时"),
    "working-hour": _("工作时"),
    "working-day": _("工作日"),
    "natural-day": _("自然日"),
}
CLOCK_STATES = {
    "running": _("计时中"),
    "paused": _("已暂停"),
    "suspended": _("已挂起"),
    "stopped": _("已停止"),
}


def field_label(name: str) -> str:
    return str(FIELDS.get(name, name))


def is_file(name: str) -> bool:
    """Fields that hold a picture or paper by their name."""
    return name == "evidence" or any(part == "photo" for part in name.split("_"))

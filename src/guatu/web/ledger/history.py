"""The audit lines of a task and its targets, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.language import joined
from guatu.web.base.models import AuditEntry
from guatu.web.ledger.models import Duty, Target, Task

ACTIONS: dict[str, str | Promise] = {
    "ledger.correct-task": gettext_lazy("修改了任务"),
    "ledger.add-task": gettext_lazy("新增任务"),
    "ledger.drop-task": gettext_lazy("撤销任务"),
    "ledger.restore-task": gettext_lazy("恢复任务"),
    "ledger.waive-unit": gettext_lazy("说明不设责任单位"),
    "ledger.set-missing-due": gettext_lazy("补填时限"),
    "ledger.merge-version": gettext_lazy("合并新版本"),
    "ledger.import-tasks": gettext_lazy("导入任务"),
    "ledger.correct-target": gettext_lazy("修改了指标"),
    "ledger.add-target": gettext_lazy("新增指标"),
    "ledger.drop-target": gettext_lazy("取消或恢复指标"),
    "ledger.set-course": gettext_lazy("设定进度"),
    "ledger.set-allocation": gettext_lazy("分解指标"),
}
FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("任务"),
    "domain": gettext_lazy("领域"),
    "due": gettext_lazy("时限"),
    "state": gettext_lazy("状态"),
    "waiver": gettext_lazy("不设责任单位的原因"),
    "reason": gettext_lazy("原因"),
    "duties": gettext_lazy("单位"),
    "metric": gettext_lazy("指标"),
    "scope": gettext_lazy("范围"),
    "op": gettext_lazy("要求"),
    "value": gettext_lazy("目标值"),
    "value_max": gettext_lazy("上限"),
    "unit": gettext_lazy("计量单位"),
    "unit_text": gettext_lazy("计量单位"),
    "direction": gettext_lazy("方向"),
    "kind": gettext_lazy("口径"),
    "course": gettext_lazy("进度曲线"),
    "base": gettext_lazy("基数"),
    "base_date": gettext_lazy("起始日期"),
    "tracked": gettext_lazy("纳入调度"),
    "dropped": gettext_lazy("已取消"),
    "steps": gettext_lazy("各月应达数"),
    "shares": gettext_lazy("各单位分解数"),
    "bound": gettext_lazy("界限"),
    "reported": gettext_lazy("填报方式"),
}
_CHOICES: dict[str, dict[str, Any]] = {
    "state": dict(Task.State.choices),
    "direction": dict(Target.Direction.choices),
    "kind": dict(Target.Kind.choices),
    "course": dict(Target.Course.choices),
    "bound": dict(Target.Bound.choices),
    "reported": dict(Target.Reported.choices),
}


def action_words(entry: AuditEntry) -> str:
    """What was done; the action's own name for one of another app."""
    return str(ACTIONS.get(entry.action, entry.action))


def change_words(entry: AuditEntry) -> Iterator[str]:
    """Each field with what stood there before and after, of those a reader knows."""
    before, after = entry.before or {}, entry.after or {}
    if not isinstance(after, dict) or not isinstance(before, dict):
        return
    for name, value in after.items():
        if name not in FIELDS or (name in before and before[name] == value):
            continue
        old, new = _shown(name, before.get(name)), _shown(name, value)
        words = _("%(field)s:%(old)s → %(new)s") if old else _("%(field)s:%(new)s")
        yield words % {"field": FIELDS[name], "old": old, "new": new or "—"}


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "duties" and isinstance(value, list):
        return joined(dict.fromkeys(f"{Duty.Role(row[0]).label} {row[1]}" for row in value if len(row) > 1))
    if isinstance(value, dict):
        return _("%(n)d 项") % {"n": len(value)}
    return str(_CHOICES.get(name, {}).get(value, value))

"""Who may plan a task's milestones and say how far they are: the units that work on the task, and who edits plans."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.problems import Denied, standing
from guatu.web.dispatch.selectors.duties import reporting_units
from guatu.web.ledger.models import Task


def may_plan(actor: Actor, task_id: int) -> bool:
    if actor.may("plan.edit"):
        return True
    return any(actor.may("milestone.edit", unit) for unit in reporting_units([task_id]).get(task_id, ()))


def require_plan(actor: Actor, task_id: int) -> None:
    """Raises `Denied` unless the actor may plan the task's milestones."""
    if not may_plan(actor, task_id):
        raise Denied(_("节点由本任务的牵头和责任单位安排,您没有权限修改。"))


def known_task(pk: int) -> Task:
    """The row, or a problem that a person understands."""
    return standing(Task.objects.filter(pk=pk).select_related("plan").first(), _("这项任务已不存在,请刷新页面。"))

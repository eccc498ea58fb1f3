"""The step of the ladder that is due is taken: a reminder, a card, an order, an entry for the circular, a talk."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.adapters.writers.official.words import chinese_signs
from guatu.core.kernel.official import official
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import LadderEvent, Period
from guatu.web.dispatch.selectors.acts import grave
from guatu.web.dispatch.selectors.ladder import Proposal, ladder, proposals
from guatu.web.dispatch.selectors.orders import default_due
from guatu.web.ledger.models import Task

ORDER = "order"
LONGEST_REASON = 2000


@dataclass(frozen=True)
class Taken:
    """What was made: an order, or an event of the ladder."""

    order: int | None
    event: int | None


@dataclass(frozen=True)
class TakeStep(Action[Taken]):
    """Taken only while it is what the ladder proposes: a second click, or one after an appeal, changes nothing."""

    name = "dispatch.take-step"
    words = _("采取督办措施")
    period: int
    task: int
    unit: int
    step: str

    def permit(self, context: Context) -> None:
        require(context, "order.edit", self.unit)

    def change(self, context: Context) -> Change[Taken]:
        if self.step in grave(context.actor.today):
            raise NotNow(_("这是重大措施,须在措施页面核对事实后逐项提出。"), code="step.grave")
        found = due_step(self.period, self.task, self.unit, self.step, context.actor.today)
        task = Task.objects.get(pk=self.task)
        reason = official(found.decision)[:LONGEST_REASON]
        if self.step == ORDER:
            return self._order(task, reason, context)
        recorded = RecordLadder(self.task, self.unit, LadderEvent.Kind.STEP, self.step, reason).change(context)
        word = next(one.zh for one in ladder(context.actor.today) if one.id == self.step)
        title = _("%(step)s:%(task)s") % {"step": word, "task": task.title}
        path = reverse("task_detail", args=[task.pk])
        tell(context, f"ladder.{self.step}"[:40], self.unit, title, reason, path)
        return Change(Taken(None, recorded.result.pk), recorded.lines)

    def answer(self, result: Taken) -> Any:
        return [result.order, result.event]

    def recall(self, answer: Any) -> Taken:
        return Taken(*answer)

    def _order(self, task: Task, reason: str, context: Context) -> Change[Taken]:
        subject, text = order_words(task, reason, context)
        issued = IssueOrder(self.unit, subject, text, task=task.pk, despite=True).change(context)
        return Change(Taken(issued.result.pk, None), issued.lines)


def due_step(period_id: int, task_id: int, unit_id: int, step: str, on: datetime.date) -> Proposal:
    """What the ladder proposes, if it is this step; raises `NotNow` if it is not, so that a second click, or one after
    an appeal, changes nothing. Whoever takes a step on the task waits here for the other."""
    task = Task.objects.select_for_update().filter(pk=task_id).first()
    period = Period.objects.select_related("rule").filter(pk=period_id).first()
    if task is None or period is None or period.rule.plan_id != task.plan_id:
        raise Invalid(_("这项任务或这一期已不存在,请刷新页面。"), code="row.gone")
    found = proposals(period, [(task_id, unit_id)], on)[0]
    if found.action != "take" or found.step != step:
        raise NotNow(_("这一步已经采取,或情况已经变化,不再建议采取。请刷新页面。"), code="step.not-due")
    return found


def order_words(task: Task, reason: str, context: Context) -> tuple[str, str]:
    """Subject and demands of an order that is issued for the reason."""
    due = default_due(context.actor.today)
    subject = f"{task.number} {task.title}推进滞后".strip()[:200]
    demands = (
        f"{chinese_signs(reason)}。\n1.查明滞后原因，明确责任人。\n2.制定整改措施和分步完成时间。\n"
        f"3.于{due.year}年{due.month}月{due.day}日前书面反馈办理情况，并附佐证材料。"
    )
    return subject, demands

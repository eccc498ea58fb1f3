"""The supervision office issues an order: from a red light, from a problem, or by hand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.models import Unit
from guatu.web.dispatch.actions.numbers import take_serial, written
from guatu.web.dispatch.actions.order_rows import cleaned, page_of
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Light, Order, OrderEvent, Problem
from guatu.web.dispatch.selectors.orders import PENDING, default_due
from guatu.web.ledger.models import Plan, Task

LONGEST_TERM = datetime.timedelta(days=366)


@dataclass(frozen=True)
class IssueOrder(RowAction[Order]):
    """The plan comes from the task where one is given. Without `due_on` the reply is due after the county's working
    days.

    Where an order on the same task is still open for the unit, a second one is issued only `despite` it.
    """

    name = "dispatch.issue-order"
    words = gettext_lazy("下发督办单")
    unit: int
    subject: str
    text: str
    plan: int | None = None
    task: int | None = None
    light: int | None = None
    problem: int | None = None
    due_on: datetime.date | None = None
    despite: bool = False

    def permit(self, context: Context) -> None:
        require(context, "order.edit", self.unit)

    def change(self, context: Context) -> Change[Order]:
        subject = cleaned(self.subject, "subject", _("请写明督办事项。"), 200)
        text = cleaned(self.text, "text", _("请写明督办要求。"))
        plan, task = self._about()
        self._sources()
        due = self._due(context)
        self._no_other_open()
        today = context.actor.today
        serial = take_serial("order", today.year)
        order = Order.objects.create(
            number=written("order", today.year, serial, today),
            year=today.year,
            serial=serial,
            plan=plan,
            task=task,
            unit_id=self.unit,
            light_id=self.light,
            problem_id=self.problem,
            subject=subject,
            text=text,
            issued_on=today,
            due_on=due,
        )
        OrderEvent.objects.create(
            order=order, at=context.at, user=context.actor.user, verb=OrderEvent.Verb.ISSUED, text=text, due_on=due
        )
        title = _("督办单 %(number)s:%(subject)s") % {"number": order.number, "subject": subject}
        told = _("请于 %(due)s 前反馈。\n%(text)s") % {"due": due.isoformat(), "text": text}
        tell(context, "order.issued", self.unit, title, told, page_of(order))
        change = Change(order)
        after = {"number": order.number, "unit": self.unit, "subject": subject, "text": text, "due_on": due.isoformat()}
        change.note(order, None, {**after, "task": self.task, "light": self.light, "problem": self.problem})
        return change

    def _about(self) -> tuple[Plan, Task | None]:
        if not Unit.objects.filter(pk=self.unit).exists():
            raise Invalid(_("请选择被督办的单位。"), field="unit")
        if self.task is not None:
            task = Task.objects.select_related("plan").filter(pk=self.task).first()
            if task is None:
                raise Invalid(_("这项任务已不存在,请刷新页面。"), field="task")
            return task.plan, task
        plan = Plan.objects.filter(pk=self.plan).first() if self.plan is not None else None
        if plan is None or plan.state == Plan.State.DRAFT:
            raise Invalid(_("请选择督办所依据的方案。"), field="plan")
        return plan, None

    def _sources(self) -> None:
        """The light and the problem belong to the task and the unit of the order."""
        of = {"task": self.task, "unit": self.unit}
        if self.light is not None and not Light.objects.filter(pk=self.light, **of).exists():
            raise Invalid(_("这个亮灯不属于所选的任务和单位,请刷新页面。"), field="light")
        if self.problem is not None:
            problem = Problem.objects.filter(pk=self.problem, **of).first()
            if problem is None:
                raise Invalid(_("这个问题不属于所选的任务和单位,请刷新页面。"), field="problem")
            if problem.state != Problem.State.OPEN:
                raise NotNow(_("这个问题已经解决,不必再督办。"), code="problem.solved")

    def _due(self, context: Context) -> datetime.date:
        today = context.actor.today
        due = self.due_on or default_due(today)
        if due < today:
            raise Invalid(_("反馈时限不能早于今天。"), field="due_on")
        if due > today + LONGEST_TERM:
            raise Invalid(_("反馈时限超过一年,请核对年份。"), field="due_on")
        return due

    def _no_other_open(self) -> None:
        if self.task is None or self.despite:
            return
        other = Order.objects.filter(task=self.task, unit=self.unit, state__in=PENDING).order_by("id").first()
        if other is not None:
            message = _("该单位这项任务已有尚未销号的%(number)s。确需另发的,请勾选“仍要下达”。")
            raise NotNow(message % {"number": other.number}, field="despite", code="order.open")

"""A leader writes on something (批示): it becomes an order that is tracked; or is asked something and answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import also, require
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.dispatch.actions.order_by_word import OrderOfLeader, subject_of
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Circular, Instruction, Report
from guatu.web.ledger.selectors.running import running_plans, task_or_none


@dataclass(frozen=True)
class Subject:
    """What an instruction is about; the plan comes from the others where they have one."""

    plan: int | None = None
    task: int | None = None
    report: int | None = None
    circular: int | None = None

    def rows(self) -> tuple[int, int | None]:
        """The plan and the task, by their ids. Raises `Invalid` where it is about nothing that there is."""
        gone = _("它已不存在,请刷新页面。")
        if self.report is not None:
            report = standing(Report.objects.select_related("task").filter(pk=self.report).first(), gone)
            return report.task.plan_id, report.task_id
        if self.task is not None:
            task = standing(task_or_none(self.task), gone)
            return task.plan_id, task.pk
        if self.circular is not None:
            return standing(Circular.objects.filter(pk=self.circular).first(), gone).plan_id, None
        if self.plan is None or self.plan not in dict(running_plans()):
            raise Invalid(_("请选择批示所涉及的方案。"), field="plan")
        return self.plan, None


@dataclass(frozen=True)
class AskLeader(RowAction[Instruction]):
    """A question to the leaders about a task or a plan; it waits on their first screen."""

    name = "dispatch.ask-leader"
    words = gettext_lazy("请示领导")
    text: str
    plan: int | None = None
    task: int | None = None
    unit: int | None = None

    def permit(self, context: Context) -> None:
        require(context, "instruction.ask")

    def change(self, context: Context) -> Change[Instruction]:
        text = cleaned(self.text, "text", _("请写明请示事项。"), 2000)
        plan, task = Subject(self.plan, self.task).rows()
        of = {"plan_id": plan, "task_id": task, "unit_id": self.unit}
        made = Instruction.objects.create(**of, question=text, asked_by=context.actor.user, asked_at=context.at)
        change = Change(made)
        change.note(made, None, {"question": text, **of})
        return change


@dataclass(frozen=True)
class Instruct(RowAction[Instruction]):
    """With a unit it becomes an order of it. Without one it is the answer to a `question`, and nothing is tracked."""

    name = "dispatch.instruct"
    words = gettext_lazy("批示")
    text: str
    unit: int | None = None
    due_on: datetime.date | None = None
    plan: int | None = None
    task: int | None = None
    report: int | None = None
    circular: int | None = None
    question: int | None = None
    seen: int | None = None

    def permit(self, context: Context) -> None:
        require(context, "instruction.write")

    def change(self, context: Context) -> Change[Instruction]:
        text = cleaned(self.text, "text", _("请写下批示。"), 2000)
        made = self._new() if self.question is None else self._asked(self.question)
        if self.unit is None and not made.question:
            raise Invalid(_("请选择落实这条批示的单位。"), field="unit")
        change = Change(made)
        made.text, made.by, made.at = text, context.actor.user, context.at
        if self.unit is not None:
            made.unit_id = self.unit
            order = OrderOfLeader(
                self.unit,
                subject_of(text),
                text,
                plan=made.plan_id,
                task=made.task_id,
                due_on=self.due_on,
                despite=True,
            )
            made.order = also(order, context, change)
        made.save()
        after = {"text": text, "plan": made.plan_id, "task": made.task_id, "unit": made.unit_id}
        change.note(made, None, {**after, "order": made.order.number if made.order else None})
        told = _("%(who)s批示") % {"who": context.actor.user}
        tell(context, "instruction.given", None, told, text, reverse("instruction_list"))
        return change

    def _new(self) -> Instruction:
        plan, task = Subject(self.plan, self.task, self.report, self.circular).rows()
        return Instruction(plan_id=plan, task_id=task, report_id=self.report, circular_id=self.circular)

    def _asked(self, question: int) -> Instruction:
        found = standing(
            Instruction.objects.select_for_update().filter(pk=question).first(),
            _("这件请示已不存在,请刷新页面。"),
        )
        if found.text:
            raise NotNow(_("这件请示已经批示,请刷新页面查看。"), code="instruction.given")
        take_version(found, self.seen or 0)
        return found

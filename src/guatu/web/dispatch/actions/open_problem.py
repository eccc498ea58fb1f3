"""A problem goes on the list: one that a report speaks of, or one that somebody found."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.directory.models import Unit
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Problem, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.ledger.models import Task


@dataclass(frozen=True)
class OpenProblem(RowAction[Problem]):
    """Of a report the task and the unit are those of the report, and the text what it says unless another is given.

    A report is put on the list once; a second problem of the same report is opened without naming it.
    """

    name = "dispatch.open-problem"
    words = gettext_lazy("登记问题")
    permission = "order.edit"
    text: str = ""
    report: int | None = None
    task: int | None = None
    unit: int | None = None
    due_on: datetime.date | None = None

    def change(self, context: Context) -> Change[Problem]:
        task, unit, said = self._from_report(self.report) if self.report is not None else self._by_hand()
        text = cleaned(self.text or said, "text", _("请写明问题。"))
        if self.due_on is not None and self.due_on < context.actor.today:
            raise Invalid(_("解决时限不能早于今天。"), field="due_on")
        problem = Problem.objects.create(
            task_id=task,
            unit_id=unit,
            report_id=self.report,
            text=text,
            due_on=self.due_on,
            opened_at=context.at,
            opened_by=context.actor.user,
        )
        tell(context, "problem.opened", unit, _("一个问题列入清单,请研究解决"), text, reverse("problem_list"))
        change = Change(problem)
        due = self.due_on.isoformat() if self.due_on else None
        change.note(problem, None, {"task": task, "unit": unit, "report": self.report, "text": text, "due_on": due})
        return change

    def _from_report(self, pk: int) -> tuple[int, int, str]:
        report = standing(Report.objects.select_for_update().filter(pk=pk).first(), _("这份填报已不存在,请刷新页面。"))
        if report.state not in HANDED_IN:
            raise NotNow(_("这份填报还没有提交,其中的问题不能列入清单。"))
        if Problem.objects.filter(report=report).exists():
            raise NotNow(_("这份填报中的问题已列入清单。"), code="problem.listed")
        return report.task_id, report.unit_id, report.problems

    def _by_hand(self) -> tuple[int, int, str]:
        if self.task is None or not Task.objects.filter(pk=self.task).exists():
            raise Invalid(_("请选择问题所在的任务。"), field="task")
        if self.unit is None or not Unit.objects.filter(pk=self.unit).exists():
            raise Invalid(_("请选择解决问题的单位。"), field="unit")
        return self.task, self.unit, ""

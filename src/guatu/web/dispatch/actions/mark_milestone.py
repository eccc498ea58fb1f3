"""A unit says where a milestone stands: begun, expected by a day, done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.problems import Invalid, standing
from guatu.web.dispatch.actions.lights_later import lights_later
from guatu.web.dispatch.actions.milestone_rights import require_plan
from guatu.web.dispatch.models import MilestoneProgress, Period
from guatu.web.dispatch.selectors.milestones import progress_of
from guatu.web.ledger.models import Milestone


@dataclass(frozen=True)
class MarkMilestone(Action[Milestone]):
    """All three days as they are to stand; None takes one away."""

    name = "dispatch.mark-milestone"
    words = gettext_lazy("填写节点进度")
    milestone: int
    seen: int
    started_on: datetime.date | None = None
    expected_on: datetime.date | None = None
    done_on: datetime.date | None = None

    def permit(self, context: Context) -> None:
        require_plan(context.actor, _known(self.milestone).task_id)

    def change(self, context: Context) -> Change[Milestone]:
        row = _known(self.milestone)
        self._check(context.actor.today)
        before = _values(row)
        take_version(row, self.seen)
        row.done_on = self.done_on
        row.save(update_fields=["done_on"])
        days = {"started_on": self.started_on, "expected_on": self.expected_on}
        MilestoneProgress.objects.update_or_create(milestone=row, defaults=days)
        row = _known(row.pk)
        change = Change(row)
        change.note(row, before, _values(row))
        last = Period.objects.filter(rule__plan=row.task.plan_id).order_by("-ends_on").first()
        if last is not None:
            lights_later(last, [row.task_id], context)
        return change

    def recall(self, answer: Any) -> Milestone:
        return _known(answer)

    def _check(self, today: datetime.date) -> None:
        for name in ("started_on", "done_on"):
            day = getattr(self, name)
            if day is not None and day > today:
                raise Invalid(_("日期不能晚于今天:还没有发生。"), field=name)
        if self.started_on and self.done_on and self.done_on < self.started_on:
            raise Invalid(_("完成日期不能早于开始日期。"), field="done_on")
        if self.started_on and self.expected_on and self.expected_on < self.started_on:
            raise Invalid(_("预计完成不能早于开始日期。"), field="expected_on")


def _known(pk: int) -> Milestone:
    return standing(
        Milestone.objects.select_related("task", "progress").filter(pk=pk).first(), _("这个节点已不存在,请刷新页面。")
    )


def _values(row: Milestone) -> dict[str, Any]:
    known = progress_of(row)
    days = {
        "started_on": known.started_on if known else None,
        "expected_on": known.expected_on if known else None,
        "done_on": row.done_on,
    }
    return {name: day and day.isoformat() for name, day in days.items()}

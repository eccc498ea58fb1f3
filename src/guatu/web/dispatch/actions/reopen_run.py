"""All that one hourly run closed is opened again: it ran by a wrong clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.lights_later import lights_later
from guatu.web.dispatch.actions.reopen_period import given_reason, reopen
from guatu.web.dispatch.models import Period
from guatu.web.dispatch.selectors.reopening import opened_ahead, published_from


@dataclass(frozen=True)
class Reopened:
    """How many were opened again, how many that were opened ahead of time went, and what was left for which reason."""

    reopened: int
    removed: int
    left: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReopenRun(Action[Reopened]):
    """Each period is as it stood before the run: one whose time is over by today's date is closed by the next run.

    Periods that no day before today would have opened, and that nobody has touched, go. What was published from a
    period leaves it closed, and is named.
    """

    name = "dispatch.reopen-run"
    permission = "period.edit"
    words = _("撤销自动关闭")
    run: str
    reason: str

    def change(self, context: Context) -> Change[Reopened]:
        reason = given_reason(self.reason)
        rows = Period.objects.select_related("rule__plan").select_for_update(of=("self",))
        closed = list(rows.filter(closed_run=self.run, state=Period.State.CLOSED).order_by("ends_on", "id"))
        if not self.run or not closed:
            raise Invalid(_("这次自动运行关闭的期次都已重新开放,请刷新页面。"), code="row.gone")
        change = Change(Reopened(0, 0))
        ahead = {period.pk for period in opened_ahead(context.actor.today)}
        left: dict[str, str] = {}
        first: dict[int, Period] = {}
        count = 0
        for period in closed:
            if period.pk in ahead:
                continue
            if found := published_from(period):
                left[f"{period.rule.plan.title} {period.key}"] = joined(found)
                continue
            reopen(period, period.closes_on, reason, context, change)
            first.setdefault(period.rule.plan_id, period)
            count += 1
        removed = self._remove(ahead, reason, change)
        for period in first.values():
            lights_later(period, None, context)
        change.result = Reopened(count, removed, left)
        return change

    def _remove(self, ahead: set[int], reason: str, change: Change[Reopened]) -> int:
        periods = list(Period.objects.filter(pk__in=ahead))
        for period in periods:
            change.note(period, {"key": period.key, "reports": period.reports.count()}, {"reason": reason})
        Period.objects.filter(pk__in=ahead).delete()
        return len(periods)

    def answer(self, result: Reopened) -> Any:
        return [result.reopened, result.removed, dict(result.left)]

    def recall(self, answer: Any) -> Reopened:
        return Reopened(*answer)

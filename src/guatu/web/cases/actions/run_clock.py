"""A clock of a case has run out: what it does there is written into the history, at the time at which it ran out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.flows.stepping import step_case
from guatu.core.cases.case import MoveEntry
from guatu.core.cases.case_timers import timers_due
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.prepared import insert
from guatu.web.base.problems import Denied, NotNow
from guatu.web.cases.actions.answer import answer
from guatu.web.cases.actions.entries import changed, next_event, put_summary, refuse, shown_columns
from guatu.web.cases.history import Standing, county, standing
from guatu.web.cases.models import Case, CaseEvent


def ran_out(now: Standing, at: datetime.datetime) -> tuple[MoveEntry, ...]:
    """What the clocks of a case do that have run out by a time, the earliest first."""
    return timers_due(now.engine.flow, now.case, now.state, at, now.terms.limit_rows, now.work, county())


@dataclass(frozen=True)
class RunClock(RowAction[Case]):
    """The first clock of a case that has run out; `NotNow` where none has. Nobody asks for it but the hourly run."""

    case_id: int
    name = "case.run-clock"
    words = gettext_lazy("计时到点,案件自动往下走")

    def permit(self, context: Context) -> None:
        """What a clock does nobody does for it."""
        require(context, "case.view")
        if context.actor.user is not None:
            raise Denied(_("计时到点由系统办理。"), code="case.only-the-clock")

    def change(self, context: Context) -> Change[Case]:
        row = Case.objects.select_related("flow").get(pk=self.case_id)
        now = standing(row)
        due = ran_out(now, context.at)
        if not due:
            raise NotNow(_("这个案件没有到点的计时。"), code="case.no-clock-ran-out")
        entry, before = due[0], shown_columns(row)
        done = step_case(now.engine, now.case, entry)
        refuse(done.findings)
        # The line stands at the time at which the clock ran out, the audit at that of the run.
        event = next_event(
            now, replace(context, at=entry.at), CaseEvent.Kind.MOVE,
            post=entry.role, step=entry.step, move=entry.move, verb=entry.verb,
        )  # fmt: skip
        after = now.become(done.case, done.state)
        take_version(row, row.row_version, *put_summary(after))
        insert([event])
        answer(after, context, event)
        return changed(row, before, {**shown_columns(row), "step": entry.step, "move": entry.move})

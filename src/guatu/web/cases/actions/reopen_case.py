"""A case that was closed and is not well is taken up again: as a new case that follows it, since a history only
grows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.base.settings_table import setting
from guatu.web.cases.actions.entries import add_event, written
from guatu.web.cases.actions.open_case import LONGEST_TEXT, OpenCase
from guatu.web.cases.history import standing
from guatu.web.cases.models import Case, CaseEvent, Reporter
from guatu.web.cases.selectors.public import tracked


@dataclass(frozen=True)
class ReopenCase(RowAction[Case]):
    """By the code, for who reported; the county says for how many days after the end (setting `cases.reopen-days`)."""

    code: str
    reason: str
    name = "case.reopen"
    words = gettext_lazy("重新办理案件")

    def permit(self, context: Context) -> None:
        tracked(self.code)

    def change(self, context: Context) -> Change[Case]:
        row = tracked(self.code)
        reason = written(self.reason, most=1000)
        if not reason:
            raise Invalid(_("请写明为什么要重新办理。"), field="reason", code="case.reason-missing")
        if row.ended_at is None:
            raise NotNow(_("案件还在办理中,不需要重新办理。"), code="case.not-ended")
        days = setting("cases.reopen-days", context.actor.today)
        if context.at - row.ended_at > datetime.timedelta(days=days):
            raise NotNow(_("办结已超过 %(days)d 天,请重新上报。") % {"days": days}, code="case.too-old")
        take_version(row, row.row_version)
        if row.followers.exists():
            raise NotNow(_("已经重新办理,请用新的查询码查看。"), code="case.reopened")
        add_event(standing(row), context, CaseEvent.Kind.REOPEN, reason=reason)
        action = OpenCase(
            row.pack, row.class_code, f"{reason}\n\n{row.text}"[:LONGEST_TEXT], row.address, row.lon, row.lat,
            follows=row.pk,
        )  # fmt: skip
        made = action.change(context)
        reporter = Reporter.objects.filter(case=row).first()
        if reporter is not None:
            # Who has it taken up again is who is told.
            Reporter.objects.create(case=made.result, name=reporter.name, phone=reporter.phone, way=reporter.way)
        return made

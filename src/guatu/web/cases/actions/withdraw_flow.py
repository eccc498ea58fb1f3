"""The county's version of a flow is withdrawn: new cases begin on the pack's own again, running ones stay on theirs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Conflict
from guatu.web.cases.actions.publish_flow import reason_of
from guatu.web.cases.models import FlowVersion


@dataclass(frozen=True)
class WithdrawFlow(RowAction[FlowVersion]):
    """`version_id` is the version that was seen as the current one."""

    version_id: int
    reason: str
    name = "flow.withdraw"
    words = gettext_lazy("停用本县流程")
    permission = "flow.publish"

    def change(self, context: Context) -> Change[FlowVersion]:
        reason = reason_of(self.reason)
        rows = FlowVersion.objects.filter(pk=self.version_id, county=True, current=True)
        user = context.actor.user
        if not rows.update(current=False, withdrawn_at=context.at, withdrawn_by=user, withdrawn_reason=reason):
            raise Conflict(_("这个版本已不是现行版本,请刷新页面后重试。"), code="flow.not-current")
        row = FlowVersion.objects.get(pk=self.version_id)
        change = Change(row)
        change.note(row, {"current": True}, {"current": False, "pack": row.pack, "reason": reason})
        return change

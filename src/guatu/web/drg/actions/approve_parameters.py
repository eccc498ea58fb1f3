"""Somebody approves a set of parameters: exactly the one that they saw. Two different people are needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Conflict, NotNow
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import Approval, Parameters


@dataclass(frozen=True)
class ApproveParameters(InsurerAction[Approval]):
    parameters_id: int
    digest: str
    name: ClassVar[str] = "drg.approve-parameters"
    words = _("批准 DRG 参数")

    def change(self, context: Context) -> Change[Approval]:
        parameters = found(Parameters, self.parameters_id, lock=True)
        if self.digest != parameters.digest:
            raise Conflict(_("这套参数与您看到的不同,请刷新页面核对后再批准。"))
        user = context.actor.known
        if parameters.approvals.filter(user=user).exists():
            raise NotNow(_("您已经批准过这套参数,须由另一个人再批准。"), code="drg.approved-already")
        made = Approval.objects.create(
            parameters=parameters, user=user, on=context.actor.today, digest=parameters.digest
        )
        change = Change(made)
        change.note(made, None, {"parameters": parameters.pk, "digest": parameters.digest})
        return change

"""A new version of a plan is not merged; what the plan was it stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.ledger.models import PlanVersion


@dataclass(frozen=True)
class WithdrawVersion(RowAction[PlanVersion]):
    name: ClassVar[str] = "ledger.withdraw-version"
    words = gettext_lazy("撤回版本")
    permission: ClassVar[str] = "plan.edit"
    version_id: int
    row_version: int

    def change(self, context: Context) -> Change[PlanVersion]:
        version = found(PlanVersion, self.version_id, state=PlanVersion.State.MERGE)
        take_version(version, self.row_version)
        version.state = PlanVersion.State.WITHDRAWN
        version.save(update_fields=["state"])
        change = Change(version)
        change.note(version, {"state": PlanVersion.State.MERGE}, {"state": version.state})
        return change

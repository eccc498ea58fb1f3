"""The shares of a target stay as they are although they do not make it, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.ledger.models import Target

LONGEST = 200


@dataclass(frozen=True)
class KeepShares(RowAction[Target]):
    name: ClassVar[str] = "ledger.keep-shares"
    words = gettext_lazy("保留原分解")
    permission: ClassVar[str] = "plan.edit"
    target_id: int
    row_version: int
    reason: str

    def change(self, context: Context) -> Change[Target]:
        reason = self.reason.strip()
        if not reason or len(reason) > LONGEST:
            raise Invalid(_("请写明为什么保留原分解,不超过 %(n)d 个字。") % {"n": LONGEST}, field="reason")
        target = found(Target, self.target_id)
        take_version(target, self.row_version)
        before, target.shares_kept = target.shares_kept, reason
        target.save(update_fields=["shares_kept"])
        change = Change(target)
        change.note(target, {"shares_kept": before}, {"shares_kept": reason})
        return change

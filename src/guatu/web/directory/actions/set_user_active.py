"""An account is closed, or opened again; what its user wrote stays, and tokens of a closed one end for good."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import User
from guatu.web.directory.actions.administrators import check_one_stays
from guatu.web.directory.actions.common import row


@dataclass(frozen=True)
class SetUserActive(RowAction[User]):
    user_id: int
    active: bool
    name = "account.set-active"
    words = gettext_lazy("启用或停用账号")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[User]:
        user = row(User, self.user_id)
        change = Change(user)
        if user.is_active == self.active:
            return change
        change.note(user, {"is_active": user.is_active}, {"is_active": self.active})
        user.is_active = self.active
        user.save(update_fields=["is_active"])
        if not self.active:
            user.tokens.filter(revoked_at__isnull=True).update(revoked_at=context.at)
        check_one_stays(context.actor.today)
        return change

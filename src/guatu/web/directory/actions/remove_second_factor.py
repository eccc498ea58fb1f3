"""The second factor of a person who lost their phone is taken away; they set up a new one."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import User
from guatu.web.directory.actions.common import row


@dataclass(frozen=True)
class RemoveSecondFactor(RowAction[User]):
    user_id: int
    name = "account.remove-second-factor-of"
    words = gettext_lazy("解除两步验证")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[User]:
        user = row(User, self.user_id)
        gone, _by_kind = Authenticator.objects.filter(user=user).delete()
        change = Change(user)
        if gone:
            change.note(user, {"second_factor": True}, {"second_factor": False})
        return change

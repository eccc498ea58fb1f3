"""A forgotten password is replaced by one that is shown once and must be changed; all sessions and tokens of
the user end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.models import User
from guatu.web.base.problems import NotNow
from guatu.web.base.slowdowns import forget_user
from guatu.web.directory.actions.common import row
from guatu.web.directory.actions.create_user import NewPassword
from guatu.web.directory.passwords import FirstPassword

__all__ = ["FirstPassword", "ResetPassword"]


@dataclass(frozen=True)
class ResetPassword(Action[NewPassword]):
    """`password` is one that was made before, where many are given in one transaction."""

    user_id: int
    password: FirstPassword | None = None
    name = "account.reset-password"
    words = _("重置密码")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[NewPassword]:
        user = row(User, self.user_id)
        if context.actor.user is not None and user.pk == context.actor.user.pk:
            raise NotNow(_("自己的密码请在“我的账号”里修改。"))
        password = self.password or FirstPassword.made()
        user.take_password(password.raw, password.hashed)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        forget_user(user.pk)
        change = Change(NewPassword(user, password.raw))
        change.note(user, None, {"must_change_password": True})
        return change

    def recall(self, answer: Any) -> NewPassword:
        return NewPassword(User.objects.get(pk=answer), "")

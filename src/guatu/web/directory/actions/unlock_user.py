"""An account that is locked after failed logins may be used again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guatu.web.base.accounts import is_locked, unlock
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.models import User
from guatu.web.directory.actions.common import row


@dataclass(frozen=True)
class UnlockUser(Action[User]):
    user_id: int
    name: ClassVar[str] = "account.unlock"
    words: ClassVar[str | Promise] = gettext_lazy("解除锁定")

    def permit(self, context: Context) -> None:
        require(context, "accounts.edit")

    def change(self, context: Context) -> Change[User]:
        user = row(User, self.user_id)
        change = Change(user)
        if is_locked(user.username):
            unlock(user.username)
            change.note(user, {"locked": True}, {"locked": False})
        return change

    def recall(self, answer: Any) -> User:
        return User.objects.get(pk=answer)

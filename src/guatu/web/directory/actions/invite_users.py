"""Links at which users set their own password, for those who have never logged in; each works once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.models import User
from guatu.web.base.problems import NotNow
from guatu.web.directory.passwords import invitation_path


@dataclass(frozen=True)
class Invitation:
    """Whom a link is for, and its path on this server."""

    user: User
    path: str


@dataclass(frozen=True)
class InviteUsers(Action[list[Invitation]]):
    """`user_ids` None invites everybody who has never logged in."""

    user_ids: tuple[int, ...] | None = None
    name = "account.invite"
    words = _("邀请")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[list[Invitation]]:
        users = User.objects.filter(is_active=True, last_login__isnull=True).order_by("username")
        if self.user_ids is not None:
            users = users.filter(pk__in=self.user_ids)
        found = [Invitation(user, invitation_path(user)) for user in users]
        if not found:
            raise NotNow(_("没有需要邀请的账号:启用的账号都已登录过。"))
        change = Change(found)
        for invitation in found:
            change.note(invitation.user, None, {"invited": True})
        return change

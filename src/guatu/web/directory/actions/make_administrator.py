"""The first administrator, or one for a county that has locked itself out: from the server's own command line alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.dated import on_day
from guatu.web.base.models import User
from guatu.web.base.problems import Denied
from guatu.web.base.slowdowns import forget_user
from guatu.web.directory.actions.create_user import NewPassword, check_username
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.passwords import first_password


@dataclass(frozen=True)
class MakeAdministrator(Action[NewPassword]):
    username: str
    name = "account.make-administrator"
    words = _("指定系统管理员")

    def permit(self, context: Context) -> None:
        if context.request_id or context.actor.user is not None:  # every request from outside has a number
            raise Denied(_("只能在服务器的命令行上指定。"))

    def change(self, context: Context) -> Change[NewPassword]:
        user = User.objects.filter(username=self.username).first()
        if user is None:
            user = User(username=check_username(self.username), display_name=self.username, date_joined=context.at)
        raw = first_password()
        user.set_password(raw)
        user.is_active = user.must_change_password = True
        user.save()
        forget_user(user.pk)
        today, role = context.actor.today, RoleGrant.Role.ADMIN
        if not RoleGrant.objects.filter(on_day(today), user=user, role=role, valid_to__isnull=True).exists():
            RoleGrant.objects.create(user=user, role=role, valid_from=today)
        change = Change(NewPassword(user, raw))
        change.note(user, None, {"username": user.username, "role": str(role)})
        return change

"""The address of one's calendar is replaced: whoever has the old one sees nothing any more."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import User
from guatu.web.base.problems import Denied


@dataclass(frozen=True)
class RenewCalendar(RowAction[User]):
    name = "dispatch.renew-calendar"
    words = _("更换日历地址")

    def permit(self, context: Context) -> None:
        if context.actor.user is None:
            raise Denied(_("请先登录。"))

    def change(self, context: Context) -> Change[User]:
        user = User.objects.get(pk=context.actor.known.pk)
        user.calendar_token = uuid.uuid4()
        user.save(update_fields=["calendar_token"])
        change = Change(user)
        change.note(user, None, {"calendar": "renewed"})
        return change

"""A user changes their own name, phone and language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions.action import Change, Context, RowAction
from guatu.web.base.models import User
from guatu.web.base.problems import Denied, Invalid

FIELDS = ("display_name", "phone", "language")


@dataclass(frozen=True)
class ChangeOwnAccount(RowAction[User]):
    display_name: str
    phone: str
    language: str
    name = "account.change-own"
    words = gettext_lazy("修改我的账号")

    def permit(self, context: Context) -> None:
        if context.actor.user is None:
            raise Denied(_("请先登录。"))

    def change(self, context: Context) -> Change[User]:
        if self.language and self.language not in dict(settings.LANGUAGES):
            raise Invalid(_("没有这种语言,请从列表中选择。"), field="language")
        if len(self.display_name) > 60 or not self.display_name.strip():
            raise Invalid(_("请填写姓名,不超过 60 个字。"), field="display_name")
        if len(self.phone) > 30:
            raise Invalid(_("电话不能超过 30 个字符。"), field="phone")
        user = User.objects.get(pk=context.actor.known.pk)
        before = {field: getattr(user, field) for field in FIELDS}
        user.display_name, user.phone, user.language = self.display_name.strip(), self.phone.strip(), self.language
        user.save(update_fields=list(FIELDS))
        change = Change(user)
        change.note(user, before, {field: getattr(user, field) for field in FIELDS})
        return change

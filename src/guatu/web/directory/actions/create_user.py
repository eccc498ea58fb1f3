"""An account for a person, with a first password that is shown once and must be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guatu.core.fields.normal import line
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.models import User
from guatu.web.base.problems import Invalid
from guatu.web.directory.passwords import first_password
from guatu.web.kit.kinds import Text

DISPLAY_NAME = Text(label=_("姓名"), required=True, longest=60)
PHONE = Text(label=_("电话"), longest=30)
_KEPT = _("登录时用,开通后不变。")


@dataclass(frozen=True)
class NewPassword:
    """A password as it is shown once; only its hash stays."""

    user: User
    raw: str

    @property
    def pk(self) -> int:
        return self.user.pk


@dataclass(frozen=True)
class CreateUser(Action[NewPassword]):
    username: Annotated[str, Text(label=_("用户名"), required=True, longest=150, hint=_KEPT)]
    display_name: Annotated[str, DISPLAY_NAME]
    phone: Annotated[str, PHONE] = ""
    name = "account.create"
    words = _("新开账号")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[NewPassword]:
        username = check_username(self.username)
        check_names(self.display_name, self.phone)
        user = User(
            username=username,
            display_name=line(self.display_name),
            phone=line(self.phone),
            must_change_password=True,
            date_joined=context.at,
        )
        raw = first_password()
        user.set_password(raw)
        user.save()
        change = Change(NewPassword(user, raw))
        change.note(user, None, {"username": username, "display_name": user.display_name, "phone": user.phone})
        return change

    def recall(self, answer: Any) -> NewPassword:
        return NewPassword(User.objects.get(pk=answer), "")


def check_username(username: str) -> str:
    """The name as it is kept; raises `Invalid` for one that is taken or cannot be one."""
    name = username.strip()
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        name = ""
    if not 2 <= len(name) <= 150:
        raise Invalid(_("用户名应为 2 到 150 个字母、数字、汉字或 @ . + - _。"), field="username")
    if User.objects.filter(username__iexact=name).exists():
        raise Invalid(_("用户名“%(name)s”已被使用。") % {"name": name}, field="username", code="username.taken")
    return name


def check_names(display_name: str, phone: str) -> None:
    if not line(display_name) or len(display_name) > 60:
        raise Invalid(_("请填写姓名,不超过 60 个字。"), field="display_name")
    if len(phone) > 30:
        raise Invalid(_("电话不能超过 30 个字符。"), field="phone")

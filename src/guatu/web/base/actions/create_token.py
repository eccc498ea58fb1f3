"""A user makes a token for a program that speaks for them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.account_duties import owed
from guatu.web.base.actions.action import Action, Change, Context
from guatu.web.base.models import ApiToken
from guatu.web.base.problems import Denied, Invalid
from guatu.web.base.scopes import SCOPES
from guatu.web.base.tokens import new_token, roles_of

MOST_DAYS = 365
MOST_TOKENS = 20


@dataclass(frozen=True)
class NewToken:
    """A token as it is shown once; only its hash stays."""

    pk: int
    raw: str


@dataclass(frozen=True)
class CreateToken(Action[NewToken]):
    """The view has asked for the password or the second factor anew; owing one of them, a user makes none."""

    label: str
    scopes: tuple[str, ...]
    days: int
    name = "account.create-token"
    words = gettext_lazy("生成令牌")

    def permit(self, context: Context) -> None:
        if context.actor.user is None:
            raise Denied(_("请先登录。"))
        if owed(context.actor.user, lambda: context.actor.roles, {}) is not None:
            raise Denied(_("请先设置自己的密码和两步验证,再生成令牌。"))

    def change(self, context: Context) -> Change[NewToken]:
        label = self.label.strip()
        if not label or len(label) > 80:
            raise Invalid(_("请写明令牌的用途,不超过 80 个字。"), field="label")
        if not self.scopes or not set(self.scopes) <= set(SCOPES):
            raise Invalid(_("请至少选择一项令牌可以做的事。"), field="scopes")
        if not 1 <= self.days <= MOST_DAYS:
            raise Invalid(_("有效天数应在 1 到 %(most)d 之间。") % {"most": MOST_DAYS}, field="days")
        own = ApiToken.objects.filter(user=context.actor.user, revoked_at__isnull=True, expires_at__gt=context.at)
        if own.count() >= MOST_TOKENS:
            raise Invalid(_("最多 %(most)d 个有效令牌,请先停用不再使用的。") % {"most": MOST_TOKENS}, field="label")
        raw, sha256 = new_token()
        expires = context.at + datetime.timedelta(days=self.days)
        scopes = [scope for scope in SCOPES if scope in self.scopes]
        token = ApiToken.objects.create(
            user=context.actor.known,
            name=label,
            sha256=sha256,
            scopes=scopes,
            roles=roles_of(context.actor.known, context.actor.today),
            created_at=context.at,
            expires_at=expires,
        )
        change = Change(NewToken(token.pk, raw))
        change.note(token, None, {"name": label, "scopes": scopes, "expires_at": expires.isoformat()})
        return change

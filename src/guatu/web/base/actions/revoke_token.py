"""A token stops working at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions.action import Change, Context, RowAction
from guatu.web.base.models import ApiToken
from guatu.web.base.problems import Denied


@dataclass(frozen=True)
class RevokeToken(RowAction[ApiToken]):
    token_id: int
    name = "account.revoke-token"
    words = gettext_lazy("停用令牌")

    def permit(self, context: Context) -> None:
        tokens = ApiToken.objects.filter(pk=self.token_id)
        if not context.actor.may("accounts.edit"):
            tokens = tokens.filter(user=context.actor.user)
        if context.actor.user is None or not tokens.exists():
            raise Denied(_("这不是您的令牌。"))

    def change(self, context: Context) -> Change[ApiToken]:
        token = ApiToken.objects.select_related("user").get(pk=self.token_id)
        change = Change(token)
        if token.revoked_at is None:
            token.revoked_at = context.at
            token.save(update_fields=["revoked_at"])
            change.note(token, {"revoked_at": None}, {"revoked_at": context.at.isoformat()})
        return change

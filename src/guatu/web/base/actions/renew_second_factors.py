"""After the county's secret was changed: secrets of second factors are encrypted with the new one."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions.action import Action, Change, Context
from guatu.web.base.problems import Denied
from guatu.web.base.second_factor import Unreadable, changed, decrypt, encrypt


@dataclass(frozen=True)
class Renewed:
    """How many second factors are encrypted with the secret of today, and how many nobody can read."""

    done: int
    unreadable: int


@dataclass(frozen=True)
class RenewSecondFactors(Action[Renewed]):
    name = "account.renew-second-factors"
    words = gettext_lazy("用新密钥重新加密两步验证")

    def permit(self, context: Context) -> None:
        if context.request_id or context.actor.user is not None:
            raise Denied(_("只能在服务器的命令行上进行。"))

    def change(self, context: Context) -> Change[Renewed]:
        done = unreadable = 0
        rows = list(Authenticator.objects.select_for_update().order_by("pk"))
        for row in rows:
            try:
                row.data = changed(row.data, lambda text: encrypt(decrypt(text)))
            except Unreadable:
                unreadable += 1
                continue
            row.save(update_fields=["data"])
            done += 1
        change = Change(Renewed(done, unreadable))
        if done:
            change.note(rows[0], None, {"renewed": done, "unreadable": unreadable})
        return change

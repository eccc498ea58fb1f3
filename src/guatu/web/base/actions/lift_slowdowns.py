"""Who is slowed down after failed logins may try again at once: one count, an account, an address, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from guatu.web.base.actions.action import Action, Change, Context
from guatu.web.base.models import Slowdown

_NAMED = 20
"""Accounts and addresses that the audit line names; it counts the rest."""


@dataclass(frozen=True)
class LiftSlowdowns(Action[int]):
    """Without a field everything is lifted. The result is the number of counts that ended."""

    row_id: int | None = None
    user_id: int | None = None
    address: str = ""
    name = "account.lift-slowdowns"
    words = gettext_lazy("解除登录限制")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[int]:
        found = Slowdown.objects.select_for_update(of=("self",)).filter(self._which())
        rows = list(found.select_related("user").order_by("pk"))
        change = Change(len(rows))
        if rows:
            Slowdown.objects.filter(pk__in=[row.pk for row in rows]).delete()
            accounts = sorted({row.user.username for row in rows if row.user})
            addresses = sorted({row.address for row in rows if row.address})
            before = {"accounts": accounts[:_NAMED], "addresses": addresses[:_NAMED], "counts": len(rows)}
            thing = rows[0].user if self.user_id is not None and rows[0].user else rows[0]
            change.note(thing, before, {"lifted": True})
        return change

    def _which(self) -> Q:
        found = Q()
        if self.row_id is not None:
            found &= Q(pk=self.row_id)
        if self.user_id is not None:
            found &= Q(user_id=self.user_id)
        if self.address:
            found &= Q(address=self.address)
        return found

    def answer(self, result: int) -> Any:
        return result

    def recall(self, answer: Any) -> int:
        return int(answer)

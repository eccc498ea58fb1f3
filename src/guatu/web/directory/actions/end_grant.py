"""A role is taken from a user, from a day on (today at the earliest)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.administrators import check_one_stays
from guatu.web.directory.actions.common import end_or_drop, row
from guatu.web.directory.models import RoleGrant


@dataclass(frozen=True)
class EndGrant(Action[int]):
    grant_id: int
    day: datetime.date | None
    name = "account.end-role"
    words = _("撤销授权")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[int]:
        grant = row(RoleGrant, self.grant_id)
        day = self.day or context.actor.today
        if day < context.actor.today:
            raise Invalid(_("撤销授权最早从今天起。"), field="day")
        change = Change(self.grant_id)
        if grant.valid_to is None or grant.valid_to > day:
            end_or_drop(grant, day, change)
        if grant.role == RoleGrant.Role.ADMIN:
            check_one_stays(context.actor.today)
        return change

    def answer(self, result: int) -> Any:
        return result

    def recall(self, answer: Any) -> int:
        return int(answer)

"""A user gets a role for a unit and all below it, or for the whole county, from a day on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import User
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.common import row
from guatu.web.directory.checks import check_grant
from guatu.web.directory.models import RoleGrant, Unit
from guatu.web.directory.references import NamedUnit
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Choice, Day

ACTS_FOR = _("含其下级。县级角色可不填。")


@dataclass(frozen=True)
class GrantRole(RowAction[RoleGrant]):
    user_id: int
    role: Annotated[str, Choice(label=_("角色"), required=True, choices=RoleGrant.Role.choices)]
    unit_id: Annotated[int | None, NamedUnit(label=_("代表单位"), hint=ACTS_FOR)]
    day: Annotated[datetime.date | None, Day(label=_("生效日期"), hint=_("不填为今天。"))]
    until: Annotated[datetime.date | None, Day(label=_("失效日期"), hint=_("不填为长期。"))] = None
    name = "account.grant-role"
    words = _("授权")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[RoleGrant]:
        user = row(User, self.user_id)
        day = self.day or context.actor.today
        check_grant(self.role, self.unit_id, day, self.until, context.actor.today, World())
        self._check_twice(day)
        unit = row(Unit, self.unit_id, "unit_id") if self.unit_id is not None else None
        grant = RoleGrant.objects.create(user=user, role=self.role, unit=unit, valid_from=day, valid_to=self.until)
        change = Change(grant)
        after = {"user": user.username, "role": self.role, "unit": self.unit_id, "from": day.isoformat()}
        change.note(grant, None, after | {"valid_to": self.until.isoformat() if self.until else None})
        return change

    def _check_twice(self, day: datetime.date) -> None:
        same = RoleGrant.objects.filter(user_id=self.user_id, role=self.role, unit=self.unit_id)
        if same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).exists():
            raise Invalid(_("这个用户已有这个角色。"), field="role", code="role.held")

"""A hospital takes its objection back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Denied, NotNow
from guatu.web.drg.models import Objection
from guatu.web.drg.selectors.scope import own_units


@dataclass(frozen=True)
class WithdrawObjection(RowAction[Objection]):
    objection_id: int
    seen: int
    name: ClassVar[str] = "drg.withdraw-objection"
    words = _("撤回 DRG 异议")

    def permit(self, context: Context) -> None:
        unit = found(Objection, self.objection_id).hospital.unit_id
        if unit is None or unit not in own_units(context.actor):
            raise Denied(_("您没有进行这项操作的权限,请联系本县系统管理员。"))
        require(context, "drg.object", unit)

    def change(self, context: Context) -> Change[Objection]:
        objection = found(Objection, self.objection_id)
        if objection.state != Objection.State.RAISED:
            raise NotNow(_("这件异议已经办结,不能撤回。"), code="drg.objection-settled")
        objection.state, objection.settled = Objection.State.WITHDRAWN, context.actor.today
        take_version(objection, self.seen, "state", "settled")
        change = Change(objection)
        change.note(objection, {"state": Objection.State.RAISED}, {"state": objection.state})
        return change

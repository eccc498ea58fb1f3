"""A fixed border is drawn, or one that is there ends."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.grids.actions import common
from guatu.web.grids.models import FixedBorder


@dataclass(frozen=True)
class SetFixedBorder(RowAction[FixedBorder]):
    unit_id: int
    title: str
    line: Mapping[str, Any]
    """GeoJSON line in degrees."""
    day: datetime.date
    name = "grids.set-fixed-border"
    words = _("绘制固定边界")

    def permit(self, context: Context) -> None:
        common.may_edit(context, self.unit_id)

    def change(self, context: Context) -> Change[FixedBorder]:
        common.is_town(self.unit_id, self.day)
        title = self.title.strip()
        if not title or len(title) > 60:
            raise Invalid(_("请填写固定边界的名称,不超过 60 个字。"), field="name", code="grid.border-name")
        made = FixedBorder.objects.create(unit_id=self.unit_id, name=title, line=dict(self.line), valid_from=self.day)
        change = Change(made)
        change.note(made, None, {"name": title, "valid_from": self.day.isoformat()})
        return change


@dataclass(frozen=True)
class EndFixedBorder(RowAction[FixedBorder]):
    border_id: int
    seen: int
    name = "grids.end-fixed-border"
    words = _("停用固定边界")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(FixedBorder, self.border_id).unit_id)

    def change(self, context: Context) -> Change[FixedBorder]:
        border = take_version(found(FixedBorder, self.border_id), self.seen)
        before = border.valid_to
        border.valid_to = max(context.actor.today, border.valid_from)
        border.save(update_fields=["valid_to"])
        change = Change(border)
        change.note(border, {"valid_to": before and before.isoformat()}, {"valid_to": border.valid_to.isoformat()})
        return change

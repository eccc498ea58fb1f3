"""A way to write a unit that was wrong is forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.directory.models import Unit, UnitAlias


@dataclass(frozen=True)
class RemoveAlias(RowAction[Unit]):
    unit_id: int
    alias_id: int
    name = "directory.remove-alias"
    words = gettext_lazy("删除别名")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Unit]:
        unit = Unit.objects.get(pk=self.unit_id)
        change = Change(unit)
        for alias in UnitAlias.objects.filter(pk=self.alias_id, unit=unit):
            change.note(unit, {"alias": alias.text}, None)
            alias.delete()
        return change

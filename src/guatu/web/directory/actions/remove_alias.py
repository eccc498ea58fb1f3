"""A way to write a unit that was wrong is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.directory.models import Unit, UnitAlias


@dataclass(frozen=True)
class RemoveAlias(Action[Unit]):
    unit_id: int
    alias_id: int
    name: ClassVar[str] = "directory.remove-alias"
    words: ClassVar[str | Promise] = gettext_lazy("删除别名")

    def permit(self, context: Context) -> None:
        require(context, "directory.edit")

    def change(self, context: Context) -> Change[Unit]:
        unit = Unit.objects.get(pk=self.unit_id)
        change = Change(unit)
        for alias in UnitAlias.objects.filter(pk=self.alias_id, unit=unit):
            change.note(unit, {"alias": alias.text}, None)
            alias.delete()
        return change

    def recall(self, answer: Any) -> Unit:
        return Unit.objects.get(pk=answer)

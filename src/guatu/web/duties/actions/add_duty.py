"""A row is added to the duty list; what stood for the same cases ends on its first day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.duties.models import Duty
from guatu.web.duties.values import DutyValues

PERMISSION = "directory.edit"


@dataclass(frozen=True)
class AddDuty(Action[Duty]):
    values: DutyValues
    name: ClassVar[str] = "duty.add"
    words: ClassVar[str | Promise] = gettext_lazy("增加职责行")

    def permit(self, context: Context) -> None:
        require(context, PERMISSION)

    def change(self, context: Context) -> Change[Duty]:
        for problem in self.values.problems():
            raise problem
        change: Change[Any] = Change(None)
        change.result = self.values.lay(change)
        return change

    def recall(self, answer: Any) -> Duty:
        return Duty.objects.get(pk=answer)

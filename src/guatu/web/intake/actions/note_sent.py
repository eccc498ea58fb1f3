"""A case has been passed on: the neighbour's number for it is written down."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.problems import NotNow
from guatu.web.cases.actions.entries import case_for
from guatu.web.intake.models import OutsideNumber


@dataclass(frozen=True)
class NoteSent(Action[OutsideNumber]):
    case: int
    system: str
    number: str
    name = "intake.case-sent"
    words = _("案件已转送")
    permission = "case.edit"

    def change(self, context: Context) -> Change[OutsideNumber]:
        row = case_for(context, self.case)
        known = OutsideNumber.objects.filter(system=self.system, number=self.number[:120]).first()
        if known is not None and known.case_id == row.pk and known.sent:
            return Change(known)  # a worker that was slower than another
        if known is not None:
            raise NotNow(
                _("对方给的编号 %(number)s 已属于另一件。") % {"number": self.number[:60]}, code="open311.number-taken"
            )
        made = OutsideNumber.objects.create(
            case=row, system=self.system, number=self.number[:120], sent=True, at=context.at
        )
        change = Change(made)
        change.note(row, None, {"system": self.system, "number": made.number})
        return change

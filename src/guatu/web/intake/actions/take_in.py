"""A case from elsewhere is taken in once: its number there is written down with it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, perform
from guatu.web.base.actions.action import require
from guatu.web.base.problems import NotNow
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.models import Case
from guatu.web.intake.models import OutsideNumber


class AlreadyIn(NotNow):
    """The number is known; `data["case"]` is its case."""

    code = "intake.already-in"


@dataclass(frozen=True)
class TakeIn(RowAction[Case]):
    case: OpenCase
    system: str
    number: str
    reported_at: datetime.datetime | None = None
    note: str = ""
    name = "intake.take-in"
    words = _("接入案件")

    def permit(self, context: Context) -> None:
        require(context, "case.edit")
        self.case.permit(context)

    def change(self, context: Context) -> Change[Case]:
        known = OutsideNumber.objects.filter(system=self.system, number=self.number).first()
        if known is not None:
            raise AlreadyIn(_("这一件已经登记过。"), data={"case": known.case_id})
        change = self.case.change(context)
        OutsideNumber.objects.create(
            case=change.result,
            system=self.system,
            number=self.number,
            reported_at=self.reported_at,
            note=self.note[:200],
            at=context.at,
        )
        return change


def once(action: TakeIn, context: Context) -> tuple[int, bool]:
    """Performs it; the case's id, and whether it is new. Two at the same instant make one case."""
    try:
        return perform(action, context).pk, True
    except AlreadyIn as known:
        return int(str(known.data["case"])), False
    except IntegrityError:
        there = OutsideNumber.objects.filter(system=action.system, number=action.number).first()
        if there is None:
            raise
        return there.case_id, False

"""A case is passed on to a neighbour; the sending itself is done in the background."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guatu.web.base import jobs
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import Job
from guatu.web.base.problems import NotNow
from guatu.web.cases.actions.entries import case_for
from guatu.web.cases.models import Case
from guatu.web.intake.models import OutsideNumber
from guatu.web.intake.neighbours import Known, neighbour

SEND = "intake.send"


@dataclass(frozen=True)
class SendCase(RowAction[Job]):
    case: int
    to: str
    name = "intake.send-case"
    words = gettext_lazy("转送案件")
    permission = "case.edit"

    def change(self, context: Context) -> Change[Job]:
        row = case_for(context, self.case)
        known = neighbour(self.to)
        service_of(row, known)
        user = context.actor.user
        job = jobs.enqueue(SEND, {"case": row.pk, "to": known.name, "language": get_language()}, user, context.at)
        change = Change(job)
        change.note(row, None, {"to": known.name})
        return change


def service_of(row: Case, known: Known) -> str:
    """The neighbour's class for a case. Raises `NotNow` for a case that may not go there."""
    if row.confidential:
        raise NotNow(_("保密案件不能转送。"), code="open311.confidential")
    if OutsideNumber.objects.filter(case=row, system=known.system).exists():
        raise NotNow(_("这一件已经在对方系统里。"), code="open311.there-already")
    code = known.service_code(row.pack, row.class_code)
    if code is None:
        raise NotNow(_("这一类案件没有对方的 service_code,请系统管理员补充对照表。"), code="open311.no-class")
    return code

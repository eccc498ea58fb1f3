"""A hospital objects to something of a published run, within the time of its round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.engines.drg.simulation.negotiation import SUBJECTS, raised
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.actions.rows import found
from guatu.web.base.calendar import calendar
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.base.words import one_of
from guatu.web.drg.models import Hospital, Objection, Round
from guatu.web.drg.selectors.cases import case_of
from guatu.web.drg.selectors.negotiation import core_round
from guatu.web.drg.selectors.scope import own_units
from guatu.web.drg.words import messages_of, written

LONGEST, LONGEST_WANTED = 2000, 200
NEW = "new"
"""What the objection is called until it has a number of its own."""


@dataclass(frozen=True)
class MakeObjection(RowAction[Objection]):
    round_id: int
    hospital_id: int
    subject: str
    about: str
    text: str
    wanted: str = ""
    name: ClassVar[str] = "drg.make-objection"
    words = _("提出 DRG 异议")

    def permit(self, context: Context) -> None:
        unit = found(Hospital, self.hospital_id).unit_id
        if unit is None or unit not in own_units(context.actor):
            raise Denied(_("您没有进行这项操作的权限,请联系本县系统管理员。"))
        require(context, "drg.object", unit)

    def change(self, context: Context) -> Change[Objection]:
        round_, hospital = found(Round, self.round_id, lock=True), found(Hospital, self.hospital_id)
        about, text, wanted = written(self.about), written(self.text), written(self.wanted)
        self._check(round_, hospital, about, text, wanted)
        made, findings = raised(
            core_round(round_), NEW, hospital.code, one_of(SUBJECTS, self.subject), about, text,
            context.actor.today, calendar(), wanted,
        )  # fmt: skip
        if findings:
            raise NotNow(messages_of(findings), code=findings[0].code)
        new = made.objections[-1]
        objection = Objection.objects.create(
            round=round_, hospital=hospital, subject=self.subject, about=about, text=text, wanted=wanted,
            raised=new.raised, deadline=new.deadline, made_by=context.actor.user, made_at=context.at,
        )  # fmt: skip
        change = Change(objection)
        change.note(objection, None, {"hospital": hospital.code, "subject": self.subject, "about": about, "text": text})
        return change

    def _check(self, round_: Round, hospital: Hospital, about: str, text: str, wanted: str) -> None:
        if self.subject not in Objection.Subject.values:
            raise Invalid(_("请选择异议的对象。"), field="subject")
        if not about or len(about) > 60:
            raise Invalid(_("请写明病例号、病组或参数的编号,不超过 60 个字符。"), field="about")
        if self.subject == Objection.Subject.STAY and case_of(round_.run, hospital.code, about) is None:
            raise Invalid(_("本院在这次结果中没有病例 %(id)s,请核对。") % {"id": about}, field="about")
        if self.subject == Objection.Subject.PARAMETER and about not in PARAMETERS:
            raise Invalid(_("没有参数 %(name)s,请按参数页上的编号填写。") % {"name": about}, field="about")
        if not text or len(text) > LONGEST:
            raise Invalid(_("请写明理由和依据,不超过 %(n)d 字。") % {"n": LONGEST}, field="text")
        if len(wanted) > LONGEST_WANTED:
            raise Invalid(_("请求不能超过 %(n)d 字。") % {"n": LONGEST_WANTED}, field="wanted")

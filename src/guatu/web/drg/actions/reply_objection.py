"""The insurer accepts or rejects an objection, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.simulation.negotiation import ObjectionState, answered
from guatu.web.base.actions import Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import Objection
from guatu.web.drg.selectors.negotiation import core_round
from guatu.web.drg.words import messages_of, written

LONGEST = 2000
STATES: tuple[ObjectionState, ...] = ("accepted", "rejected")


@dataclass(frozen=True)
class ReplyObjection(InsurerAction[Objection]):
    objection_id: int
    seen: int
    state: str
    reply: str
    name: ClassVar[str] = "drg.reply-objection"
    words = _("答复 DRG 异议")

    def change(self, context: Context) -> Change[Objection]:
        objection = found(Objection, self.objection_id)
        reply = written(self.reply)
        if self.state not in STATES:
            raise Invalid(_("请选择采纳或不采纳。"), field="state")
        if not reply or len(reply) > LONGEST:
            raise Invalid(_("请写明答复的理由,不超过 %(n)d 字。") % {"n": LONGEST}, field="reply")
        rounds, findings = answered(
            core_round(objection.round),
            str(objection.pk),
            self.state,
            reply,
            "",
            context.actor.today,
        )
        if findings:
            raise NotNow(messages_of(findings), code=findings[0].code)
        before = objection.state
        settled = rounds.of(str(objection.pk))
        assert settled is not None
        objection.state, objection.reply, objection.settled = settled.state, settled.reply, settled.settled
        objection.replied_by = context.actor.user
        take_version(objection, self.seen, "state", "reply", "settled", "replied_by")
        change = Change(objection)
        change.note(objection, {"state": before}, {"state": objection.state, "reply": reply})
        return change

"""The box of opinions: one is taken in from whoever writes, and answered by the office that has the box."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.calendar import calendar
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.base.settings_table import setting
from guatu.web.public.models import Opinion
from guatu.web.public.selectors.opinions import office_of_opinions

LONGEST, LONGEST_CONTACT = 4000, 120
# Letters and digits that nobody takes for each other when they are written down.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class TakeOpinion(RowAction[Opinion]):
    """Anybody may; `contact` is kept for who answers and shown to nobody else."""

    text: str
    contact: str = ""
    name = "public.take-opinion"
    words = gettext_lazy("收到意见")

    def permit(self, context: Context) -> None:
        """The box is everybody's."""

    def change(self, context: Context) -> Change[Opinion]:
        text, contact = self.text.replace("\0", "").strip(), " ".join(self.contact.replace("\0", "").split())
        if not text or len(text) > LONGEST:
            raise Invalid(_("请写下意见,不超过 %(n)d 个字。") % {"n": LONGEST}, field="text", code="public.opinion")
        if len(contact) > LONGEST_CONTACT:
            said = _("联系方式不超过 %(n)d 个字。") % {"n": LONGEST_CONTACT}
            raise Invalid(said, field="contact", code="public.contact")
        today = context.actor.today
        # Without somebody who answers nothing is taken.
        office = office_of_opinions(today)
        if office is None:
            raise NotNow(_("意见箱现在没有开放。"), code="public.box-closed")
        row = Opinion.objects.create(
            code=_new_code(), text=text, contact=contact, unit_id=office, received_at=context.at,
            due_on=calendar().shift(today, setting("public.opinion-days")),
        )  # fmt: skip
        change = Change(row)
        # Neither text nor contact: the trail is read by more people than the box.
        change.note(row, None, {"unit": office, "due_on": row.due_on.isoformat()})
        return change


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _n in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


@dataclass(frozen=True)
class AnswerOpinion(RowAction[Opinion]):
    """An answer may be written anew: who asked reads the last one."""

    opinion: int
    seen: int
    reply: str
    name = "public.answer-opinion"
    words = gettext_lazy("答复意见")

    def permit(self, context: Context) -> None:
        require(context, "public.answer", self._row().unit_id)

    def change(self, context: Context) -> Change[Opinion]:
        answer = self.reply.replace("\0", "").strip()
        if not answer or len(answer) > LONGEST:
            raise Invalid(_("请填写答复,不超过 %(n)d 个字。") % {"n": LONGEST}, field="reply", code="public.answer")
        # Two at the same opinion: the second is told.
        row = take_version(self._row(), self.seen)
        before = {"state": row.state, "answer": row.answer}
        row.state, row.answer = Opinion.State.ANSWERED, answer
        row.answered_at, row.answered_by = context.at, context.actor.user
        row.save()
        change = Change(row)
        change.note(row, before, {"state": row.state, "answer": answer})
        return change

    def _row(self) -> Opinion:
        return standing(Opinion.objects.filter(pk=self.opinion).first(), _("这条意见已不存在,请刷新页面。"))

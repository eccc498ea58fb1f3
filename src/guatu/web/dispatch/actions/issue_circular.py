"""A circular gets its number and day, and stands as it is from then on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.dispatch.actions.edit_circular import draft
from guatu.web.dispatch.actions.numbers import take_serial, written
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.actions.period_rows import known_period
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Circular
from guatu.web.dispatch.selectors.circular_texts import issuer


@dataclass(frozen=True)
class IssueCircular(RowAction[Circular]):
    """Without `number` the next one of the year is taken; one written by hand has to be free."""

    name = "dispatch.issue-circular"
    words = _("印发通报")
    permission = "circular.edit"
    circular: int
    seen: int
    number: str = ""

    def change(self, context: Context) -> Change[Circular]:
        circular = draft(self.circular)
        # Whoever opens the period again waits for this, or this for them.
        known_period(circular.period_id, lock=True)
        by_hand = cleaned(self.number, "number", "", 60)
        if by_hand and Circular.objects.filter(number=by_hand).exists():
            raise Invalid(_("发文字号“%(number)s”已经用过。") % {"number": by_hand}, field="number")
        take_version(circular, self.seen)
        today = context.actor.today
        circular.number = by_hand or self._next(circular.kind, today)
        circular.state, circular.issued_on = Circular.State.ISSUED, today
        circular.issued_at, circular.issued_by = context.at, context.actor.user
        # Who issued it is kept: the name in the settings may change.
        circular.texts = {**circular.texts, "issuer": issuer(today)}
        circular.save(update_fields=["number", "state", "issued_on", "issued_at", "issued_by", "texts"])
        title = _("%(number)s 已印发:%(title)s") % {"number": circular.number, "title": circular.title}
        tell(context, f"{circular.kind}.issued", None, title, "", reverse("circular_detail", args=[circular.pk]))
        change = Change(circular)
        change.note(circular, {"state": Circular.State.DRAFT}, {"state": circular.state, "number": circular.number})
        return change

    def _next(self, kind: str, today: Any) -> str:
        """The next number that nobody has written by hand before."""
        for _try in range(100):
            number = written(kind, today.year, take_serial(kind, today.year), today)
            if not Circular.objects.filter(number=number).exists():
                return number
        raise NotNow(_("自动编号连续 100 个都已用过,请在发文字号栏填写编号。"))

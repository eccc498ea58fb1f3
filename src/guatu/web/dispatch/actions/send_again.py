"""A notice that did not go out is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.jobs import enqueue
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.models import NoticeDelivery
from guatu.web.dispatch.notices import KIND


@dataclass(frozen=True)
class SendAgain(Action[int]):
    """All deliveries that failed, or one of them. The number of those that are tried again."""

    name = "dispatch.send-again"
    words = _("重新发送通知")
    permission = "order.edit"
    delivery: int | None = None

    def change(self, context: Context) -> Change[int]:
        failed = NoticeDelivery.objects.select_for_update().filter(state=NoticeDelivery.State.FAILED)
        if self.delivery is not None:
            failed = failed.filter(pk=self.delivery)
        rows = list(failed.order_by("pk"))
        if not rows:
            raise Invalid(_("没有发送失败的通知。"), code="row.gone")
        change = Change(len(rows))
        for row in rows:
            row.state = NoticeDelivery.State.WAITING
            row.save(update_fields=["state"])
            enqueue(KIND, {"delivery": row.pk}, context.actor.user, context.at)
            change.note(row, {"state": NoticeDelivery.State.FAILED}, {"state": row.state})
        return change

    def answer(self, result: int) -> Any:
        return result

    def recall(self, answer: Any) -> int:
        return int(answer)

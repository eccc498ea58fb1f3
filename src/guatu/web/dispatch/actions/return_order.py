"""The supervision office sends a reply back: what is missing, and until when it is to come."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.order_rows import cleaned, in_state, known_order, move, page_of, require_order
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Order, OrderEvent
from guatu.web.dispatch.selectors.orders import default_due


@dataclass(frozen=True)
class ReturnOrder(RowAction[Order]):
    """Without `due_on` the unit has the county's working days again, or the days that the order still leaves it."""

    name = "dispatch.return-order"
    words = gettext_lazy("退回督办回复")
    order: int
    seen: int
    reason: str
    due_on: datetime.date | None = None

    def permit(self, context: Context) -> None:
        require_order(context, self.order, "order.edit")

    def change(self, context: Context) -> Change[Order]:
        reason = cleaned(self.reason, "reason", _("退回时请写明原因,责任单位才知道补什么。"))
        order = known_order(self.order, lock=True)
        in_state(order, (Order.State.REPLIED,))
        if self.due_on is not None and self.due_on < context.actor.today:
            raise Invalid(_("反馈时限不能早于今天。"), field="due_on")
        take_version(order, self.seen)
        due = self.due_on or max(order.due_on, default_due(context.actor.today))
        change = move(order, Order.State.RETURNED, OrderEvent.Verb.RETURNED, context, reason, due_on=due)
        title = _("%(number)s 的反馈被退回,请于 %(due)s 前补充") % {"number": order.number, "due": due.isoformat()}
        tell(context, "order.returned", order.unit_id, title, reason, page_of(order))
        return change

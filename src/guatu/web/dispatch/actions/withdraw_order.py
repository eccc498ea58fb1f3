"""The supervision office takes an order back. Its number and its history stay."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.dispatch.actions.order_rows import cleaned, in_state, known_order, move, page_of, require_order
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Order, OrderEvent
from guatu.web.dispatch.selectors.orders import PENDING


@dataclass(frozen=True)
class WithdrawOrder(RowAction[Order]):
    name = "dispatch.withdraw-order"
    words = gettext_lazy("撤回督办单")
    order: int
    seen: int
    reason: str

    def permit(self, context: Context) -> None:
        require_order(context, self.order, "order.edit")

    def change(self, context: Context) -> Change[Order]:
        reason = cleaned(self.reason, "reason", _("撤回时请写明原因。"))
        order = known_order(self.order, lock=True)
        in_state(order, PENDING)
        take_version(order, self.seen)
        change = move(order, Order.State.WITHDRAWN, OrderEvent.Verb.WITHDRAWN, context, reason)
        title = _("%(number)s 已撤回,不必再办理") % {"number": order.number}
        tell(context, "order.withdrawn", order.unit_id, title, reason, page_of(order))
        return change

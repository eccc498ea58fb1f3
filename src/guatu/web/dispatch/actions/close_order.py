"""The supervision office accepts a reply with its evidence and closes the order (销号)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.order_rows import cleaned, in_state, known_order, move, page_of, require_order
from guatu.web.dispatch.actions.solve_problem import solve
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Order, OrderEvent, Problem


@dataclass(frozen=True)
class CloseOrder(RowAction[Order]):
    """Nothing is closed without a reply; without a file in any reply only with a `waiver` that says why.

    `solve` closes the problem that the order was issued for as well.
    """

    name = "dispatch.close-order"
    words = _("督办单销号")
    order: int
    seen: int
    text: str = ""
    waiver: str = ""
    solve: bool = False

    def permit(self, context: Context) -> None:
        require_order(context, self.order, "order.edit")

    def change(self, context: Context) -> Change[Order]:
        text, waiver = cleaned(self.text, "text", ""), cleaned(self.waiver, "waiver", "", 500)
        order = known_order(self.order, lock=True)
        in_state(order, (Order.State.REPLIED,))
        proved = OrderEvent.objects.filter(order=order, verb=OrderEvent.Verb.REPLIED, files__isnull=False).exists()
        if not proved and not waiver:
            raise Invalid(
                _("反馈没有附佐证材料,不能销号。请退回补充;确实无需佐证的,请写明免交的理由。"),
                field="waiver",
                code="order.no-evidence",
            )
        take_version(order, self.seen)
        change = move(order, Order.State.CLOSED, OrderEvent.Verb.CLOSED, context, text, waiver="" if proved else waiver)
        if self.solve and order.problem_id is not None:
            problem = Problem.objects.select_for_update().get(pk=order.problem_id)
            if problem.state == Problem.State.OPEN:
                said = _("%(number)s 已销号。") % {"number": order.number}
                solve(problem, text or said, context, change)
        title = _("%(number)s 已销号") % {"number": order.number}
        tell(context, "order.closed", order.unit_id, title, text, page_of(order))
        return change

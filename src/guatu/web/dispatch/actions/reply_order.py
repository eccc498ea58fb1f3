"""A unit answers an order, with files that prove what it says."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.dispatch.actions.order_rows import cleaned, in_state, known_order, move, page_of, require_order, stored
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Order, OrderEvent


@dataclass(frozen=True)
class ReplyOrder(RowAction[Order]):
    name = "dispatch.reply-order"
    words = gettext_lazy("回复督办单")
    order: int
    seen: int
    text: str
    files: tuple[UploadedFile, ...] = ()

    def permit(self, context: Context) -> None:
        require_order(context, self.order, "order.reply")

    def change(self, context: Context) -> Change[Order]:
        text = cleaned(self.text, "text", _("请写明办理情况。"))
        order = known_order(self.order, lock=True)
        in_state(order, (Order.State.ISSUED, Order.State.RETURNED))
        take_version(order, self.seen)
        files = stored(self.files, context)
        change = move(order, Order.State.REPLIED, OrderEvent.Verb.REPLIED, context, text, files=files)
        title = _("%(number)s 已反馈,待核验") % {"number": order.number}
        tell(context, "order.replied", None, title, text, page_of(order))
        return change

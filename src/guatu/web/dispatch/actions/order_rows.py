"""What the actions on orders share."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.files import store_evidence
from guatu.web.base.models import Attachment
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.dispatch.models import Order, OrderEvent

LONGEST_TEXT = 5000
MOST_FILES = 30


def known_order(pk: int, *, lock: bool = False) -> Order:
    """The row, or a problem that a person understands."""
    rows = Order.objects.select_related("plan", "task")
    return standing(
        (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=pk).first(),
        _("这份督办单已不存在,请刷新页面。"),
    )


def require_order(context: Context, pk: int, permission: str) -> None:
    require(context, permission, known_order(pk).unit_id)


def cleaned(text: str, field: str, empty: str, most: int = LONGEST_TEXT) -> str:
    """The text without blanks around it. Raises `Invalid` at the field: with `empty` where nothing is left, or
    for its length."""
    plain = text.replace("\0", "").strip()
    if not plain and empty:
        raise Invalid(empty, field=field)
    if len(plain) > most:
        raise Invalid(_("文字不超过 %(n)d 字,现有 %(has)d 字。") % {"n": most, "has": len(plain)}, field=field)
    return plain


def in_state(order: Order, states: Sequence[str]) -> None:
    """Raises `NotNow` unless the order is in one of the states."""
    if order.state not in states:
        message = _("督办单现在的状态是“%(state)s”,不能进行这项操作。请刷新页面查看最新情况。")
        raise NotNow(message % {"state": order.get_state_display()})


def stored(files: Sequence[UploadedFile], context: Context) -> list[Attachment]:
    if len(files) > MOST_FILES:
        raise Invalid(_("一次最多上传 %(n)d 个文件。") % {"n": MOST_FILES}, field="files")
    kept: list[Attachment] = []
    for file in files:
        one = store_evidence(file, context.actor.user, context.at, "files")
        same = next((other for other in kept if other.sha256 == one.sha256), None)
        if same is not None:
            names = {"one": one.name, "other": same.name}
            message = _("“%(one)s”和“%(other)s”内容相同,没有保存。请只选其中一个。") % names
            raise Invalid(message, field="files", code="evidence.repeated")
        kept.append(one)
    return kept


def move(
    order: Order,
    state: str,
    verb: str,
    context: Context,
    text: str,
    *,
    due_on: datetime.date | None = None,
    waiver: str = "",
    files: Sequence[Attachment] = (),
) -> Change[Order]:
    """Puts an order into a state and adds the step to its history."""
    before = {"state": order.state, "due_on": order.due_on.isoformat()}
    order.state, order.due_on = state, due_on or order.due_on
    order.save(update_fields=["state", "due_on"])
    event = OrderEvent.objects.create(
        order=order,
        at=context.at,
        user=context.actor.user,
        verb=verb,
        text=text,
        due_on=order.due_on,
        waiver=waiver,
    )
    event.files.set(files)
    change = Change(order)
    after = {"state": order.state, "due_on": order.due_on.isoformat(), "text": text, "waiver": waiver}
    shown = {name: value for name, value in after.items() if value}
    change.note(order, before, {**shown, **({"files": [f"{f.name} {f.sha256}" for f in files]} if files else {})})
    return change


def page_of(order: Order) -> str:
    return reverse("order_detail", args=[order.pk])

"""An order as an official document, and as a sheet."""

from __future__ import annotations

import datetime

from django.utils import timezone

from guatu.adapters.writers.official import Column, DataTable, OfficialDocument, Paragraph, blocks_of
from guatu.adapters.writers.official.words import chinese_signs
from guatu.core.kernel.official import official
from guatu.web.base.settings_table import setting
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.models import Order, OrderEvent
from guatu.web.dispatch.selectors.circular_figures import STATES
from guatu.web.dispatch.selectors.circular_rows import reason_of
from guatu.web.dispatch.selectors.circular_texts import issuer
from guatu.web.ledger.selectors.names import unit_labels

VERBS = {"issued": "下达", "replied": "反馈", "returned": "退回", "closed": "销号", "withdrawn": "撤回"}


def order_document(order: Order) -> OfficialDocument:
    """The order as it was issued: later steps are not in it. The unit bears its name of that day."""
    by = issuer(order.issued_on)
    issued = order.events.filter(verb=OrderEvent.Verb.ISSUED).first()
    text = chinese_signs(issued.text if issued else order.text)
    due = (issued.due_on if issued else None) or order.due_on
    lines = [Paragraph(line) for line in (_basis(order), _cause(order)) if line]
    asked = f"请于{due.year}年{due.month}月{due.day}日前将办理情况书面反馈，并附佐证材料。经核验后予以销号。"
    return OfficialDocument(
        agency=str(setting("supervision.agency-mark", order.issued_on) or by),
        number=order.number,
        title=f"关于{order.subject}的督办单",
        recipients=unit_tree(order.issued_on).name(order.unit_id)
        or unit_labels([order.unit_id], order.issued_on).get(order.unit_id, ""),
        blocks=(*lines, *blocks_of(text), Paragraph(asked)),
        author=by,
        on=order.issued_on,
    )


def order_tables(order: Order, unit: str) -> list[DataTable]:
    """The order and its history, as the page shows them."""
    item, content = Column("item", "项目"), Column("content", "内容")
    facts = (
        ("编号", order.number),
        ("单位", unit),
        ("方案", order.plan.title),
        ("任务", f"{order.task.number} {order.task.title}".strip() if order.task else None),
        ("督办事项", order.subject),
        ("督办要求", order.text),
        ("下达日期", order.issued_on.isoformat()),
        ("反馈时限", order.due_on.isoformat()),
        ("状态", STATES[order.state]),
    )
    columns = (
        Column("at", "时间"),
        Column("verb", "步骤"),
        Column("who", "经办人"),
        Column("text", "内容"),
        Column("waiver", "免交佐证的理由"),
        Column("files", "附件"),
    )
    events = order.events.select_related("user").prefetch_related("files")
    rows = tuple(
        (
            _moment(event.at),
            VERBS[event.verb],
            str(event.user or ""),
            event.text,
            event.waiver,
            "\n".join(file.name for file in event.files.all()),
        )
        for event in events
    )
    return [
        DataTable("order", "督办单", (item, content), facts),
        DataTable("history", "办理经过", columns, rows),
    ]


def _basis(order: Order) -> str:
    if order.task is None:
        return f"根据《{order.plan.title}》，现就有关事项督办如下。"
    return f"根据《{order.plan.title}》，你单位承担“{order.task.title}”任务，现就有关事项督办如下。"


def _cause(order: Order) -> str:
    if order.problem is not None:
        return f"存在的问题：{chinese_signs(order.problem.text)}"
    if order.light is not None:
        reason = reason_of(order.light.explained)
        return f"亮灯情况：{reason.text('zh')}，{chinese_signs(official(reason))}。"
    return ""


def _moment(at: datetime.datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")

"""Notices, as far as an actor may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Notice, NoticeDelivery
from guatu.web.kit.table import Column, Empty, Flag, Table, moment
from guatu.web.ledger.selectors.names import unit_labels


@dataclass(frozen=True)
class NoticeRow:
    """A notice with how it went out; deliveries are shown to the office only."""

    notice: Notice
    unit: str
    deliveries: list[NoticeDelivery] = field(default_factory=list)


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    """All for the office; for others those to the units that they act for."""
    if not actor.may("order.view"):
        return Notice.objects.none()
    notices = Notice.objects.select_related("user")
    if actor.may("order.edit"):
        return notices
    units = actor.units_for("order.view")
    return notices.exclude(unit=None) if units is None else notices.filter(unit__in=units)


def notice_rows(actor: Actor, notices: Sequence[Notice]) -> list[NoticeRow]:
    names = unit_labels((one.unit_id for one in notices if one.unit_id), actor.today)
    ways: dict[int, list[NoticeDelivery]] = {}
    if actor.may("order.edit"):
        for row in NoticeDelivery.objects.filter(notice__in=notices).select_related("user").order_by("id"):
            ways.setdefault(row.notice_id, []).append(row)
    return [NoticeRow(one, names.get(one.unit_id or 0, ""), ways.get(one.pk, [])) for one in notices]


def delivery_counts() -> dict[str, int]:
    """How many deliveries wait and how many failed."""
    counts = {name: Count("pk", filter=Q(state=name)) for name in NoticeDelivery.State.values}
    return NoticeDelivery.objects.aggregate(**counts)


def _failed(actor: Actor) -> Q:
    broken = NoticeDelivery.objects.filter(notice=OuterRef("pk"), state=NoticeDelivery.State.FAILED)
    return Q(Exists(broken)) if actor.may("order.edit") else Q()


NOTICES = Table[Notice, NoticeRow](
    title=_("通知"),
    rows=lambda actor, wanted: visible_notices(actor),
    lines=lambda notices, actor, wanted: notice_rows(actor, notices),
    filters=(Flag("failed", hidden=True, which=_failed),),
    columns=(
        moment("at", _("时间"), lambda row: row.notice.at),
        Column("unit", _("发给"), lambda row: row.unit or _("督查部门")),
        Column("notice", _("通知"), lambda row: row.notice.title, template="dispatch/_notice.html"),
        Column(
            "ways",
            _("发送"),
            lambda row: len(row.deliveries),
            template="dispatch/_notice_ways.html",
            needs="order.edit",
        ),
    ),
    empty=Empty(_("没有通知。"), _("督办、提醒、警示等会在这里通知到单位。")),
)

"""Notices, as far as an actor may see them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Notice, NoticeDelivery
from guatu.web.ledger.selectors.names import unit_labels


@dataclass(frozen=True)
class NoticeRow:
    """A notice with how it went out; deliveries are shown to the office only."""

    notice: Notice
    unit: str
    deliveries: list[NoticeDelivery] = field(default_factory=list)


def visible_notices(actor: Actor, failed: bool = False) -> QuerySet[Notice]:
    """All for the office; for others those to the units that they act for."""
    if not actor.may("order.view"):
        return Notice.objects.none()
    notices = Notice.objects.select_related("user").order_by("-id")
    if actor.may("order.edit"):
        if failed:
            broken = NoticeDelivery.objects.filter(notice=OuterRef("pk"), state=NoticeDelivery.State.FAILED)
            notices = notices.filter(Exists(broken))
        return notices
    units = actor.units_for("order.view")
    return notices.exclude(unit=None) if units is None else notices.filter(unit__in=units)


def notice_rows(actor: Actor, notices: list[Notice]) -> list[NoticeRow]:
    names = unit_labels((one.unit_id for one in notices if one.unit_id), actor.today)
    ways: dict[int, list[NoticeDelivery]] = {}
    if actor.may("order.edit"):
        rows = NoticeDelivery.objects.filter(notice__in=notices).select_related("user").order_by("id")
        for row in rows:
            ways.setdefault(row.notice_id, []).append(row)
    return [NoticeRow(one, names.get(one.unit_id or 0, ""), ways.get(one.pk, [])) for one in notices]


def delivery_counts() -> dict[str, int]:
    """How many deliveries wait and how many failed."""
    counts = {name: Count("pk", filter=Q(state=name)) for name in NoticeDelivery.State.values}
    return NoticeDelivery.objects.aggregate(**counts)

"""Computed partitions, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.grids.models import Partition
from guatu.web.kit.table import Column, Empty, Table, number, text


@dataclass(frozen=True)
class PartitionRow:
    one: Partition
    town: str


def visible_partitions(actor: Actor) -> QuerySet[Partition]:
    units = actor.units_for("grid.view")
    rows = Partition.objects.all() if units is None else Partition.objects.filter(unit_id__in=units)
    return rows.select_related("job", "made_by")


def _made(row: PartitionRow) -> str:
    return f"{timezone.localtime(row.one.made_at):%Y-%m-%d %H:%M} {row.one.made_by or ''}"


PARTITIONS = Table[Partition, PartitionRow](
    title=_("计算划分"),
    rows=lambda actor, wanted: visible_partitions(actor).defer("units", "outcome"),
    lines=lambda rows, actor, wanted: [
        PartitionRow(one, tree.label(one.unit_id)) for tree in [unit_tree(actor.today)] for one in rows
    ],
    columns=(
        text(
            "number",
            _("划分方案"),
            lambda row: f"#{row.one.pk}",
            link=lambda row: reverse("partition_page", args=[row.one.pk]),
            head=True,
        ),
        text("town", _("乡镇街道"), lambda row: row.town),
        text("state", _("状态"), lambda row: row.one.get_state_display()),
        number("cap", _("每格人数上限"), lambda row: row.one.cap),
        text("made", _("时间"), _made, css="text-nowrap"),
    ),
    empty=Empty(_("还没有划分方案。")),
)
PROPOSED: tuple[Column[dict[str, Any]], ...] = (
    text("key", _("编号"), lambda row: row.get("key") or _("合计"), head=True),
    text("large", _("所属大网格"), lambda row: row.get("large")),
    number("residents", _("居民数"), lambda row: row["residents"]),
    text("units", _("居民单元"), lambda row: " ".join(row.get("units", ()))),
)
COMPARED: tuple[Column[tuple[str, Any, Any]], ...] = (
    text("name", _("数据"), lambda row: row[0], head=True),
    number("mine", _("本方案"), lambda row: row[1]),
    number("theirs", _("手工做法"), lambda row: row[2]),
)

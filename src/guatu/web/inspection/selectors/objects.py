"""The list of objects to be inspected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.models import InspectionObject, Risk
from guatu.web.inspection.values import ObjectValues
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.record import fields_of
from guatu.web.kit.table import Choose, Empty, Search, Table, Wanted


@dataclass(frozen=True)
class ObjectRow:
    one: InspectionObject
    unit: str


def _lines(rows: Sequence[InspectionObject], actor: Actor, wanted: Wanted) -> list[ObjectRow]:
    tree = unit_tree(actor.today)
    return [ObjectRow(one, tree.label(one.unit_id)) for one in rows]


FIELDS = fields_of(ObjectValues)
OBJECTS = Table[InspectionObject, ObjectRow](
    title=_("检查对象"),
    rows=lambda actor, wanted: InspectionObject.objects.all(),
    lines=_lines,
    order=Order((By("active", down=True), By("code"), By("id"))),
    filters=(
        Search("q", _("编号、名称或类别"), wide=True, fields=("code", "name", "category")),
        Choose("risk", _("风险等级"), "risk", choices=Risk.choices),
    ),
    columns=(
        FIELDS["code"].listed(lambda row: row.one.code, head=True, sort="code"),
        FIELDS["name"].listed(lambda row: row.one.name),
        FIELDS["category"].listed(lambda row: row.one.category),
        FIELDS["risk"].listed(lambda row: row.one.get_risk_display()),
        FIELDS["unit"].listed(lambda row: row.unit, label=_("所属单位")),
        FIELDS["address"].listed(lambda row: row.one.address),
        FIELDS["active"].listed(lambda row: _("是") if row.one.active else _("否")),
    ),
    empty=Empty(_("没有检查对象。"), _("请导入名单,或放宽筛选条件。")),
)

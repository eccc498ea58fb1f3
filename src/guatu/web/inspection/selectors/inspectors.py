"""The inspectors with their leave and conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.directory.selectors.people import Officer
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.models import Inspector
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Empty, Table, Wanted, text


@dataclass(frozen=True)
class InspectorRow:
    one: Inspector
    unit: str

    @property
    def form(self) -> str:
        return f"inspector-{self.one.number}"

    @property
    def conflict(self) -> str:
        return f"conflict-{self.one.number}"


def not_yet_inspectors(people: Iterable[Officer]) -> list[Officer]:
    """Those of the people who are no inspectors, to choose from."""
    known = set(Inspector.objects.values_list("person_id", flat=True))
    return [one for one in people if one.pk not in known]


def _lines(rows: Sequence[Inspector], actor: Actor, wanted: Wanted) -> list[InspectorRow]:
    tree = unit_tree(actor.today)
    return [InspectorRow(one, tree.label(one.unit_id)) for one in rows]


def _away(row: InspectorRow) -> str:
    return f"{row.one.away_from} – {row.one.away_until}" if row.one.away_from else ""


def _conflicts(row: InspectorRow) -> SafeString:
    pairs = ((conflict.object.name, conflict.reason) for conflict in row.one.conflicts.all())
    return format_html_join(";", '{} <span class="text-secondary">{}</span>', pairs)


INSPECTORS = Table[Inspector, InspectorRow](
    title=_("检查人员"),
    rows=lambda actor, wanted: Inspector.objects.select_related("person").prefetch_related("conflicts__object"),
    lines=_lines,
    order=Order((By("active", down=True), By("number"), By("id"))),
    columns=(
        text("number", _("执法证号"), lambda row: row.one.number, css="text-nowrap", head=True, sort="number"),
        text("name", _("姓名"), lambda row: row.one.person.name),
        text("unit", _("单位"), lambda row: row.unit),
        text("away", _("请假"), _away, css="text-nowrap"),
        text("conflicts", _("回避"), lambda row: "", shown=_conflicts),
        text("active", _("在用"), lambda row: _("是") if row.one.active else _("否")),
        text("change", _("修改"), lambda row: "", template="inspection/_inspector.html"),
    ),
    empty=Empty(_("还没有检查人员。"), _("请从下面的人员里登记。")),
)

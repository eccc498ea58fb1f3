"""Which unit is suggested for a case, and why: by the county's duty list, else by the decision tables of its flow."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.kernel.finding import Language
from guatu.core.pack.sections.duty import DutyRow
from guatu.web.base.language import joined
from guatu.web.cases.history import Standing
from guatu.web.cases.library import library
from guatu.web.cases.routing import TableSays, route_case, tables_say
from guatu.web.directory.models import UnitAlias
from guatu.web.directory.selectors.tree import UnitTree


@dataclass(frozen=True)
class Suggestion:
    """`reasons` say which row and which rule it rests on, or why there is no unit."""

    unit_id: int | None
    reasons: list[str]


def suggestion(now: Standing, tree: UnitTree, on: datetime.date, language: Language) -> Suggestion:
    """The county's own list goes before the tables that come with the pack."""
    reasons: list[str] = []
    routed = route_case(now.row, on)
    unit = routed.unit_id if routed else None
    if routed:
        reasons.append(routed.why.sentence(language))
    numbers = now.engine.flow.parameters.on(on)
    data: Mapping[str, Any] = {**numbers, "class_code": now.row.class_code, **now.state.data}
    for said in tables_say(now.engine, dict(data), language):
        known = _known(said.unit, tree)
        reasons.append(_rule(said, known, tree))
        unit = unit or known
    if unit is None and (usual := library().usual_unit(now.row.pack, now.row.class_code)):
        reasons.append(_("业务包:这类案件一般由 %(unit)s 承办(%(source)s)。") % _words(usual, language))
    return Suggestion(unit, reasons)


def _words(usual: DutyRow, language: Language) -> dict[str, str]:
    return {"unit": usual.label(language), "source": usual.source}


def _known(name: str, tree: UnitTree) -> int | None:
    """The one unit of that name, short name or alias; None where there is none or several."""
    found = {node.id for node in tree.nodes.values() if name and name in (node.name, node.short_name)}
    if not found and name:
        found = set(UnitAlias.objects.filter(text=name).values_list("unit_id", flat=True)) & tree.nodes.keys()
    return next(iter(found)) if len(found) == 1 else None


def _rule(said: TableSays, known: int | None, tree: UnitTree) -> str:
    if said.lacking:
        return _("决策表“%(table)s”不能判定,缺少:%(lacking)s。") % {"table": said.table, "lacking": said.lacking}
    rows = joined(map(str, said.rows))
    words = {"table": said.table, "rows": rows, "words": said.words, "unit": said.unit}
    text = (
        _("决策表“%(table)s”第 %(rows)s 条规则:%(words)s(建议 %(unit)s)。")
        if rows
        else _("决策“%(table)s”建议 %(unit)s。")
    )
    text %= words
    if known is None:
        return text + _("单位表中没有“%(unit)s”,可登记为别名,或在职责清单中写明。") % words
    return text if tree.name(known) == said.unit else text + _("即 %(name)s。") % {"name": tree.name(known)}

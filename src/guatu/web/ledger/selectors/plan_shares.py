"""Shares that the plan itself gives: “新建管网 9 公里,其中柳林镇 4 公里、石门镇 3 公里…”, or a table of towns in an annex."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from guatu.web.base.language import joined
from guatu.web.ledger.models import Plan, Target
from guatu.web.ledger.wording import plain

# 新建供水管网(柳林镇): what is measured, and the place that the compiler sets behind it.
_PLACED = re.compile(r"(?P<metric>.+?)[(（](?P<place>[^()（）]+)[)）]")
LEAST = 2
"""So many places are to be units before figures of the same thing are taken for shares."""
Known = Callable[[str], int | None]


@dataclass
class PlanShares:
    """What the plan shares out of a target; `parts` are the targets in which the shares were read."""

    whole: Target
    shares: dict[int, Decimal] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    parts: list[Target] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def take(self, part: Target, place: str, unit: int | None) -> None:
        self.parts.append(part)
        if unit is None:
            self.unknown.append(place)
        elif unit in self.shares:
            self.twice.append(place)
        else:
            self.shares[unit], self.names[unit] = part.value, place

    @property
    def problem(self) -> str:
        """Why these do not become the target's shares by themselves; empty where they do."""
        if self.unknown:
            return _("方案的分解没有自动采用:%(names)s 对不上机构目录中的单位") % {"names": joined(self.unknown)}
        if self.twice:
            return _("方案的分解没有自动采用:%(names)s 出现不止一次") % {"names": joined(self.twice)}
        shared = sum(self.shares.values(), Decimal(0))
        if shared != self.whole.value:
            given = {"sum": plain(shared), "total": plain(self.whole.value), "unit": self.whole.unit_text}
            return _("方案的分解没有自动采用:合计 %(sum)s%(unit)s,与目标 %(total)s%(unit)s 不一致") % given
        return ""


def plan_shares(plan: Plan, known: Known) -> list[PlanShares]:
    """Of each target of a task that is not shared out yet; a sum only. `known` says which unit a name is."""
    rows = plan.targets.filter(dropped=False, kind=Target.Kind.CUMULATIVE, striving=False)
    wholes: dict[tuple[str, str], list[Target]] = defaultdict(list)
    parts: dict[tuple[str, str], list[tuple[Target, str]]] = defaultdict(list)
    for target in rows.prefetch_related("allocations").order_by("start", "id"):
        metric, place = _place(target)
        key = metric, target.unit_text
        if place:
            parts[key].append((target, place))
        elif target.task_id is not None and target.tracked:
            wholes[key].append(target)
    found = [_shares(whole, others, parts[key], known) for key, others in wholes.items() for whole in others]
    return [one for one in found if len(one.shares) >= LEAST and not one.whole.allocations.all()]


def _shares(whole: Target, others: list[Target], parts: Iterable[tuple[Target, str]], known: Known) -> PlanShares:
    """Those of the task's own text; else those of the annexes, where nothing else can be meant by them."""
    given = list(parts)
    own = [(part, place) for part, place in given if part.task_id == whole.task_id]
    loose = [(part, place) for part, place in given if part.task_id is None] if len(others) == 1 else []
    found = PlanShares(whole)
    for part, place in own or loose:
        found.take(part, place, known(place))
    return found


def _place(target: Target) -> tuple[str, str]:
    if target.scope:
        return target.metric, target.scope
    said = _PLACED.fullmatch(target.metric)
    return (said["metric"], said["place"]) if said else (target.metric, "")

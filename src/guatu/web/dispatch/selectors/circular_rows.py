"""Rows of one period of a plan from which a circular is written, read at once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from django.db.models import Q
from django.utils import timezone

from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.ranking import Tally, tally
from guatu.core.kernel.explained import Explained, Unknown
from guatu.web.directory.models import UnitVersion
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.dispatch.models import Circular, LadderEvent, Light, Order, Period, Problem, Report
from guatu.web.dispatch.selectors.core_rows import delivery
from guatu.web.ledger.selectors.names import unit_labels

GROUPS = (("line", "部门"), ("town", "乡镇街道"), ("village", "村（社区）"))
"""Units are ranked among their like: departments and the rest, towns, villages."""
_GROUP_OF: dict[str, str] = {UnitVersion.Category.TOWN: "town", UnitVersion.Category.VILLAGE: "village"}
_TOLD = "circular"
_TREND = 12


class CircularRows:
    """`on` is the day of the figures. Units bear the names of that day; the body keeps them."""

    def __init__(self, period: Period, on: datetime.date) -> None:
        self.period, self.plan, self.on = period, period.rule.plan, on
        self.tree: UnitTree = unit_tree(on)
        lights = Light.objects.filter(period=period).order_by("task__order", "task_id", "unit_id", "target_id")
        every = list(lights.select_related("task", "target"))
        self.lights = [light for light in every if light.target_id is None]
        self.targets = [light for light in every if light.target_id is not None]
        self.deliveries: dict[int, list[Delivery]] = defaultdict(list)
        for report in Report.objects.filter(period=period):
            self.deliveries[report.unit_id].append(delivery(report, period))
        # Units that are gone by the day keep their last name.
        self._names = unit_labels({*self.deliveries, *(light.unit_id for light in every)}, on)

    def unit(self, unit_id: int) -> str:
        return self._names.get(unit_id) or self.tree.label(unit_id) or f"#{unit_id}"

    def group(self, unit_id: int) -> str:
        node = self.tree.nodes.get(unit_id)
        return _GROUP_OF.get(node.category if node else "", "line")

    def tallies(self) -> dict[str, list[Tally]]:
        """Tallies of all units with a light or a report, by group, in the order of the directory."""
        colours: dict[int, list[Any]] = defaultdict(list)
        for light in self.lights:
            colours[light.unit_id].append(light.colour)
        found: dict[str, list[Tally]] = {name: [] for name, _label in GROUPS}
        for unit_id in sorted({*colours, *self.deliveries}, key=self._place):
            row = tally(self.unit(unit_id), colours.get(unit_id, ()), self.deliveries.get(unit_id, ()), self.on)
            found[self.group(unit_id)].append(row)
        return found

    def domains(self) -> dict[str, Tally]:
        """Tallies of lights by the domain of their tasks."""
        colours: dict[str, list[Any]] = defaultdict(list)
        for light in self.lights:
            colours[light.task.domain].append(light.colour)
        return {name: tally(name or "其他", shown, (), self.on) for name, shown in colours.items()}

    def trend(self) -> list[tuple[str, Tally]]:
        """Lights of this and the periods before it under the same rule, oldest first."""
        periods = list(
            Period.objects.filter(rule=self.period.rule_id, ends_on__lte=self.period.ends_on).order_by("-ends_on")[
                :_TREND
            ]
        )
        rows = Light.objects.filter(period__in=periods, target=None).values_list("period_id", "colour")
        colours: dict[int, list[Any]] = defaultdict(list)
        for pk, colour in rows:
            colours[pk].append(colour)
        return [(p.key, tally(p.key, colours[p.pk], (), self.on)) for p in reversed(periods) if colours[p.pk]]

    def problems(self) -> Sequence[Problem]:
        """Problems of the plan that stand open on the day."""
        rows = Problem.objects.filter(task__plan=self.plan, state=Problem.State.OPEN).select_related("task")
        return list(rows.order_by("opened_at", "id"))

    def orders(self) -> Sequence[Order]:
        """Orders of the plan issued since the period began, and older ones that are still open."""
        since = Q(issued_on__gte=self.period.starts_on)
        still = Q(state__in=(Order.State.ISSUED, Order.State.REPLIED, Order.State.RETURNED))
        rows = Order.objects.filter(since | still, plan=self.plan).exclude(state=Order.State.WITHDRAWN)
        return list(rows.order_by("year", "serial"))

    def named(self) -> Sequence[LadderEvent]:
        """Units that the ladder sends to the circular and that no issued one has named."""
        told = Circular.objects.filter(
            plan=self.plan, kind=Circular.Kind.CIRCULAR, state=Circular.State.ISSUED
        ).order_by("-made_at")
        last = told.values_list("made_at", flat=True).first()
        events = LadderEvent.objects.filter(task__plan=self.plan, kind=LadderEvent.Kind.STEP, step=_TOLD)
        events = events.filter(at__gt=last) if last else events
        return list(events.select_related("task").order_by("at", "id"))

    def _place(self, unit_id: int) -> tuple[int, int]:
        node = self.tree.nodes.get(unit_id)
        return (node.order if node else 0, unit_id)


def reason_of(explained: Any) -> Explained[Any]:
    """A stored reason as the value that it was."""
    return msgspec.convert(explained, Explained[Any])


def part_value(reason: Explained[Any] | Unknown, *keys: str) -> Any:
    """The value of a part within parts; None where there is none or it is unknown."""
    at: Any = reason
    for key in keys:
        found = next((part for part in at.parts if part.key == key), None) if hasattr(at, "parts") else None
        if found is None:
            return None
        at = found.value
    return at.value if isinstance(at, Explained) else None if isinstance(at, Unknown) else at


def local_day(at: datetime.datetime) -> str:
    return timezone.localtime(at).date().isoformat()

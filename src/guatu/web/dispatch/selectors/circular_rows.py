"""Rows of one period of a plan from which a circular is written, read at once: of a closed one those that were
sealed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.ranking import Tally, tally
from guatu.core.kernel.explained import Explained, Unknown
from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.core_rows import delivery
from guatu.web.dispatch.selectors.period_facts import facts_of, target_fact, task_fact
from guatu.web.dispatch.selectors.sealed import counting
from guatu.web.dispatch.selectors.sealing import COLOURS, OrderFact, ProblemFact, TargetFact, TaskFact

GROUPS = (("line", "部门"), ("town", "乡镇街道"), ("village", "村（社区）"))
"""Units are ranked among their like: departments and the rest, towns, villages."""
_GROUP_OF = {"town": "town", "village": "village"}


class CircularRows:
    """`on` is the day of the figures: of a closed period that of its closing, whatever day it is. Units bear the names
    of that day; the body keeps them."""

    def __init__(self, period: Period, on: datetime.date) -> None:
        self.facts = facts_of([period], on)[period.pk]
        self.period, self.plan, self.on = period, period.rule.plan, self.facts.on
        lights = Light.objects.filter(period=period).order_by("task__order", "task_id", "unit_id", "target_id")
        every = list(lights.select_related("task", "target").defer("task__content"))
        if self.facts.sealed:
            place = {pk: at for at, pk in enumerate(self.facts.tasks)}
            every.sort(key=lambda light: (place.get(light.task_id, -1), light.unit_id, light.target_id or 0))
        self.lights = [light for light in every if light.target_id is None]
        self.targets = [light for light in every if light.target_id is not None]
        self.deliveries: dict[int, list[Delivery]] = defaultdict(list)
        for report in Report.objects.filter(counting(), period=period):
            self.deliveries[report.unit_id].append(delivery(report, period))

    def unit(self, unit_id: int) -> str:
        return self.facts.unit(unit_id)

    def task(self, light: Light) -> TaskFact:
        return self.facts.tasks.get(light.task_id) or task_fact(light.task)

    def target(self, light: Light) -> TargetFact | None:
        return self.facts.targets.get(light.target_id or 0) or (target_fact(light.target) if light.target else None)

    def group(self, unit_id: int) -> str:
        node = self.facts.node(unit_id)
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
            colours[light.domain].append(light.colour)
        return {name: tally(name or "其他", shown, (), self.on) for name, shown in colours.items()}

    def trend(self) -> list[tuple[str, Tally]]:
        """Lights of this and the periods before it under the same rule, oldest first."""
        found = []
        for row in self.facts.trend:
            colours: list[Any] = [colour for colour, n in zip(COLOURS, row.lights, strict=True) for _ in range(n)]
            found.append((row.key, tally(row.key, colours, (), self.on)))
        return found

    def problems(self) -> Sequence[ProblemFact]:
        """Problems of the plan that stand open on the day."""
        return self.facts.problems

    def orders(self) -> Sequence[OrderFact]:
        """Orders of the plan issued since the period began, and older ones that are still open."""
        return self.facts.orders

    def _place(self, unit_id: int) -> tuple[int, int]:
        node = self.facts.node(unit_id)
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

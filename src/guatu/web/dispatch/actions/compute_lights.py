"""Computes the lights of a period. The same rows on the same day give the same lights, byte for byte."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.dispatch.actions.period_rows import known_period
from guatu.web.dispatch.models import Appeal, Light, Order, Period
from guatu.web.dispatch.selectors.light_values import LightValue, LightValues

Key = tuple[int, int, int | None]
_BLOCK = 500


@dataclass(frozen=True)
class Computed:
    """How many lights there are, and how many of them came, changed or went."""

    count: int
    changed: int


@dataclass(frozen=True)
class ComputeLights(Action[Computed]):
    """`tasks` limits it to some tasks of the plan. The lights of a closed period stay what they were.

    Lights are changed in place: appeals and orders go on pointing at them. One whose task has left the period goes,
    unless somebody appealed or an order was issued for it.
    """

    name = "dispatch.compute-lights"
    permission = "period.edit"
    words = gettext_lazy("计算亮灯")
    period: int
    on: datetime.date
    tasks: tuple[int, ...] | None = None

    def change(self, context: Context) -> Change[Computed]:
        # The lock keeps two computations of one period apart: each light is made once.
        period = known_period(self.period, lock=True)
        change = Change(Computed(0, 0))
        if period.state == Period.State.CLOSED:
            return change
        change.result = compute(period, self.on, self.tasks, context.at)
        if change.result.changed:
            after = {"on": self.on.isoformat(), "lights": change.result.count, "changed": change.result.changed}
            change.note(period, None, after)
        return change

    def answer(self, result: Computed) -> Any:
        return [result.count, result.changed]

    def recall(self, answer: Any) -> Computed:
        return Computed(*answer)


def compute(period: Period, on: datetime.date, tasks: tuple[int, ...] | None, at: datetime.datetime) -> Computed:
    """Writes the lights of a period that is locked. A closed one has its last lights when it is sealed, and no more."""
    found = LightValues(period, on, tasks)
    standing = _standing(period, tasks)
    rows = []
    for value in found.values():
        task = found.tasks[value.task_id]
        rows.append(_row(period, value, (task.domain, task.due), on, at))
    new = [row for row in rows if _key(row) not in standing]
    moved = [_moved(standing[_key(row)], row) for row in rows if _key(row) in standing]
    changed = [row for row in moved if row is not None]
    Light.objects.bulk_create(new, batch_size=_BLOCK)
    # All of them stand, so each is a conflict: a tenth of the time of one statement with a case for each row.
    Light.objects.bulk_create(
        changed,
        batch_size=_BLOCK,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["domain", "due", "colour", "rule", "explained", "on", "at"],
    )
    gone = _remove(standing, rows)
    return Computed(len(rows), len(new) + len(changed) + gone)


def _standing(period: Period, tasks: tuple[int, ...] | None) -> dict[Key, Light]:
    lights = Light.objects.filter(period=period)
    if tasks is not None:
        lights = lights.filter(task__in=tasks)
    return {_key(row): row for row in lights}


_OfTask = tuple[str, datetime.date | None]


def _row(period: Period, found: LightValue, of: _OfTask, on: datetime.date, at: datetime.datetime) -> Light:
    domain, due = of
    return Light(
        period=period,
        task_id=found.task_id,
        unit_id=found.unit_id,
        target_id=found.target_id,
        domain=domain,
        due=due,
        colour=found.value.value,
        rule=found.value.rule,
        explained=msgspec.to_builtins(found.value),
        on=on,
        at=at,
    )


def canonical(explained: Any) -> str:
    """A light's reason as text that does not depend on how a database orders its JSON."""
    return json.dumps(explained, ensure_ascii=False, sort_keys=True)


def _key(row: Light) -> Key:
    return row.task_id, row.unit_id, row.target_id


def _moved(standing: Light, row: Light) -> Light | None:
    """The standing row with what is new; None where nothing is. `at` moves with the colour."""
    same = (standing.on, standing.domain, standing.due) == (row.on, row.domain, row.due)
    if same and canonical(standing.explained) == canonical(row.explained):
        return None
    if standing.colour != row.colour:
        standing.colour, standing.at = row.colour, row.at
    standing.rule, standing.explained, standing.on = row.rule, row.explained, row.on
    standing.domain, standing.due = row.domain, row.due
    return standing


def _remove(standing: Mapping[Key, Light], rows: Sequence[Light]) -> int:
    there = {_key(row) for row in rows}
    gone = [row.pk for key, row in standing.items() if key not in there]
    if not gone:
        return 0
    appealed, ordered = Appeal.objects.filter(light=OuterRef("pk")), Order.objects.filter(light=OuterRef("pk"))
    free = Light.objects.filter(pk__in=gone).exclude(Exists(appealed)).exclude(Exists(ordered))
    return free.delete()[0]

"""What is sealed of a period: the facts that its pictures need, and the digest over these and all its rows."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import msgspec

from guatu.web.directory.selectors.tree import UnitNode
from guatu.web.dispatch.models import Figure, Light, Period, Report, Seal
from guatu.web.ledger.models import numbering

SCHEMA = "guatu.seal/1"


class TaskFact(msgspec.Struct, frozen=True, array_like=True):
    """A task as it is named where it is shown."""

    id: int
    annex: str
    path: tuple[str, ...]
    title: str
    domain: str
    due: datetime.date | None
    leads: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"{numbering(self.annex, self.path)} {self.title}".strip()


class TargetFact(msgspec.Struct, frozen=True, array_like=True):
    """A target; `shares` are those of units, and `summed` says that they add up to the whole."""

    id: int
    metric: str
    unit_text: str
    summed: bool = False
    shares: tuple[tuple[int, float], ...] = ()


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """A town as the map draws it: its outline in the coordinates of the picture."""

    place_id: int
    name: str
    path: str
    label: tuple[float, float]


class AskedFact(msgspec.Struct, frozen=True, array_like=True):
    """What a unit was asked a figure for: its goal, and what was due by the end of the period (None: no course)."""

    task_id: int
    unit_id: int
    target_id: int
    part: str
    goal: float
    due: float | None


class ProblemFact(msgspec.Struct, frozen=True, array_like=True):
    """A problem that stood open."""

    unit_id: int
    task: str
    text: str
    opened: str
    due: str | None


class OrderFact(msgspec.Struct, frozen=True, array_like=True):
    """A supervision order; `overdue` counts working days."""

    number: str
    unit_id: int
    subject: str
    due: str
    state: str
    overdue: int


class TrendFact(msgspec.Struct, frozen=True, array_like=True):
    """How many lights of each colour a period had, in the order of `selectors.sealing.COLOURS`."""

    key: str
    lights: tuple[int, int, int, int]


COLOURS = ("red", "amber", "green", "grey")


class Facts(msgspec.Struct, frozen=True):
    """All of them on the day `on`. `ended` are units that had gone by then and are spoken of still."""

    on: datetime.date
    plan: str
    rule: str
    every: str
    units: tuple[UnitNode, ...]
    ended: tuple[UnitNode, ...]
    outlines: tuple[Outline, ...]
    tasks: tuple[TaskFact, ...]
    targets: tuple[TargetFact, ...]
    asked: tuple[AskedFact, ...]
    trend: tuple[TrendFact, ...]
    problems: tuple[ProblemFact, ...]
    orders: tuple[OrderFact, ...]
    schema: str = SCHEMA


def written(facts: Facts) -> str:
    """The facts as text; the same facts give the same text."""
    return json.dumps(msgspec.to_builtins(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Facts:
    return msgspec.json.decode(text, type=Facts)


def digest(period: Period, facts: str) -> str:
    """Over the text of the facts and the rows of the period as they stand in the database, in a fixed order."""
    found = hashlib.sha256(facts.encode())
    for row in _rows(period):
        found.update(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())
    return found.hexdigest()


def _rows(period: Period) -> Iterator[Any]:
    days = (period.starts_on, period.ends_on, period.due_on, period.closed_on)
    yield ["period", period.key, *(day and day.isoformat() for day in days)]
    lights = Light.objects.filter(period=period).order_by("task_id", "unit_id", "target_id", "id")
    names = ("task_id", "unit_id", "target_id", "domain", "colour", "rule", "explained", "on")
    for *light, on in lights.values_list(*names):
        yield ["light", *light, on.isoformat()]
    reports = Report.objects.filter(period=period).order_by("task_id", "unit_id")
    texts = ("progress", "problems", "next_step")
    for *report, at in reports.values_list("task_id", "unit_id", "sealed", "done", *texts, "submitted_at"):
        yield ["report", *report, at and at.astimezone(datetime.UTC).isoformat()]
    figures = Figure.objects.filter(report__period=period).order_by("report__task", "report__unit", "target_id")
    for *figure, value in figures.values_list("report__task", "report__unit", "target_id", "note", "value"):
        yield ["figure", *figure, None if value is None else format(value.normalize(), "f")]


def changed_by_hand() -> list[Period]:
    """Closed periods whose rows are not those that were sealed: somebody wrote beside the actions."""
    seals = Seal.objects.select_related("period__rule__plan").order_by("period__ends_on", "period_id")
    return [seal.period for seal in seals.iterator(20) if digest(seal.period, seal.facts) != seal.digest]

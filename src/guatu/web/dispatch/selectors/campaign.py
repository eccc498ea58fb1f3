"""The campaign map: lights of one period by unit, by town, by domain and over the periods, as far as the actor
sees them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.prepared import Prepared, Variants
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.dispatch.models import Light, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.ledger.models import numbering

COLOURS = ("red", "amber", "green", "grey")


@dataclass
class Lights:
    """How many lights of each colour; `worst` is the colour that is shown for all of them."""

    red: int = 0
    amber: int = 0
    green: int = 0
    grey: int = 0

    def add(self, colour: str, count: int = 1) -> None:
        setattr(self, colour, getattr(self, colour) + count)

    @property
    def total(self) -> int:
        return self.red + self.amber + self.green + self.grey

    @property
    def worst(self) -> str:
        return next((colour for colour in ("red", "amber", "green", "grey") if getattr(self, colour)), "grey")


@dataclass
class UnitRow:
    unit_id: int
    name: str
    category: str
    place_id: int | None
    lights: Lights = field(default_factory=Lights)
    due: int = 0
    handed_in: int = 0

    @property
    def completeness(self) -> float | None:
        """Share of the reports due that were handed in; None where none was due."""
        return self.handed_in / self.due if self.due else None


@dataclass(frozen=True)
class Town:
    """A town on the map: its outline in SVG coordinates and its lights."""

    place_id: int
    name: str
    path: str
    label: tuple[float, float]
    row: UnitRow | None


@dataclass(frozen=True)
class WorstRow:
    """A red or amber light of the list that is read out each morning."""

    pk: int
    unit_id: int
    unit: str
    colour: str
    task_id: int
    task: str
    due: datetime.date | None


@dataclass
class Campaign:
    keys: list[str]
    key: str
    plan_id: int | None
    total: Lights
    units: list[UnitRow]
    domains: list[tuple[str, Lights]]
    towns: list[Town]
    trend: list[tuple[str, Lights]]
    worst: list[WorstRow]
    due: int
    handed_in: int


def _lights(plan: int | None = None, units: list[int] | None = None, key: str | None = None) -> QuerySet[Light]:
    """Lights of tasks (not of single targets)."""
    rows = Light.objects.filter(target__isnull=True)
    rows = rows if plan is None else rows.filter(task__plan=plan)
    rows = rows if units is None else rows.filter(unit__any=units)
    return rows if key is None else rows.filter(period__key=key)


def _reports(key: str, today: datetime.date, units: list[int], plan: int | None = None) -> Any:
    """By unit: reports handed in, and those due that were not; drafts and returned reports are not handed in."""
    rows = Report.objects.filter(period__key=key, unit__any=units)
    rows = rows if plan is None else rows.filter(task__plan=plan)
    handed_in = Q(state__in=HANDED_IN)
    return rows.values_list("unit").annotate(
        handed_in=Count("id", filter=handed_in), missing=Count("id", filter=~handed_in & Q(period__due_on__lt=today))
    )


_GIVEN: dict[str, type] = {"plan": int, "units": list, "key": str}
_by_key: Variants[tuple[str, str, int]] = Variants(
    lambda **given: _lights(**given).values_list("period__key", "colour").annotate(n=Count("id")), **_GIVEN
)
_by_unit: Variants[tuple[int, str, str, int]] = Variants(
    lambda **given: _lights(**given).values_list("unit", "task__domain", "colour").annotate(n=Count("id")), **_GIVEN
)
_worst: Variants[Any] = Variants(
    lambda **given: (
        _lights(**given)
        .filter(colour__in=("red", "amber"))
        .order_by("-colour", "task__due", "task_id")
        .values_list("pk", "unit", "colour", "task", "task__annex", "task__path", "task__title", "task__due")[:20]
    ),
    **_GIVEN,
)
_report_counts: Variants[tuple[int, int, int]] = Variants(_reports, key=str, today=datetime.date, units=list, plan=int)
_outlines: Prepared[tuple[int, str, Any]] = Prepared(
    lambda day: PlaceVersion.objects.filter(on_day(day), level="town", boundary__isnull=False).values_list(
        "place_id", "name", "boundary"
    ),
    day=datetime.date,
)


def campaign(actor: Actor, plan_id: int | None = None, key: str = "") -> Campaign:
    """The campaign map of one period (the last one with lights where none is asked for)."""
    wanted = {"plan": plan_id, "units": actor.list_for("map.view")}
    trend = _trend(_by_key(**wanted))
    keys = list(trend)
    chosen = key if key in trend else (keys[-1] if keys else "")
    tree = unit_tree(actor.today)
    # Without a light there is nothing to be counted.
    units, domains = _counted(_by_unit(**wanted, key=chosen) if chosen else (), tree)
    counts = _report_counts(key=chosen, today=actor.today, units=list(units), plan=plan_id) if units else ()
    for unit_id, handed_in, missing in counts:
        units[unit_id].handed_in, units[unit_id].due = handed_in, handed_in + missing
    in_order = [node.id for _depth, node in tree.walk() if node.id in units]
    rows = [units[pk] for pk in (*in_order, *(pk for pk in units if pk not in tree.nodes))]
    # Of equals the order of the directory says which comes first.
    rows.sort(key=lambda r: (-r.lights.red, -r.lights.amber))
    return Campaign(
        keys=keys,
        key=chosen,
        plan_id=plan_id,
        total=trend.get(chosen, Lights()),
        units=rows,
        domains=sorted(domains.items(), key=lambda item: (-item[1].red, -item[1].amber, item[0])),
        towns=towns({row.place_id: row for row in rows if row.place_id and row.category == "town"}, actor),
        trend=list(trend.items())[-12:],
        worst=[
            WorstRow(pk, unit, tree.label(unit), colour, task, f"{numbering(annex, path)} {title}".strip(), due)
            for pk, unit, colour, task, annex, path, title, due in (_worst(**wanted, key=chosen) if chosen else ())
        ],
        due=sum(row.due for row in rows),
        handed_in=sum(row.handed_in for row in rows),
    )


def _trend(rows: Iterable[tuple[str, str, int]]) -> dict[str, Lights]:
    """Lights by period, in the order of time."""
    found: dict[str, Lights] = {}
    for key, colour, count in sorted(rows):
        found.setdefault(key, Lights()).add(colour, count)
    return found


def _counted(rows: Iterable[tuple[int, str, str, int]], tree: UnitTree) -> tuple[dict[int, UnitRow], dict[str, Lights]]:
    """Lights of one period by unit and by domain."""
    units: dict[int, UnitRow] = {}
    domains: dict[str, Lights] = {}
    for unit_id, domain, colour, count in rows:
        if unit_id not in units:
            units[unit_id] = _row(unit_id, tree)
        units[unit_id].lights.add(colour, count)
        domains.setdefault(domain, Lights()).add(colour, count)
    return units, domains


def _row(unit_id: int, tree: UnitTree) -> UnitRow:
    node = tree.nodes.get(unit_id)
    if node is None:
        return UnitRow(unit_id, f"#{unit_id}", "other", None)
    return UnitRow(unit_id, node.label, node.category, node.place_id)


def towns(rows: Mapping[int | None, UnitRow], actor: Actor) -> list[Town]:
    """Outlines of all towns, fitted into a box of 1000 by 800, north up."""
    shapes = [(place, name, _rings(boundary)) for place, name, boundary in _outlines(day=actor.today)]
    points = [p for _, _, rings in shapes for ring in rings for p in ring]
    if not points:
        return []
    fit = _Fit(points)
    return [Town(place, name, fit.path(rings), fit.centre(rings), rows.get(place)) for place, name, rings in shapes]


Ring = list[tuple[float, float]]


def _rings(boundary: Mapping[str, Any]) -> list[Ring]:
    """Outer rings of a GeoJSON polygon or multipolygon."""
    if boundary.get("type") == "Polygon":
        return [[(p[0], p[1]) for p in boundary["coordinates"][0]]]
    return [[(p[0], p[1]) for p in polygon[0]] for polygon in boundary.get("coordinates", [])]


class _Fit:
    """Degrees to the picture; longitudes shrink by the cosine of the latitude, as on a plain map of a county."""

    def __init__(self, points: Ring, width: float = 1000, height: float = 800) -> None:
        from math import cos, radians

        xs, ys = [p[0] for p in points], [p[1] for p in points]
        self.left, self.top = min(xs), max(ys)
        self.squeeze = cos(radians((min(ys) + max(ys)) / 2))
        across = (max(xs) - min(xs)) * self.squeeze or 1
        up = (max(ys) - min(ys)) or 1
        self.scale = min(width / across, height / up)

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        x = (point[0] - self.left) * self.squeeze * self.scale
        return round(x, 1), round((self.top - point[1]) * self.scale, 1)

    def path(self, rings: list[Ring]) -> str:
        return "".join("M" + "L".join(f"{x} {y}" for x, y in map(self.at, ring)) + "Z" for ring in rings)

    def centre(self, rings: list[Ring]) -> tuple[float, float]:
        ring = max(rings, key=len)
        inner = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
        return self.at((sum(p[0] for p in inner) / len(inner), sum(p[1] for p in inner) / len(inner)))

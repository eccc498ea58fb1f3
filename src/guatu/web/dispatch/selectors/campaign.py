"""The campaign map: lights of one period by unit, by town, by domain and over the periods, as far as the actor sees them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.dispatch.models import Light, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN

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
    worst: list[Light]
    due: int
    handed_in: int


def visible_lights(actor: Actor) -> QuerySet[Light]:
    """Lights of tasks (not of single targets) that the actor may see."""
    units = actor.units_for("map.view")
    lights = Light.objects.filter(target__isnull=True)
    return lights if units is None else lights.filter(unit__in=units)


def campaign(actor: Actor, plan_id: int | None = None, key: str = "") -> Campaign:
    """The campaign map of one period (the last one with lights where none is asked for)."""
    lights = visible_lights(actor)
    if plan_id:
        lights = lights.filter(task__plan=plan_id)
    keys = sorted(set(lights.values_list("period__key", flat=True)))
    chosen = key if key in keys else (keys[-1] if keys else "")
    tree = unit_tree(actor.today)
    current = lights.filter(period__key=chosen)
    units = _units(current, tree)
    _count_reports(units, actor, plan_id, chosen)
    rows = sorted(units.values(), key=lambda r: (-r.lights.red, -r.lights.amber, r.name))
    total = Lights()
    for row in rows:
        for colour in COLOURS:
            total.add(colour, getattr(row.lights, colour))
    return Campaign(
        keys=keys,
        key=chosen,
        plan_id=plan_id,
        total=total,
        units=rows,
        domains=_domains(current),
        towns=towns({row.place_id: row for row in rows if row.place_id and row.category == "town"}, actor),
        trend=_trend(lights, keys[-12:]),
        worst=list(
            current.filter(colour__in=("red", "amber"))
            .select_related("task", "task__plan", "period")
            .order_by("-colour", "task__due", "task_id")[:20]
        ),
        due=sum(row.due for row in rows),
        handed_in=sum(row.handed_in for row in rows),
    )


def _units(lights: QuerySet[Light], tree: UnitTree) -> dict[int, UnitRow]:
    found: dict[int, UnitRow] = {}
    for unit_id, colour, count in lights.values_list("unit", "colour").annotate(n=Count("id")):
        row = found.setdefault(unit_id, _row(unit_id, tree))
        row.lights.add(colour, count)
    return found


def _row(unit_id: int, tree: UnitTree) -> UnitRow:
    node = tree.nodes.get(unit_id)
    if node is None:
        return UnitRow(unit_id, f"#{unit_id}", "other", None)
    return UnitRow(unit_id, node.label, node.category, node.place_id)


def _count_reports(units: Mapping[int, UnitRow], actor: Actor, plan_id: int | None, key: str) -> None:
    """Reports due and handed in; drafts and returned reports are not handed in."""
    reports = Report.objects.filter(period__key=key, unit__in=list(units), period__due_on__lt=actor.today)
    handed = Report.objects.filter(period__key=key, unit__in=list(units), state__in=HANDED_IN)
    if plan_id:
        reports, handed = reports.filter(task__plan=plan_id), handed.filter(task__plan=plan_id)
    for unit_id, count in handed.values_list("unit").annotate(n=Count("id")):
        units[unit_id].handed_in = units[unit_id].due = count
    missing = reports.exclude(state__in=HANDED_IN).values_list("unit").annotate(n=Count("id"))
    for unit_id, count in missing:
        units[unit_id].due += count


def _domains(lights: QuerySet[Light]) -> list[tuple[str, Lights]]:
    found: dict[str, Lights] = defaultdict(Lights)
    for domain, colour, count in lights.values_list("task__domain", "colour").annotate(n=Count("id")):
        found[domain].add(colour, count)
    return sorted(found.items(), key=lambda item: (-item[1].red, -item[1].amber, item[0]))


def _trend(lights: QuerySet[Light], keys: Iterable[str]) -> list[tuple[str, Lights]]:
    found = {key: Lights() for key in keys}
    rows = lights.filter(period__key__in=list(found)).values_list("period__key", "colour").annotate(n=Count("id"))
    for key, colour, count in rows:
        found[key].add(colour, count)
    return list(found.items())


def towns(rows: Mapping[int | None, UnitRow], actor: Actor) -> list[Town]:
    """Outlines of all towns, fitted into a box of 1000 by 800, north up."""
    versions = PlaceVersion.objects.filter(level="town", boundary__isnull=False, valid_from__lte=actor.today).exclude(
        valid_to__lte=actor.today
    )
    shapes = [(v.place_id, v.name, _rings(v.boundary)) for v in versions]
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


def counted(lights: Iterable[Light]) -> Lights:
    """Lights counted one by one; the tests hold the grouped counts to this."""
    found = Lights()
    for colour, count in Counter(light.colour for light in lights).items():
        found.add(colour, count)
    return found

"""The queue of cases: what is due first stands first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.cases.library import class_name, engine_of, engines_known
from guatu.web.cases.models import Case
from guatu.web.cases.position import frame, outlines
from guatu.web.cases.posts import DESK, holders
from guatu.web.cases.selectors.visible import visible
from guatu.web.cases.timers import Timer, timer
from guatu.web.directory.selectors.tree import UnitTree, unit_tree

ROWS = 50
WIDTH = 600.0


@dataclass(frozen=True)
class CaseFilter:
    """`state` is open, late, ended or all; `step` the id of a step; `unit` the id of a unit."""

    text: str = ""
    state: str = "open"
    pack: str = ""
    class_code: str = ""
    step: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class CaseRow:
    case: Case
    class_name: str
    steps: str
    unit: str
    timer: Timer
    assignable: bool


@dataclass(frozen=True)
class Point:
    row: CaseRow
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """A plain drawing in degrees: width is 600, north is up."""

    height: float
    west: float
    north: float
    scale_x: float
    scale_y: float
    rings: list[str]
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class Queue:
    rows: list[CaseRow]
    page: Page[Case]
    counts: dict[str, int]
    map: Map | None
    units: list[tuple[int, str]]
    classes: list[tuple[str, str]]


def filtered(actor: Actor, wanted: CaseFilter, now: datetime.datetime) -> QuerySet[Case]:
    """Cases that the actor may see and that the filter lets through, the most urgent first."""
    rows = _narrowed(visible(actor), wanted)
    if wanted.state == "open":
        rows = rows.filter(ended_at__isnull=True)
    elif wanted.state == "late":
        rows = rows.filter(ended_at__isnull=True, due__lt=now)
    elif wanted.state == "ended":
        rows = rows.filter(ended_at__isnull=False)
    order = ["-ended_at", "-id"] if wanted.state == "ended" else [F("due").asc(nulls_last=True), "opened_at", "id"]
    return (
        rows.select_related("flow")
        .defer("flow__text", "flow__tables", "flow__clocks", "saved", "data")
        .order_by(*order)
    )


def _narrowed(rows: QuerySet[Case], wanted: CaseFilter) -> QuerySet[Case]:
    if wanted.text:
        sought = Q(code__icontains=wanted.text) | Q(text__icontains=wanted.text) | Q(address__icontains=wanted.text)
        rows = rows.filter(sought)
    if wanted.pack:
        rows = rows.filter(pack=wanted.pack)
    if wanted.class_code:
        rows = rows.filter(class_code=wanted.class_code)
    if wanted.step:
        rows = rows.filter(Q(open_steps=wanted.step) | Q(open_steps__contains=f",{wanted.step}"))
    if wanted.unit is not None:
        rows = rows.filter(unit_id=wanted.unit)
    return rows


def queue(actor: Actor, wanted: CaseFilter, now: datetime.datetime, page: int, language: Language) -> Queue:
    tree = unit_tree(actor.today)
    found = Paginator(filtered(actor, wanted, now), ROWS).get_page(page)
    rows = case_rows(found.object_list, tree, now, language)
    counts = _narrowed(visible(actor), wanted).aggregate(
        open=Count("id", filter=Q(ended_at__isnull=True)),
        late=Count("id", filter=Q(ended_at__isnull=True, due__lt=now)),
        ended=Count("id", filter=Q(ended_at__isnull=False)),
        all=Count("id"),
    )
    used = visible(actor).order_by().values_list("pack", "class_code", "unit_id").distinct()
    seen = list(used[:2000])
    classes = {code: class_name(pack, code, language) for pack, code, _unit in seen if code}
    units = {unit: tree.label(unit) for _pack, _code, unit in seen if unit}
    return Queue(rows, found, counts, plain_map(rows, actor.today), _by_name(units), _by_name(classes))


def _by_name(found: dict[object, str]) -> list[tuple[object, str]]:  # type: ignore[misc]
    return sorted(found.items(), key=lambda pair: pair[1])


def case_rows(cases: Iterable[Case], tree: UnitTree, now: datetime.datetime, language: Language) -> list[CaseRow]:
    return [
        CaseRow(
            case=case,
            class_name=class_name(case.pack, case.class_code, language),
            steps=step_names(case, language),
            unit=tree.label(case.unit_id),
            timer=timer(case, now),
            assignable=_asks_unit(case),
        )
        for case in cases
    ]


def _asks_unit(case: Case) -> bool:
    nodes = engine_of(case.flow).flow.by_id
    steps = [nodes[step] for step in case.open_steps.split(",") if step in nodes]
    return any(need.name == "unit" for step in steps for need in step.fields)


def step_names(case: Case, language: Language) -> str:
    """The open steps in words."""
    nodes = engine_of(case.flow).flow.by_id
    found = [nodes[step] for step in case.open_steps.split(",") if step in nodes]
    return "、".join((node.name_en if language == "en" else node.name) or node.id for node in found)


def steps_known(language: Language) -> list[tuple[str, str]]:
    """All steps at which a case may be, for the filter."""
    found: dict[str, str] = {}
    for engine in engines_known():
        for step in engine.flow.steps:
            found.setdefault(step.id, (step.name_en if language == "en" else step.name) or step.id)
    return sorted(found.items(), key=lambda pair: pair[1])


def mine(actor: Actor, now: datetime.datetime, language: Language, most: int = 100) -> list[CaseRow]:
    """Open cases at a step that is the actor's to do, as far as the lists can say; the page of the case says it exactly."""
    held = holders()
    posts = {post for post, roles in held.items() if actor.roles & set(roles)}
    rows = filtered(actor, CaseFilter(), now)
    units = actor.units_for("case.handle") if actor.may("case.handle") else None
    if units is not None:
        rows = rows.filter(Q(unit_id__in=units) | Q(opened_by=actor.user))
    cases = [case for case in rows[: most * 5] if _is_for(case, posts, held, actor)]
    return case_rows(cases[:most], unit_tree(actor.today), now, language)


def _is_for(case: Case, posts: set[str], held: object, actor: Actor) -> bool:
    nodes = engine_of(case.flow).flow.by_id
    wanted = {role for step in case.open_steps.split(",") if step in nodes for role in nodes[step].roles}
    unnamed = wanted - set(held)  # type: ignore[call-overload]
    return bool(wanted & posts) or bool(unnamed and actor.roles & set(DESK))


def plain_map(rows: Sequence[CaseRow], on: datetime.date) -> Map | None:
    """The listed cases as points over the borders; None where neither has a position."""
    placed = [row for row in rows if row.case.lon is not None and row.case.lat is not None]
    bounds = frame(on) or _around(placed)
    if bounds is None:
        return None
    west, south, east, north = bounds
    scale_x = WIDTH / max(east - west, 1e-6)
    # At the latitudes of counties a degree of longitude is about 0.87 of one of latitude.
    scale_y = scale_x / 0.87
    drawn = [
        " ".join(f"{(x - west) * scale_x:.1f},{(north - y) * scale_y:.1f}" for x, y in ring) for ring in outlines(on)
    ]
    points = [
        Point(row, round(((row.case.lon or 0) - west) * scale_x, 1), round((north - (row.case.lat or 0)) * scale_y, 1))
        for row in placed
    ]
    return Map(round((north - south) * scale_y, 1), west, north, scale_x, scale_y, drawn, points)


def _around(rows: Sequence[CaseRow]) -> tuple[float, float, float, float] | None:
    if not rows:
        return None
    xs, ys = [row.case.lon or 0 for row in rows], [row.case.lat or 0 for row in rows]
    return min(xs) - 0.02, min(ys) - 0.02, max(xs) + 0.02, max(ys) + 0.02

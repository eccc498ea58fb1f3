"""Draws and what was drawn, for who leads them and for the public. Of inspectors only unit and number are read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.lists import lists_of
from guatu.web.inspection.models import Draw, DrawnObject, Risk


@dataclass(frozen=True)
class DrawnRow:
    row: DrawnObject
    code: str
    name: str
    risk: str
    inspectors: list[str]
    """Unit and number of each."""
    result: str
    mine: bool

    @property
    def form(self) -> str:
        """The name of the form of its result."""
        return f"result-{self.row.pk}"


@dataclass(frozen=True)
class DrawPage:
    draw: Draw
    unit: str
    shares: list[tuple[str, int, int]]
    """Class of risk, per cent, how many that is of the list."""
    objects: list[dict[str, str]]
    inspectors: list[dict[str, str]]
    excluded: list[tuple[str, str]]
    conflicts: list[tuple[str, str, str]]
    drawn: list[DrawnRow]
    findings: list[str]


def may_enter(actor: Actor, row: DrawnObject) -> bool:
    """Who leads the draw, or acts for the unit of one of its inspectors."""
    if actor.user is None:
        return False
    if actor.may("inspection.edit", row.draw.unit_id):
        return True
    if not actor.may("inspection.result"):
        return False
    units = actor.units_for("inspection.result")
    return units is None or any(one.unit_id in units for one in row.inspectors.all())


def draw_page(draw: Draw, language: Language, actor: Actor | None = None) -> DrawPage:
    """The draw with its lists: as they were closed, or as they would be closed now."""
    lists = draw.inputs or lists_of(draw)
    tree = unit_tree(draw.draw_on)
    labels = dict(Risk.choices)
    at = 0 if language == "zh" else 1
    rows = (
        draw.drawn.select_related("object", "draw").prefetch_related("inspectors").order_by("place")
        if draw.state == Draw.State.DRAWN
        else []
    )
    listed = {one["code"]: one for one in lists["objects"]}
    units = {one["number"]: one["unit"] for one in lists["inspectors"]}
    return DrawPage(
        draw=draw,
        unit=tree.name(draw.unit_id),
        shares=[
            (str(labels[risk]), int(lists["percent"].get(risk, 0)), int(lists["wanted"].get(risk, 0)))
            for risk in Risk.values
        ],
        objects=[{**one, "risk": str(labels.get(one["risk"], one["risk"]))} for one in lists["objects"]],
        inspectors=lists["inspectors"],
        excluded=[(one["name"], one[language]) for one in lists["excluded"]],
        conflicts=[(code, number, (zh, en)[at]) for code, number, zh, en in lists["conflicts"]],
        drawn=[_drawn(row, listed, units, actor) for row in rows],
        findings=[pair[at] for pair in draw.findings],
    )


def _drawn(row: DrawnObject, listed: dict[str, dict[str, str]], units: dict[str, str], actor: Actor | None) -> DrawnRow:
    """Names, classes and units are those of the closed lists, whatever they are called today."""
    known = listed.get(row.object.code, {})
    return DrawnRow(
        row=row,
        code=row.object.code,
        name=known.get("name", row.object.name),
        risk=str(dict(Risk.choices).get(known.get("risk", ""), "")),
        inspectors=[f"{units.get(number, '')} {number}".strip() for number in row.team],
        result=str(row.get_result_display()),
        mine=actor is not None and may_enter(actor, row),
    )


@dataclass(frozen=True)
class DrawLine:
    draw: Draw
    unit: str
    drawn: int
    done: int


def draw_lines(on: datetime.date, most: int = 200) -> list[DrawLine]:
    """All draws, the latest first; all of them are public."""
    tree = unit_tree(on)
    rows = list(Draw.objects.order_by("-draw_on", "-pk").defer("inputs")[:most])
    counts: dict[int, list[int]] = {row.pk: [0, 0] for row in rows}
    for draw, result in DrawnObject.objects.filter(draw__in=rows).values_list("draw_id", "result"):
        counts[draw][0] += 1
        counts[draw][1] += bool(result)
    return [DrawLine(row, tree.name(row.unit_id), *counts[row.pk]) for row in rows]

"""Draws and what was drawn, for who leads them and for the public. Of inspectors only unit and number are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.base.language import joined
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.lists import lists_of
from guatu.web.inspection.models import Draw, DrawnObject, Risk
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Column, Empty, Table, Wanted, day, number, text


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


def _lines(rows: Sequence[Draw], actor: Actor, wanted: Wanted) -> list[DrawLine]:
    tree = unit_tree(actor.today)
    counts: dict[int, list[int]] = {row.pk: [0, 0] for row in rows}
    for draw, result in DrawnObject.objects.filter(draw__in=rows).values_list("draw_id", "result"):
        counts[draw][0] += 1
        counts[draw][1] += bool(result)
    return [DrawLine(row, tree.name(row.unit_id), *counts[row.pk]) for row in rows]


def draws(title: str | Promise, page: str) -> Table[Draw, DrawLine]:
    """All draws, the latest first, leading to the page of that name; all of them are public."""
    return Table(
        title=title,
        rows=lambda actor, wanted: Draw.objects.defer("inputs"),
        lines=_lines,
        order=Order((By("draw_on", down=True), By("id", down=True))),
        size=100,
        columns=(
            text(
                "title",
                _("抽查名称"),
                lambda line: line.draw.title,
                link=lambda line: reverse(page, args=[line.draw.pk]),
                head=True,
            ),
            text("unit", _("组织单位"), lambda line: line.unit),
            day("on", _("抽取日期"), lambda line: line.draw.draw_on, sort="draw_on"),
            text("state", _("状态"), lambda line: line.draw.get_state_display()),
            number("drawn", _("抽中"), lambda line: line.drawn if line.draw.drawn_at else None),
            number("done", _("已有结果"), lambda line: line.done if line.draw.drawn_at else None),
        ),
        empty=Empty(_("还没有抽查计划。"), _("计划公布后会出现在这里。")),
    )


DRAWS = draws(_("随机抽查"), "draw_detail")
PUBLIC = draws(_("双随机、一公开"), "public_inspection")


def _object(one: DrawnRow) -> SafeString:
    return format_html('{} <span class="text-secondary">{}</span>', one.name, one.code)


def _digest(one: DrawnRow) -> SafeString:
    return format_html('<span class="eval-digest" title="{}">{}…</span>', one.row.ticket, one.row.digest[:16])


def _result(one: DrawnRow) -> SafeString:
    inspected = f" · {one.row.inspected_on}" if one.row.inspected_on else ""
    return format_html("{}{}<div>{}</div>", one.result, inspected, one.row.text)


_FIRST: tuple[Column[DrawnRow], ...] = (
    text("place", _("名次"), lambda one: one.row.place, css="num"),
    text("object", _("对象名称"), lambda one: one.name, shown=_object, head=True),
    text("risk", _("风险等级"), lambda one: one.risk),
)
DRAWN: tuple[Column[DrawnRow], ...] = (
    *_FIRST,
    text("inspectors", _("检查人员"), lambda one: joined(one.inspectors)),
    text("result", _("检查结果"), lambda one: one.result, shown=_result),
    text("enter", _("填报"), lambda one: "", template="inspection/_enter.html"),
)
DRAWN_PUBLIC: tuple[Column[DrawnRow], ...] = (
    *_FIRST,
    text("inspectors", _("检查人员(单位和执法证号)"), lambda one: joined(one.inspectors)),
    text("result", _("检查结果"), lambda one: ": ".join(filter(None, (one.result, one.row.text)))),
    day("on", _("检查日期"), lambda one: one.row.inspected_on),
    text("digest", _("最小的签的摘要"), lambda one: one.row.digest, shown=_digest),
)
OBJECTS: tuple[Column[dict[str, str]], ...] = (
    text("code", _("对象编号"), lambda one: one["code"], head=True),
    text("name", _("对象名称"), lambda one: one["name"]),
    text("risk", _("风险等级"), lambda one: one["risk"]),
)
"""The list of objects of a draw."""

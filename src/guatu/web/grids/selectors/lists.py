"""The list of grids of a day, and the page of one with its history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from guatu.core.grids.boundary import Drawn, area_m2, check_border
from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.shown import Shown, first
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.grids.models import Grid, GridChange, GridRating, GridVersion, RatingRun
from guatu.web.grids.selectors.standing import cap_of, standing, surroundings, towns, visible
from guatu.web.grids.words import said
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Choose, Column, Day, Empty, Pick, Search, Table, Wanted, day, number, text
from guatu.web.kit.table.columns import written

HECTARE = 10_000
MONTHS = 24


@dataclass(frozen=True)
class GridRow:
    version: GridVersion
    day: datetime.date
    town: str
    village: str
    hectares: float
    over: bool
    """More residents than the limit."""


def grid_rows(versions: Sequence[GridVersion], day: datetime.date) -> list[GridRow]:
    tree, names = unit_tree(day), village_names(day, {one.village_id for one in versions if one.village_id})
    caps = {kind: cap_of(kind, day) for kind in Grid.Kind.values}
    return [_row(one, day, tree, names, caps[one.grid.kind]) for one in versions]


def _row(version: GridVersion, day: datetime.date, tree: UnitTree, names: dict[int, str], cap: int | None) -> GridRow:
    hectares = round(area_m2(shape(version.boundary)) / HECTARE, 1)
    over = cap is not None and version.residents > cap
    return GridRow(
        version, day, tree.label(version.grid.unit_id), names.get(version.village_id or 0, ""), hectares, over
    )


def _residents(row: GridRow) -> str:
    shown = written(row.version.residents, "number")
    return format_html('<strong class="text-late">{} {}</strong>', shown, _("超上限")) if row.over else shown


def _totals(rows: Any, actor: Actor, wanted: Wanted) -> dict[str, object]:
    """A large grid has the residents of its duty grids."""
    duty = Q(grid__kind=Grid.Kind.DUTY)
    found = rows.order_by().aggregate(residents=Sum("residents", filter=duty), duty=Count("id", filter=duty))
    return {
        "residents": written(found["residents"] or 0, "number"),
        "kind": _("其中责任网格 %(n)s 个") % {"n": found["duty"]},
    }


GRIDS = Table[GridVersion, GridRow](
    title=_("网格"),
    rows=lambda actor, wanted: standing(wanted["day"]).filter(grid__in=visible(actor)).select_related("large"),
    lines=lambda rows, actor, wanted: grid_rows(rows, wanted["day"]),
    order=Order((By("grid__code"), By("id"))),
    size=100,
    filters=(
        Search("q", _("编号或名称"), wide=True, fields=("name", "grid__code")),
        Pick("unit", _("乡镇街道"), "grid__unit_id", choices=towns),
        Choose("kind", _("网格类型"), "grid__kind", choices=Grid.Kind.choices),
        Day("day", _("哪一天的网格")),
    ),
    columns=(
        text("tick", "", lambda row: "", template="grids/_tick.html", needs="grid.edit", in_file=False),
        text(
            "code",
            _("网格编号"),
            lambda row: row.version.grid.code,
            link=lambda row: f"{reverse('grid_detail', args=[row.version.grid_id])}?day={row.day}",
            head=True,
            width=18,
        ),
        text("name", _("名称"), lambda row: row.version.name, width=18, sort="name"),
        text("kind", _("网格类型"), lambda row: row.version.grid.get_kind_display(), width=10),
        text("town", _("乡镇街道"), lambda row: row.town, width=16),
        text("village", _("村(社区)"), lambda row: row.village, width=16),
        text("large", _("所属大网格"), lambda row: row.version.large.code if row.version.large else ""),
        number("residents", _("居民数"), lambda row: row.version.residents, shown=_residents, sort="residents"),
        number("hectares", _("面积(公顷)"), lambda row: row.hectares),
        day("since", _("生效日期"), lambda row: row.version.valid_from, sort="valid_from"),
    ),
    totals=_totals,
    empty=Empty(
        _("这一天没有符合条件的网格。"),
        lambda actor: _("可以绘制、导入,或由居民单元计算划分。") if actor.may("grid.edit") else "",
    ),
)


def village_names(day: datetime.date, wanted: set[int]) -> dict[int, str]:
    if not wanted:
        return {}
    return dict(PlaceVersion.objects.filter(on_day(day), place_id__in=wanted).values_list("place_id", "name"))


def villages(unit_id: int, day: datetime.date) -> list[tuple[int, str]]:
    """Villages of a town, by name."""
    node = unit_tree(day).nodes.get(unit_id)
    if node is None or node.place_id is None:
        return []
    rows = PlaceVersion.objects.filter(on_day(day), parent_id=node.place_id, level="village").order_by("name")
    return list(rows.values_list("place_id", "name"))


def large_grids(unit_id: int, day: datetime.date) -> list[tuple[int, str]]:
    rows = standing(day).filter(grid__unit_id=unit_id, grid__kind=Grid.Kind.LARGE)
    return list(rows.values_list("grid_id", "grid__code"))


def checks(version: GridVersion, day: datetime.date) -> list[tuple[str, str]]:
    """What is wrong with a grid where it lies: severity and words."""
    grid = version.grid
    around = surroundings(grid.kind, grid.unit_id, day, {grid.pk})
    found = check_border(Drawn(grid.code, shape(version.boundary)), around, version.residents, cap_of(grid.kind, day))
    return [(one.severity, said(one)) for one in found]


@dataclass(frozen=True)
class HistoryRow:
    version: GridVersion
    from_grids: list[Grid]
    """Grids that ended by the change by which this version began, itself left out."""
    into_grids: list[Grid]
    """Grids that began by the change by which it ended."""


def history(grid: Grid) -> list[HistoryRow]:
    """Versions from the newest on, with the grids that they came from and went into."""
    rows = list(grid.versions.select_related("begun_by__user", "ended_by__user").order_by("-valid_from"))
    changes = {one.begun_by_id for one in rows} | {one.ended_by_id for one in rows if one.ended_by_id}
    others = GridVersion.objects.exclude(grid=grid).select_related("grid").defer("boundary")
    begun: dict[int, list[Grid]] = {}
    ended: dict[int, list[Grid]] = {}
    for one in others.filter(Q(begun_by__in=changes) | Q(ended_by__in=changes)).order_by("grid__code"):
        begun.setdefault(one.begun_by_id, []).append(one.grid)
        ended.setdefault(one.ended_by_id or 0, []).append(one.grid)
    return [_history_row(one, begun, ended) for one in rows]


def _history_row(version: GridVersion, begun: dict[int, list[Grid]], ended: dict[int, list[Grid]]) -> HistoryRow:
    """An import touches many grids that have nothing to do with each other."""
    together = (GridChange.Kind.SPLIT, GridChange.Kind.MERGE, GridChange.Kind.UNDO)
    first = ended.get(version.begun_by_id, []) if version.begun_by.kind in together else []
    by = version.ended_by
    return HistoryRow(version, first, begun.get(by.pk, []) if by is not None and by.kind in together else [])


def _change(row: HistoryRow) -> SafeString:
    changes = [one for one in (row.version.begun_by, row.version.ended_by) if one is not None]
    links = ((reverse("gridchange_page", args=[one.pk]), one.get_kind_display()) for one in changes)
    return format_html_join(" → ", '<a href="{}">{}</a>', links)


def _others(row: HistoryRow) -> SafeString:
    grids = [("←", one) for one in row.from_grids] + [("→", one) for one in row.into_grids]
    links = ((way, reverse("grid_detail", args=[one.pk]), one.code) for way, one in grids)
    return format_html_join(" ", '{} <a href="{}">{}</a>', links)


VERSIONS: tuple[Column[HistoryRow], ...] = (
    day(
        "since",
        _("生效日期"),
        lambda row: row.version.valid_from,
        link=lambda row: f"{reverse('grid_detail', args=[row.version.grid_id])}?day={row.version.valid_from}",
        head=True,
    ),
    day("until", _("至"), lambda row: row.version.valid_to),
    text("change", _("变更"), lambda row: "", shown=_change),
    text("name", _("名称"), lambda row: row.version.name),
    number("residents", _("居民数"), lambda row: row.version.residents),
    text("others", _("来自、去向"), lambda row: "", shown=_others),
    text("by", _("经办"), lambda row: f"{row.version.begun_by.user or ''} {row.version.begun_by.basis}"),
)
"""The history of one grid."""


def ratings_of(grid: Grid, drafts: bool) -> Shown[GridRating]:
    """The ratings of a grid, the newest first; drafts only for who makes them."""
    rows = GridRating.objects.filter(version__grid=grid).select_related("run").order_by("-run__month", "-pk")
    return first(rows if drafts else rows.filter(run__state=RatingRun.State.PUBLISHED), MONTHS)

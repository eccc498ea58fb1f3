"""What the actions on grids share: who may write, versions that end and begin, and the checks before."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _
from shapely.geometry import shape

from guatu.core.grids.boundary import Drawn, check_border
from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.actions.rows import found
from guatu.web.base.dated import on_day
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.models import Place, UnitVersion
from guatu.web.grids.models import Grid, GridChange, GridVersion, RatingRun
from guatu.web.grids.selectors.standing import cap_of, surroundings

M = TypeVar("M", bound=models.Model)
# Below 2**31, where an integer column ends.
LARGEST = 2_000_000_000


@dataclass(frozen=True)
class Given:
    """What a version says: a name, a GeoJSON polygon, residents, and the ids of village and large grid."""

    name: str
    boundary: Mapping[str, Any]
    residents: int
    village_id: int | None = None
    large_id: int | None = None


class GridAction(Action[GridChange]):
    """An action by which grids change."""

    def recall(self, answer: Any) -> GridChange:
        return found(GridChange, answer)


def may_edit(context: Context, unit_id: int) -> None:
    """Raises `Denied` unless the actor edits the grids of the town."""
    require(context, "grid.edit", unit_id)


def is_town(unit_id: int, day: datetime.date) -> None:
    if not UnitVersion.objects.filter(on_day(day), unit_id=unit_id, category="town").exists():
        raise Invalid(_("请从列表中选择乡镇街道。"), field="unit", code="grid.no-town")


def open_day(day: datetime.date | None, kind: str) -> datetime.date:
    """The day, where grids may still change on it: a published month keeps the grids that it was rated with."""
    if day is None:
        raise Invalid(_("请填写生效日期。"), field="day", code="grid.no-day")
    last = RatingRun.objects.filter(state=RatingRun.State.PUBLISHED).aggregate(last=Max("month"))["last"]
    if kind == Grid.Kind.DUTY and last is not None and (day.year, day.month) <= (last.year, last.month):
        said = _("%(month)s 的评级已公布,生效日期应晚于该月。") % {"month": f"{last:%Y-%m}"}
        raise Invalid(said, field="day", code="grid.month-published")
    return day


def current(grid: Grid) -> GridVersion:
    """The version that has no end yet; raises `NotNow` for a grid that ended."""
    version = grid.versions.filter(valid_to__isnull=True).first()
    if version is None:
        raise NotNow(_("网格“%(code)s”已停用,不能再变更。") % {"code": grid.code}, code="grid.ended")
    return version


def changeable(grid_id: int, seen: int, day: datetime.date) -> GridVersion:
    """The current version of a grid, with its row locked at the version that was seen."""
    grid = found(Grid, grid_id)
    version = current(grid)
    take_version(grid, seen)
    if day <= version.valid_from:
        raise Invalid(
            _("网格“%(code)s”自 %(day)s 起才是现在的样子,请选择更晚的日期,或撤销那次变更。")
            % {"code": grid.code, "day": version.valid_from},
            field="day",
            code="grid.day-too-early",
        )
    return version


def named(given: Given, unit_id: int, day: datetime.date) -> None:
    """Raises `Invalid` for a name, number, village or large grid that cannot be."""
    if not given.name or len(given.name) > 60:
        raise Invalid(_("请填写网格名称,不超过 60 个字。"), field="name", code="grid.name")
    if not 0 <= given.residents <= LARGEST:
        raise Invalid(_("居民数应为不小于 0 的整数。"), field="residents", code="grid.residents")
    if given.village_id is not None and not Place.objects.filter(pk=given.village_id).exists():
        raise Invalid(_("请从列表中选择村(社区)。"), field="village", code="grid.village")
    if given.large_id is not None:
        large = Grid.objects.filter(pk=given.large_id, kind=Grid.Kind.LARGE, unit_id=unit_id)
        if not large.exists():
            raise Invalid(_("请从列表中选择本乡镇的大网格。"), field="large", code="grid.large")


def new_code(code: str, taken: Collection[str] = (), field: str = "code") -> str:
    """A code that no grid has; raises `Invalid` at `field`."""
    code = code.strip()
    if not code or len(code) > 40:
        raise Invalid(_("请填写网格编号,不超过 40 个字符。"), field=field, code="grid.code")
    if code in taken or Grid.objects.filter(code=code).exists():
        raise Invalid(_("网格编号“%(code)s”已被使用。") % {"code": code}, field=field, code="grid.code-taken")
    return code


def checked(
    code: str, kind: str, unit_id: int, given: Given, day: datetime.date, without: set[int]
) -> list[RowFinding]:
    """Everything that is wrong with a border where it would lie."""
    around = surroundings(kind, unit_id, day, without)
    return check_border(Drawn(code, shape(given.boundary)), around, given.residents, cap_of(kind, day))


def started(kind: str, day: datetime.date, basis: str, context: Context) -> Change[GridChange]:
    """A change to which versions that end and begin are added."""
    made = GridChange.objects.create(kind=kind, day=day, basis=basis[:200], at=context.at, user=context.actor.user)
    change = Change(made)
    change.note(made, None, {"kind": kind, "day": day.isoformat(), "basis": made.basis})
    return change


def end(change: Change[GridChange], version: GridVersion) -> None:
    by = change.result
    version.valid_to, version.ended_by = by.day, by
    version.save(update_fields=["valid_to", "ended_by"])
    change.note(version.grid, {"valid_to": None}, {"valid_to": by.day.isoformat()})


def begin(change: Change[GridChange], grid: Grid, given: Given) -> GridVersion:
    by = change.result
    version = GridVersion.objects.create(
        grid=grid,
        name=given.name,
        boundary=dict(given.boundary),
        residents=given.residents,
        village_id=given.village_id,
        large_id=given.large_id,
        valid_from=by.day,
        begun_by=by,
    )
    after = {"name": given.name, "residents": given.residents, "valid_from": by.day.isoformat(), "change": by.pk}
    change.note(grid, None, after)
    return version


def given_of(version: GridVersion) -> Given:
    return Given(version.name, version.boundary, version.residents, version.village_id, version.large_id)


def drawn(versions: Sequence[GridVersion]) -> list[Drawn]:
    return [Drawn(version.grid.code, shape(version.boundary)) for version in versions]

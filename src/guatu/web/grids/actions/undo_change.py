"""A change of grids is taken back from a day on: what stood before it stands again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Conflict, Invalid, NotNow
from guatu.web.grids.actions import common
from guatu.web.grids.actions.common import GridAction, begin, end, given_of, started
from guatu.web.grids.models import Grid, GridChange, GridRating, GridVersion, Service


@dataclass(frozen=True)
class UndoChange(GridAction):
    """A change that is already in force ends on the day, and its time stays in the history.

    One that begins today or later is taken back as if it had not been, with its own day as the day.
    """

    change_id: int
    day: datetime.date | None
    basis: str = ""
    name = "grids.undo-change"
    words = _("撤销网格变更")

    def permit(self, context: Context) -> None:
        for grid in touched(found(GridChange, self.change_id)):
            common.may_edit(context, grid.unit_id)

    def change(self, context: Context) -> Change[GridChange]:
        old = found(GridChange, self.change_id, lock=True)
        grids = list(touched(old).select_for_update().order_by("pk"))
        if old.kind == GridChange.Kind.UNDO or hasattr(old, "undone_by"):
            raise NotNow(_("这次变更已撤销,或本身就是撤销。"), code="grid.undone")
        if not grids:
            raise NotNow(_("这次变更没有留下网格。"), code="grid.nothing")
        duty = any(grid.kind == Grid.Kind.DUTY for grid in grids)
        day = common.open_day(self.day, Grid.Kind.DUTY if duty else grids[0].kind)
        begun, ended = list(old.begun.select_related("grid")), list(old.ended.select_related("grid"))
        self._alone(old, begun, ended)
        change = started(GridChange.Kind.UNDO, day, self.basis, context)
        change.result.undoes = old
        change.result.save(update_fields=["undoes"])
        Grid.objects.filter(pk__in=[grid.pk for grid in grids]).update(row_version=F("row_version") + 1)
        if day == old.day and day >= context.actor.today:
            _void(change, begun, ended)
        elif day > old.day:
            for version in begun:
                end(change, version)
            for version in ended:
                begin(change, version.grid, given_of(version))
        else:
            said = _("撤销日期应晚于变更日期 %(day)s,已生效的时间不会改写。") % {"day": old.day}
            raise Invalid(said, field="day", code="grid.undo-too-early")
        return change

    def _alone(self, old: GridChange, begun: list[GridVersion], ended: list[GridVersion]) -> None:
        """What began by the change stands still, and nothing came after in the grids that it ended."""
        later = [version for version in begun if version.valid_to is not None]
        after = GridVersion.objects.filter(grid__in=[version.grid_id for version in ended], valid_to__isnull=True)
        if later or after.exclude(begun_by=old).exists():
            raise Conflict(_("其后又有变更,请先撤销后来的变更。"), code="grid.changed-since")


def touched(change: GridChange) -> QuerySet[Grid]:
    """Grids that began or ended a version by the change."""
    rows = GridVersion.objects.filter(Q(begun_by=change) | Q(ended_by=change))
    return Grid.objects.filter(pk__in=rows.values("grid_id"))


def _void(change: Change[GridChange], begun: list[GridVersion], ended: list[GridVersion]) -> None:
    """Versions that never came into force go; those that were to end stand on."""
    grids = [version.grid_id for version in begun]
    new = Grid.objects.filter(pk__in=grids).exclude(pk__in=[version.grid_id for version in ended])
    if GridRating.objects.filter(version__in=begun).exists() or Service.objects.filter(grid__in=new).exists():
        raise NotNow(_("新网格已有人任职或已评级,请选择更晚的撤销日期。"), code="grid.in-use")
    GridVersion.objects.filter(pk__in=[version.pk for version in begun]).delete()
    for version in begun:
        change.note(version.grid, {"name": version.name, "valid_from": version.valid_from.isoformat()}, None)
    for version in ended:
        version.valid_to = version.ended_by = None
        version.save(update_fields=["valid_to", "ended_by"])
        change.note(version.grid, {"valid_to": change.result.day.isoformat()}, {"valid_to": None})
    # A code that was only ever planned may be given again.
    new.filter(versions__isnull=True).delete()

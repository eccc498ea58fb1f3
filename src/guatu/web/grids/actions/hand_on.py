"""Grids of a town that goes pass to its heir, inside the action of the reorganisation."""

from __future__ import annotations

from typing import Any

from guatu.web.base.actions import Change, Context
from guatu.web.grids.models import Grid


def give_grids(old: int, heir: int, change: Change[Any], context: Context) -> None:
    for grid in Grid.objects.select_for_update().filter(unit=old).order_by("id"):
        grid.unit_id = heir
        grid.save(update_fields=["unit"])
        change.note(grid, {"unit": old}, {"unit": heir})

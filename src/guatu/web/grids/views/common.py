"""What the pages of grids share."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict

from guatu.core.fields.number import Number
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.grids.models import Grid, GridVersion
from guatu.web.grids.selectors.standing import standing, towns, visible
from guatu.web.kit.guard import actor_of, check_may
from guatu.web.kit.values import day_of, id_or_none, text_of

DAY = datetime.timedelta(days=1)


def rights(actor: Actor) -> dict[str, Any]:
    """What the pages of grids offer to whom."""
    return {"may_edit": actor.may("grid.edit"), "may_rate": actor.may("grid.rate")}


def grid_of(request: HttpRequest, pk: int, *, edit: bool = False) -> Grid:
    """A grid that the actor may see; `Denied` where it is to be edited and may not."""
    actor = actor_of(request)
    grid = get_object_or_404(visible(actor), pk=pk)
    if edit:
        must_edit(actor, grid.unit_id)
    return grid


def must_edit(actor: Actor, unit_id: int | None = None) -> None:
    check_may(actor, "grid.edit", unit_id)


def town_of(request: HttpRequest, data: Mapping[str, Any]) -> int | None:
    """The town asked for, where the actor edits its grids; the only one without asking."""
    known = [pk for pk, _name in towns(actor_of(request), "grid.edit")]
    wanted = id_or_none(data, "unit")
    return wanted if wanted in known else (known[0] if len(known) == 1 else None)


def asked_town(request: HttpRequest) -> int | None:
    """The town of what was sent, or else of the address."""
    return town_of(request, request.POST if request.method == "POST" else request.GET)


def day_or(data: Mapping[str, Any], name: str, otherwise: datetime.date) -> datetime.date:
    """A day in an address; anything that is none counts as not given."""
    try:
        return day_of(data, name) or otherwise
    except Problem:
        return otherwise


def file_of(request: HttpRequest, name: str) -> UploadedFile | None:
    found = request.FILES
    return found.get(name) if isinstance(found, MultiValueDict) else None


def text_or_file(request: HttpRequest, name: str) -> str:
    """What a drawing field holds: an uploaded file goes over the text."""
    upload = file_of(request, f"{name}_file")
    if upload is None or not upload.size:
        return text_of(request.POST, name)
    # One more than `drawing.MOST_TEXT`: so the action sees that it is too long, and no more is ever in memory.
    read: bytes = upload.read(2_000_001)
    return read.decode("utf-8", "replace").lstrip("\ufeff")


def residents(data: Mapping[str, Any], name: str = "residents") -> int:
    """A number of residents; -1 for what is none, which the action refuses."""
    # Far above what any grid may have, so that too large a number is refused by the rule that knows the limit.
    read = Number(unit="人", places=0, least=Decimal(0), most=Decimal(10) ** 11).read(text_of(data, name))
    return -1 if read.value is None else int(read.value)


def standing_version(grid: Grid, day: datetime.date) -> GridVersion | None:
    return standing(day).filter(grid=grid).select_related("large").first()


def next_day(version: GridVersion, today: datetime.date) -> datetime.date:
    """The first day from which on a grid may be changed."""
    return max(today, version.valid_from + DAY)

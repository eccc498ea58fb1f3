"""Lines of a spreadsheet of places are written; they have been checked (imports.places)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from guatu.web.base.actions import Change, take_version
from guatu.web.directory.actions.versions import Laid, brief
from guatu.web.directory.models import Place, PlaceVersion
from guatu.web.directory.values import PlaceValues


@dataclass
class PlannedPlace:
    code: str
    id: int
    values: PlaceValues
    day: datetime.date
    laid: Laid[PlaceVersion] | None


def write_places(planned: list[PlannedPlace], change: Change[Any]) -> None:
    new = [p for p in planned if p.id < 0]
    made = Place.objects.bulk_create(Place(code=p.code) for p in new)
    ids = {p.id: place.pk for p, place in zip(new, made, strict=True)}

    def fields(p: PlannedPlace) -> dict[str, Any]:
        parent_id = p.values.parent_id
        return p.values.as_fields() | {"parent_id": ids.get(parent_id, parent_id) if parent_id is not None else None}

    PlaceVersion.objects.bulk_create(PlaceVersion(place_id=ids[p.id], valid_from=p.day, **fields(p)) for p in new)
    for p, place in zip(new, made, strict=True):
        change.note(place, None, {"code": p.code, **brief(fields(p)), "from": p.day.isoformat()})
    places = Place.objects.in_bulk([p.id for p in planned if p.id > 0])
    for p in planned:
        if p.id > 0 and p.laid is not None:
            place = places[p.id]
            take_version(place, place.row_version)
            p.laid.opened.parent_id = fields(p)["parent_id"]
            p.laid.save()
            change.note(place, p.laid.before, p.laid.after)

"""Rows of the duty list of a unit that goes hold for its heir from then on, inside the action of the reorganisation."""

from __future__ import annotations

from typing import Any

from guatu.web.base.actions import Change, Context
from guatu.web.base.dated import on_day
from guatu.web.duties.models import Duty


def give_rows(old: int, heir: int, change: Change[Any], context: Context) -> None:
    """The old row ends and another begins: a case of last month is still explained by the row of last month."""
    today = context.actor.today
    for row in Duty.objects.select_for_update().filter(on_day(today), unit=old).order_by("id"):
        if row.valid_from < today:
            Duty.objects.create(
                pack=row.pack,
                class_code=row.class_code,
                place=row.place,
                unit_id=heir,
                source=row.source,
                valid_from=today,
                valid_to=row.valid_to,
            )
            row.valid_to = today
        else:
            row.unit_id = heir
        row.save(update_fields=["unit", "valid_to"])
        change.note(row, {"unit": old}, {"unit": heir, "from": today.isoformat()})

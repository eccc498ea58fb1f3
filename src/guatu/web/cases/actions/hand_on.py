"""Open cases of a unit that goes pass to its heir, inside the action of the reorganisation."""

from __future__ import annotations

from typing import Any

from guatu.web.base.actions import Change, Context
from guatu.web.cases.models import Case


def give_cases(old: int, heir: int, change: Change[Any], context: Context) -> None:
    """Whose case it was until then stands in the trail; steps that were done keep who did them."""
    for case in Case.objects.select_for_update().filter(unit=old, ended_at=None).order_by("id"):
        case.unit_id = heir
        case.save(update_fields=["unit"])
        change.note(case, {"unit": old}, {"unit": heir})

"""Orders and problems follow a reorganisation of units, inside its action."""

from __future__ import annotations

from typing import Any

from guatu.web.base.actions import Change, Context
from guatu.web.directory.models import Reorganisation
from guatu.web.dispatch.models import Order, Problem
from guatu.web.dispatch.selectors.orders import PENDING


def follow(reorganisation: Reorganisation, change: Change[Any], context: Context) -> None:
    """What is still open goes on with the one unit that took over; of a unit that was split nobody can say which."""
    heirs: dict[int, set[int]] = {}
    for old, new in reorganisation.successions.values_list("old_id", "new_id"):
        heirs.setdefault(old, set()).add(new)
    for old, units in heirs.items():
        if len(units) != 1 or old in units:
            continue
        (heir,) = units
        pending: list[Order | Problem] = [
            *Order.objects.filter(unit=old, state__in=PENDING),
            *Problem.objects.filter(unit=old, state=Problem.State.OPEN),
        ]
        for row in pending:
            row.unit_id = heir
            row.save(update_fields=["unit"])
            change.note(row, {"unit": old}, {"unit": heir})

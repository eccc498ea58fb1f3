"""Duties and shares of a unit that goes pass to its heir, inside the action of the reorganisation."""

from __future__ import annotations

from typing import Any

from guatu.web.base.actions import Change, Context
from guatu.web.ledger.models import Allocation, Duty
from guatu.web.ledger.selectors.in_hand import open_duties, open_shares


def give_duties(old: int, heir: int, change: Change[Any], context: Context) -> None:
    """A duty that the heir has already under the same words is not had twice."""
    for duty in open_duties(old).select_related("task").order_by("id"):
        same = Duty.objects.filter(task=duty.task_id, role=duty.role, text=duty.text, unit=heir)
        if same.exists():
            duty.delete()
        else:
            duty.unit_id = heir
            duty.save(update_fields=["unit"])
        change.note(duty.task, {"duty": duty.role, "unit": old}, {"duty": duty.role, "unit": heir})


def give_shares(old: int, heir: int, change: Change[Any], context: Context) -> None:
    """A share is added to that of the heir: what is shared out stays the same in sum."""
    for share in open_shares(old).select_related("target").order_by("id"):
        own = Allocation.objects.select_for_update().filter(target=share.target_id, unit=heir).first()
        before = {"share": str(share.value), "unit": old, "heir": str(own.value) if own else None}
        if own is None:
            share.unit_id = heir
            share.save(update_fields=["unit"])
            after = share.value
        elif share.target.kind == share.target.Kind.CUMULATIVE:
            own.value += share.value
            own.save(update_fields=["value"])
            share.delete()
            after = own.value
        else:
            # A rate does not add up: the heir keeps the one that it has.
            share.delete()
            after = own.value
        change.note(share.target, before, {"share": str(after), "unit": heir})

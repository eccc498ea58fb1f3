"""When a plan is confirmed its periods open at once, in the background, and not only with the next hour."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from guatu.web.base.jobs import enqueue
from guatu.web.ledger.models import Plan

KIND = "dispatch.open-periods"


def _saved(instance: Plan, update_fields: Any, **given: Any) -> None:
    """Runs in the transaction of the confirmation, so the job is there if and only if the plan is confirmed."""
    if instance.state == Plan.State.CONFIRMED and update_fields and "state" in update_fields:
        enqueue(KIND, {"plan": instance.pk}, None, timezone.now())


post_save.connect(_saved, sender=Plan, dispatch_uid="dispatch.open-periods")

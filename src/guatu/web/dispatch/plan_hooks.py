"""When a plan is confirmed its periods open at once, in the background, and not only with the next hour."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, enqueue, handler
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Plan

KIND = "dispatch.open-periods"


@handler(KIND, gettext_lazy("开放期次"), by_day=True)
def open_periods(running: Running) -> Any:
    """Twice: what is open stays as it is."""
    context = system_context(timezone.now())
    return {"reports": perform(OpenPeriods(context.actor.today, running.payload["plan"]), context)}


def _saved(instance: Plan, update_fields: Any, **given: Any) -> None:
    """Runs in the transaction of the confirmation, so the job is there if and only if the plan is confirmed."""
    if instance.state == Plan.State.CONFIRMED and update_fields and "state" in update_fields:
        enqueue(KIND, {"plan": instance.pk}, None, timezone.now())


post_save.connect(_saved, sender=Plan, dispatch_uid="dispatch.open-periods")

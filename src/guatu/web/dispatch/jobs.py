"""Background work of dispatch."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, handler
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.lights_later import KIND
from guatu.web.dispatch.models import Period
from guatu.web.dispatch.selectors.periods import judged_on, later_periods
from guatu.web.dispatch.system import system_context


@handler(KIND)
def compute(running: Running) -> Any:
    """Lights of a period and of those after it, which go by its figures."""
    context = system_context(timezone.now())
    first = Period.objects.select_related("rule").filter(pk=running.payload["period"]).first()
    periods = later_periods(first) if first else []
    changed = 0
    tasks = running.payload["tasks"]
    for at, period in enumerate(periods):
        on = judged_on(period, context.actor.today)
        changed += perform(ComputeLights(period.pk, on, tuple(tasks) if tasks is not None else None), context).changed
        running.progress(100 * (at + 1) // len(periods))
    return {"changed": changed}

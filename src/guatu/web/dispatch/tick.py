"""What the calendar asks for: periods open, those whose time is over close, lights follow the day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from guatu.web.base.actions import perform
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.models import Period
from guatu.web.dispatch.selectors.periods import still_judged
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Plan


@dataclass(frozen=True)
class Ticked:
    """New reports, closed periods, lights that came, changed or went."""

    reports: int
    closed: int
    lights: int


def tick(at: datetime.datetime) -> Ticked:
    """Idempotent: again at the same moment it does nothing. Each part is an action of its own."""
    context = system_context(at)
    today = context.actor.today
    reports = perform(OpenPeriods(today), context)
    expired = Period.objects.filter(state=Period.State.OPEN, closes_on__lt=today).order_by("ends_on", "id")
    closed = [perform(ClosePeriod(pk), context) for pk in expired.values_list("pk", flat=True)]
    running = Period.objects.filter(rule__plan__state=Plan.State.CONFIRMED).select_related("rule")
    lights = 0
    for period in still_judged(running.order_by("ends_on", "id"), today):
        lights += perform(ComputeLights(period.pk, today), context).changed
    return Ticked(reports, len(closed), lights)

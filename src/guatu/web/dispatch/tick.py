"""What the calendar asks for: clocks of cases that ran out move them, periods open, those whose time is over close,
lights follow the day."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, replace

from guatu.web.base import clock
from guatu.web.base.actions import Context, perform
from guatu.web.cases.actions.run_clocks import run_clocks
from guatu.web.directory.actions.hand_on import HandOnDue
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.remind_due import RemindDue
from guatu.web.dispatch.models import Period
from guatu.web.dispatch.selectors.moving import last_line, moving_since
from guatu.web.dispatch.selectors.periods import still_judged
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Plan

_RUN = "tick-"


@dataclass(frozen=True)
class Ticked:
    """New reports, closed periods, lights that came, changed or went, cases that their clocks moved."""

    reports: int
    closed: int
    lights: int
    cases: int = 0


def tick(at: datetime.datetime) -> Ticked:
    """Idempotent: again at the same moment it does nothing. Each part is an action of its own.

    Raises `ClockInDoubt`, before anything is done, where the last run is far from `at` and nobody has confirmed the
    day.
    """
    clock.require(at)
    clock.set_mark(at)
    run = f"{_RUN}{uuid.uuid4().hex[:12]}"
    context = replace(system_context(at), request_id=run)
    today = context.actor.today
    cases = run_clocks(context)
    seen, until = last_line(), clock.done_until(today)
    # Where nothing that periods and lights are made of was touched since the day's work was done, it would come out
    # the same.
    asked = until is None or moving_since(until, _RUN)
    perform(HandOnDue(today), context)
    reports = perform(OpenPeriods(today), context) if asked else 0
    expired = Period.objects.filter(state=Period.State.OPEN, closes_on__lt=today).order_by("ends_on", "id")
    closed = [perform(ClosePeriod(pk, run), context) for pk in expired.values_list("pk", flat=True)]
    lights = _lights(today, context) if asked or closed else 0
    perform(RemindDue(today), context)
    clock.set_done(today, seen)
    return Ticked(reports, len(closed), lights, cases)


def _lights(today: datetime.date, context: Context) -> int:
    """How many changed in all periods whose lights may still change."""
    running = Period.objects.filter(rule__plan__state=Plan.State.CONFIRMED).select_related("rule")
    periods = still_judged(running.order_by("ends_on", "id"), today)
    return sum(perform(ComputeLights(period.pk, today), context).changed for period in periods)

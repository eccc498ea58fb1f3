"""Background work of dispatch: lights after a decision, notices to units, the hourly run after a day was confirmed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from guatu.web.base import clock
from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import Running, enqueue, handler
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.lights_later import KIND
from guatu.web.dispatch.actions.tell import note_outcome
from guatu.web.dispatch.models import NoticeDelivery, Period
from guatu.web.dispatch.notices import KIND as NOTICE
from guatu.web.dispatch.notices import sent_out
from guatu.web.dispatch.selectors.periods import judged_on, later_periods
from guatu.web.dispatch.system import system_context
from guatu.web.dispatch.tick import tick

TICK = "dispatch.tick"


@handler(KIND, gettext_lazy("计算亮灯"), by_day=True)
def compute(running: Running) -> Any:
    """Lights of a period and of those after it, which go by its figures. Twice: the same rows give the same lights."""
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


@handler(TICK, gettext_lazy("开放和关闭期次、计算亮灯"), by_day=True)
def run_tick(running: Running) -> Any:
    """Twice at the same moment it does nothing more."""
    return asdict(tick(timezone.now()))


@handler(NOTICE, gettext_lazy("发送通知"))
def deliver(running: Running) -> Any:
    """Sends one delivery; a failure is kept with its reason and may be tried again from the page.

    Twice: what is known to be sent is not sent again. A worker that dies between sending and writing so sends the same
    message once more: a notice that comes twice does less harm than one that never comes.
    """
    found = NoticeDelivery.objects.select_related("notice", "user").filter(pk=running.payload["delivery"]).first()
    if found is None or found.state == NoticeDelivery.State.SENT:
        return {"sent": found is not None}
    outcome = sent_out(found)
    note_outcome(found, outcome, timezone.now())
    return {"sent": outcome.sent}


def _confirmed(context: Context, **_given: Any) -> None:
    enqueue(TICK, {}, context.actor.user, context.at)


clock.confirmed.connect(_confirmed, dispatch_uid=TICK)

"""Asks for lights to be computed in the background, after a decision that moves them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from guatu.web.base.actions import Context
from guatu.web.base.jobs import enqueue
from guatu.web.base.models import Job
from guatu.web.dispatch.models import Period

KIND = "dispatch.lights"


def lights_later(period: Period, tasks: Iterable[int] | None, context: Context) -> None:
    """Lights of some tasks (all for None) in the period and those after it. A job that still waits takes these
    along."""
    waiting = Job.objects.filter(kind=KIND, state=Job.State.WAITING, payload__period=period.pk)
    if connection.features.has_select_for_update:
        waiting = waiting.select_for_update(skip_locked=True)
    job = waiting.order_by("id").first()
    if job is None:
        payload = {"period": period.pk, "tasks": None if tasks is None else sorted(tasks)}
        enqueue(KIND, payload, context.actor.user, context.at)
        return
    known = job.payload["tasks"]
    both = None if tasks is None or known is None else sorted({*known, *tasks})
    Job.objects.filter(pk=job.pk).update(payload={"period": period.pk, "tasks": both})

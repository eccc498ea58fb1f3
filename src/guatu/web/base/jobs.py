"""Background work in the database: no broker to run, and a killed worker loses nothing.

A job is held by a lease. The worker renews it while it works; when the worker dies the lease runs out and the next
worker takes the job again. Handlers are therefore idempotent.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from guatu.web.base.models import Job, User
from guatu.web.base.problems import Problem

log = logging.getLogger(__name__)
LEASE = datetime.timedelta(minutes=2)
MOST_ATTEMPTS = 5

Handler = Callable[["Running"], Any]
_handlers: dict[str, Handler] = {}


class Running:
    """A job in a handler's hands."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @property
    def payload(self) -> dict[str, Any]:
        return self.job.payload

    def progress(self, percent: int, message: str = "") -> None:
        """Says how far the work is and renews the lease."""
        Job.objects.filter(pk=self.job.pk).update(
            progress=max(0, min(100, percent)), message=message[:500], lease_until=timezone.now() + LEASE
        )


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers the function that does jobs of a kind."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def enqueue(kind: str, payload: dict[str, Any], user: User | None, at: datetime.datetime) -> Job:
    """A new job; call it inside the transaction that makes what the job works on."""
    return Job.objects.create(kind=kind, payload=payload, created_by=user, created_at=at)


def take(now: datetime.datetime, kinds: Collection[str] = ()) -> Job | None:
    """The next job to do, of some kinds or of any: one that waits, or one whose worker is gone."""
    with transaction.atomic():
        jobs = Job.objects.select_for_update(skip_locked=True) if _skips_locked() else Job.objects.all()
        jobs = jobs.filter(kind__in=kinds) if kinds else jobs
        job = jobs.filter(state=Job.State.WAITING).order_by("id").first()
        job = job or jobs.filter(state=Job.State.RUNNING, lease_until__lt=now).order_by("id").first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.attempts += 1
        job.lease_until = now + LEASE
        job.save(update_fields=["state", "attempts", "lease_until"])
        return job


def _skips_locked() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


def run(job: Job) -> None:
    """Does one job. A problem is told to the user; anything else is logged and tried again a few times."""
    try:
        result = _handlers[job.kind](Running(job))
    except Problem as problem:
        _finish(job, Job.State.FAILED, message=str(problem.message))
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        again = job.attempts < MOST_ATTEMPTS
        message = "" if again else "内部错误,已记录 / internal error, it was logged"
        state = Job.State.WAITING if again else Job.State.FAILED
        _finish(job, state, message=message)
    else:
        _finish(job, Job.State.DONE, result=result)


def _finish(job: Job, state: str, *, message: str = "", result: Any = None) -> None:
    done = state in (Job.State.DONE, Job.State.FAILED)
    values: dict[str, Any] = {"state": state, "lease_until": None, "result": result}
    if message:
        values["message"] = message
    if done:
        values["finished_at"] = timezone.now()
    if state == Job.State.DONE:
        values["progress"] = 100
    Job.objects.filter(pk=job.pk).update(**values)


def run_waiting(limit: int = 1000, kinds: Collection[str] = ()) -> int:
    """Does what waits now, of some kinds or of any; the number of jobs done."""
    done = 0
    while done < limit and (job := take(timezone.now(), kinds)) is not None:
        run(job)
        done += 1
    return done

"""Background work in the database: no broker to run, and a killed worker loses nothing.

A job is held by a lease. While the worker lives, a thread beside the work renews it; when the worker dies the lease
runs out and the next worker takes the job again, five times at most. Handlers are therefore idempotent: each says at
its place what makes it so. Whoever lost the lease writes nothing of the job any more.
"""

from __future__ import annotations

import datetime
import logging
import threading
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from guatu.web.base import clock, hooks
from guatu.web.base.actions import Context
from guatu.web.base.actions.keys import key_of
from guatu.web.base.actors import actor_for, anonymous
from guatu.web.base.models import Job, User
from guatu.web.base.problems import Problem
from guatu.web.base.roles import grants_of
from guatu.web.base.settings_table import once

log = logging.getLogger(__name__)
LEASE = datetime.timedelta(minutes=2)
BEAT = LEASE.total_seconds() / 4
"""Seconds between two renewals: three may fail before the lease is over."""
MOST_ATTEMPTS = 5

Handler = Callable[["Running"], Any]
_handlers: dict[str, Handler] = {}
_words: dict[str, str | Promise] = {}
_by_day: set[str] = set()


class LeaseLost(Exception):
    """Another worker has the job by now, or it was given up: this one stops."""


class Running:
    """A job in a handler's hands."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @property
    def payload(self) -> dict[str, Any]:
        return self.job.payload

    def context(self) -> Context:
        """The user who asked for the work acts, with the roles of today; the job's number is the key of what it
        writes."""
        user, today = self.job.created_by, timezone.localdate()
        actor = actor_for(user, today, grants_of(user, today)) if user is not None else anonymous(today)
        key = key_of("job", self.job.pk)
        return Context(actor, timezone.now(), f"job-{self.job.pk}", key, key_of_job=True)

    def progress(self, percent: int, message: str = "") -> None:
        """Says how far the work is and renews the lease. Raises `LeaseLost`, which the handler lets pass."""
        values = {"progress": max(0, min(100, percent)), "message": message[:500]}
        if not _held(self.job).update(**values, lease_until=timezone.now() + LEASE):
            raise LeaseLost


def handler(kind: str, words: str | Promise = "", *, by_day: bool = False) -> Callable[[Handler], Handler]:
    """Registers the function that does jobs of a kind; `words` names the kind on the page of jobs.

    What is done `by_day` goes by today's date and waits while the clock is in doubt.
    """

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        _words[kind] = words or kind
        (_by_day.add if by_day else _by_day.discard)(kind)
        return function

    return register


@cache
def load() -> None:
    """Imports the work of all apps, each in modules named so. A process that does none is spared what the work
    needs."""
    hooks.load()
    for app in settings.GUATU_APPS:
        package = import_module(f"guatu.web.{app}")
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            if module.name.endswith("jobs"):
                import_module(module.name)


def words_of(kind: str) -> str:
    load()
    return str(_words.get(kind, kind))


def waits_for_clock(job: Job) -> bool:
    """Whether a waiting job is held back until somebody has said which day it is."""
    load()
    return job.state == Job.State.WAITING and job.kind in _by_day and not clock.verdict(timezone.now()).passes


def enqueue(kind: str, payload: dict[str, Any], user: User | None, at: datetime.datetime) -> Job:
    """A new job; call it inside the transaction that makes what the job works on."""
    return Job.objects.create(kind=kind, payload=payload, created_by=user, created_at=at)


def take(now: datetime.datetime, kinds: Collection[str] = ()) -> Job | None:
    """The next job to do, of some kinds or of any: one that waits, or one whose worker is gone.

    A job whose workers were gone so often that it seems to kill them is given up instead.
    """
    load()
    while True:
        with transaction.atomic():
            job = _next(now, kinds)
            if job is None:
                return None
            if job.attempts >= MOST_ATTEMPTS and job.state == Job.State.RUNNING:
                _held(job).update(**_ended(Job.State.FAILED), failure=Job.Failure.WORKER_LOST)
                log.error("job %s (%s) is given up: its worker ended %s times", job.pk, job.kind, job.attempts)
                continue
            if take_this(job, now):
                return job


def take_this(job: Job, now: datetime.datetime) -> bool:
    """Takes one job; False where it no longer stands as it was read.

    For a job that this process makes and does at once, in the transaction that makes it; and where rows are not locked
    another worker may have been quicker.
    """
    same = Job.objects.filter(pk=job.pk, state=job.state, holder=job.holder)
    job.holder, job.attempts = uuid.uuid4().hex, job.attempts + 1
    job.state, job.lease_until = Job.State.RUNNING, now + LEASE
    names = ("holder", "attempts", "state", "lease_until")
    return bool(same.update(**{name: getattr(job, name) for name in names}))


def _next(now: datetime.datetime, kinds: Collection[str]) -> Job | None:
    jobs: QuerySet[Job] = Job.objects.all()
    if connection.features.has_select_for_update_skip_locked:
        jobs = jobs.select_for_update(skip_locked=True)
    jobs = jobs.filter(kind__in=kinds) if kinds else jobs
    if _by_day and not clock.verdict(now).passes:
        jobs = jobs.exclude(kind__in=_by_day)
    job = jobs.filter(state=Job.State.WAITING).order_by("id").first()
    return job or jobs.filter(state=Job.State.RUNNING, lease_until__lt=now).order_by("id").first()


def run(job: Job) -> None:
    """Does one job that was taken. A problem is told to the user; anything else is logged and tried again a few
    times."""
    load()
    try:
        with _heartbeat(job), once():
            result = _handlers[job.kind](Running(job))
    except LeaseLost:
        log.warning("job %s (%s): the lease was lost, another worker has it", job.pk, job.kind)
    except Problem as problem:
        _finish(job, Job.State.FAILED, message=str(problem.message))
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        if job.attempts < MOST_ATTEMPTS:
            _finish(job, Job.State.WAITING)
        else:
            _finish(job, Job.State.FAILED, failure=Job.Failure.INTERNAL)
    else:
        _finish(job, Job.State.DONE, result=result, progress=100)


def _held(job: Job) -> QuerySet[Job]:
    """The row, as long as it is in the hands of who took `job`."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, holder=job.holder)


def _finish(job: Job, state: str, **values: Any) -> None:
    if not _held(job).update(**{**_ended(state), **values}):
        log.warning("job %s (%s): another worker has it, this outcome is left", job.pk, job.kind)


def _ended(state: str) -> dict[str, Any]:
    over = state in (Job.State.DONE, Job.State.FAILED)
    return {"state": state, "lease_until": None, "finished_at": timezone.now() if over else None}


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Renews the lease from a thread of its own: work that says nothing for long is still alive."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, over), name=f"job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(job: Job, over: threading.Event) -> None:
    try:
        while not over.wait(BEAT):
            try:
                if not _held(job).update(lease_until=timezone.now() + LEASE):
                    return
            except DatabaseError:
                # Busy with a long transaction of the work itself, or away for a moment: the next beat may pass.
                log.warning("job %s: the lease could not be renewed", job.pk, exc_info=True)
                close_old_connections()
    finally:
        connection.close()


def run_waiting(limit: int = 1000, kinds: Collection[str] = ()) -> int:
    """Does what waits now, of some kinds or of any; the number of jobs done."""
    done = 0
    while done < limit and (job := take(timezone.now(), kinds)) is not None:
        run(job)
        done += 1
    return done

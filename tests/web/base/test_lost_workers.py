"""Workers that die: killed processes, a clock that is handed in, and a run that comes back after its lease."""

from __future__ import annotations

import datetime
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone, translation

from guatu.web.base import jobs
from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.try_job_again import TryJobAgain
from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry, Job
from guatu.web.base.problems import Denied, NotNow
from tests.web.answers import body_of
from tests.web.supervision.conftest import on_disk as on_disk

Clients = Callable[[str], Client]
NOW = datetime.datetime(2024, 6, 10, 9, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_handlers", {})
    monkeypatch.setattr(jobs, "_by_day", set())


def made(user: Any = None) -> Job:
    return jobs.enqueue("sum", {}, user, NOW)


def after(leases: int) -> datetime.datetime:
    """A moment at which so many leases are over."""
    return NOW + leases * (jobs.LEASE + datetime.timedelta(seconds=1))


def worker(now: datetime.datetime) -> int:
    """A worker in a process of its own that does one job; the signal that ended it, 0 where it came to its end."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        # In a thread, for the one that forked may be in the middle of the loop of the browser's driver.
        thread = threading.Thread(target=work, args=(now,))
        thread.start()
        thread.join()
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def work(now: datetime.datetime) -> None:
    job = jobs.take(now)
    if job is not None:
        jobs.run(job)


@pytest.mark.django_db(transaction=True)
def test_work_that_kills_its_worker_is_given_up_after_five_tries_and_says_so(on_disk: None) -> None:
    jobs.handler("sum")(lambda running: os.kill(os.getpid(), signal.SIGKILL))
    job = made()
    for n in range(jobs.MOST_ATTEMPTS):
        assert worker(after(n)) == signal.SIGKILL
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("running", n + 1)
    assert worker(after(jobs.MOST_ATTEMPTS)) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.failure) == ("failed", 5, "worker-lost")
    assert "5 次中途退出" in job.reason
    with translation.override("en"):
        assert "ended 5 times" in job.reason
    assert jobs.take(after(9)) is None


@pytest.mark.django_db(transaction=True)
def test_work_whose_worker_was_killed_is_done_by_the_next_one(on_disk: None) -> None:
    def handle(running: jobs.Running) -> str:
        if running.job.attempts == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    jobs.handler("sum")(handle)
    job = made()
    assert worker(NOW) == signal.SIGKILL
    assert jobs.take(NOW + jobs.LEASE / 2) is None
    assert worker(after(1)) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == ("done", 2, "done")


@pytest.mark.django_db(transaction=True)
def test_the_lease_of_work_that_says_nothing_is_renewed(on_disk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BEAT", 0.05)

    def handle(running: jobs.Running) -> bool:
        rows = Job.objects.filter(pk=running.job.pk)
        rows.update(lease_until=NOW)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if rows.get().lease_until > NOW:
                return True
            time.sleep(0.05)
        return False

    jobs.handler("sum")(handle)
    job = made()
    assert jobs.run_waiting() == 1
    job.refresh_from_db()
    assert job.result is True


@pytest.mark.django_db
def test_who_lost_the_lease_writes_nothing_over_the_newer_run() -> None:
    later: list[Job] = []

    def handle(running: jobs.Running) -> str:
        if running.job.attempts == 1:
            found = jobs.take(timezone.now() + 2 * jobs.LEASE)
            assert found is not None
            later.append(found)
            return "old"
        return "new"

    jobs.handler("sum")(handle)
    job = made()
    assert jobs.run_waiting(1) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result, job.holder) == ("running", 2, None, later[0].holder)
    jobs.run(later[0])
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", "new")


@pytest.mark.django_db
def test_work_that_says_how_far_it_is_after_its_lease_was_lost_stops() -> None:
    went_on: list[bool] = []

    def handle(running: jobs.Running) -> None:
        if running.job.attempts == 1:
            jobs.take(timezone.now() + 2 * jobs.LEASE)
            running.progress(50, "alt")
            went_on.append(True)

    jobs.handler("sum")(handle)
    job = made()
    assert jobs.run_waiting(1) == 1
    job.refresh_from_db()
    assert (went_on, job.state, job.progress, job.message) == ([], "running", 0, "")


@pytest.mark.django_db
def test_errors_and_lost_workers_are_counted_together(caplog: pytest.LogCaptureFixture) -> None:
    def fail(running: jobs.Running) -> None:
        raise RuntimeError("boom")

    jobs.handler("sum")(fail)
    job = made()
    for _n in range(4):
        taken = jobs.take(NOW)
        assert taken is not None
        Job.objects.filter(pk=job.pk).update(lease_until=NOW - jobs.LEASE)
    assert jobs.run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.failure) == ("failed", 5, "internal")


def failed(user: Any) -> Job:
    job = made(user)
    Job.objects.filter(pk=job.pk).update(state="failed", failure="worker-lost", attempts=5, progress=40)
    return job


def test_who_waits_sees_why_it_failed_on_the_page_and_by_program(county: Any, client_of: Clients) -> None:
    job = failed(county.users["town"])
    page = client_of("town").get(f"/jobs/{job.pk}/").content.decode()
    assert "5 次中途退出" in page and "hx-get" not in page
    assert "5 次中途退出" in client_of("town").get(f"/api/jobs/{job.pk}").json()["message"]


def test_the_administrator_sees_failed_jobs_and_puts_one_into_the_queue_again(county: Any, client_of: Clients) -> None:
    job = failed(county.users["town"])
    client = client_of("admin")
    page = body_of(client.get("/jobs/")).decode()
    assert "5 次中途退出" in page and f"/jobs/{job.pk}/again/" in page
    assert client.post(f"/jobs/{job.pk}/again/").status_code == 302
    jobs.handler("sum")(lambda running: 6)
    assert jobs.run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result, job.failure) == ("done", 1, 6, "")
    line = AuditEntry.objects.get(action="job.try-again")
    assert (line.object_id, line.before["attempts"]) == (str(job.pk), 5)
    assert "没有失败的后台任务" in body_of(client.get("/jobs/")).decode()
    assert f'<th scope="row" class="num">{job.pk}</th>' in body_of(client.get("/jobs/?state=all")).decode()


def test_nobody_else_sees_the_jobs_of_all_or_tries_one_again(
    county: Any, client_of: Clients, actor_of: Callable[..., Actor]
) -> None:
    job = failed(county.users["town"])
    for role in ("supervision", "town", "auditor"):
        assert client_of(role).get("/jobs/").status_code == 403
        with pytest.raises(Denied):
            perform(TryJobAgain(job.pk), Context(actor_of(role), NOW))
    perform(TryJobAgain(job.pk), Context(actor_of("admin"), NOW))
    with pytest.raises(NotNow):
        perform(TryJobAgain(job.pk), Context(actor_of("admin"), NOW))

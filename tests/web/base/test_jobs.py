"""Background work survives the death of its worker."""

import datetime

import pytest
from django.utils import timezone

from guatu.web.base import jobs
from guatu.web.base.models import Job
from guatu.web.base.problems import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_handlers", {})


def job(kind: str = "sum") -> Job:
    return jobs.enqueue(kind, {"numbers": [1, 2, 3]}, None, timezone.now())


def test_a_job_runs_once_and_keeps_its_result() -> None:
    jobs.handler("sum")(lambda running: sum(running.payload["numbers"]))
    made = job()
    assert jobs.run_waiting() == 1
    made.refresh_from_db()
    assert (made.state, made.result, made.progress) == ("done", 6, 100)
    assert jobs.run_waiting() == 0


def test_a_job_whose_worker_died_runs_again_when_its_lease_is_over() -> None:
    jobs.handler("sum")(lambda running: sum(running.payload["numbers"]))
    made = job()
    taken = jobs.take(timezone.now())
    assert taken is not None
    assert jobs.take(timezone.now()) is None
    Job.objects.filter(pk=made.pk).update(lease_until=timezone.now() - datetime.timedelta(seconds=1))
    assert jobs.run_waiting() == 1
    made.refresh_from_db()
    assert (made.state, made.attempts) == ("done", 2)


def test_a_problem_is_told_to_the_user_and_not_tried_again() -> None:
    def refuse(running: jobs.Running) -> None:
        raise Invalid("第 3 行没有单位")

    jobs.handler("sum")(refuse)
    made = job()
    jobs.run_waiting()
    made.refresh_from_db()
    assert (made.state, made.message, made.attempts) == ("failed", "第 3 行没有单位", 1)


def test_an_error_of_the_program_is_tried_again_and_then_given_up(caplog: pytest.LogCaptureFixture) -> None:
    def fail(running: jobs.Running) -> None:
        raise RuntimeError("boom")

    jobs.handler("sum")(fail)
    made = job()
    assert jobs.run_waiting() == jobs.MOST_ATTEMPTS
    made.refresh_from_db()
    assert made.state == "failed"
    assert "boom" not in made.message

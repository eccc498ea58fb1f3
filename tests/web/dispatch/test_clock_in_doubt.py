"""A clock that is far from the last run changes nothing until a person confirms the day; what it closed can be undone."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone, translation

from guatu.web.base import clock, jobs
from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.confirm_clock import ConfirmClock
from guatu.web.base.actors import Actor
from guatu.web.base.clock import ClockInDoubt
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry, Job
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.compute_lights import canonical
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.reopen_period import ReopenPeriod
from guatu.web.dispatch.actions.reopen_run import ReopenRun
from guatu.web.dispatch.actions.withdraw_order import WithdrawOrder
from guatu.web.dispatch.models import Light, Order, Period, Report
from guatu.web.dispatch.selectors.ladder import ladder
from guatu.web.dispatch.system import system_context
from guatu.web.dispatch.tick import tick
from tests.web.answers import body_of
from tests.web.dispatch.conftest import Board, at

Clients = Callable[[str], Client]
AHEAD = datetime.timedelta(days=400)


class Clock:
    """The server's clock, which stands where it is put."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        return self.now


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    found = Clock(at(6, 10))
    monkeypatch.setattr(timezone, "now", found)
    yield found


@pytest.fixture
def running(may: Board, server: Clock) -> Board:
    """10 June: reports of May accepted, lights computed, the hourly run has passed."""
    for unit in ("柳林镇", "石门镇"):
        may.accepted("2024-05", may.pipes, unit, at(6, 4), {may.length.pk: "9"})
    may.accepted("2024-05", may.patrol, "城关镇", at(6, 4))
    may.hand_in("2024-05", may.quality, "县水利局", at(6, 4), {may.rate.pk: "90"})
    run_waiting()
    tick(server.now)
    run_waiting()
    return may


def everything() -> dict[str, str]:
    """All rows of all tables, as text."""
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.app_label != "sessions"]
    return {model._meta.label: serializers.serialize("json", model._default_manager.order_by("pk")) for model in models}


def standing() -> tuple[Any, ...]:
    """What closing changes: periods, states of reports, lights with their reasons."""
    periods = list(Period.objects.order_by("id").values_list("key", "state", "closed_on", "closed_run"))
    reports = list(Report.objects.order_by("id").values_list("pk", "state", "level", "progress"))
    lights = [
        (row.period_id, row.task_id, row.unit_id, row.target_id, row.colour, row.rule, canonical(row.explained))
        for row in Light.objects.order_by("period", "task", "unit", "target")
    ]
    return periods, reports, lights


def office(board: Board, when: datetime.datetime) -> Context:
    return board.context("supervision", when)


def admin(board: Board, when: datetime.datetime) -> Context:
    user = board.county.users["admin"]
    today = timezone.localtime(when).date()
    return Context(Actor(user, today, grants_of(user, today)), when)


def test_a_run_400_days_ahead_is_refused_and_changes_nothing(running: Board, server: Clock) -> None:
    before = everything()
    server.now += AHEAD
    with pytest.raises(ClockInDoubt) as told:
        tick(server.now)
    assert "相差 400 天" in str(told.value.message)
    with pytest.raises(CommandError):
        call_command("tick")
    with pytest.raises(ClockInDoubt):
        running.open(server.now)
    assert everything() == before


def test_confirmed_it_runs_and_set_back_it_is_refused_again(running: Board, server: Clock) -> None:
    now = server.now
    server.now += AHEAD
    with translation.override("en"):
        perform(ConfirmClock(server.now.date()), admin(running, server.now))
    assert Job.objects.get(kind="dispatch.tick").state == "waiting"
    run_waiting()
    job = Job.objects.get(kind="dispatch.tick")
    assert (job.state, job.result["closed"]) == ("done", 1)
    line = AuditEntry.objects.get(action="clock.confirm")
    assert (line.user, line.after["day"]) == (running.county.users["admin"], server.now.date().isoformat())
    before = everything()
    server.now = now
    with pytest.raises(ClockInDoubt):
        tick(server.now)
    assert everything() == before
    assert tick(at(6, 10, year=2024) + AHEAD).closed == 0


@pytest.mark.parametrize(
    ("apart", "passes"),
    [
        (datetime.timedelta(hours=1), True),
        (datetime.timedelta(days=3), True),
        (datetime.timedelta(days=3, minutes=1), False),
        (-datetime.timedelta(minutes=59), True),
        (-datetime.timedelta(minutes=61), False),
        (-datetime.timedelta(days=1), False),
    ],
)
def test_a_weekend_passes_and_what_is_further_waits(
    running: Board, server: Clock, apart: datetime.timedelta, passes: bool
) -> None:
    assert clock.verdict(server.now + apart).passes is passes


@pytest.mark.django_db
def test_the_first_run_of_a_new_installation_passes() -> None:
    assert tick(at(6, 3)).closed == 0
    assert tick(at(6, 3, 10)).closed == 0


def test_jobs_that_go_by_the_day_wait_and_others_are_done(running: Board, server: Clock) -> None:
    perform(ClosePeriod(running.period("2024-05").pk), office(running, server.now))
    again = ReopenPeriod(running.period("2024-05").pk, server.now.date(), "补报")
    perform(again, office(running, server.now))
    jobs.enqueue("dispatch.notice", {"delivery": 0}, None, server.now)
    server.now += AHEAD
    assert run_waiting() == 1
    assert set(Job.objects.exclude(state="done").values_list("kind", "state")) == {("dispatch.lights", "waiting")}
    held = Job.objects.get(state="waiting")
    assert jobs.waits_for_clock(held)
    with pytest.raises(CommandError, match="相差 400 天"):
        call_command("open311_pull", "linshui")
    perform(ConfirmClock(server.now.date()), admin(running, server.now))
    run_waiting()
    assert not Job.objects.exclude(state="done").exists()


def test_only_the_administrator_confirms_and_only_the_day_that_the_clock_says(running: Board, server: Clock) -> None:
    server.now += AHEAD
    with pytest.raises(Denied):
        perform(ConfirmClock(server.now.date()), office(running, server.now))
    with pytest.raises(Invalid):
        perform(ConfirmClock(datetime.date(2024, 6, 11)), admin(running, server.now))
    assert not clock.verdict(server.now).passes


def test_the_first_page_says_it_and_one_click_confirms(running: Board, server: Clock, client_of: Clients) -> None:
    assert "自动运行已暂停" not in body_of(client_of("admin").get("/", follow=True)).decode()
    server.now += AHEAD
    page = body_of(client_of("admin").get("/", follow=True)).decode()
    assert "自动运行已暂停" in page and "相差 400 天" in page and "确认今天是 2025-07-15" in page
    page = body_of(client_of("supervision").get("/")).decode()
    assert "相差 400 天" in page and "确认今天是" not in page
    assert "自动运行已暂停" not in body_of(client_of("town").get("/")).decode()
    assert client_of("supervision").post("/clock/confirm/", {"day": "2025-07-15"}).status_code == 403
    assert client_of("admin").post("/clock/confirm/", {"day": "2025-07-15"}).status_code == 302
    assert clock.verdict(server.now).passes
    assert "自动运行已暂停" not in body_of(client_of("admin").get("/", follow=True)).decode()


def test_the_command_confirms_and_runs(running: Board, server: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    server.now += AHEAD
    call_command("tick", "--confirm")
    assert "periods closed" in capsys.readouterr().out
    assert AuditEntry.objects.get(action="clock.confirm").user is None


def test_what_one_run_closed_by_a_wrong_clock_is_opened_again_together(running: Board, server: Clock) -> None:
    """The clock was wrong, somebody confirmed it all the same; all is as it was before."""
    now, before = server.now, standing()
    # On a day on which reporting on the month is open.
    server.now += datetime.timedelta(days=383)
    perform(ConfirmClock(server.now.date()), admin(running, server.now))
    run_waiting()
    assert standing() != before
    server.now = now
    perform(ConfirmClock(server.now.date()), admin(running, server.now))
    (run,) = {row.closed_run for row in Period.objects.filter(state="closed", closed_on__gt=datetime.date(2025, 1, 1))}
    done = perform(ReopenRun(run, "服务器日期有误"), office(running, server.now))
    assert (done.reopened, dict(done.left)) == (1, {})
    assert done.removed == 1
    run_waiting()
    assert standing() == before
    with pytest.raises(Invalid):
        perform(ReopenRun(run, "再来一次"), office(running, server.now))


def test_a_period_that_a_wrong_clock_opened_stays_where_somebody_has_worked_in_it(
    running: Board, server: Clock
) -> None:
    now = server.now
    server.now += datetime.timedelta(days=52)
    perform(ConfirmClock(server.now.date()), admin(running, server.now))
    run_waiting()
    running.save(running.report("2024-07", running.patrol, "城关镇"), server.now)
    server.now = now
    perform(ConfirmClock(server.now.date()), admin(running, server.now))
    run = Period.objects.get(key="2024-05").closed_run
    perform(ReopenRun(run, "服务器日期有误"), office(running, server.now))
    assert list(Period.objects.filter(key__gt="2024-05").values_list("key", flat=True)) == ["2024-07"]


@pytest.mark.parametrize("seed", range(4))
def test_closed_and_opened_again_all_is_as_it_was(may: Board, server: Clock, seed: int) -> None:
    rng = random.Random(seed)
    for report in Report.objects.filter(period__key__in=("2024-04", "2024-05")).select_related("unit"):
        way = rng.choice(("due", "draft", "submitted", "accepted", "returned"))
        if way == "due":
            continue
        figures = {may.length.pk: str(rng.randint(1, 9))} if report.task_id == may.pipes.pk else {}
        figures |= {may.rate.pk: "88"} if report.task_id == may.quality.pk else {}
        why = dict.fromkeys(figures, "与台账核对一致")
        may.save(report, at(6, 4), figures=figures, notes=why, submit=way != "draft", despite=True)
        if way in ("accepted", "returned"):
            may.review(report, at(6, 5), accept=way == "accepted")
    run_waiting()
    tick(server.now)
    run_waiting()
    before = standing()
    period = Period.objects.filter(state="open").order_by("id").last()
    assert period is not None
    perform(ClosePeriod(period.pk), office(may, server.now))
    run_waiting()
    assert standing() != before
    perform(ReopenPeriod(period.pk, datetime.date(2024, 6, 25), "误关"), office(may, server.now))
    run_waiting()
    assert standing() == before


@pytest.fixture
def closed(running: Board, server: Clock) -> Period:
    period = running.period("2024-05")
    perform(ClosePeriod(period.pk), office(running, server.now))
    run_waiting()
    Light.objects.filter(period=period, task=running.pipes).update(colour="red")
    server.now += datetime.timedelta(hours=1)
    return period


def opened(board: Board, server: Clock, period: Period) -> Period:
    action = ReopenPeriod(period.pk, datetime.date(2024, 6, 25), "补报")
    return perform(action, office(board, server.now))


def blocked(board: Board, server: Clock, period: Period) -> str:
    with pytest.raises(NotNow) as told:
        opened(board, server, period)
    assert told.value.code == "period.published"
    assert Period.objects.get(pk=period.pk).state == "closed"
    return str(told.value.message)


def test_an_issued_circular_keeps_its_period_closed_and_a_draft_does_not(
    running: Board, server: Clock, closed: Period
) -> None:
    context = office(running, server.now)
    circular = perform(MakeCircular(closed.pk), context)
    perform(IssueCircular(circular.pk, circular.row_version, "青督通〔2024〕3号"), context)
    assert "青督通〔2024〕3号" in blocked(running, server, closed)
    circular.refresh_from_db()
    type(circular).objects.filter(pk=circular.pk).update(state="draft", number="")
    assert opened(running, server, closed).state == "open"


def test_an_order_since_the_closing_blocks_until_it_is_withdrawn(running: Board, server: Clock, closed: Period) -> None:
    unit = running.county.unit("柳林镇").pk
    order = perform(IssueOrder(unit, "督办", "限期整改", task=running.pipes.pk), office(running, server.now))
    assert order.number in blocked(running, server, closed)
    perform(WithdrawOrder(order.pk, order.row_version, "误关"), office(running, server.now))
    assert opened(running, server, closed).state == "open"


def test_an_order_from_before_the_closing_does_not_block(running: Board, server: Clock) -> None:
    unit = running.county.unit("柳林镇").pk
    perform(IssueOrder(unit, "督办", "限期整改", task=running.pipes.pk), office(running, server.now))
    server.now += datetime.timedelta(hours=1)
    period = running.period("2024-05")
    perform(ClosePeriod(period.pk), office(running, server.now))
    Light.objects.filter(period=period, task=running.pipes).update(colour="red")
    assert Order.objects.count() == 1
    assert opened(running, server, period).state == "open"


def test_a_step_of_the_ladder_since_the_closing_blocks(running: Board, server: Clock, closed: Period) -> None:
    unit = running.county.unit("柳林镇").pk
    perform(RecordLadder(running.pipes.pk, unit, "step", ladder(server.now.date())[0].id), office(running, server.now))
    assert "新建供水管网" in blocked(running, server, closed)


def test_who_may_not_close_may_not_open_again(running: Board, server: Clock, closed: Period) -> None:
    for role in ("lead", "leader", "admin", "auditor"):
        user = running.county.users[role]
        today = timezone.localdate()
        context = Context(Actor(user, today, grants_of(user, today)), server.now)
        with pytest.raises(Denied):
            perform(ReopenPeriod(closed.pk, datetime.date(2024, 6, 25), "x"), context)
        with pytest.raises(Denied):
            perform(ReopenRun("tick-1", "x"), context)


def test_the_page_asks_with_what_follows_and_names_what_blocks(
    running: Board, server: Clock, closed: Period, client_of: Clients
) -> None:
    client = client_of("supervision")
    page = body_of(client.get(f"/periods/{closed.pk}/")).decode()
    assert "确定要重新开放吗" in page and "3 份已锁定的填报恢复为已审核" in page
    unit = running.county.unit("柳林镇").pk
    order = perform(IssueOrder(unit, "督办", "限期整改", task=running.pipes.pk), office(running, server.now))
    page = body_of(client.get(f"/periods/{closed.pk}/")).decode()
    assert order.number in page and "确定要重新开放吗" not in page
    answer = client.post(f"/periods/{closed.pk}/reopen/", {"closes_on": "2024-06-25", "reason": "补报"})
    assert answer.status_code == 409 and order.number in body_of(answer).decode()


def test_what_a_run_closed_is_on_the_page_of_periods_and_opened_there_and_by_program(
    running: Board, server: Clock, client_of: Clients
) -> None:
    Period.objects.filter(key="2024-05").update(closes_on=datetime.date(2024, 6, 9))
    tick(server.now)
    period = running.period("2024-05")
    assert period.closed_run.startswith("tick-")
    client = client_of("supervision")
    page = body_of(client.get("/periods/")).decode()
    assert "系统自动关闭的期次" in page and period.closed_run in page
    refused = client.post("/periods/runs/reopen/", {"run": period.closed_run, "reason": " "})
    assert refused.status_code == 422 and "请写明重新开放的原因" in body_of(refused).decode()
    assert client.post("/periods/runs/reopen/", {"run": period.closed_run, "reason": "误关"}).status_code == 302
    period.refresh_from_db()
    assert (period.state, period.closed_run) == ("open", "")
    tick(server.now)
    period.refresh_from_db()
    url = f"/api/periods/runs/{period.closed_run}/reopen"
    answer = client.post(url, {"reason": "误关"}, content_type="application/json")
    assert (answer.status_code, answer.json()["reopened"]) == (200, 1)
    assert system_context(server.now).request_id == ""


def test_lights_of_a_period_that_is_opened_again_follow_the_day_again(running: Board, server: Clock) -> None:
    def days() -> set[datetime.date]:
        return set(Light.objects.filter(period=period).values_list("on", flat=True))

    period = running.period("2024-05")
    perform(ClosePeriod(period.pk), office(running, server.now))
    run_waiting()
    server.now += datetime.timedelta(days=2)
    tick(server.now)
    assert days() == {datetime.date(2024, 6, 10)}
    opened(running, server, period)
    run_waiting()
    assert days() == {datetime.date(2024, 6, 12)}

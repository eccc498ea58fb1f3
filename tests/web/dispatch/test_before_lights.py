"""From the confirmation of a plan to its first lights: nothing waits for the next hour, and the map says what comes."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job
from guatu.web.dispatch.models import Light, Period, PeriodRule
from guatu.web.ledger.models import Plan
from tests.web.dispatch.conftest import Board, at


@pytest.fixture
def office(board: Board) -> Client:
    client = Client()
    client.force_login(board.county.users["supervision"])
    return client


def text(client: Client) -> str:
    return client.get("/map/").content.decode()


def test_a_plan_that_is_confirmed_has_lights_without_a_tick(board: Board) -> None:
    board.plan.state = Plan.State.DRAFT
    board.plan.save()
    # Open from the first day on, whichever day it is today.
    today = timezone.localdate()
    PeriodRule.objects.update(opens_before=40, starts_on=today.replace(day=1), ends_on=None)
    board.plan.state = Plan.State.CONFIRMED
    board.plan.save(update_fields=["state"])
    run_waiting()
    assert Light.objects.filter(target__isnull=True).count() > 0


def test_only_the_earliest_of_several_new_periods_asks_for_lights(board: Board) -> None:
    PeriodRule.objects.create(plan=board.plan, name="季督查", every="quarter", starts_on=board.opened)
    board.opened = at(3, 1).date()
    board.open(at(4, 1))
    waiting = Job.objects.filter(kind="dispatch.lights", state=Job.State.WAITING)
    first, second = Period.objects.order_by("ends_on", "id")
    assert first.ends_on == second.ends_on
    assert [job.payload["period"] for job in waiting] == [first.pk]
    board.open(at(4, 2))
    assert waiting.count() == 1


def test_without_a_running_plan_the_map_leads_to_the_plans(board: Board, office: Client) -> None:
    Plan.objects.update(state=Plan.State.DRAFT)
    assert "去上传或确认方案" in text(office)


def test_once_a_plan_runs_the_map_asks_for_no_upload_and_names_the_day_of_the_first_period(
    board: Board, office: Client, settings: Any
) -> None:
    today = timezone.localdate()
    PeriodRule.objects.update(opens_before=0, starts_on=today.replace(day=1), ends_on=None)
    said = text(office)
    last = Period.objects.count()
    assert last == 0 and "去上传或确认方案" not in said
    opens = today.replace(day=monthrange(today.year, today.month)[1])
    # On its first day the period is not there before the next look at the clock.
    coming = f"第一期 {today:%Y-%m} 从 {opens} 起填报"
    assert (coming if today < opens else "正在后台准备第一期") in said


def test_while_its_lights_are_computed_the_map_says_so(board: Board, office: Client) -> None:
    board.open(at(5, 26))
    assert not Light.objects.exists()
    said = text(office)
    assert "期已经开放。灯正在后台计算" in said and "去上传" not in said


def test_a_plan_whose_rule_is_not_there_yet_is_being_prepared(board: Board, office: Client) -> None:
    PeriodRule.objects.all().delete()
    assert "正在后台准备第一期" in text(office)

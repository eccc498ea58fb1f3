"""The page of a task says what was reached, when, by whom, with which papers, and who is to report now."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.models import Problem, Report
from guatu.web.dispatch.selectors.task_record import TaskRecord
from guatu.web.ledger.models import Task
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.test_lights import compute, year
from tests.web.html import flat


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(6, 10, 10))


def page(board: Board, task: Task, role: str = "supervision") -> str:
    client = Client()
    client.force_login(board.county.users[role])
    answer = client.get(f"/tasks/{task.pk}/")
    assert answer.status_code == 200
    return flat(answer.content.decode())


def record(board: Board, task: Task, role: str = "supervision") -> TaskRecord:
    return TaskRecord(task.pk, board.plan.pk, board.context(role, at(6, 10)).actor)


def test_reached_due_and_target_stand_over_time_for_the_whole_and_each_share(may: Board) -> None:
    year(may)
    compute(may)
    found = {(one.unit, one.part): one for one in record(may, may.pipes).progress}
    whole = next(one for (_unit, part), one in found.items() if part == "sum")
    assert (whole.reached.value, whole.goal) == (15.0, "40 公里")  # type: ignore[union-attr]
    assert sorted(one.reached.value for one in found.values() if one.part == "share") == [5.0, 10.0]  # type: ignore[union-attr]
    reached = {point.on.isoformat(): point.reached for point in whole.points if point.reached is not None}
    assert reached == {
        "2024-01-31": 3.0,
        "2024-02-29": 6.0,
        "2024-03-31": 9.0,
        "2024-04-30": 12.0,
        "2024-05-31": 15.0,
    }
    assert whole.points[-1].due == 40.0
    shown = page(may, may.pipes)
    assert "已达" in shown and "15 公里" in shown and "task-charts" in shown and "逐月数据" in shown


def test_reports_stand_by_period_with_state_figures_and_who_is_to_report_now(may: Board) -> None:
    may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    found = record(may, may.pipes)
    assert found.reports.total == Report.objects.filter(task=may.pipes).count() == 15
    newest = {
        line.row.unit.removesuffix("人民政府"): line
        for line in found.reports
        if line.row.report.period.key == "2024-05"
    }
    assert newest["柳林镇"].row.group == "waiting" and newest["柳林镇"].figures == [
        "新建供水管网 9 公里(与台账核对一致)"
    ]
    asked = {(line.row.unit.removesuffix("人民政府"), line.row.report.period.key) for line in found.asked}
    assert ("石门镇", "2024-05") in asked and ("柳林镇", "2024-05") not in asked
    assert "现在要报的单位" in page(may, may.pipes)


def test_problems_orders_and_measures_stand_there(may: Board) -> None:
    office = may.context("supervision", at(6, 10))
    unit = may.county.unit("柳林镇").pk
    order = perform(IssueOrder(unit, "督办管网进度", "限期整改", task=may.pipes.pk), office)
    perform(RecordLadder(may.pipes.pk, unit, "step", "amber-card", reason="两期缺报"), office)
    Problem.objects.create(task=may.pipes, unit_id=unit, text="管材涨价", opened_at=at(6, 1))
    shown = page(may, may.pipes)
    assert order.number in shown and "管材涨价" in shown and "黄牌警示" in shown and "两期缺报" in shown
    other = page(may, may.patrol)
    assert order.number not in other and "管材涨价" not in other


def test_a_town_sees_its_own_reports_and_share_alone(may: Board) -> None:
    year(may)
    compute(may)
    found = record(may, may.pipes, "town")
    assert {line.row.unit.removesuffix("人民政府") for line in found.reports} == {"柳林镇"}
    shown = page(may, may.pipes, "town")
    assert "管材涨价" not in shown
    office = may.context("supervision", at(6, 10))
    order = perform(IssueOrder(may.county.unit("石门镇").pk, "督办", "限期整改", task=may.pipes.pk), office)
    assert order.number not in page(may, may.pipes, "town")


def test_the_page_asks_as_many_queries_for_a_year_as_for_five_months(may: Board) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(may, may.pipes)
        return len(asked)

    year(may)
    compute(may)
    page(may, may.pipes)
    few = count()
    may.open(at(12, 1))
    day: Any = datetime.date(2024, 6, 1)
    for month in range(6, 12):
        for unit, value in (("柳林镇", 2 * month), ("石门镇", month)):
            may.accepted(f"2024-{month:02d}", may.pipes, unit, at(month + 1, 3), {may.length.pk: str(value)})
    assert Report.objects.filter(task=may.pipes, period__ends_on__gte=day).exists()
    assert count() <= few

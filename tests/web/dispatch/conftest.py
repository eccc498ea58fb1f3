"""A confirmed plan of an invented county with three tasks, reported month by month."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import User
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.dispatch.actions.open_periods import OpenPeriods, owing
from guatu.web.dispatch.actions.review_report import ReviewReport
from guatu.web.dispatch.actions.save_report import SaveReport
from guatu.web.dispatch.models import Period, PeriodRule, Report
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Allocation, Duty, Plan, PlanVersion, Target, Task

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
START = datetime.date(2024, 1, 1)
END = datetime.date(2024, 12, 31)


def at(month: int, day: int, hour: int = 9, year: int = 2024) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, tzinfo=BEIJING)


@dataclass
class Board:
    """The plan with its rows, and the acts of its people on given days."""

    county: Any
    plan: Plan
    rule: PeriodRule
    pipes: Task
    quality: Task
    patrol: Task
    length: Target
    """40 km of pipes, 25 of them in 柳林镇 and 15 in 石门镇; the lead, 县水利局, answers for the sum."""
    rate: Target
    """A rate that rises from 85 to 95 %, reported by the lead."""
    users: dict[str, User] = field(default_factory=dict)
    opened: datetime.date = START

    def context(self, role: str, when: datetime.datetime, key: str = "") -> Context:
        user = self.users.get(role) or self.county.users[role]
        today = when.astimezone(BEIJING).date()
        return Context(Actor(user, today, grants_of(user, today)), when, key=key)

    def open(self, when: datetime.datetime) -> int:
        """As the hourly run does it: on the first day of every month up to the day, and on the day."""
        made, today = 0, when.astimezone(BEIJING).date()
        while (day := (self.opened + datetime.timedelta(days=32)).replace(day=1)) < today:
            made += perform(OpenPeriods(day), system_context(at(day.month, day.day, year=day.year)))
            self.opened = day
        return made + perform(OpenPeriods(today), system_context(when))

    def ask_all(self) -> None:
        """Who has a duty now owes a report in every open period from May on, as if it had stood when they opened."""
        pairs = owing(self.plan)
        for period in Period.objects.filter(rule__plan=self.plan, key__gte="2024-05"):
            there = set(period.reports.values_list("task_id", "unit_id"))
            Report.objects.bulk_create(Report(period=period, task_id=t, unit_id=u) for t, u in sorted(pairs - there))

    def period(self, key: str) -> Period:
        return Period.objects.select_related("rule").get(rule=self.rule, key=key)

    def report(self, key: str, task: Task, unit: str) -> Report:
        return Report.objects.select_related("period", "task").get(
            period__rule=self.rule, period__key=key, task=task, unit=self.county.unit(unit)
        )

    def save(self, report: Report, when: datetime.datetime, role: str = "reporter", **values: Any) -> Report:
        given: dict[str, Any] = {"progress": "已完成招标,管沟开挖过半。", **values}
        report.refresh_from_db()
        return perform(SaveReport(report.pk, given.pop("seen", report.row_version), **given), self.context(role, when))

    def hand_in(
        self,
        key: str,
        task: Task,
        unit: str,
        when: datetime.datetime,
        figures: Mapping[int, str] | None = None,
        **more: Any,
    ) -> Report:
        report = self.report(key, task, unit)
        more = {"notes": dict.fromkeys(figures or {}, "与台账核对一致"), **more}
        return self.save(report, when, figures=figures or {}, submit=True, despite=True, **more)

    def review(
        self, report: Report, when: datetime.datetime, accept: bool = True, role: str = "supervision", **more: Any
    ) -> Report:
        report.refresh_from_db()
        action = ReviewReport(
            report.pk, report.row_version, accept, more.pop("reason", "" if accept else "数据与台账不符")
        )
        return perform(action, self.context(role, when))

    def accepted(
        self,
        key: str,
        task: Task,
        unit: str,
        when: datetime.datetime,
        figures: Mapping[int, str] | None = None,
        **more: Any,
    ) -> Report:
        return self.review(self.hand_in(key, task, unit, when, figures, **more), when)


def task(plan: Plan, version: PlanVersion, title: str, order: int, due: datetime.date | None = END) -> Task:
    return Task.objects.create(
        plan=plan, version=version, title=title, path=["二", str(order)], order=order, due=due, state=Task.State.OPEN
    )


def target(row: Task, metric: str, value: str, unit: str, **more: Any) -> Target:
    given = {"kind": "cumulative", "direction": "up", "base_date": START, "due": END, **more}
    return Target.objects.create(
        plan=row.plan, task=row, version=row.version, metric=metric, op=">=", value=value, unit_text=unit, **given
    )


@pytest.fixture
def board(county: Any) -> Board:
    user = User.objects.create_user("reporter", password="x", display_name="填报员")
    from guatu.web.directory.models import RoleGrant

    for name in ("县水利局", "县财政局", "柳林镇", "石门镇", "城关镇", "柳林东村"):
        RoleGrant.objects.create(user=user, role="responsible", unit=county.unit(name), valid_from=START)
    plan = Plan.objects.create(
        title="青禾县2024年乡村水利建设实施方案",
        issued_on=START,
        state=Plan.State.CONFIRMED,
        created_at=at(1, 2),
    )
    version = PlanVersion.objects.create(
        plan=plan, number=1, state=PlanVersion.State.CONFIRMED, uploaded_at=at(1, 2), confirmed_at=at(1, 3)
    )
    pipes = task(plan, version, "新建供水管网", 1)
    quality = task(plan, version, "提高水质达标率", 2)
    patrol = task(plan, version, "加强河道巡查", 3)
    for row, role, name in (
        (pipes, "lead", "县水利局"),
        (pipes, "responsible", "柳林镇"),
        (pipes, "responsible", "石门镇"),
        (pipes, "support", "县财政局"),
        (quality, "lead", "县水利局"),
        (quality, "responsible", "县财政局"),
        (patrol, "responsible", "城关镇"),
    ):
        Duty.objects.create(task=row, role=role, text=name, unit=county.unit(name))
    length = target(pipes, "新建供水管网", "40", "公里")
    for name, share in (("柳林镇", "25"), ("石门镇", "15")):
        Allocation.objects.create(target=length, unit=county.unit(name), value=share)
    rate = target(quality, "水质达标率", "95", "%", kind="level", base_value="85")
    rule = PeriodRule.objects.create(plan=plan, name="月调度", starts_on=START)
    return Board(county, plan, rule, pipes, quality, patrol, length, rate, {"reporter": user})


@pytest.fixture
def may(board: Board) -> Board:
    """The board on 3 June 2024, with the periods up to May open."""
    board.open(at(6, 3))
    return board


Act = Callable[..., Any]

"""Periods open and close by rule, once, and nobody is asked twice or for what they could not know."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.reopen_period import ReopenPeriod
from guatu.web.dispatch.actions.set_period_rule import SetPeriodRule
from guatu.web.dispatch.models import Period, PeriodRule, Report, ReportEvent
from guatu.web.dispatch.tick import tick
from guatu.web.ledger.actions.set_allocation import SetAllocation
from guatu.web.ledger.models import Duty, Plan, Task
from tests.web.dispatch.conftest import END, START, Board, at, task


def test_periods_open_some_days_before_their_end_and_not_earlier(board: Board) -> None:
    board.open(at(5, 25))
    assert list(Period.objects.values_list("key", flat=True)) == ["2024-01", "2024-02", "2024-03", "2024-04"]
    board.open(at(5, 26))
    assert Period.objects.filter(key="2024-05").exists()
    Period.objects.filter(key="2024-05").delete()
    PeriodRule.objects.update(opens_before=0)
    board.open(at(5, 30))
    assert not Period.objects.filter(key="2024-05").exists()


def test_a_due_day_on_a_day_off_moves_to_the_next_day_of_work(board: Board) -> None:
    """5 October 2024 lies in the National Day holidays, which end on the 7th."""
    board.open(at(10, 2))
    assert board.period("2024-09").due_on == datetime.date(2024, 10, 8)
    board.rule.roll = False
    board.rule.save()
    Period.objects.all().delete()
    board.open(at(10, 2))
    assert board.period("2024-09").due_on == datetime.date(2024, 10, 5)


def test_opening_again_changes_nothing(may: Board) -> None:
    reports = list(Report.objects.order_by("pk").values())
    lines = AuditEntry.objects.count()
    assert may.open(at(6, 3)) == 0
    assert list(Report.objects.order_by("pk").values()) == reports
    assert AuditEntry.objects.count() == lines


def test_every_leading_and_responsible_unit_owes_one_report_and_a_supporting_one_none(may: Board) -> None:
    units = {u.pk: name for name, u in may.county.units.items()}
    owed = {
        (r.task.title, units[r.unit_id]) for r in Report.objects.filter(period__key="2024-05").select_related("task")
    }
    assert owed == {
        ("新建供水管网", "县水利局"),
        ("新建供水管网", "柳林镇"),
        ("新建供水管网", "石门镇"),
        ("提高水质达标率", "县水利局"),
        ("提高水质达标率", "县财政局"),
        ("加强河道巡查", "城关镇"),
    }


def test_who_joins_later_owes_nothing_for_periods_that_are_over(may: Board) -> None:
    late = task(may.plan, may.pipes.version, "修建泵站", 4)
    Duty.objects.create(task=late, role="lead", text="县住建局", unit=may.county.unit("县住建局"))
    may.open(at(6, 4))
    assert not Report.objects.filter(task=late).exists()
    may.open(at(7, 1))
    assert set(Report.objects.filter(task=late).values_list("period__key", flat=True)) == {"2024-06"}


def test_an_untouched_report_that_nobody_owes_any_more_is_taken_back_and_one_with_words_is_kept(may: Board) -> None:
    kept = may.save(may.report("2024-05", may.pipes, "石门镇"), at(6, 3))
    Duty.objects.filter(task=may.pipes, role="responsible").delete()
    may.open(at(6, 4))
    left = Report.objects.filter(period__key="2024-05", task=may.pipes)
    assert set(left.values_list("unit_id", flat=True)) == {may.county.unit("县水利局").pk, kept.unit_id}


def test_a_plan_without_a_rule_gets_the_usual_one(board: Board) -> None:
    PeriodRule.objects.all().delete()
    board.open(at(2, 1))
    rule = PeriodRule.objects.get()
    assert (rule.every, rule.due_day, rule.roll, rule.starts_on) == ("month", 5, True, START)
    board.open(at(3, 1))
    assert PeriodRule.objects.count() == 1


def test_plans_that_are_not_confirmed_are_not_asked(board: Board) -> None:
    Plan.objects.update(state=Plan.State.DRAFT)
    assert board.open(at(6, 3)) == 0
    assert not Period.objects.exists()


def test_what_is_asked_for_once_is_open_from_its_first_day(board: Board) -> None:
    PeriodRule.objects.filter(pk=board.rule.pk).update(
        every="once", starts_on=datetime.date(2024, 3, 1), ends_on=datetime.date(2024, 4, 15)
    )
    board.open(at(2, 28))
    assert not Period.objects.exists()
    board.open(at(3, 1))
    period = Period.objects.get()
    assert (period.key, period.starts_on, period.due_on) == (
        "2024-04-15",
        datetime.date(2024, 3, 1),
        datetime.date(2024, 4, 15),
    )


@pytest.mark.parametrize(
    ("every", "keys"),
    [("quarter", ["2024Q1", "2024Q2"]), ("half-year", ["2024H1"]), ("year", [])],
)
def test_other_rhythms_open_their_periods(board: Board, every: str, keys: list[str]) -> None:
    PeriodRule.objects.update(every=every)
    board.open(at(7, 2))
    assert list(Period.objects.order_by("key").values_list("key", flat=True)) == keys


def test_a_tick_closes_what_is_over_and_a_second_one_does_nothing(board: Board) -> None:
    board.open(at(5, 1))
    first = tick(at(6, 3))
    assert first.reports == 6
    assert first.closed == 4
    assert list(Period.objects.filter(state="open").values_list("key", flat=True)) == ["2024-05"]
    second = tick(at(6, 3))
    assert (second.reports, second.closed, second.lights) == (0, 0, 0)


def test_accepted_reports_are_locked_when_their_period_closes_and_missing_ones_stay_missing(may: Board) -> None:
    accepted = may.accepted("2024-05", may.patrol, "城关镇", at(6, 4))
    period = may.period("2024-05")
    perform(ClosePeriod(period.pk), may.context("supervision", at(6, 20)))
    accepted.refresh_from_db()
    assert accepted.state == Report.State.LOCKED
    assert accepted.events.filter(verb=ReportEvent.Verb.LOCKED).exists()
    assert may.report("2024-05", may.pipes, "柳林镇").state == Report.State.DUE
    period.refresh_from_db()
    assert (period.state, period.closed_on) == ("closed", datetime.date(2024, 6, 20))


def test_nothing_is_written_into_a_closed_period(may: Board) -> None:
    perform(ClosePeriod(may.period("2024-05").pk), may.context("supervision", at(6, 20)))
    with pytest.raises(NotNow) as told:
        may.hand_in("2024-05", may.patrol, "城关镇", at(6, 21))
    assert told.value.code == "period.closed"


def test_a_period_is_opened_again_with_a_reason_and_takes_late_reports(may: Board) -> None:
    may.accepted("2024-05", may.patrol, "城关镇", at(6, 4))
    period = may.period("2024-05")
    perform(ClosePeriod(period.pk), may.context("supervision", at(6, 20)))
    until = datetime.date(2024, 6, 30)
    with pytest.raises(Invalid) as told:
        perform(ReopenPeriod(period.pk, until, " "), may.context("supervision", at(6, 21)))
    assert told.value.field == "reason"
    perform(ReopenPeriod(period.pk, until, "石门镇系统故障"), may.context("supervision", at(6, 21)))
    assert may.report("2024-05", may.patrol, "城关镇").state == Report.State.ACCEPTED
    late = may.hand_in("2024-05", may.pipes, "石门镇", at(6, 22), {may.length.pk: "6"})
    assert late.state == Report.State.SUBMITTED


@pytest.mark.parametrize("role", ["town", "lead", "leader", "admin", "auditor"])
def test_only_the_supervision_office_handles_periods(may: Board, role: str) -> None:
    for action in (
        OpenPeriods(datetime.date(2024, 6, 3)),
        ClosePeriod(may.period("2024-05").pk),
        ReopenPeriod(may.period("2024-05").pk, END, "x"),
        SetPeriodRule(may.plan.pk, "月调度", "month", START),
    ):
        with pytest.raises(Denied):
            perform(action, may.context(role, at(6, 3)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"every": "fortnight"}, "every"),
        ({"due_day": 0}, "due_day"),
        ({"due_day": 32}, "due_day"),
        ({"opens_before": 400}, "opens_before"),
        ({"closes_after": 400}, "closes_after"),
        ({"ends_on": datetime.date(2023, 1, 1)}, "ends_on"),
        ({"every": "once"}, "ends_on"),
        ({"every": "once", "ends_on": datetime.date(2024, 6, 3)}, "ends_on"),
        ({"starts_on": datetime.date(2024, 5, 31)}, "starts_on"),
        ({"every": "quarter", "starts_on": datetime.date(2024, 3, 31)}, "starts_on"),
        ({"starts_on": datetime.date(2020, 1, 1)}, "starts_on"),
        ({"plan": 0}, "plan"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(board: Board, changes: dict[str, object], field: str) -> None:
    given = {
        "plan": board.plan.pk,
        "title": "月调度",
        "every": "month",
        "starts_on": datetime.date(2024, 6, 1),
        **changes,
    }
    with pytest.raises(Invalid) as told:
        perform(SetPeriodRule(**given), board.context("supervision", at(6, 3)))  # type: ignore[arg-type]
    assert told.value.field == field


def test_the_rhythm_of_a_rule_with_periods_stays(may: Board) -> None:
    action = SetPeriodRule(may.plan.pk, "季调度", "quarter", START, rule=may.rule.pk, seen=may.rule.row_version)
    with pytest.raises(Invalid) as told:
        perform(action, may.context("supervision", at(6, 3)))
    assert told.value.field == "every"
    ended = SetPeriodRule(may.plan.pk, "月调度", "month", START, END, rule=may.rule.pk, seen=may.rule.row_version)
    assert perform(ended, may.context("supervision", at(6, 3))).ends_on == END


def test_closed_tasks_ask_for_no_more_reports(may: Board) -> None:
    Task.objects.filter(pk=may.patrol.pk).update(state=Task.State.DONE)
    may.open(at(7, 2))
    assert not Report.objects.filter(task=may.patrol, period__key="2024-06").exists()


def test_a_tick_after_which_nothing_was_touched_computes_nothing_and_one_after_a_change_does(may: Board) -> None:
    tick(at(6, 3))
    with CaptureQueriesContext(connection) as queries:
        assert tick(at(6, 3)).lights == 0
    assert not [query["sql"] for query in queries if 'FROM "dispatch_light"' in query["sql"]]
    tenfold = {may.county.unit(name).pk: Decimal(20) for name in ("柳林镇", "城关镇")}
    perform(SetAllocation(may.length.pk, may.length.row_version, tenfold), may.context("supervision", at(6, 3)))
    assert tick(at(6, 3)).lights > 0
    assert tick(at(6, 4)).lights > 0, "another day, another light"

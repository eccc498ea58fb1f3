"""Nobody is blamed for a period that was not open to him: whatever the days on which a rule is saved, the plan is
confirmed, a unit joins and the program runs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.core.dispatch.delivery import missing_in_a_row
from guatu.web.base.actions import perform
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.set_period_rule import SetPeriodRule
from guatu.web.dispatch.models import Period, PeriodRule, Report
from guatu.web.dispatch.selectors.core_rows import delivery
from guatu.web.dispatch.selectors.never_opened import never_opened
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Duty
from tests.web.dispatch.conftest import START, Board, at, task

YEAR = st.integers(0, 330).map(lambda days: START + datetime.timedelta(days=days))
RHYTHMS = st.sampled_from(("month", "quarter", "half-year"))


def run(board: Board, day: datetime.date) -> None:
    perform(OpenPeriods(day), system_context(at(day.month, day.day)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(every=RHYTHMS, starts=YEAR, saved=YEAR, joined=YEAR, runs=st.lists(YEAR, max_size=5), ahead=st.integers(0, 40))
def test_a_report_is_owed_only_where_it_was_asked_for_a_day_before_it_was_due(
    board: Board,
    every: str,
    starts: datetime.date,
    saved: datetime.date,
    joined: datetime.date,
    runs: list[datetime.date],
    ahead: int,
) -> None:
    with transaction.atomic():
        PeriodRule.objects.all().delete()
        rule, newcomer = None, None
        asked: dict[int, datetime.date] = {}
        for day in sorted({saved, joined, *runs}):
            if day == joined:
                newcomer = task(board.plan, board.pipes.version, "修建泵站", 4)
                Duty.objects.create(task=newcomer, role="lead", text="县住建局", unit=board.county.unit("县住建局"))
            if day == saved:
                action = SetPeriodRule(board.plan.pk, "调度", every, starts, opens_before=ahead)
                try:
                    rule = perform(action, board.context("supervision", at(day.month, day.day)))
                except Invalid as told:
                    assert told.field == "starts_on"
            if rule:
                run(board, day)
            for report in Report.objects.exclude(pk__in=asked).select_related("period"):
                asked[report.pk] = day
                assert day < report.period.due_on
                if report.task == newcomer:
                    assert day == joined or report.period.ends_on >= joined
        assert all(period.ends_on >= saved for period in Period.objects.all())
        if rule:
            check_blame(rule, asked)
        transaction.set_rollback(True)


def check_blame(rule: PeriodRule, asked: dict[int, datetime.date]) -> None:
    """At the year's end each missing report is one that was asked for in time; the others are named."""
    last = datetime.date(2024, 12, 31)
    reports = list(Report.objects.select_related("period"))
    by_pair: dict[tuple[int, int], list[Any]] = {}
    for report in reports:
        by_pair.setdefault((report.task_id, report.unit_id), []).append(report)
    for owed in by_pair.values():
        count = missing_in_a_row([delivery(one, one.period) for one in owed], last).value
        assert count <= sum(asked[one.pk] < one.period.due_on < last for one in owed)
    keys = set(rule.periods.values_list("key", flat=True))
    assert not keys & set(never_opened(rule, keys, last))


def test_a_rule_that_is_saved_late_opens_nothing_that_is_over(board: Board) -> None:
    """Saved on 10 June for the time since January, it used to open five months that everybody had missed."""
    PeriodRule.objects.filter(pk=board.rule.pk).update(starts_on=START)
    run(board, datetime.date(2024, 6, 10))
    assert not Period.objects.exists()
    assert never_opened(board.rule, (), datetime.date(2024, 6, 10))[-2:] == ["2024-04", "2024-05"]
    run(board, datetime.date(2024, 7, 1))
    assert [period.key for period in Period.objects.all()] == ["2024-06"]


def test_a_rule_that_has_ended_is_not_made_longer(board: Board) -> None:
    PeriodRule.objects.update(ends_on=datetime.date(2024, 3, 31))
    seen = board.rule.row_version
    longer = SetPeriodRule(board.plan.pk, "月调度", "month", START, None, rule=board.rule.pk, seen=seen)
    with pytest.raises(Invalid) as told:
        perform(longer, board.context("supervision", at(6, 10)))
    assert told.value.field == "ends_on"

"""Lights are what the core gives on the rows of the database, stay where they are, and can be computed again."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.adapters.holidays import national_calendar
from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.facts import Standing, light_facts
from guatu.core.dispatch.lights import light
from guatu.core.dispatch.progress import Report as CoreReport
from guatu.core.dispatch.starting_rules import STARTING_RULES
from guatu.core.dispatch.trajectory import Trajectory
from guatu.core.kernel.explained import Explained
from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied
from guatu.web.dispatch.actions.compute_lights import ComputeLights, canonical
from guatu.web.dispatch.actions.decide_appeal import DecideAppeal
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.actions.open_periods import OpenPeriods
from guatu.web.dispatch.actions.set_milestones import Row, SetMilestones
from guatu.web.dispatch.models import Appeal, Figure, Light, MilestoneProgress, Order, Report
from guatu.web.dispatch.selectors.answering import Answering
from guatu.web.dispatch.selectors.courses import due_by
from guatu.web.dispatch.selectors.light_values import LightValues
from guatu.web.dispatch.selectors.periods import judged_on
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Milestone, Target, TargetStep, Task
from tests.web.dispatch.conftest import END, START, Board, at

JUNE = datetime.date(2024, 6, 10)


def compute(board: Board, key: str = "2024-05", on: datetime.date = JUNE, tasks: tuple[int, ...] | None = None) -> Any:
    return perform(ComputeLights(board.period(key).pk, on, tasks), system_context(at(on.month, on.day)))


def light_of(board: Board, task: Task, unit: str, target: Target | None = None, key: str = "2024-05") -> Light:
    return Light.objects.get(period__key=key, task=task, unit=board.county.unit(unit), target=target)


def year(board: Board) -> None:
    """Five months of accepted figures from both towns and the lead."""
    for month in range(1, 6):
        key = f"2024-{month:02d}"
        day = at(month + 1, 3)
        board.accepted(key, board.pipes, "柳林镇", day, {board.length.pk: str(2 * month)})
        board.accepted(key, board.pipes, "石门镇", day, {board.length.pk: str(month)})
        board.accepted(key, board.pipes, "县水利局", day)
        board.accepted(key, board.quality, "县水利局", day, {board.rate.pk: str(85 + month)})


def core(trajectory: Trajectory, figures: list[float], due: list[datetime.date], **bounds: float) -> Explained[Any]:
    """The core's own answer on the same numbers, each report on the 3rd."""
    keys = [f"2024-{m:02d}" for m in range(1, len(due) + 1)]
    ends = [datetime.date(2024, m + 1, 1) - datetime.timedelta(days=1) for m in range(1, len(due) + 1)]
    reports = tuple(CoreReport(k, e, v) for k, e, v in zip(keys, ends, figures, strict=True))
    owed = tuple(Delivery("", k, d, d.replace(day=3)) for k, d in zip(keys, due, strict=True))
    return light(STARTING_RULES, light_facts(Standing(trajectory, reports, owed, **bounds), JUNE, national_calendar()))


def test_a_light_is_what_the_core_gives_on_the_same_numbers(may: Board) -> None:
    year(may)
    compute(may)
    due = [may.period(f"2024-{m:02d}").due_on for m in range(1, 6)]
    town = Trajectory(name="新建供水管网", unit="公里", target=25, start=START, deadline=END, kind="cumulative")
    county = Trajectory(name="新建供水管网", unit="公里", target=40, start=START, deadline=END, kind="cumulative")
    rate = Trajectory(name="水质达标率", unit="%", target=95, start=START, deadline=END, kind="level", base=85)
    wanted = {
        (may.pipes.pk, "柳林镇"): core(town, [2, 4, 6, 8, 10], due),
        (may.pipes.pk, "县水利局"): core(county, [3, 6, 9, 12, 15], due),
        (may.quality.pk, "县水利局"): core(rate, [86, 87, 88, 89, 90], due, lowest=0, highest=100),
    }
    for (task, unit), value in wanted.items():
        found = Light.objects.exclude(target=None).get(task=task, unit=may.county.unit(unit))
        assert found.colour == value.value
        back = msgspec.convert(found.explained, Explained[str])
        assert [back.sentence(lang) for lang in ("zh", "en")] == [value.sentence(lang) for lang in ("zh", "en")]


def test_the_lead_is_judged_by_the_sum_of_the_towns(may: Board) -> None:
    """40 km by the year's end: 10 + 5 km at the end of May, where 16.4 are due."""
    year(may)
    compute(may)
    found = light_of(may, may.pipes, "县水利局", may.length)
    back = msgspec.convert(found.explained, Explained[str])
    assert found.colour == "amber"
    assert back.part("attainment").value.part("actual").value == 15.0


def test_a_sum_with_a_missing_part_stays_at_the_last_whole_one_and_is_missing_itself(may: Board) -> None:
    year(may)
    may.review(may.report("2024-05", may.pipes, "石门镇"), at(6, 4), accept=False)
    compute(may)
    found = msgspec.convert(light_of(may, may.pipes, "县水利局", may.length).explained, Explained[str])
    assert found.part("attainment").value.part("actual").value == 12.0
    assert found.part("missing_in_a_row").value.value == 1


def test_figures_count_when_they_are_accepted(may: Board) -> None:
    year(may)
    compute(may)
    assert light_of(may, may.pipes, "石门镇", may.length).colour == "amber"
    may.review(may.report("2024-05", may.pipes, "石门镇"), at(6, 4), accept=False)
    report = may.save(
        may.report("2024-05", may.pipes, "石门镇"), at(6, 5), submit=True, despite=True, figures={may.length.pk: "15"}
    )
    compute(may)
    assert light_of(may, may.pipes, "石门镇", may.length).colour == "amber"
    may.review(report, at(6, 5))
    compute(may)
    assert light_of(may, may.pipes, "石门镇", may.length).colour == "green"


def test_amounts_of_each_period_are_added_up(may: Board) -> None:
    Target.objects.filter(pk=may.length.pk).update(reported="period")
    for month in range(1, 6):
        for unit, value in (("柳林镇", "2"), ("石门镇", "1")):
            may.accepted(f"2024-{month:02d}", may.pipes, unit, at(month + 1, 3), {may.length.pk: value})
    compute(may)
    town = msgspec.convert(light_of(may, may.pipes, "柳林镇", may.length).explained, Explained[str])
    county = msgspec.convert(light_of(may, may.pipes, "县水利局", may.length).explained, Explained[str])
    assert town.part("attainment").value.part("actual").value == 10.0
    assert county.part("attainment").value.part("actual").value == 15.0


def test_computing_again_gives_the_same_bytes_and_writes_nothing(may: Board) -> None:
    year(may)
    compute(may)
    before = list(Light.objects.order_by("pk").values())
    lines = AuditEntry.objects.count()
    assert compute(may).changed == 0
    assert list(Light.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == lines
    Light.objects.all().delete()
    compute(may)
    after = Light.objects.order_by("pk").values("task_id", "unit_id", "target_id", "colour", "explained")
    assert [canonical(row) for row in after] == [
        canonical({name: row[name] for name in ("task_id", "unit_id", "target_id", "colour", "explained")})
        for row in before
    ]


def test_a_light_keeps_its_place_and_says_since_when_it_has_its_colour(may: Board) -> None:
    year(may)
    compute(may)
    first = light_of(may, may.quality, "县水利局")
    compute(may, on=JUNE + datetime.timedelta(days=1))
    second = light_of(may, may.quality, "县水利局")
    assert (second.pk, second.at, second.on) == (first.pk, first.at, datetime.date(2024, 6, 11))


def test_appealed_lights_and_those_of_orders_keep_their_ids_when_all_is_computed_again(may: Board) -> None:
    compute(may)
    red = light_of(may, may.pipes, "柳林镇")
    appeal = perform(MakeAppeal(red.pk, "监理签证晚到,里程已完成"), may.context("town", at(6, 10)))
    order = Order.objects.create(
        number="青督〔2024〕1号", plan=may.plan, task=may.pipes, unit=red.unit, light=red, subject="x", text="x",
        issued_on=JUNE, due_on=JUNE, year=2024, serial=1,
    )  # fmt: skip
    year(may)
    compute(may)
    appeal.refresh_from_db()
    order.refresh_from_db()
    assert appeal.light_id == order.light_id == red.pk
    assert Light.objects.get(pk=red.pk).colour == "green"
    assert (appeal.then["colour"], appeal.then["on"]) == ("red", "2024-06-10")
    assert canonical(appeal.then["explained"]) == canonical(red.explained)


def test_a_light_goes_with_its_task_unless_somebody_refers_to_it(may: Board) -> None:
    compute(may)
    kept = light_of(may, may.pipes, "柳林镇")
    perform(MakeAppeal(kept.pk, "任务已并入其他方案"), may.context("town", at(6, 10)))
    gone = light_of(may, may.pipes, "石门镇")
    Task.objects.filter(pk=may.pipes.pk).update(state=Task.State.DROPPED)
    compute(may)
    assert Light.objects.filter(pk=kept.pk).exists()
    assert not Light.objects.filter(pk=gone.pk).exists()


def test_computing_some_tasks_leaves_the_others(may: Board) -> None:
    compute(may)
    others = list(Light.objects.exclude(task=may.pipes).order_by("pk").values())
    year(may)
    assert compute(may, tasks=(may.pipes.pk,)).changed > 0
    assert list(Light.objects.exclude(task=may.pipes).order_by("pk").values()) == others


def test_a_target_without_a_course_is_grey_and_says_what_it_lacks(may: Board) -> None:
    Target.objects.filter(pk=may.rate.pk).update(due=None)
    compute(may)
    found = light_of(may, may.quality, "县水利局", may.rate)
    back = msgspec.convert(found.explained, Explained[str])
    assert found.colour == "grey"
    assert "没有时限" in back.sentence("zh") and "has no deadline" in back.sentence("en")


def test_a_rate_without_a_base_is_grey_and_not_green(may: Board) -> None:
    Target.objects.filter(pk=may.rate.pk).update(base_value=None)
    for month in range(1, 6):
        may.accepted(f"2024-{month:02d}", may.quality, "县水利局", at(month + 1, 3), {may.rate.pk: "90"})
    compute(may)
    assert light_of(may, may.quality, "县水利局", may.rate).colour == "grey"


def test_a_task_shows_its_worst_target(may: Board) -> None:
    year(may)
    poor = Target.objects.create(
        plan=may.plan, task=may.quality, version=may.quality.version, metric="监测点", op=">=", value="100", unit_text="个",
        kind="cumulative", base_date=START, due=END,
    )  # fmt: skip
    for month in range(1, 6):
        report = may.review(may.report(f"2024-{month:02d}", may.quality, "县水利局"), at(6, 4), accept=False)
        may.save(
            report, at(6, 4), submit=True, despite=True,
            figures={may.rate.pk: str(85 + month), poor.pk: str(month)},
        )  # fmt: skip
        may.review(report, at(6, 4))
    compute(may)
    whole = light_of(may, may.quality, "县水利局")
    back = msgspec.convert(whole.explained, Explained[str])
    assert light_of(may, may.quality, "县水利局", may.rate).colour == "green"
    assert (whole.colour, back.part("metric").value) == ("red", "监测点")


def test_a_task_without_figures_goes_by_its_reports(may: Board) -> None:
    for month in range(1, 5):
        may.accepted(f"2024-{month:02d}", may.patrol, "城关镇", at(month + 1, 3))
    compute(may, on=datetime.date(2024, 6, 4))
    assert light_of(may, may.patrol, "城关镇").colour == "green"
    compute(may, on=datetime.date(2024, 6, 6))
    assert light_of(may, may.patrol, "城关镇").colour == "amber"


def test_a_task_of_which_nothing_is_due_yet_is_grey(board: Board) -> None:
    board.open(at(2, 1))
    compute(board, "2024-01", datetime.date(2024, 2, 2))
    assert light_of(board, board.patrol, "城关镇", key="2024-01").colour == "grey"


def test_a_closed_task_is_green_in_the_periods_that_follow(may: Board) -> None:
    may.accepted("2024-05", may.patrol, "城关镇", at(6, 4))
    Report.objects.filter(task=may.patrol, period__key="2024-05").update(done=True)
    may.open(at(7, 2))
    assert not Report.objects.filter(task=may.patrol, period__key="2024-06").exists()
    compute(may, "2024-06", datetime.date(2024, 7, 10))
    assert light_of(may, may.patrol, "城关镇", key="2024-06").colour == "green"
    compute(may, "2024-04", datetime.date(2024, 6, 10))
    assert light_of(may, may.patrol, "城关镇", key="2024-04").colour == "red"


def test_a_returned_report_is_missing_until_it_is_handed_in_again(may: Board) -> None:
    for month in range(1, 6):
        may.accepted(f"2024-{month:02d}", may.patrol, "城关镇", at(month + 1, 3))
    compute(may)
    assert light_of(may, may.patrol, "城关镇").colour == "green"
    may.review(may.report("2024-05", may.patrol, "城关镇"), at(6, 10), accept=False)
    compute(may)
    assert light_of(may, may.patrol, "城关镇").colour == "amber"


def test_a_late_milestone_turns_its_task_amber(may: Board) -> None:
    year(may)
    Task.objects.filter(pk=may.quality.pk).update(due=datetime.date(2024, 5, 31))
    rows = (Row("水厂改造方案批复", 10),)
    perform(SetMilestones(may.quality.pk, rows, start=START), may.context("lead", at(2, 1)))
    Task.objects.filter(pk=may.quality.pk).update(due=END)
    compute(may)
    found = light_of(may, may.quality, "县水利局")
    assert found.colour == "amber"
    assert "节点" in msgspec.convert(found.explained, Explained[str]).sentence("zh")
    Milestone.objects.update(done_on=datetime.date(2024, 6, 7))
    compute(may)
    assert light_of(may, may.quality, "县水利局").colour == "green"
    assert not MilestoneProgress.objects.exists()
    Milestone.objects.update(done_on=None)
    compute(may)
    assert light_of(may, may.quality, "县水利局").colour == "amber"


def agree(board: Board, day: datetime.date, ends: list[datetime.date]) -> None:
    """A new table of milestones for each task, entered on a day, whatever stood there before."""
    for row in (board.pipes, board.quality, board.patrol):
        standing = {one.pk: one.row_version for one in Milestone.objects.filter(task=row)}
        for n, end in enumerate(ends):
            Task.objects.filter(pk=row.pk).update(due=end)
            rows = tuple(Row(f"节点{at_}", 1) for at_ in range(n + 1))
            context = board.context("admin" if row == board.patrol else "lead", at(day.month, day.day))
            perform(SetMilestones(row.pk, rows, standing, datetime.date(2024, 1, 1)), context)
            standing = {one.pk: one.row_version for one in Milestone.objects.filter(task=row)}
        Task.objects.filter(pk=row.pk).update(due=END)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entered=st.integers(1, 25),
    ends=st.lists(st.integers(10, 300).map(lambda n: START + datetime.timedelta(days=n)), min_size=1, max_size=2),
    before=st.booleans(),
)
def test_milestones_entered_today_change_no_period_that_ended_before_and_nothing_that_is_met(
    may: Board, entered: int, ends: list[datetime.date], before: bool
) -> None:
    """Whether the task had milestones before or not, and wherever the new ones lie."""
    with transaction.atomic():
        year(may)
        may.open(at(7, 1))
        may.accepted("2024-05", may.patrol, "城关镇", at(6, 4), done=False)
        for unit, whole in (("柳林镇", "25"), ("石门镇", "15")):
            may.accepted("2024-06", may.pipes, unit, at(7, 2), {may.length.pk: whole})
        if before:
            agree(may, datetime.date(2024, 3, 1), [datetime.date(2024, 5, 10)])
        ended = {key: shown(may, key) for key in ("2024-03", "2024-04", "2024-05")}
        met = {pair: colour for pair, colour in shown(may, "2024-06").items() if pair[0] == may.pipes.pk}
        agree(may, datetime.date(2024, 6, entered), ends)
        assert {key: shown(may, key) for key in ended} == ended
        now = {pair: colour for pair, colour in shown(may, "2024-06").items() if pair[0] == may.pipes.pk}
        assert now == met and {value["value"] for value in met.values()} == {"green"}
        transaction.set_rollback(True)


def shown(board: Board, key: str) -> dict[tuple[Any, ...], Any]:
    """Lights of a period as they are computed on one day, with all their reasons."""
    period = board.period(key)
    found = LightValues(period, datetime.date(2024, 7, 10)).values()
    return {(one.task_id, one.unit_id, one.target_id): msgspec.to_builtins(one.value) for one in found}


def test_what_is_finished_stays_finished_whatever_comes_or_fails_to_come(may: Board) -> None:
    """40 of 40 km in May; then nobody reports any more, and a milestone is late."""
    year(may)
    for unit, whole in (("柳林镇", "25"), ("石门镇", "15")):
        may.review(may.report("2024-05", may.pipes, unit), at(6, 4), accept=False)
        may.accepted("2024-05", may.pipes, unit, at(6, 4), {may.length.pk: whole})
    agree(may, datetime.date(2024, 6, 5), [datetime.date(2024, 6, 7)])
    may.open(at(10, 1))
    compute(may, "2024-09", datetime.date(2025, 2, 1))
    for unit in ("柳林镇", "石门镇", "县水利局"):
        assert light_of(may, may.pipes, unit, may.length, "2024-09").colour == "green"
    assert light_of(may, may.quality, "县水利局", may.rate, "2024-09").colour == "red"


def test_two_rhythms_of_one_plan_keep_their_figures_apart(may: Board) -> None:
    from guatu.web.dispatch.models import PeriodRule

    year(may)
    quarter = PeriodRule.objects.create(plan=may.plan, name="季督查", every="quarter", starts_on=START)
    perform(OpenPeriods(datetime.date(2024, 4, 1), may.plan.pk), system_context(at(6, 4)))
    report = Report.objects.get(period__rule=quarter, task=may.quality, unit=may.county.unit("县水利局"))
    may.save(report, at(6, 4), submit=True, despite=True, figures={may.rate.pk: "10"})
    may.review(report, at(6, 4))
    compute(may)
    assert light_of(may, may.quality, "县水利局", may.rate).colour == "green"


def test_the_lights_of_a_period_stop_moving_when_the_next_one_is_over(may: Board) -> None:
    period = may.period("2024-05")
    assert judged_on(period, JUNE) == JUNE
    assert judged_on(period, datetime.date(2025, 3, 1)) == datetime.date(2024, 6, 30)
    period.closed_on = datetime.date(2024, 6, 25)
    assert judged_on(period, datetime.date(2025, 3, 1)) == datetime.date(2024, 6, 25)


@pytest.mark.parametrize("role", ["town", "lead", "leader", "admin"])
def test_lights_are_computed_by_the_system_and_the_supervision_office_alone(may: Board, role: str) -> None:
    with pytest.raises(Denied):
        perform(ComputeLights(may.period("2024-05").pk, JUNE), may.context(role, at(6, 10)))


def test_the_number_of_queries_does_not_grow_with_the_tasks(may: Board) -> None:
    year(may)
    compute(may)
    Light.objects.all().delete()
    with CaptureQueriesContext(
        connection,
    ) as few:
        compute(may)
    Light.objects.all().delete()
    from guatu.web.ledger.models import Duty
    from tests.web.dispatch.conftest import target, task

    for at_ in range(30):
        row = task(may.plan, may.pipes.version, f"任务{at_}", 10 + at_)
        Duty.objects.create(task=row, role="lead", text="县住建局", unit=may.county.unit("县住建局"))
        target(row, f"指标{at_}", "10", "处")
    may.ask_all()
    with CaptureQueriesContext(connection) as many:
        compute(may)
    assert Light.objects.filter(task__title__startswith="任务").count() == 60
    assert len(many) <= len(few) + 1


def test_an_appeal_is_decided_by_the_supervision_office_with_a_reason(may: Board) -> None:
    compute(may)
    red = light_of(may, may.pipes, "柳林镇")
    appeal = perform(MakeAppeal(red.pk, "洪灾停工,已报备"), may.context("town", at(6, 10)))
    decided = perform(
        DecideAppeal(appeal.pk, appeal.row_version, True, "情况属实"), may.context("supervision", at(6, 11))
    )
    assert (decided.state, decided.decision) == (Appeal.State.UPHELD, "情况属实")
    with pytest.raises(Denied):
        perform(DecideAppeal(appeal.pk, 2, False, "x"), may.context("town", at(6, 11)))


def test_what_is_striven_for_turns_no_task_red_or_amber(may: Board) -> None:
    """力争 120 beside 40 that are owed: far behind, it is grey, and the task goes by what is owed."""
    from tests.web.dispatch.conftest import target

    year(may)
    more = target(may.pipes, "新建供水管网(力争)", "1200", "公里", striving=True)
    for month in range(1, 6):
        report = may.report(f"2024-{month:02d}", may.pipes, "县水利局")
        Figure.objects.create(report=report, target=more, value=3)
    compute(may)
    lit = light_of(may, may.pipes, "县水利局", more)
    assert (lit.colour, lit.rule) == ("grey", "light.striving")
    back = msgspec.convert(lit.explained, Explained[str])
    assert back.part("attainment").value.value < 0.1
    assert light_of(may, may.pipes, "县水利局").colour == light_of(may, may.pipes, "县水利局", may.length).colour
    Target.objects.filter(pk=may.length.pk).update(striving=True)
    compute(may)
    assert light_of(may, may.pipes, "县水利局").colour == "green"


def test_while_shares_await_being_adjusted_a_town_owes_what_it_owed(may: Board) -> None:
    """40 become 60, with a course of its own, while the shares still make 40: no town's due falls or rises."""
    town = may.county.unit("柳林镇").pk

    def due() -> float:
        (answer,) = [a for a in Answering([may.pipes.pk]).of(may.pipes.pk, town) if a.target == may.length]
        found = due_by(answer, datetime.date(2024, 6, 30))
        assert isinstance(found, Explained)
        return round(found.value, 6)

    ends = [datetime.date(2024, month + 1, 1) - datetime.timedelta(days=1) for month in range(1, 12)]
    Target.objects.filter(pk=may.length.pk).update(course="own")
    for at_, on in enumerate(ends, 1):
        TargetStep.objects.create(target=may.length, on=on, value=3 * at_)
    before = due()
    Target.objects.filter(pk=may.length.pk).update(value=60)
    assert due() == before == round(18 * 25 / 40, 6)

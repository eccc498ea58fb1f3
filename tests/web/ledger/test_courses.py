"""Targets as trajectories, and their shares."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.core.dispatch.course import Figures, Shape
from guatu.core.dispatch.trajectory import Trajectory, course_table
from guatu.core.kernel.explained import Unknown
from guatu.web.base.actions import Context, perform
from guatu.web.base.problems import Conflict, Invalid
from guatu.web.ledger.actions.set_allocation import SetAllocation
from guatu.web.ledger.actions.set_course import SetCourse
from guatu.web.ledger.models import Plan, PlanVersion, Target
from guatu.web.ledger.selectors.targets import course_view
from guatu.web.ledger.selectors.trajectories import trajectory_of

ISSUED = datetime.date(2026, 2, 10)
OCTOBER = datetime.date(2026, 10, 31)
TOWNS = ("城关镇", "柳林镇", "石门镇", "白鹿乡", "双河乡")


@pytest.fixture
def pipes(draft: Plan) -> Target:
    return draft.tasks.get(title="新建供水管网").targets.get()


@pytest.fixture
def rate(draft: Plan) -> Target:
    return draft.targets.get(metric="机电完好率")


def target(**values: Any) -> Target:
    """A row that is in no database."""
    given = {"metric": "新建管网", "op": "=", "value": Decimal(40), "unit_text": "公里", "due": OCTOBER, **values}
    return Target(plan=Plan(), version=PlanVersion(), **given)


def test_a_sum_without_a_base_starts_from_nothing_on_the_day_of_the_plan() -> None:
    found = trajectory_of(target(), ISSUED)
    assert isinstance(found, Trajectory)
    assert (found.start, found.deadline, found.first, found.target) == (ISSUED, OCTOBER, 0.0, 40.0)
    assert course_table(found, "month")[-1].value.value == 40.0  # type: ignore[union-attr]


def test_without_a_time_limit_or_with_a_start_behind_it_there_is_no_course_but_a_reason() -> None:
    for wrong in (target(due=None), target(base_date=OCTOBER)):
        found = trajectory_of(wrong, ISSUED)
        assert isinstance(found, Unknown)
        assert "新建管网" in found.sentence("zh") and "新建管网" in found.sentence("en")


def test_without_a_day_of_the_plan_the_course_runs_over_the_year_of_its_deadline() -> None:
    found = trajectory_of(target(), None)
    assert isinstance(found, Trajectory) and found.start == datetime.date(2026, 1, 1)


def test_a_plan_issued_behind_a_targets_deadline_does_not_break_its_course() -> None:
    found = trajectory_of(target(due=datetime.date(2026, 1, 31)), ISSUED)
    assert isinstance(found, Trajectory) and found.start < found.deadline


def test_a_change_by_a_share_needs_its_base_and_ends_where_it_leads() -> None:
    words = {"kind": "level", "direction": "down", "change": "by-share", "value": Decimal(20), "bound": "ceiling"}
    assert isinstance(trajectory_of(target(**words), ISSUED), Unknown)
    found = trajectory_of(target(**words, base_value=Decimal(50)), ISSUED)
    assert isinstance(found, Trajectory) and found.target == 40.0


def test_curves_are_those_of_the_core() -> None:
    assert trajectory_of(target(course="s"), ISSUED).course == Shape("smooth")  # type: ignore[union-attr]
    assert trajectory_of(target(course="own"), ISSUED).course == Shape("linear")  # type: ignore[union-attr]


def test_own_figures_are_saved_checked_and_drawn(pipes: Target, context: Callable[..., Context]) -> None:
    steps = {datetime.date(2026, 6, 30): Decimal(10), OCTOBER: Decimal(40)}
    saved = perform(SetCourse(pipes.pk, pipes.row_version, {"course": "own"}, steps), context())
    course = trajectory_of(saved, ISSUED, saved.steps.all())
    assert isinstance(course, Trajectory) and course.course == Figures({"2026-06": 10.0, "2026-10": 40.0})
    rows = {row.key: row.value for row in course_view(saved, "month", "zh").rows}
    assert rows["2026-06"] == 10.0 and rows["2026-10"] == 40.0


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ({datetime.date(2026, 6, 30): Decimal(10)}, "trajectory.ends-elsewhere"),
        ({datetime.date(2026, 6, 30): Decimal(30), OCTOBER: Decimal(20)}, "trajectory.wrong-way"),
        ({OCTOBER: Decimal(40), datetime.date(2027, 3, 31): Decimal(40)}, "trajectory.period-outside"),
        ({}, "value.invalid"),
    ],
)
def test_own_figures_that_do_not_lead_to_the_target_are_refused_and_nothing_is_saved(
    steps: Any, code: str, pipes: Target, context: Callable[..., Context]
) -> None:
    with pytest.raises(Invalid) as caught:
        perform(SetCourse(pipes.pk, pipes.row_version, {"course": "own"}, steps), context())
    assert caught.value.field == "steps" and caught.value.code == code
    pipes.refresh_from_db()
    assert pipes.course == "linear" and not pipes.steps.exists()


def test_going_back_to_a_curve_leaves_no_figures_behind(pipes: Target, context: Callable[..., Context]) -> None:
    own = perform(SetCourse(pipes.pk, pipes.row_version, {"course": "own"}, {OCTOBER: Decimal(40)}), context())
    back = perform(SetCourse(own.pk, own.row_version, {"course": "s"}), context())
    assert not back.steps.exists() and back.course == "s"


def test_the_second_of_two_who_set_a_course_is_told(pipes: Target, context: Callable[..., Context]) -> None:
    perform(SetCourse(pipes.pk, pipes.row_version, {"base_value": Decimal(3)}), context())
    with pytest.raises(Conflict):
        perform(SetCourse(pipes.pk, pipes.row_version, {"base_value": Decimal(5)}), context("admin"))


def shares(county: Any, *values: str) -> dict[int, Decimal]:
    return {county.unit(t).pk: Decimal(v) for t, v in zip(TOWNS, values, strict=False)}


def test_shares_of_a_sum_must_make_it(pipes: Target, county: Any, context: Callable[..., Context]) -> None:
    with pytest.raises(Invalid) as caught:
        perform(SetAllocation(pipes.pk, pipes.row_version, shares(county, "10", "10", "19.5")), context())
    assert caught.value.code == "allocation.sum-differs" and "0.5" in str(caught.value)
    assert not pipes.allocations.exists()
    perform(SetAllocation(pipes.pk, pipes.row_version, shares(county, "10", "10.5", "19.5")), context())
    assert {a.value for a in pipes.allocations.all()} == {Decimal("10"), Decimal("10.5"), Decimal("19.5")}


def test_shares_of_a_rate_are_checked_as_a_weighted_mean(
    rate: Target, county: Any, context: Callable[..., Context]
) -> None:
    parts, weights = shares(county, "99", "90"), shares(county, "1", "3")
    with pytest.raises(Invalid) as caught:
        perform(SetAllocation(rate.pk, rate.row_version, parts, weights), context())
    assert caught.value.code == "allocation.mean-short"
    with pytest.raises(Invalid) as caught:
        perform(SetAllocation(rate.pk, rate.row_version, parts, shares(county, "1")), context())
    assert "柳林镇" in str(caught.value)
    perform(SetAllocation(rate.pk, rate.row_version, shares(county, "99", "98"), weights), context())
    assert rate.allocations.count() == 2


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(weights=st.lists(st.integers(0, 50), min_size=5, max_size=5).filter(any))
def test_computed_shares_always_make_the_sum(weights: list[int], pipes: Target, county: Any, client_of: Any) -> None:
    ids = [county.unit(t).pk for t in TOWNS]
    form: dict[str, Any] = {"mode": "weights", "with": ids, "step": "0.1", "compute": "1", "row_version": 1}
    form |= {f"weight-{pk}": str(w) for pk, w in zip(ids, weights, strict=True)}
    answer = client_of("supervision").post(reverse("target_allocation", args=[pipes.pk]), form)
    assert answer.status_code == 200
    assert answer.context["share_sum"] == pipes.value
    assert not pipes.allocations.exists()


def test_the_page_shows_the_course_its_reasons_and_its_shares(
    pipes: Target, county: Any, client_of: Callable[[str], Client]
) -> None:
    client, url = client_of("supervision"), reverse("target_detail", args=[pipes.pk])
    page = client.get(url).content.decode()
    assert "2026-10" in page and "course-data" in page and "应走完" in page
    assert client.get(url, {"every": "quarter"}).content.decode().count("2026Q") >= 4
    assert client.get(url, {"every": "nonsense"}).status_code == 200
    equal = {"mode": "equal", "with": [county.unit(t).pk for t in TOWNS], "step": "1", "compute": "1"}
    answer = client.post(reverse("target_allocation", args=[pipes.pk]), equal)
    assert answer.status_code == 200 and answer.context["share_sum"] == 40
    save = {f"share-{county.unit(t).pk}": "8" for t in TOWNS} | {"save": "1", "row_version": pipes.row_version}
    assert client.post(reverse("target_allocation", args=[pipes.pk]), save).status_code == 302
    assert pipes.allocations.count() == 5


@pytest.mark.parametrize(
    "form",
    [
        {"mode": "equal", "compute": "1"},
        {"mode": "weights", "with": ["1", "2"], "compute": "1"},
        {"mode": "equal", "with": ["1", "2"], "step": "7", "compute": "1"},
        {"mode": "equal", "with": ["1"], "step": "0", "compute": "1"},
        {"mode": "equal", "with": ["1"], "step": "很小", "compute": "1"},
    ],
)
def test_shares_that_cannot_be_computed_are_explained(
    form: dict[str, Any], pipes: Target, client_of: Callable[[str], Client]
) -> None:
    answer = client_of("supervision").post(reverse("target_allocation", args=[pipes.pk]), form)
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert 'role="alert"' in answer.content.decode()


def test_shares_typed_wrong_are_said_and_kept(pipes: Target, county: Any, client_of: Callable[[str], Client]) -> None:
    ids = [county.unit(t).pk for t in TOWNS]
    form = {f"share-{ids[0]}": "八公里", f"share-{ids[1]}": "12", "save": "1", "row_version": pipes.row_version}
    answer = client_of("supervision").post(reverse("target_allocation", args=[pipes.pk]), form)
    page = answer.content.decode()
    assert answer.status_code == 422 and "八公里" in page and 'value="12"' in page


def test_a_course_typed_wrong_is_said_at_its_field_and_kept(pipes: Target, client_of: Callable[[str], Client]) -> None:
    client, url = client_of("supervision"), reverse("target_course", args=[pipes.pk])
    base = {
        "value": "40",
        "due": "2026-10-31",
        "direction": "up",
        "kind": "cumulative",
        "row_version": pipes.row_version,
    }
    for field, value in (("base_value", "不知道"), ("due", "十月"), ("step-2026-06", "一半"), ("tolerance", "-1")):
        answer = client.post(url, {**base, "course": "own", field: value})
        page = answer.content.decode()
        assert answer.status_code == 422, field
        assert value in page and "invalid-feedback" in page
    assert client.post(url, {**base, "base_value": "2", "course": "s"}).status_code == 302
    pipes.refresh_from_db()
    assert (pipes.base_value, pipes.course) == (2, "s")


def test_whoever_may_not_edit_sees_the_course_without_a_form(
    confirmed: Plan, client_of: Callable[[str], Client]
) -> None:
    target = confirmed.targets.get(metric="改造泵站")
    page = client_of("town").get(reverse("target_detail", args=[target.pk])).content.decode()
    assert "course-data" in page and 'name="base_value"' not in page

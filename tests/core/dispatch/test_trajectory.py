from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.course import Course, Figures, Form, Shape, share
from guatu.core.dispatch.trajectory import Trajectory, check_trajectory, course_table, expected
from guatu.core.kernel.explained import Explained, Unknown, explain

START, DEADLINE = date(2026, 1, 1), date(2026, 12, 31)
FORMS: list[Form] = ["linear", "smooth", "logistic"]
number = st.floats(-1000, 1000).map(lambda x: round(x, 3))


def rate(base: float | None = 80, target: float = 95, course: Course | None = None) -> Trajectory:
    return Trajectory(
        name="自来水普及率",
        unit="%",
        target=target,
        start=START,
        deadline=DEADLINE,
        base=base,
        course=course or Shape(),
    )


def value(of: Trajectory, on: date) -> float:
    due = expected(of, on)
    assert isinstance(due, Explained), due
    return due.value


shapes = st.builds(Shape, st.sampled_from(FORMS), st.floats(0.1, 100))


@given(shapes)
def test_every_shape_begins_at_nothing_and_ends_at_the_whole(shape: Shape) -> None:
    assert share(shape, 0) == 0
    assert share(shape, 1) == pytest.approx(1)


@given(shapes, st.floats(-1, 2), st.floats(-1, 2))
def test_no_shape_ever_falls_or_leaves_its_bounds(shape: Shape, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= share(shape, low) <= share(shape, high) <= 1


@pytest.mark.parametrize("form", FORMS)
def test_every_shape_is_half_way_at_half_time(form: Form) -> None:
    assert share(Shape(form), 0.5) == pytest.approx(0.5)


@given(shapes, number, number, st.integers(0, 364))
def test_a_course_lies_between_base_and_target(shape: Shape, base: float, target: float, day: int) -> None:
    due = value(rate(base, target, shape), START + timedelta(days=day))
    assert min(base, target) - 1e-9 <= due <= max(base, target) + 1e-9


def test_a_straight_course_is_due_by_the_day() -> None:
    due = expected(rate(), date(2026, 7, 2))
    assert explain(due).splitlines()[0] == ("2026-07-02 已过时间 50%,按直线应走完 50%,应达 87.5% [trajectory.shape]")
    assert explain(due, "en").splitlines()[0] == (
        "on 2026-07-02 50% of the time has passed; the straight course asks for 50% of the way: 87.5% [trajectory.shape]"
    )


def test_an_s_shaped_course_asks_for_less_early_and_more_late_than_a_straight_one() -> None:
    early, late = date(2026, 3, 1), date(2026, 10, 31)
    for form in ("smooth", "logistic"):
        curve = rate(course=Shape(form))
        assert value(curve, early) < value(rate(), early)
        assert value(curve, late) > value(rate(), late)


def test_before_its_start_nothing_is_due_and_after_its_deadline_the_target() -> None:
    before = expected(rate(), date(2025, 12, 31))
    assert isinstance(before, Unknown) and before.rule == "trajectory.not-begun"
    assert value(rate(), date(2027, 6, 1)) == 95


def test_a_level_without_a_base_has_no_course_and_says_what_to_enter() -> None:
    due = expected(rate(base=None), date(2026, 5, 1))
    assert isinstance(due, Unknown)
    assert due.sentence() == "没有基期值,画不出到目标值 95% 的路线;请填写基期值或各期应达数"
    assert due.sentence("en") == "without a base there is no course to 95%: enter the base, or a figure for each period"


def test_a_sum_starts_from_nothing_where_no_base_is_given() -> None:
    roads = Trajectory(name="道路", unit="公里", target=12, start=START, deadline=DEADLINE, kind="cumulative")
    assert value(roads, START) == 0


def test_own_figures_stand_at_the_ends_of_their_periods_and_on_a_line_between() -> None:
    course = Figures({"2026Q1": 82, "2026Q2": 90, "2026Q3": 92, "2026Q4": 95})
    assert value(rate(course=course), date(2026, 3, 31)) == 82
    assert value(rate(course=course), date(2026, 5, 15)) == pytest.approx(82 + 8 * 45 / 91)
    assert 80 < value(rate(course=course), date(2026, 2, 1)) < 82


def test_own_figures_by_steps_stay_until_the_next_is_due() -> None:
    course = Figures({"2026H1": 90, "2026": 95}, between="step")
    assert value(rate(course=course), date(2026, 6, 29)) == 80
    assert value(rate(course=course), date(2026, 12, 30)) == 90


def test_own_figures_need_no_base_once_the_first_is_due() -> None:
    course = Figures({"2026H1": 90, "2026": 95})
    assert isinstance(expected(rate(base=None, course=course), date(2026, 5, 1)), Unknown)
    assert value(rate(base=None, course=course), date(2026, 6, 30)) == 90


def test_a_goal_to_keep_is_due_every_day() -> None:
    kept = msgspec.structs.replace(rate(), direction="hold")
    assert value(kept, START) == value(kept, DEADLINE) == 95


def test_the_course_is_tabled_by_period_and_ends_at_the_deadline() -> None:
    of = msgspec.structs.replace(rate(), deadline=date(2026, 11, 15))
    table = course_table(of, "quarter")
    assert [(point.key, point.on) for point in table] == [
        ("2026Q1", date(2026, 3, 31)),
        ("2026Q2", date(2026, 6, 30)),
        ("2026Q3", date(2026, 9, 30)),
        ("2026Q4", date(2026, 11, 15)),
    ]
    last = table[-1].value
    assert isinstance(last, Explained) and last.value == 95


@given(shapes, number, number)
def test_the_table_of_a_course_never_turns_back(shape: Shape, base: float, target: float) -> None:
    of = msgspec.structs.replace(rate(base, target, shape), direction="up" if target >= base else "down")
    figures = [point.value.value for point in course_table(of, "month") if isinstance(point.value, Explained)]
    assert len(figures) == 12
    assert figures == sorted(figures, reverse=target < base)


@pytest.mark.parametrize(
    ("figures", "codes"),
    [
        ({"2026Q1": 82, "2026Q2": 90, "2026Q4": 95}, []),
        ({"2026Q1": 82, "2026Q2": 81, "2026Q4": 95}, ["trajectory.wrong-way"]),
        ({"2026Q1": 79, "2026Q4": 95}, ["trajectory.wrong-way"]),
        ({"2026Q1": 82, "2026Q4": 94}, ["trajectory.ends-elsewhere"]),
        ({"2025Q1": 82, "2026Q4": 95}, ["trajectory.period-outside"]),
    ],
)
def test_own_figures_that_contradict_the_target_are_reported(figures: dict[str, float], codes: list[str]) -> None:
    assert [found.code for found in check_trajectory(rate(course=Figures(figures)))] == codes


def test_a_contradiction_is_reported_with_its_period_and_what_to_do() -> None:
    (found,) = check_trajectory(rate(course=Figures({"2026Q1": 82, "2026Q2": 81, "2026Q4": 95})))
    assert (found.row, found.field) == ("自来水普及率", "2026Q2")
    assert found.message() == "“自来水普及率”第 2026Q2 期应达 81,比上一期 82 还差;请核对各期数"
    assert found.message("en") == (
        "“自来水普及率”: the figure for 2026Q2, 81, is worse than the one before, 82; check the figures"
    )


@pytest.mark.parametrize(
    "changed",
    [{"deadline": START}, {"upper": 90}, {"tolerance": -1}, {"reported": "period"}],
)
def test_a_trajectory_that_means_nothing_cannot_be_made(changed: dict[str, object]) -> None:
    fields = {"name": "x", "unit": "%", "target": 95, "start": START, "deadline": DEADLINE} | changed
    with pytest.raises(ValueError, match="x"):
        Trajectory(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("figures", [{}, {"2026Q4": 1, "2026": 2}, {"soon": 1}])
def test_figures_without_a_period_of_their_own_are_refused(figures: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Figures(figures)


def test_a_trajectory_survives_json_with_its_course() -> None:
    for course in (Shape("logistic", 8), Figures({"2026": 95})):
        of = rate(course=course)
        assert msgspec.json.decode(msgspec.json.encode(of), type=Trajectory) == of

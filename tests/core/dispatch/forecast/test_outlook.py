from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.keys import span_of, step
from guatu.core.dispatch.course import Course, Figures, Shape
from guatu.core.dispatch.forecast.outlook import Outlook, band, forecast_attainment, met_on, outlook
from guatu.core.dispatch.progress import Report
from guatu.core.dispatch.trajectory import Trajectory
from guatu.core.kernel.explained import Explained, Unknown, explain

KEYS = ["2025-01"]
while len(KEYS) < 40:
    KEYS.append(step(KEYS[-1]))
ROADS = Trajectory(
    name="道路",
    unit="公里",
    target=24,
    start=date(2024, 12, 31),
    deadline=date(2025, 12, 31),
    kind="cumulative",
)
COVER = Trajectory(name="覆盖率", unit="%", target=92, start=date(2024, 12, 31), deadline=date(2025, 12, 31), base=80)


def reports(values: Sequence[float], first: int = 0) -> list[Report]:
    return [
        Report(key, span_of(key)[1], float(value))
        for key, value in zip(KEYS[first : first + len(values)], values, strict=True)
    ]


def ahead(of: Trajectory, given_reports: Sequence[Report], level: float = 0.8) -> Outlook:
    found = outlook(of, given_reports, level)
    assert isinstance(found, Explained), found
    return found.value


@given(st.floats(0.1, 10), st.integers(3, 9))
def test_who_keeps_an_even_pace_is_forecast_to_keep_it_without_doubt(pace: float, count: int) -> None:
    values = [pace * span_of(key)[1].toordinal() - pace * date(2024, 12, 31).toordinal() for key in KEYS[:count]]
    found = ahead(ROADS, reports(values))
    assert found.value == pytest.approx(pace * 365)
    assert found.high - found.low == pytest.approx(0, abs=1e-3 * pace)


@given(st.lists(st.floats(0, 3), min_size=3, max_size=11), st.floats(0.5, 0.98))
def test_the_figure_lies_in_its_interval_and_a_sum_never_below_what_is_done(steps: list[float], level: float) -> None:
    done = [float(x) for x in np.cumsum(steps)]
    found = ahead(ROADS, reports(done), level)
    assert done[-1] <= found.low <= found.value <= found.high


@given(st.lists(st.floats(80, 95), min_size=3, max_size=11))
def test_who_is_surer_has_a_wider_interval(values: list[float]) -> None:
    narrow, wide = ahead(COVER, reports(values), 0.5), ahead(COVER, reports(values), 0.95)
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert wide.value == narrow.value


@given(st.lists(st.floats(80, 95), min_size=3, max_size=9))
def test_the_further_the_day_the_wider_the_interval(values: list[float]) -> None:
    days = [span_of(key)[1] for key in KEYS[len(values) : 12]]
    bands = band(COVER, reports(values), days)
    assert isinstance(bands, list)
    widths = [one.high - one.low for one in bands]
    assert all(a <= b + 1e-9 for a, b in pairwise(widths))


def test_a_forecast_names_its_method_and_its_numbers() -> None:
    found = outlook(ROADS, reports([2, 3.5, 6, 7.5, 10, 12]))
    assert explain(found).splitlines()[0] == (
        "沿路线的带漂移随机游走,6期报数:2025-12-31 预计 24.2667 公里,80% 区间 21.801 公里 至 26.7323 公里 [forecast.outlook]"
    )
    assert explain(found, "en").splitlines()[0] == (
        "random walk with drift along the course over 6 periods: 24.2667 公里 on 2025-12-31,"
        " with 80% between 21.801 公里 and 26.7323 公里 [forecast.outlook]"
    )
    assert "Hyndman" in explain(found)


def test_an_s_shaped_course_is_carried_on_as_an_s_and_not_as_a_line() -> None:
    curved = msgspec.structs.replace(COVER, course=Shape("smooth"))
    half = [80 + 12 * 0.75 * (3 * u * u - 2 * u**3) for u in (n / 12 for n in range(1, 7))]
    assert ahead(curved, reports(half)).value == pytest.approx(80 + 12 * 0.75, abs=0.2)
    assert ahead(COVER, reports(half)).value > 80 + 12 * 0.75 + 0.5


def test_a_course_in_steps_is_forecast_by_days_where_it_stands_still() -> None:
    stepped = msgspec.structs.replace(COVER, course=Figures({"2025Q2": 86, "2025Q4": 92}, between="step"))
    assert ahead(stepped, reports([81, 82, 83])).value == pytest.approx(92, abs=0.5)


def test_a_long_series_that_bends_is_not_followed_in_a_straight_line() -> None:
    values = [90 - 10 * 0.75**n for n in range(12)]
    of = msgspec.structs.replace(COVER, deadline=date(2026, 12, 31))
    found = outlook(of, reports(values))
    assert isinstance(found, Explained)
    assert found.part("method").text("en") == "damped Holt smoothing"
    assert found.value.value == pytest.approx(90, abs=1)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_below_three_reports_there_is_no_forecast_and_it_says_why(count: int) -> None:
    found = outlook(ROADS, reports([1.0, 2.0][:count]))
    assert isinstance(found, Unknown)
    assert found.sentence() == f"只有 {count}期报数,至少要 3期才能预测"
    assert found.sentence("en") == f"reports cover {count} periods; a forecast needs 3 periods at least"
    assert isinstance(met_on(ROADS, reports([1.0, 2.0][:count])), Unknown)


def test_after_the_deadline_nothing_is_forecast() -> None:
    found = outlook(ROADS, reports([float(n) for n in range(12)]))
    assert isinstance(found, Unknown) and found.rule == "forecast.over"


def test_a_rate_does_not_leave_its_bounds() -> None:
    found = outlook(COVER, reports([85, 92, 99]), lowest=0, highest=100)
    assert isinstance(found, Explained)
    assert found.value.value == found.value.high == 100


def test_the_day_of_arrival_is_where_the_trend_meets_the_target() -> None:
    found = met_on(ROADS, reports([1, 2, 3, 4]))
    assert isinstance(found, Explained)
    assert found.value == date(2026, 12, 15)
    assert explain(found).startswith("照 沿路线的带漂移随机游走 的趋势(每月 1.026 公里),约 2026-12-15 达到 24 公里")


@given(st.lists(st.floats(0.2, 3), min_size=3, max_size=9))
def test_at_the_day_of_arrival_the_forecast_has_arrived_and_the_day_before_it_has_not(steps: list[float]) -> None:
    done = [float(x) for x in np.cumsum(steps)]
    of = msgspec.structs.replace(ROADS, target=done[-1] + 7)
    found = met_on(of, reports(done))
    assert isinstance(found, Explained)
    days = [found.value, date.fromordinal(found.value.toordinal() - 1)]
    bands = band(of, reports(done), days)
    assert isinstance(bands, list)
    assert bands[1].value < of.target + 1e-6 and bands[0].value >= of.target - 1e-6


def test_a_target_met_already_names_the_report_since_which_it_is() -> None:
    found = met_on(COVER, reports([93, 91, 92, 94]))
    assert isinstance(found, Explained)
    assert found.value == date(2025, 3, 31)
    assert found.sentence("en") == "the report of 2025-03-31 met 92%"


def test_a_target_that_is_never_met_by_the_trend_says_so() -> None:
    found = met_on(COVER, reports([85, 84, 83]))
    assert isinstance(found, Unknown) and "十年内达不到 92%" in found.sentence()


def test_a_state_to_keep_has_no_day_of_arrival() -> None:
    found = met_on(msgspec.structs.replace(COVER, direction="hold"), reports([85, 84, 83]))
    assert isinstance(found, Unknown) and found.rule == "forecast.kept"


def test_the_forecast_is_set_against_the_way_to_go() -> None:
    share = forecast_attainment(ROADS, outlook(ROADS, reports([1, 2, 3, 4])))
    assert isinstance(share, Explained)
    assert share.value == pytest.approx(12.1 / 24, abs=0.01)
    assert "forecast.outlook" in explain(share)
    assert isinstance(forecast_attainment(ROADS, outlook(ROADS, [])), Unknown)


def test_reports_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order of time"):
        outlook(ROADS, list(reversed(reports([1, 2, 3]))))


def test_an_outlook_survives_json() -> None:
    found = outlook(ROADS, reports([1, 2, 3, 5]))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Explained[Outlook] | Unknown) == found


Walk = Callable[[np.random.Generator, int], "np.ndarray[tuple[int], np.dtype[np.float64]]"]


def covered(make: Walk, course: Course, known: int, to_come: int, runs: int = 400) -> float:
    """Share of simulated figures at the deadline that lie in the interval forecast for them."""
    draws = np.random.default_rng(7)
    deadline = span_of(KEYS[known + to_come - 1])[1]
    of = msgspec.structs.replace(COVER, course=course, deadline=deadline)
    inside = 0
    for _ in range(runs):
        figures = make(draws, known + to_come)
        found = ahead(of, reports(figures[:known].tolist()))
        inside += found.low <= figures[-1] <= found.high
    return inside / runs


def test_of_figures_that_wander_about_a_straight_course_four_in_five_lie_in_their_interval() -> None:
    def straight(draws: np.random.Generator, n: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        return 80 + np.cumsum(1 + 0.5 * draws.standard_normal(n))

    for known, to_come in ((3, 9), (6, 6), (12, 6)):
        assert 0.74 <= covered(straight, Shape(), known, to_come) <= 0.87


def test_of_figures_that_wander_about_an_s_shaped_course_four_in_five_lie_in_their_interval() -> None:
    def curved(draws: np.random.Generator, n: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        u = np.arange(1, n + 1) / n
        return 80 + 14 * (3 * u**2 - 2 * u**3) + np.cumsum(0.3 * draws.standard_normal(n))

    for known, to_come in ((4, 8), (6, 6)):
        assert 0.72 <= covered(curved, Shape("smooth"), known, to_come) <= 0.92


def test_of_figures_with_a_damped_trend_most_lie_in_their_interval() -> None:
    def damped(draws: np.random.Generator, n: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        level, trend, out = 80.0, 1.0, []
        for _ in range(n):
            error = 0.5 * draws.standard_normal()
            out.append(level + 0.9 * trend + error)
            level, trend = level + 0.9 * trend + 0.5 * error, 0.9 * trend + 0.1 * error
        return np.array(out)

    assert covered(damped, Shape(), 18, 6, runs=150) >= 0.68

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.progress import Report, attainment, lag, latest, met, running_totals, shortfall
from guatu.core.dispatch.trajectory import Trajectory
from guatu.core.kernel.explained import Explained, Unknown, explain

START, DEADLINE = date(2026, 1, 1), date(2026, 12, 31)
HALF = date(2026, 7, 2)
COVER = Trajectory(name="覆盖率", unit="%", target=95, base=85, start=START, deadline=DEADLINE)
ROADS = Trajectory(
    name="道路", unit="公里", target=12, start=START, deadline=DEADLINE, kind="cumulative", reported="period"
)
LOSS = msgspec.structs.replace(COVER, name="漏损率", target=8, base=20, direction="down")
RANGE = msgspec.structs.replace(COVER, direction="reach", base=30, target=40, upper=44)
SHRINK = msgspec.structs.replace(COVER, direction="reach", base=60, target=40, upper=44)
KEPT = msgspec.structs.replace(COVER, direction="hold", target=97)


def figure(found: Explained[float] | Unknown) -> float:
    assert isinstance(found, Explained), found.sentence("en")
    return found.value


@pytest.mark.parametrize(
    ("of", "actual", "share"),
    [
        (COVER, 90, 1.0),
        (COVER, 89, 0.8),
        (COVER, 84, -0.2),
        (LOSS, 14, 1.0),
        (LOSS, 17, 0.5),
        (LOSS, 8, 2.0),
        (msgspec.structs.replace(ROADS, reported="total"), 3, 0.5),
        (RANGE, 35, 1.0),
        (RANGE, 44, 1.0),
        (RANGE, 46, 0.8),
        (RANGE, 33, 0.8),
        (SHRINK, 50, 1.0),
        (SHRINK, 52, 0.9),
        (SHRINK, 38, 0.9),
        (KEPT, 99, 1.0),
        (KEPT, 48.5, 0.5),
        (msgspec.structs.replace(KEPT, bound="ceiling"), 99.91, 0.97),
        (msgspec.structs.replace(KEPT, bound="band", tolerance=1), 98, 1.0),
    ],
)
def test_attainment_is_measured_over_the_way_that_is_due(of: Trajectory, actual: float, share: float) -> None:
    assert figure(attainment(of, actual, HALF)) == pytest.approx(share)


def test_attainment_shows_its_numbers() -> None:
    found = attainment(COVER, 89, HALF)
    assert explain(found).splitlines()[0] == "基期 85%,应达 90%,实际 89%,完成应走路程的 80% [progress.way]"
    assert explain(found, "en").splitlines()[0] == (
        "base 85%, due 90%, actual 89%: 80% of the way that is due [progress.way]"
    )
    assert "trajectory.shape" in explain(found)


def test_without_a_base_the_figures_themselves_are_compared() -> None:
    bare = msgspec.structs.replace(COVER, base=None)
    assert figure(attainment(bare, 47.5, DEADLINE)) == pytest.approx(0.5)
    assert figure(attainment(msgspec.structs.replace(bare, direction="down", target=8), 16, DEADLINE)) == 0.5
    falling = attainment(msgspec.structs.replace(bare, direction="down", target=8), 0, DEADLINE)
    assert isinstance(falling, Unknown) and falling.rule == "progress.no-scale"


def test_on_the_first_day_nothing_is_due_and_a_figure_below_the_base_is_not_called_nought() -> None:
    assert figure(attainment(COVER, 86, START)) == 1.0
    worse = attainment(COVER, 84, START)
    assert isinstance(worse, Unknown)
    assert worse.sentence() == "2026-01-01 尚无应完成的变动,实际 84% 差于基期 85%,完成率无从计算"
    assert figure(lag(COVER, 84, START)) == pytest.approx(0.1)


def test_the_shortfall_is_in_the_unit_and_below_nought_when_ahead() -> None:
    assert figure(shortfall(COVER, 89, HALF)) == pytest.approx(1)
    assert figure(shortfall(LOSS, 10, HALF)) == pytest.approx(-4)
    assert explain(lag(COVER, 89, HALF)).splitlines()[0] == "差距 1个百分点,占全程 10个百分点 的 10% [progress.lag]"


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_better_figure_never_attains_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert figure(attainment(COVER, low, HALF)) <= figure(attainment(COVER, high, HALF))
    assert figure(attainment(LOSS, low, HALF)) >= figure(attainment(LOSS, high, HALF))
    assert figure(lag(COVER, low, HALF)) >= figure(lag(COVER, high, HALF))


@given(st.floats(0, 100))
def test_who_is_on_course_has_no_shortfall_and_the_other_way_round(actual: float) -> None:
    for of in (COVER, LOSS):
        on_course = figure(attainment(of, actual, HALF)) >= 1
        assert on_course == (figure(shortfall(of, actual, HALF)) <= 0)


def test_amounts_by_period_are_added_up() -> None:
    reports = [Report("2026-01", date(2026, 1, 31), 1.5), Report("2026-02", date(2026, 2, 28), 2.5)]
    found = latest(ROADS, reports)
    assert figure(found) == 4
    assert found.sentence() == "2 期相加,至 2026-02 累计 4 公里"
    assert [one.value for one in running_totals(ROADS, reports)] == [1.5, 4]


def test_a_missing_amount_leaves_the_sum_unknown_and_is_not_counted_as_nought() -> None:
    reports = [Report("2026-01", date(2026, 1, 31), 1.5), Report("2026-03", date(2026, 3, 31), 2.5)]
    found = latest(ROADS, reports, missing=["2026-02"])
    assert isinstance(found, Unknown)
    assert found.sentence() == "分期报数,缺 2026-02 期,累计数无法计算;请补报"
    assert found.sentence("en").startswith("amounts are reported by period and 2026-02 is missing")


def test_a_missing_total_is_made_good_by_the_next_one() -> None:
    totals = msgspec.structs.replace(ROADS, reported="total")
    reports = [Report("2026-01", date(2026, 1, 31), 1.5), Report("2026-03", date(2026, 3, 31), 2.5)]
    assert figure(latest(totals, reports, missing=["2026-02"])) == 2.5
    assert running_totals(totals, reports) == reports


def test_without_a_report_there_is_no_figure() -> None:
    found = latest(COVER, [])
    assert isinstance(found, Unknown) and found.sentence("en") == "no figure has been reported"


@pytest.mark.parametrize(
    ("of", "good", "bad"), [(COVER, 95, 94.9), (LOSS, 8, 8.1), (RANGE, 42, 44.5), (KEPT, 97, 96.9)]
)
def test_a_target_is_met_or_not(of: Trajectory, good: float, bad: float) -> None:
    assert met(of, good)
    assert not met(of, bad)


@given(
    st.integers(1, 999).map(lambda n: n / 10),
    st.integers(1, 999).map(lambda n: n / 10),
    st.integers(1, 99).map(lambda n: n / 100),
)
def test_attainment_is_that_of_the_written_figures_and_not_of_binary_fractions(
    base: float, way: float, share: float
) -> None:
    first, target = Decimal(str(base)), Decimal(str(base)) + Decimal(str(way))
    actual = first + (target - first) * Decimal(str(share))
    of = Trajectory(
        name="t", direction="up", kind="level", base=base, target=float(target), unit="公里",
        start=date(2026, 1, 1), deadline=date(2026, 12, 31),
    )  # fmt: skip
    found = attainment(of, float(actual), date(2026, 12, 31))
    assert isinstance(found, Explained) and found.value == share

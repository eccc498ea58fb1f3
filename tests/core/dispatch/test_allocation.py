from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.allocation import allocate, check_mean, check_sum
from guatu.core.kernel.explained import explain

TOWNS = {"东岭镇": 12000, "西河镇": 8000, "南坪乡": 3300}


@given(
    st.integers(0, 100_000),
    st.dictionaries(st.text(min_size=1), st.integers(0, 100_000), min_size=1).filter(lambda d: any(d.values())),
    st.sampled_from(["1", "0.01", "0.5"]),
)
def test_what_is_shared_out_makes_the_total_again(steps: int, weights: dict[str, int], step: str) -> None:
    total = steps * Decimal(step)
    shares = allocate(total, weights, Decimal(step))
    assert [one.place for one in shares] == list(weights)
    assert check_sum("任务", total, {one.place: Decimal(str(one.value.value)) for one in shares}) == []


def test_a_share_says_how_it_was_worked_out() -> None:
    shares = allocate(100, TOWNS, unit="户")
    assert [one.value.value for one in shares] == [52, 34, 14]
    assert explain(shares[0].value).splitlines()[0] == (
        "总数 100 户 × 权数 12,000 ÷ 23,300 = 51.5021 户,按最大余数法取 52 户 [allocation.largest-remainder]"
    )
    assert "Balinski" in explain(shares[0].value, "en")


@pytest.mark.parametrize(("total", "step"), [(1.25, 0.5), (10, 0), (10, -1)])
def test_a_total_that_is_no_whole_number_of_steps_is_refused(total: float, step: float) -> None:
    with pytest.raises(ValueError, match="steps"):
        allocate(total, TOWNS, step)


def test_a_total_that_differs_from_its_parts_is_reported() -> None:
    (found,) = check_sum("改造户数", 100, {"东岭镇": 52, "西河镇": 34, "南坪乡": 15})
    assert found.message() == "“改造户数”各镇合计 101,与总数 100 相差 1;请调整到一致"
    assert found.message("en") == "“改造户数”: the towns add up to 101, 1 away from the total 100; make them equal"


def test_decimals_are_added_as_they_are_written() -> None:
    assert check_sum("道路", 0.3, {"东岭镇": 0.1, "西河镇": 0.2}) == []


def test_rates_are_checked_as_a_weighted_mean() -> None:
    rates = {"东岭镇": 96, "西河镇": 95, "南坪乡": 80}
    (found,) = check_mean("普及率", 95, rates, TOWNS)
    assert found.message() == "“普及率”各镇加权平均 93.3906,达不到 95;请提高部分镇的指标"
    assert check_mean("普及率", 93, rates, TOWNS) == []
    assert check_mean("漏损率", 93, rates, TOWNS, falling=True) != []


def test_a_town_without_a_weight_is_named() -> None:
    (found,) = check_mean("普及率", 95, {"北山镇": 90}, TOWNS)
    assert (found.code, found.field) == ("allocation.no-weight", "北山镇")
    assert check_mean("普及率", 95, {"东岭镇": 95}, {"东岭镇": 0})[0].code == "allocation.no-weight"

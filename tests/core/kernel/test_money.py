from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.apportion import apportion
from guatu.core.kernel.money import Money, total

weights = st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any)


@given(st.integers(-(10**13), 10**13), weights)
def test_the_parts_of_a_split_add_up_to_the_whole_and_none_is_a_unit_away_from_its_quota(
    whole: int, by: list[int]
) -> None:
    parts = apportion(whole, by)
    assert sum(parts) == whole
    quotas = [Fraction(whole) * weight / sum(by) for weight in by]
    assert all(abs(part - quota) < 1 for part, quota in zip(parts, quotas, strict=True))


@given(st.integers(0, 10**9), weights)
def test_who_weighs_more_never_gets_less(whole: int, by: list[int]) -> None:
    parts = apportion(whole, by)
    assert all(p >= q for p, w in zip(parts, by, strict=True) for q, v in zip(parts, by, strict=True) if w > v)


@given(st.integers(0, 10**9), weights)
def test_a_weight_of_zero_gets_nothing(whole: int, by: list[int]) -> None:
    assert all(part == 0 for part, weight in zip(apportion(whole, by), by, strict=True) if weight == 0)


def test_equal_remainders_are_served_in_the_order_of_the_rows() -> None:
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]


def test_a_weight_written_as_one_tenth_counts_as_one_tenth() -> None:
    assert apportion(10, [0.1, 0.2, 0.7]) == [1, 2, 7]


@pytest.mark.parametrize("by", [[], [0, 0], [2, -1]])
def test_weights_that_divide_nothing_are_refused(by: list[int]) -> None:
    with pytest.raises(ValueError, match="divide nothing"):
        apportion(10, by)


def test_a_budget_of_two_to_two_to_one_is_split_to_the_fen() -> None:
    assert Money.of_yuan("100.01").split([2, 2, 1]) == [Money(4001), Money(4000), Money(2000)]


@pytest.mark.parametrize(
    ("text", "fen"), [("1,234.56", 123456), ("1\uff0c234.5", 123450), ("-3", -300), (7, 700), (Decimal("0.01"), 1)]
)
def test_an_amount_is_read_as_it_is_written(text: str, fen: int) -> None:
    assert Money.of_yuan(text) == Money(fen)


@pytest.mark.parametrize("text", ["0.001", "三元", "", "nan", "Infinity"])
def test_what_is_no_whole_number_of_fen_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        Money.of_yuan(text)


@pytest.mark.parametrize(("fen", "rate", "expected"), [(5, "0.5", 3), (-5, "0.5", -3), (10000, "0.12345", 1235)])
def test_a_rate_is_applied_once_and_halves_go_away_from_zero(fen: int, rate: str, expected: int) -> None:
    assert Money(fen).at_rate(Decimal(rate)) == Money(expected)


def test_a_float_rate_is_taken_as_written() -> None:
    assert Money(100_000_000_000_000_000).at_rate(0.1) == Money(10_000_000_000_000_000)


def test_amounts_are_summed_compared_and_shown() -> None:
    assert total([Money(1), Money(2), -Money(5)]) == Money(-2)
    assert total([]) == Money(0)
    assert Money(1) < Money(2) * 2
    assert Money(5) - Money(2) + Money(1) == Money(4)
    assert str(Money(123456789)) == "1,234,567.89 元"
    assert Money.of_wan("12.5").fen == 12_500_000
    assert Money(12_500_000).wan == Decimal("12.5")
    assert not Money(0)


def test_money_leaves_as_whole_fen() -> None:
    assert msgspec.json.encode(Money(150)) == b'{"fen":150}'

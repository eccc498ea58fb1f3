from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("outlier", 3.5)]
STEADY = (10.0, 12.1, 13.9, 16.0, 18.2, 20.0)


def test_a_change_unlike_the_earlier_ones_is_a_warning() -> None:
    (found,) = check_figure(Figure("入户", "2026-07", 35, "户", STEADY), ROWS)
    assert found.severity == "warning"
    assert found.message() == ("“入户”本期 15 户,前 5 期的中位数为 2.1 户,偏离度 87.0 超过 3.5;请核对,属实请说明原因")
    assert found.message("en") == (
        "“入户”: 15 户 in this period, where the median of the 5 before is 2.1 户; its score 87.0 exceeds 3.5;"
        " check it, or say why"
    )


def test_steady_growth_is_not_odd_however_far_it_has_come() -> None:
    assert check_figure(Figure("入户", "2026-07", 22.1, "户", STEADY), ROWS) == []


def test_amounts_are_compared_with_amounts() -> None:
    amounts = (2.0, 2.1, 1.9, 2.0, 2.2)
    assert check_figure(Figure("入户", "2026-07", 2.1, "户", amounts, amounts=True), ROWS) == []
    assert len(check_figure(Figure("入户", "2026-07", 9, "户", amounts, amounts=True), ROWS)) == 1


def test_any_other_amount_after_equal_ones_is_odd() -> None:
    (found,) = check_figure(Figure("入户", "2026-07", 3, "户", (2.0,) * 6, amounts=True), ROWS)
    assert "偏离度 ∞" in found.message()


@pytest.mark.parametrize("earlier", [(), (1.0,), (1.0, 2.0, 3.0, 4.0, 5.0)])
def test_with_fewer_than_five_changes_to_compare_with_it_is_silent(earlier: tuple[float, ...]) -> None:
    assert check_figure(Figure("入户", "2026-07", 1e6, "户", earlier), ROWS) == []


@given(st.lists(st.floats(-100, 100), min_size=5, max_size=20), st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_who_lies_further_out_on_a_side_is_never_let_through_before_who_lies_nearer(
    amounts: list[float], one: float, other: float
) -> None:
    middle = median(amounts)
    near, far = sorted((abs(one), abs(other)))

    def odd(away: float) -> bool:
        figure = Figure("x", "2026-07", middle + away, "", tuple(amounts), amounts=True)
        return bool(check_figure(figure, ROWS))

    assert odd(far) or not odd(near)

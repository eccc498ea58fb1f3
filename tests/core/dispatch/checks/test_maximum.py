import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("maximum", 100)]


def test_a_rate_above_a_hundred_is_an_error() -> None:
    (found,) = check_figure(Figure("覆盖率", "2026Q1", 100.5, "%"), ROWS)
    assert found.severity == "error"
    assert found.message() == "“覆盖率”填报 100.5%,高于上限 100%;请核对数值和单位"
    assert found.message("en") == ("“覆盖率”: 100.5% is above the most possible, 100%; check the figure and its unit")


@pytest.mark.parametrize("value", [100, 0, -5])
def test_a_figure_at_or_below_the_most_possible_is_let_through(value: float) -> None:
    assert check_figure(Figure("覆盖率", "2026Q1", value, "%"), ROWS) == []

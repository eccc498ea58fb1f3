import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("minimum", 0)]


def test_a_figure_below_the_least_possible_is_an_error() -> None:
    (found,) = check_figure(Figure("道路里程", "2026-03", -1.5, "公里"), ROWS)
    assert (found.code, found.severity, found.row, found.field) == ("figure.minimum", "error", "道路里程", "2026-03")
    assert found.message() == "“道路里程”填报 -1.5 公里,低于下限 0 公里;请核对数值和单位"
    assert found.message("en") == (
        "“道路里程”: -1.5 公里 is below the least possible, 0 公里; check the figure and its unit"
    )


@pytest.mark.parametrize("value", [0, 0.01, 1e6])
def test_a_figure_at_or_above_the_least_possible_is_let_through(value: float) -> None:
    assert check_figure(Figure("道路里程", "2026-03", value), ROWS) == []

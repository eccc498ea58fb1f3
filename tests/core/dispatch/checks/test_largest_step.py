import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("largest_step", 5)]


def test_more_than_one_month_can_bring_is_a_warning() -> None:
    (found,) = check_figure(Figure("管网", "2026-04", 9, "公里", (3,)), ROWS)
    assert found.severity == "warning"
    assert found.message() == (
        "“管网”填报 9 公里,比上期 3 公里 变动 6 公里,超过一期可能的 5 公里;请核对,属实请说明原因"
    )
    assert found.message("en") == (
        "“管网”: 9 公里 is 6 公里 away from 3 公里 before, more than the 5 公里 that one period can bring;"
        " check it, or say why"
    )


@pytest.mark.parametrize(("value", "earlier"), [(8, (3,)), (-2, (3,)), (100, ())])
def test_a_step_that_one_month_can_bring_is_let_through(value: float, earlier: tuple[float, ...]) -> None:
    assert check_figure(Figure("管网", "2026-04", value, "公里", earlier), ROWS) == []

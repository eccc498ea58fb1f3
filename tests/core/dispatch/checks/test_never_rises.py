import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("never_rises", 0)]


def test_a_stock_to_be_worked_off_that_grew_is_an_error() -> None:
    (found,) = check_figure(Figure("存量隐患", "2026-04", 12, "处", (15, 10)), ROWS)
    assert found.message() == ("“存量隐患”填报 12 处,比上期 10 处 多了 2 处;存量不应增加,请核对本期,或说明新增原因")
    assert found.message("en") == (
        "“存量隐患”: 12 处 is 2 处 more than 10 处 before; such a stock does not grow: check it, or say what was added"
    )


@pytest.mark.parametrize(("value", "earlier"), [(10, (15, 10)), (3, (15, 10)), (1, ())])
def test_a_stock_that_stays_or_shrinks_is_let_through(value: float, earlier: tuple[float, ...]) -> None:
    assert check_figure(Figure("存量隐患", "2026-04", value, "处", earlier), ROWS) == []

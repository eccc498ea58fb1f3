import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("never_falls", 0)]


def test_a_sum_so_far_that_shrank_is_an_error() -> None:
    (found,) = check_figure(Figure("造林", "2026-04", 9, "万亩", (8, 10)), ROWS)
    assert found.message() == ("“造林”填报 9 万亩,比上期 10 万亩 少了 1 万亩;累计数不会减少,请核对本期,或说明上期多报")
    assert found.message("en") == (
        "“造林”: 9 万亩 is 1 万亩 less than 10 万亩 before; such a figure does not fall: check it,"
        " or say that the last one was too high"
    )


@pytest.mark.parametrize(("value", "earlier"), [(10, (8, 10)), (11, (8, 10)), (9, (12, 9)), (1, ())])
def test_a_sum_so_far_that_stays_or_grows_is_let_through(value: float, earlier: tuple[float, ...]) -> None:
    assert check_figure(Figure("造林", "2026-04", value, "万亩", earlier), ROWS) == []


def test_a_declared_allowance_is_kept_to() -> None:
    allowed = [CheckRow("never_falls", 1)]
    assert check_figure(Figure("造林", "2026-04", 9, "万亩", (10,)), allowed) == []
    assert len(check_figure(Figure("造林", "2026-04", 8.9, "万亩", (10,)), allowed)) == 1

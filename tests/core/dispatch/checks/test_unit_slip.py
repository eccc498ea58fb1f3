import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("unit_slip", 0.1)]


@pytest.mark.parametrize(
    ("value", "earlier"),
    [(95, (9.5,)), (1000, (9.5,)), (9500, (9.5,)), (98000, (9.5,)), (0.95, (9.5,)), (0.01, (9.5,))],
)
def test_powers_of_ten_up_to_ten_thousand_are_seen_both_ways(value: float, earlier: tuple[float, ...]) -> None:
    (found,) = check_figure(Figure("新建管网", "2026-04", value, "公里", earlier), ROWS)
    assert "9.5 公里" in found.message() and found.severity == "warning"


def test_a_first_figure_is_compared_with_what_is_due_and_upwards_only() -> None:
    assert check_figure(Figure("新建管网", "2026-04", 1000, "公里", due=10), ROWS)
    assert not check_figure(Figure("新建管网", "2026-04", 1, "公里", due=10), ROWS)


@pytest.mark.parametrize(
    ("value", "earlier", "due"),
    [(30, (9.5,), None), (11, (9.5,), None), (10, (1,), 9.0), (5, (0,), None), (5, (), None)],
)
def test_other_moves_and_what_grew_along_its_course_are_let_through(
    value: float, earlier: tuple[float, ...], due: float | None
) -> None:
    assert not check_figure(Figure("新建管网", "2026-04", value, "公里", earlier, due=due), ROWS)

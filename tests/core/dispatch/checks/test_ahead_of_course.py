import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("ahead_of_course", 4)]


def test_most_of_the_year_in_its_second_month_is_seen() -> None:
    (found,) = check_figure(Figure("新建管网", "2026-02", 30, "公里", share=40, due=6), ROWS)
    assert found.message() == "“新建管网”累计 30 公里,是本期末应达 6 公里 的 5 倍;请核对,属实请说明原因"


@pytest.mark.parametrize(("value", "due"), [(19, 1), (30, 7.5), (30, 0), (30, None)])
def test_a_little_early_work_and_a_course_that_is_not_known_are_let_through(value: float, due: float | None) -> None:
    assert not check_figure(Figure("新建管网", "2026-02", value, "公里", share=40, due=due), ROWS)

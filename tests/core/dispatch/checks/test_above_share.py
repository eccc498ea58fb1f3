import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("above_share", 1)]


def test_a_thousand_of_twelve_kilometres_is_seen() -> None:
    (found,) = check_figure(Figure("新建管网", "2026-04", 1000, "公里", (9.5,), share=12), ROWS)
    assert found.severity == "warning"
    assert found.message() == (
        "“新建管网”累计 1,000 公里,是本单位任务 12 公里 的 83.33 倍;请核对数值和单位,属实请说明原因"
    )


def test_amounts_are_added_up_before_they_are_compared() -> None:
    assert check_figure(Figure("新建管网", "2026-04", 3, "公里", (5, 5), amounts=True, share=12), ROWS)
    assert not check_figure(Figure("新建管网", "2026-04", 2, "公里", (5, 5), amounts=True, share=12), ROWS)


@pytest.mark.parametrize("share", [None, 0, 12])
def test_what_is_within_the_share_or_has_none_is_let_through(share: float | None) -> None:
    assert not check_figure(Figure("新建管网", "2026-04", 12, "公里", share=share), ROWS)

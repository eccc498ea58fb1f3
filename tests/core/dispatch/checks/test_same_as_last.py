import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure


def test_a_copied_report_is_a_warning() -> None:
    (found,) = check_figure(Figure("完成率", "2026-04", 62.5, "%", (50, 62.5, 62.5)), [CheckRow("same_as_last", 2)])
    assert found.severity == "warning"
    assert found.message() == ("“完成率”填报 62.5%,与前 2 期完全相同;请确认不是照抄上期,确无进展请说明原因")
    assert found.message("en") == (
        "“完成率”: 62.5% is the same as in the 2 periods before; make sure that it was not copied,"
        " or say why nothing moved"
    )


@pytest.mark.parametrize(
    ("value", "earlier", "limit"), [(62.5, (62.4,), 1), (62.5, (62.5, 60), 1), (62.5, (50, 62.5), 2), (1, (), 1)]
)
def test_a_figure_that_moved_or_has_no_past_is_let_through(
    value: float, earlier: tuple[float, ...], limit: float
) -> None:
    assert check_figure(Figure("完成率", "2026-04", value, "%", earlier), [CheckRow("same_as_last", limit)]) == []


def test_a_county_may_take_it_as_an_error() -> None:
    row = CheckRow("same_as_last", 1, severity="error")
    assert check_figure(Figure("完成率", "2026-04", 1, "", (1,)), [row])[0].severity == "error"

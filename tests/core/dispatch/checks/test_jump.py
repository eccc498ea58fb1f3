import pytest

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("jump", 0.5)]


def test_a_slipped_decimal_point_is_seen_as_a_jump() -> None:
    (found,) = check_figure(Figure("供水户数", "2026-04", 1250, "户", (120, 125)), ROWS)
    assert found.severity == "warning"
    assert found.message() == (
        "“供水户数”填报 1,250 户,比上期 125 户 变动 900%,超过 50%;请核对小数点和单位,属实请说明原因"
    )
    assert found.message("en") == (
        "“供水户数”: 1,250 户 is 900% away from 125 户 before, more than 50%; check the decimal point and the unit,"
        " or say why"
    )


def test_a_fall_is_a_jump_as_well() -> None:
    assert len(check_figure(Figure("供水户数", "2026-04", 12.5, "户", (125,)), ROWS)) == 1


@pytest.mark.parametrize(("value", "earlier"), [(150, (100,)), (50, (100,)), (99, ()), (99, (0,)), (-150, (-100,))])
def test_a_change_within_its_share_is_let_through(value: float, earlier: tuple[float, ...]) -> None:
    assert check_figure(Figure("供水户数", "2026-04", value, "户", earlier), ROWS) == []

from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure

ROWS = [CheckRow("parts_differ", 0)]
PARTS = st.lists(st.integers(0, 10_000).map(lambda n: n / 100), min_size=1, max_size=6)


def test_a_whole_that_is_not_its_parts_says_both() -> None:
    (found,) = check_figure(Figure("供水户数", "2026-04", 300, "户", parts=(120, 125)), ROWS)
    assert found.message() == "“供水户数”填报 300 户,与 2 个单位同期填报的 245 户 不符;请核对,属实请说明原因"


@given(PARTS)
def test_the_exact_sum_agrees_and_nothing_else(parts: list[float]) -> None:
    whole = sum(round(part * 100) for part in parts) / 100
    assert not check_figure(Figure("供水户数", "2026-04", whole, "户", parts=tuple(parts)), ROWS)
    assert check_figure(Figure("供水户数", "2026-04", whole + 0.01, "户", parts=tuple(parts)), ROWS)


@given(PARTS)
def test_a_rate_lies_between_its_parts(parts: list[float]) -> None:
    for value, odd in ((min(parts), False), (max(parts), False), (max(parts) + 1, True), (min(parts) - 1, True)):
        assert bool(check_figure(Figure("达标率", "2026-04", value, "%", parts=tuple(parts)), ROWS)) is odd

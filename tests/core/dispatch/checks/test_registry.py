import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.checks import CheckRow, Figure, check_figure, check_rows, checks

HELPERS = {"registry"}


def test_each_check_has_its_test_and_each_test_its_check(root: Path) -> None:
    tested = {path.stem.removeprefix("test_") for path in (root / "tests/core/dispatch/checks").glob("test_*.py")}
    assert tested - HELPERS == set(checks())


def test_each_code_of_a_check_has_its_heading_in_the_docs_and_each_heading_its_check(root: Path) -> None:
    page = (root / "docs/algorithms/dispatch.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### `(figure\.[a-z-]+)`", page, re.MULTILINE)) == {
        one.kind.code for one in checks().values()
    } | {"figure.unlike-peers"}


def test_errors_are_shown_before_warnings() -> None:
    rows = [CheckRow("same_as_last", 1), CheckRow("jump", 0.1), CheckRow("maximum", 5)]
    found = check_figure(Figure("覆盖率", "2026-02", 9, "%", (7,)), rows)
    assert [one.code for one in found] == ["figure.maximum", "figure.jump"]


def test_a_row_that_names_no_check_is_reported_with_those_there_are() -> None:
    (found,) = check_rows([CheckRow("minimum", 0), CheckRow("sudden", 1)])
    assert found.message().startswith("没有名为“sudden”的校验;可用的有 above_share、")
    assert found.message("en").startswith("there is no check “sudden”; there are above_share、")
    with pytest.raises(KeyError):
        check_figure(Figure("x", "2026-02", 1), [CheckRow("sudden", 1)])


ALL = [
    CheckRow("never_falls", 0, "warning"),
    CheckRow("jump", 4),
    CheckRow("unit_slip", 0.1),
    CheckRow("above_share", 1),
    CheckRow("above_whole", 1, "warning"),
]


@given(
    st.lists(st.integers(1, 12), min_size=2, max_size=8).map(sorted),
    st.integers(1, 7),
    st.sampled_from((10, 100, 1000, 10000)),
)
def test_after_an_odd_figure_the_true_one_is_not_the_one_that_is_blamed(true: list[int], at: int, times: int) -> None:
    """Sums that grow; one month is ten to ten thousand times too high. The next one asks for no reason of its own."""
    at = min(at, len(true) - 1)
    earlier = tuple(float(one) for one in true[:at])
    due = float(true[at])
    odd = Figure("新建管网", "2026-03", due * times * 100, "公里", earlier, share=12, whole=40, due=due)
    assert check_figure(odd, ALL)
    after = Figure("新建管网", "2026-04", due, "公里", (*earlier, odd.value), share=12, whole=40, due=due)
    assert [one.code for one in check_figure(after, ALL)] == ["check.before-odd"]
    alone = Figure("新建管网", "2026-04", due, "公里", earlier, share=12, whole=40, due=due)
    assert check_figure(alone, ALL) == []


def test_of_one_check_the_gravest_finding_stands() -> None:
    rows = [CheckRow("above_whole", 1, "warning"), CheckRow("above_whole", 10, "error")]
    assert [one.severity for one in check_figure(Figure("x", "2026-03", 500, whole=40), rows)] == ["error"]

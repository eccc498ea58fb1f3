import re
from pathlib import Path

import pytest

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
    assert found.message().startswith("没有名为“sudden”的校验;可用的有 jump、")
    assert found.message("en").startswith("there is no check “sudden”; there are jump、")
    with pytest.raises(KeyError):
        check_figure(Figure("x", "2026-02", 1), [CheckRow("sudden", 1)])

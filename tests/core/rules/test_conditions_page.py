"""The worked table of docs/how-to/write-conditions.md, and every condition in it, are what the code does."""

import re
from pathlib import Path

import pytest

from guatu.core.dispatch.vocabulary import FACTS
from guatu.core.kernel.explained import Rule
from guatu.core.rules import RuleError, judge, parse, parse_cell

PAGE = (Path(__file__).resolve().parents[3] / "docs/how-to/write-conditions.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line[:1] == "|"
]
WORKED = [row for row in ROWS if row[1] in ("yes", "no", "unknown")]
GIVEN = Rule("given", "给定 {value}", "given {value}")
FACTS_OF_THE_DAY = {"attainment": GIVEN.gives(0.72, unit="1"), "late_reports": GIVEN.gives(0, unit="item")}


@pytest.mark.parametrize("row", WORKED, ids=lambda row: row[0])
def test_conditions_are_judged_as_the_page_says(row: list[str]) -> None:
    found = judge(parse(row[0], FACTS), FACTS_OF_THE_DAY, FACTS)
    assert [found.verdict, found.words.zh] == row[1:]


def test_all_rows_are_worked() -> None:
    assert len(WORKED) == 10


@pytest.mark.parametrize("text", re.findall("`([^`]+)`", PAGE.split("## What is not known")[0].split("In a cell")[0]))
def test_every_condition_that_the_page_shows_can_be_read(text: str) -> None:
    if text not in ("+ - * / **", "and", "or"):
        parse(text)


@pytest.mark.parametrize("text", ["< 5", "[1..5]", '"road", "lamp"', 'not("road")', "-"])
def test_every_cell_that_the_page_shows_can_be_read(text: str) -> None:
    assert f"`{text}`" in PAGE and parse_cell(text)


@pytest.mark.parametrize("sign", ["，", "（", "“"])
def test_signs_of_a_chinese_keyboard_are_refused_with_the_sign_to_write(sign: str) -> None:
    with pytest.raises(RuleError, match="half-width"):
        parse(f"a in {sign}")

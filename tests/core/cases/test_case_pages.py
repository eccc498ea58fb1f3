"""The worked tables of the pages on random inspection and evaluation are what the code does."""

import re
from datetime import date
from pathlib import Path

import pytest

from guatu.core.cases.evaluation.rates import RATES, rate
from guatu.core.cases.evaluation.scoring import score
from guatu.core.cases.sampling.draw import DrawOrder, commitment, draw, lowest_ticket
from guatu.core.kernel.explained import Explained, Unknown
from tests.core.cases.evaluation.sheets import SHEETS

DOCS = Path(__file__).resolve().parents[3] / "docs/algorithms"
TEXT = {name: (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("random-inspection", "case-evaluation")}
TABLES = {
    name: [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    for text in TEXT.values()
    for name, table in re.findall(r"<!-- worked: ([\w-]+) -->\n\n((?:\|.*\n)+)", text)
}
DAY = date(2026, 5, 1)
SEED = "青禾县2026年5月"


def answer(found: Explained[float] | Unknown, factor: int, digits: int) -> str:
    return found.rule if isinstance(found, Unknown) else f"{round(found.value * factor, digits):.2f}"


@pytest.mark.parametrize("row", TABLES["rates"], ids=" ".join)
def test_rates_are_as_the_page_says(row: list[str]) -> None:
    code, numerator, denominator, expected = row
    of = RATES[code]
    counts = {of.numerator: int(numerator), of.denominator or of.choices[0]: int(denominator)}
    assert answer(rate(of, counts, DAY), 100, 2) == expected


@pytest.mark.parametrize("row", TABLES["points"], ids=" ".join)
def test_points_are_as_the_page_says(row: list[str]) -> None:
    sheet, line, words, expected = row
    facts = {name: float(value) for name, value in (word.split("=") for word in words.split())}
    found = score(SHEETS[sheet], facts).lines[line]
    if isinstance(found, Unknown):
        assert found.rule == expected
    else:
        assert round(found.value, 2) == float(expected)


def test_the_draw_is_as_the_page_says() -> None:
    rows = TABLES["draw"]
    weights = {row[0]: int(row[1]) for row in rows if row[1] != "1"}
    conflicts = frozenset({("河湾加油站", "江岚"), ("老桥饭店", "石磊")})
    order = DrawOrder(SEED, tuple(row[0] for row in rows), ("江岚", "石磊", "方晴"), 3, 2, weights, conflicts)
    tickets = [lowest_ticket(SEED, row[0], int(row[1])) for row in rows]
    assert [(str(number), found[:12]) for found, number in tickets] == [(row[2], row[3]) for row in rows]
    drawn = [(one.name, " ".join(one.inspectors)) for one in draw(order).drawn]
    assert drawn == [(row[0], row[5]) for row in rows if row[4]]
    assert f"beginning {commitment(SEED)[:16]}" in TEXT["random-inspection"]

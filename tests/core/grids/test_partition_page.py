"""The worked row of docs/algorithms/grid-partition.md is what the code does."""

import re
from pathlib import Path

import pytest

from guatu.core.grids.partition.plan import Order, partition_town
from guatu.core.grids.partition.town import Border, ResidentialUnit, Town

PAGE = (Path(__file__).resolve().parents[3] / "docs/algorithms/grid-partition.md").read_text(encoding="utf-8")
TABLE = re.search(r"<!-- worked: partition -->\n\n((?:\|.*\n)+)", PAGE)
ROWS = [] if TABLE is None else TABLE[1].replace("`|`", "/").splitlines()[2:]


def town(words: str) -> Town:
    units: list[ResidentialUnit] = []
    borders: list[Border] = []
    for part in words.split(" / ") if words else []:
        for at, residents in enumerate(part.split()):
            key = f"{len(units):02}"
            if units:
                borders.append(Border(units[-1].key, key, 100, fixed=at == 0))
            units.append(ResidentialUnit(key, int(residents), 100.0 * len(units), 0))
    return Town(tuple(units), tuple(borders))


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_units_is_divided_as_the_page_says(row: str) -> None:
    residents, grids, finding = (cell.strip() for cell in row.strip("|").split("|"))
    found = partition_town(town(residents), Order("页", large=1, use_solver=False))
    in_order = sorted(found.grids, key=lambda grid: grid.units)
    assert " ".join(str(grid.residents) for grid in in_order) == grids
    assert " ".join(one.code for one in found.findings) == finding


def test_the_page_has_its_rows() -> None:
    assert len(ROWS) == 6

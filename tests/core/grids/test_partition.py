"""The partition is feasible and contiguous for any town, keeps fixed borders, and is the same for the same seed."""

import time
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.grids.partition import centres
from guatu.core.grids.partition.balance import balance
from guatu.core.grids.partition.check import check_partition
from guatu.core.grids.partition.greedy import greedy
from guatu.core.grids.partition.plan import Order, partition_town
from guatu.core.grids.partition.search import Effort
from guatu.core.grids.partition.town import Border, PlannedGrid, ResidentialUnit, Town
from tests.core.grids.fictional_town import fictional_town

QUICK = Effort(trees=12, trials=3, passes=2)
SOLVER = pytest.mark.skipif(not centres.available(), reason="OR-Tools is not installed · 未安装 OR-Tools")


def order(seed: str = "一", cap: int = 3000, large: int = 4, solver: bool = False) -> Order:
    return Order(seed, cap=cap, large=large, use_solver=solver, effort=QUICK)


def row_of(*residents: int, fixed: int = -1) -> Town:
    """Units in a row, named a, b, c ...; the border after the place `fixed` may not be crossed."""
    keys = [chr(97 + at) for at in range(len(residents))]
    units = tuple(
        ResidentialUnit(key, n, 100.0 * at, 0, 1e4, 400)
        for at, (key, n) in enumerate(zip(keys, residents, strict=True))
    )
    borders = tuple(Border(a, b, 100, at == fixed) for at, (a, b) in enumerate(pairwise(keys)))
    return Town(units, borders)


def test_a_row_is_cut_into_the_fewest_grids() -> None:
    found = partition_town(row_of(1000, 1000, 1000, 1000, 1000, 1000), order(large=1))
    assert [grid.residents for grid in found.grids] == [3000, 3000]
    assert found.findings == ()


def test_a_fixed_border_parts_two_grids_that_would_fit_into_one() -> None:
    found = partition_town(row_of(500, 500, 500, fixed=0), order(large=1))
    assert sorted(grid.units for grid in found.grids) == [("a",), ("b", "c")]


def test_a_unit_above_the_limit_is_a_finding_and_a_grid_of_its_own() -> None:
    found = partition_town(row_of(500, 3001, 500), order(large=1))
    assert [finding.message("zh") for finding in found.findings] == [
        "居民单元“b”有 3,001 人,已超过网格上限 3,000;现单独成格,请先拆分该单元"
    ]
    assert sorted(grid.units for grid in found.grids) == [("a",), ("b",), ("c",)]


def test_a_town_without_units_is_a_finding() -> None:
    found = partition_town(Town((), ()), order())
    assert (found.grids, [finding.code for finding in found.findings]) == ((), ["partition.no-units"])


def test_fewer_grids_than_large_ones_and_a_town_in_pieces_are_said() -> None:
    town = msgspec.structs.replace(row_of(100, 100), borders=())
    found = partition_town(town, order())
    assert [finding.code for finding in found.findings] == ["partition.town-in-pieces", "partition.fewer-than-large"]
    assert sorted(grid.units for grid in found.grids) == [("a",), ("b",)]


def test_a_fixed_border_that_ends_in_the_open_is_named() -> None:
    square = Town(
        tuple(ResidentialUnit(key, 100, 0, 0) for key in "abc"),
        (Border("a", "b", 1), Border("b", "c", 1), Border("c", "a", 1, fixed=True)),
    )
    found = partition_town(square, order(large=1))
    assert [finding.code for finding in found.findings] == ["partition.fixed-border-open"]


def test_without_the_solver_the_trees_give_the_result_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centres, "available", lambda: False)
    found = partition_town(fictional_town(60), order(solver=True))
    assert [finding.code for finding in found.findings] == ["partition.solver-absent"]
    assert check_partition(fictional_town(60), found.grids, 3000) == []


@given(
    units=st.integers(1, 60),
    seed=st.text("甲乙丙丁", min_size=1, max_size=3),
    cap=st.integers(1200, 6000),
    rivers=st.integers(0, 2),
)
@settings(max_examples=25)
def test_any_town_gets_feasible_contiguous_grids_that_keep_its_fixed_borders(
    units: int, seed: str, cap: int, rivers: int
) -> None:
    town = fictional_town(units, seed, rivers=rivers)
    found = partition_town(town, order(seed, cap=cap))
    assert check_partition(town, found.grids, cap) == []
    assert sum(grid.residents for grid in found.grids) == town.residents
    assert len({grid.large for grid in found.grids}) == min(4, len(found.grids))


@SOLVER
def test_the_solver_leaves_the_grids_feasible_and_makes_them_more_even() -> None:
    town = fictional_town(150, "河西")
    trees, solved = (partition_town(town, order(solver=solver)) for solver in (False, True))
    assert check_partition(town, solved.grids, 3000) == []
    assert set(solved.statuses) <= {"OPTIMAL", "FEASIBLE"} and solved.statuses
    assert len(solved.grids) == len(trees.grids)
    assert balance(town, solved.grids, 3000).deviation < balance(town, trees.grids, 3000).deviation


@pytest.mark.slow
@SOLVER
def test_five_hundred_units_are_divided_within_a_minute() -> None:
    town = fictional_town(500)
    began, worked = time.perf_counter(), time.process_time()
    shares: list[float] = []
    found = partition_town(town, Order("2026"), shares.append)
    assert time.perf_counter() - began < 60, f"of these {time.process_time() - worked:.0f} s were ours"
    assert shares == sorted(shares) and len(shares) > 50 and shares[-1] < 1
    assert check_partition(town, found.grids, 3000) == []
    figures = balance(town, found.grids, 3000)
    assert figures.grids <= 1.15 * figures.lower_bound
    assert found.findings == ()


@pytest.mark.parametrize("solver", [False, pytest.param(True, marks=SOLVER)])
def test_the_same_seed_gives_the_same_grids_and_another_one_others(solver: bool) -> None:
    town = fictional_town(80)
    first, again, other = (partition_town(town, order(seed, solver=solver)).grids for seed in ("一", "一", "二"))
    assert first == again
    assert first != other


def test_the_four_large_grids_are_even() -> None:
    found = partition_town(fictional_town(200, rivers=0), order())
    sizes = [sum(g.residents for g in found.grids if g.large == large) for large in "1234"]
    assert max(sizes) < 1.35 * min(sizes)


def grids(*parts: str, large: str = "1") -> list[PlannedGrid]:
    return [PlannedGrid(f"{large}-{at}", large, tuple(part), 1000 * len(part)) for at, part in enumerate(parts)]


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (grids("ab", "cd"), []),
        (grids("ab", "c"), ["partition.unit-not-once"]),
        (grids("ab", "bcd"), ["partition.unit-not-once"]),
        (grids("ab", "cd", "x"), ["partition.unit-unknown", "partition.residents-differ"]),
        (grids("abcd"), ["partition.grid-above-cap"]),
        (grids("ac", "b", "d"), ["partition.grid-in-pieces"]),
        ([*grids("a", "c"), *grids("b", "d", large="2")], ["partition.large-in-pieces", "partition.large-in-pieces"]),
    ],
)
def test_what_is_wrong_with_a_partition_is_found_by_the_check(made: list[PlannedGrid], codes: list[str]) -> None:
    assert [finding.code for finding in check_partition(row_of(1000, 1000, 1000, 1000), made, 3000)] == codes


def test_a_grid_over_a_fixed_border_is_found_by_the_check() -> None:
    found = check_partition(row_of(1000, 1000, fixed=0), grids("ab"), 3000)
    assert [finding.code for finding in found] == ["partition.grid-in-pieces", "partition.fixed-border-inside"]


def test_the_balance_has_its_lower_bound_and_its_inner_borders() -> None:
    figures = balance(row_of(1000, 1000, 1000, 1000), grids("ab", "cd"), 3000)
    assert (figures.grids, figures.lower_bound, figures.least, figures.most, figures.deviation) == (2, 2, 2000, 2000, 0)
    assert figures.inner_share == pytest.approx(2 / 3)
    assert figures.roundness == pytest.approx(4 * 3.14159265 * 2e4 / 600**2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"units": (ResidentialUnit("a", 1, 0, 0),) * 2, "borders": ()},
        {"units": (ResidentialUnit("a", -1, 0, 0),), "borders": ()},
        {"units": (ResidentialUnit("a", 1, 0, 0),), "borders": (Border("a", "x", 1),)},
    ],
)
def test_an_impossible_town_cannot_be_built(wrong: dict[str, tuple[object, ...]]) -> None:
    with pytest.raises(ValueError):
        Town(**wrong)  # type: ignore[arg-type]


@given(units=st.integers(1, 80), cap=st.integers(1200, 4000), rivers=st.integers(0, 2))
@settings(max_examples=20)
def test_the_greedy_baseline_is_feasible_too(units: int, cap: int, rivers: int) -> None:
    town = fictional_town(units, rivers=rivers)
    assert check_partition(town, by_hand(greedy(town, cap)), cap) == []


def by_hand(found: list[PlannedGrid]) -> list[PlannedGrid]:
    """Each grid as a large one of its own: by hand there are none."""
    return [msgspec.structs.replace(grid, large=grid.key) for grid in found]

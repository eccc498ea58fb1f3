"""Polygons become a town: who touches whom, how long, and what is wrong with a border."""

import pytest

from guatu.core.grids.partition.shapes import DrawnUnit, town_of

shapely = pytest.importorskip("shapely")


def square(key: str, x: float, y: float, size: float = 100, residents: int = 10) -> DrawnUnit:
    return DrawnUnit(key, residents, shapely.to_wkb(shapely.box(x, y, x + size, y + size)))


def test_units_that_share_a_side_are_neighbours_and_those_that_share_a_corner_are_not() -> None:
    town, findings = town_of([square("a", 0, 0), square("b", 100, 0), square("c", 100, 100)], coordinates="metres")
    assert findings == []
    assert [(b.first, b.second) for b in town.borders] == [("a", "b"), ("b", "c")]
    assert [b.length for b in town.borders] == pytest.approx([100, 100], abs=10)
    assert (town.units[0].area, town.units[0].perimeter) == (10_000, 400)


def test_a_sliver_between_neighbours_drawn_by_hand_is_closed_and_a_street_is_not() -> None:
    town, _ = town_of([square("a", 0, 0), square("b", 101, 0), square("c", 0, 110)], coordinates="metres")
    assert [(b.first, b.second) for b in town.borders] == [("a", "b")]


def test_a_fixed_pair_is_fixed_in_either_order() -> None:
    town, _ = town_of([square("a", 0, 0), square("b", 100, 0)], [("b", "a")], "metres")
    assert [b.fixed for b in town.borders] == [True]


def test_degrees_are_laid_flat() -> None:
    town, _ = town_of([square("a", 110, 60, 0.01), square("b", 110.01, 60, 0.01)])
    assert town.borders[0].length == pytest.approx(1112, rel=0.02)
    assert town.units[0].area == pytest.approx(1112 * 556, rel=0.01)


def test_a_border_that_crosses_itself_and_units_that_overlap_are_findings() -> None:
    bow = DrawnUnit("x", 5, shapely.to_wkb(shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])))
    town, findings = town_of([bow, square("a", 0, 0), square("b", 50, 0)], coordinates="metres")
    assert [unit.key for unit in town.units] == ["a", "b"]
    assert [finding.message("en") for finding in findings] == [
        "the border of the residential unit “x” is no valid polygon; repair it and import again",
        "the residential units “a” and “b” overlap by 5,000 m2; check their borders",
    ]


def test_nothing_drawn_is_an_empty_town() -> None:
    town, findings = town_of([])
    assert (town.units, town.borders, findings) == ((), (), [])

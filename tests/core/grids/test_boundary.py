"""What a border is told where it lies, and that nothing is lost when grids are cut and joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("shapely")

from shapely import LineString, Point, Polygon, box

from guatu.core.grids.boundary import (
    Drawn,
    Surroundings,
    area_m2,
    borders_between,
    check_border,
    check_shape,
    cut,
    join,
    shares,
)

UNIT = 0.01


def cell(x: float, y: float, wide: float = 1, high: float = 1) -> Polygon:
    return box(121 + x * UNIT, 30 + y * UNIT, 121 + (x + wide) * UNIT, 30 + (y + high) * UNIT)


def codes(shape: Polygon, around: Surroundings, residents: int = 100, cap: int | None = 3000) -> list[str]:
    return [one.code for one in check_border(Drawn("新", shape), around, residents, cap)]


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (cell(0, 0), None),
        (Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "grid.border-crosses-itself"),
        (Polygon([(0, 0), (1, 1), (2, 2)]), "grid.border-no-area"),
        (Polygon(), "grid.border-no-area"),
        (Point(1, 1), "grid.border-no-area"),
    ],
)
def test_a_border_by_itself(shape: Polygon, code: str | None) -> None:
    found = check_shape(shape)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        (cell(1, 0), []),
        (cell(1.001, 0), []),  # one metre: drawn by hand
        (cell(1.008, 0), ["grid.gap"]),
        (cell(1.03, 0), []),  # thirty metres: a street, not a slip
        (cell(0.9, 0), ["grid.overlaps"]),
        (cell(1, 1), []),
        (cell(4.5, 0), ["grid.outside-town"]),
        (cell(2.5, 2), ["grid.over-fixed-border"]),
        (cell(3, 2), []),
    ],
)
def test_a_border_among_its_neighbours(shape: Polygon, found: list[str]) -> None:
    river = LineString([(121 + 3 * UNIT, 29), (121 + 3 * UNIT, 31)])
    around = Surroundings((Drawn("甲", cell(0, 0)),), cell(0, 0, 5, 5), {"清水河": river})
    assert codes(shape, around) == found


def test_only_a_kind_with_a_limit_is_told_of_too_many_residents() -> None:
    assert codes(cell(0, 0), Surroundings(), 3001) == ["grid.residents-above-cap"]
    assert codes(cell(0, 0), Surroundings(), 3000) == codes(cell(0, 0), Surroundings(), 3001, None) == []


@given(x=st.floats(0.1, 0.9), slope=st.floats(-0.05, 0.05))
def test_what_is_cut_and_joined_again_is_what_it_was(x: float, slope: float) -> None:
    whole = cell(0, 0)
    at = 121 + x * UNIT
    parts, findings = cut(Drawn("甲", whole), LineString([(at - slope * UNIT, 29.99), (at + slope * UNIT, 30.02)]))
    assert findings == [] and parts[0].centroid.x < parts[1].centroid.x
    again, apart = join(parts)
    assert apart == [] and again.symmetric_difference(whole).area < 1e-12
    assert borders_between([Drawn("a", parts[0]), Drawn("b", parts[1])]) == [("a", "b")]


def test_a_line_that_cuts_into_three_or_not_at_all_is_told() -> None:
    zigzag = LineString([(121.002, 29.99), (121.003, 30.02), (121.007, 30.02), (121.008, 29.99)])
    for line, count in ((zigzag, 3), (LineString([(0, 0), (1, 1)]), 1)):
        parts, findings = cut(Drawn("甲", cell(0, 0)), line)
        assert parts == [] and findings[0].params["count"] == count


def test_shapes_that_touch_in_a_corner_are_not_joined() -> None:
    _whole, findings = join([cell(0, 0), cell(1, 1)])
    assert [one.code for one in findings] == ["grid.not-neighbours"]
    assert borders_between([Drawn("a", cell(0, 0)), Drawn("b", cell(1, 1))]) == []


@given(total=st.integers(0, 10**9), weights=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30))
def test_shares_lose_nobody(total: int, weights: list[float]) -> None:
    found = shares(total, weights)
    assert sum(found) == total and min(found) >= 0


def test_an_area_is_in_square_metres() -> None:
    assert area_m2(cell(0, 0)) == pytest.approx(1112 * 1112 * 0.866, rel=0.002)

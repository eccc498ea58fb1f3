"""Points find their area as by trying each polygon; borders and points outside follow the declared rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained, Unknown

np = pytest.importorskip("numpy")
shapely = pytest.importorskip("shapely")

from guatu.core.cases.routing.position import NO_POSITION, OUTSIDE, Area, PositionIndex, locate_on_levels  # noqa: E402


def box(code: str, west: float, south: float, east: float, north: float) -> Area:
    return Area(code, shapely.to_wkb(shapely.box(west, south, east, north)))


TWO = [box("B2", 0, 0, 2, 1), box("A1", 2, 0, 3, 1)]


def test_a_point_says_in_which_area_it_lies() -> None:
    found = PositionIndex(TWO).locate_one(0.5, 0.5)
    assert isinstance(found, Explained) and found.value == "B2"
    assert found.sentence("en") == "(0.5, 0.5) lies in the grid “B2”"


def test_a_point_on_a_border_goes_by_the_declared_rule_and_names_the_other_area() -> None:
    small, low = (PositionIndex(TWO, tie=tie).locate_one(2, 0.5) for tie in ("smallest-area", "lowest-code"))
    assert isinstance(small, Explained) and isinstance(low, Explained)
    assert (small.value, low.value) == ("A1", "A1")
    other = PositionIndex([box("B2", 0, 0, 2, 1), box("C3", 2, 0, 3, 1)], tie="lowest-code").locate_one(2, 0.5)
    assert isinstance(other, Explained) and other.value == "B2"
    assert other.sentence("en").startswith("(2, 0.5) lies in C3 as well; by the rule for borders (")


def test_a_point_outside_names_the_nearest_area() -> None:
    found = PositionIndex(TWO).locate_one(4, 0.5)
    assert isinstance(found, Unknown)
    assert found.sentence("zh") == "位置(4, 0.5)不在任何grid内,最近的是“A1”;请核对位置或指定grid"


@pytest.mark.parametrize(("x", "y"), [(float("nan"), 0), (0, float("inf"))])
def test_a_point_without_coordinates_is_unknown_and_not_outside(x: float, y: float) -> None:
    index = PositionIndex(TWO)
    found = index.locate_one(x, y)
    assert isinstance(found, Unknown) and found.rule == "position.missing"
    assert index.locate(np.array([x, 9]), np.array([y, 9])).tolist() == [NO_POSITION, OUTSIDE]


def test_without_areas_every_point_is_unknown() -> None:
    index = PositionIndex([])
    found = index.locate_one(0, 0)
    assert isinstance(found, Unknown) and found.rule == "position.no-areas"
    assert index.locate(np.array([0.0]), np.array([0.0])).tolist() == [OUTSIDE]


def test_a_gap_between_grids_still_has_its_village() -> None:
    grids = PositionIndex([box("G1", 0, 0, 1, 1)], "grid")
    villages = PositionIndex([box("V1", 0, 0, 2, 2)], "village")
    found = locate_on_levels([grids, villages], 1.5, 1.5)
    assert isinstance(found.levels["grid"], Unknown)
    assert found.path == ("V1",)
    assert locate_on_levels([grids, villages], 0.5, 0.5).path == ("G1", "V1")


@pytest.mark.parametrize(
    ("areas", "message"),
    [
        ([TWO[0], TWO[0]], "areas given twice: B2"),
        ([Area("P", shapely.to_wkb(shapely.Point(0, 0)))], "no valid polygon: P; repair the border"),
        (
            [Area("X", shapely.to_wkb(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])))],
            "no valid polygon: X; repair the border",
        ),
    ],
)
def test_areas_that_cannot_be_asked_are_refused(areas: list[Area], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PositionIndex(areas)


@given(
    boxes=st.lists(st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 6)] * 2), min_size=1, max_size=8),
    points=st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), min_size=1, max_size=30),
)
@settings(max_examples=60)
def test_many_at_once_agree_with_trying_every_polygon(
    boxes: list[tuple[int, int, int, int]], points: list[tuple[int, int]]
) -> None:
    """Half-integers fall on borders and corners, overlaps happen: the hard cases are the common ones here."""
    areas = [box(f"{at:02}", x, y, x + w, y + h) for at, (x, y, w, h) in enumerate(boxes)]
    x, y = (np.array([point[axis] / 2 for point in points]) for axis in (0, 1))
    index = PositionIndex(areas)
    expected = []
    for px, py in zip(x, y, strict=True):
        hits = [
            (w * h, f"{at:02}") for at, (bx, by, w, h) in enumerate(boxes) if bx <= px <= bx + w and by <= py <= by + h
        ]
        expected.append(min(hits)[1] if hits else None)
    assert [index.codes[at] if at >= 0 else None for at in index.locate(x, y)] == expected
    one = [index.locate_one(px, py) for px, py in zip(x, y, strict=True)]
    assert [found.value if isinstance(found, Explained) else None for found in one] == expected

"""Splitting and merging lose no unit and no resident; what they would break is said instead of done."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.grids.change import Grid, merge, split

ON = date(2026, 7, 1)
ROW = [("a", "b"), ("b", "c"), ("c", "d")]
WHOLE = Grid("1-01", "1", {"a": 900, "b": 800, "c": 700, "d": 600}, date(2026, 1, 1))


def test_a_split_ends_the_old_grid_the_day_before_and_shares_out_all_units() -> None:
    change = split(WHOLE, {"1-02": "ab", "1-03": "cd"}, ON, 3000, ROW)
    assert change.findings == ()
    assert [(grid.key, grid.valid_to) for grid in change.ended] == [("1-01", date(2026, 6, 30))]
    assert [(grid.key, grid.residents, grid.valid_from) for grid in change.begun] == [
        ("1-02", 1700, ON),
        ("1-03", 1300, ON),
    ]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"x": "ab", "y": "c"}, "splitting “1-01” leaves 1 residential units out or gives them twice (such as “d”); give each to one part"),
        ({"x": "ab", "y": "bcd"}, "splitting “1-01” leaves 1 residential units out or gives them twice (such as “b”); give each to one part"),
        ({"x": "abcd", "y": "z"}, "splitting “1-01” leaves 1 residential units out or gives them twice (such as “z”); give each to one part"),
        ({"x": "abcd", "y": ""}, "“y” has no residential unit; give it at least one"),
        ({"x": "ac", "y": "bd"}, "“x” would not be in one piece; change it"),
        ({"1-01": "ab", "y": "cd"}, "the grid key “1-01” is given twice; choose another one"),
    ],
)  # fmt: skip
def test_a_split_that_breaks_something_is_not_done(parts: dict[str, str], message: str) -> None:
    change = split(WHOLE, dict(parts), ON, 3000, ROW)
    assert (change.ended, change.begun) == ((), ())
    assert change.findings[0].message("en") == message


def test_a_grid_that_is_not_valid_on_the_day_is_not_changed() -> None:
    assert [f.code for f in split(WHOLE, {"x": "ab", "y": "cd"}, date(2025, 1, 1), 3000, ROW).findings] == [
        "grid.not-valid"
    ]


def test_a_merge_over_the_limit_or_of_two_large_grids_is_not_done() -> None:
    one, other = Grid("1-01", "1", {"a": 1600}), Grid("2-01", "2", {"b": 1600})
    assert [f.code for f in merge([one, other], "x", ON, 3000, ROW).findings] == ["grid.several-large"]
    near = Grid("1-02", "1", {"b": 1600})
    assert [f.message("zh") for f in merge([one, near], "x", ON, 3000, ROW).findings] == [
        "变更后“x”有 3,200 人,超过上限 3,000;请再拆分"
    ]


@given(st.lists(st.integers(0, 500), min_size=2, max_size=8), st.data())
def test_split_and_merged_again_a_grid_has_the_units_and_residents_it_had(
    residents: list[int], data: st.DataObject
) -> None:
    keys = [chr(97 + at) for at in range(len(residents))]
    row = list(pairwise(keys))
    grid = Grid("g", "1", dict(zip(keys, residents, strict=True)), date(2026, 1, 1))
    place = data.draw(st.integers(1, len(keys) - 1))
    parts = split(grid, {"x": keys[:place], "y": keys[place:]}, ON, 4000, row)
    assert sum(part.residents for part in parts.begun) == grid.residents
    again = merge(parts.begun, "z", ON + timedelta(days=1), 4000, row)
    assert again.findings == ()
    assert again.begun[0].residents_of == grid.residents_of


def test_one_grid_alone_is_not_merged() -> None:
    with pytest.raises(ValueError):
        merge([WHOLE], "x", ON, 3000, ROW)

"""The cut of a tree has the fewest parts: held against trying all cuts of small trees."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.grids.partition.trees import Network, Tree, cut, draws, even_cut, parts_of, random_tree


@st.composite
def trees(draw: st.DrawFn) -> tuple[Tree, list[int]]:
    size = draw(st.integers(1, 8))
    parent = [-1, *(draw(st.integers(0, at - 1)) for at in range(1, size))]
    return Tree(list(range(size)), parent), draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))


def fewest_by_trying(tree: Tree, loads: list[int], limit: int) -> int:
    for count in range(len(loads)):
        for cuts in combinations(range(1, len(loads)), count):
            if all(sum(loads[v] for v in part) <= limit for part in parts_of(tree, cuts)):
                return count + 1
    raise AssertionError("every vertex alone is within the limit")


@given(trees(), st.integers(9, 30))
def test_no_cut_of_the_tree_has_fewer_parts(made: tuple[Tree, list[int]], limit: int) -> None:
    tree, loads = made
    parts = parts_of(tree, cut(tree, loads, limit))
    assert sorted(v for part in parts for v in part) == tree.order
    assert max(sum(loads[v] for v in part) for part in parts) <= limit
    assert len(parts) == fewest_by_trying(tree, loads, limit)


@given(trees(), st.integers(9, 30))
def test_the_even_cut_keeps_the_number_of_parts_and_its_heaviest_is_no_heavier(
    made: tuple[Tree, list[int]], limit: int
) -> None:
    tree, loads = made
    plain, even = (
        parts_of(tree, cuts)
        for cuts in (cut(tree, loads, limit), even_cut(tree, loads, limit, len(cut(tree, loads, limit)) + 1))
    )
    assert len(even) <= len(plain)
    assert max(sum(loads[v] for v in part) for part in even) <= max(sum(loads[v] for v in part) for part in plain)


def test_a_single_unit_above_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="exceeds the limit of 5"):
        cut(Tree([0, 1], [-1, 0]), [1, 6], 5)


def test_drawn_numbers_are_the_same_on_every_machine() -> None:
    assert [round(number, 6) for number in draws("青禾", 3)] == [0.277734, 0.669991, 0.566788]


def test_a_drawn_tree_spans_the_network() -> None:
    ring = Network([0, 1, 2, 3], [(0, 1), (1, 2), (2, 3), (0, 3)], [1.0, 1.0, 1.0, 1.0])
    tree = random_tree(ring, "一")
    assert sorted(tree.order) == [0, 1, 2, 3]
    assert all(tree.parent[at] < at for at in range(4))

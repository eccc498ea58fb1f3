"""Classes of a map: what differs looks different, what is equal looks alike, whatever the values are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.map_classes import COLOURS, map_classes, places_of

SOME = st.lists(st.sampled_from([n / 7 for n in range(12)]) | st.floats(-5, 5), min_size=1, max_size=30)


@given(SOME, st.booleans())
def test_each_value_is_in_exactly_one_class_and_none_is_empty(values: list[float], high: bool) -> None:
    classes = map_classes(values, high)
    assert all(sum(one.holds(value) for one in classes) == 1 for value in values)
    assert all(any(one.holds(value) for value in values) for one in classes)
    assert len(classes) == min(COLOURS, len(set(values)))


@given(SOME, st.booleans())
def test_a_better_value_never_has_a_worse_colour_and_the_best_and_the_worst_differ(
    values: list[float], high: bool
) -> None:
    classes = map_classes(values, high)
    shades = [next(one.shade for one in classes if one.holds(value)) for value in values]
    ordered = sorted(zip(values, shades, strict=True), reverse=high)
    assert [shade for _value, shade in ordered] == sorted(shades)
    if len(set(values)) > 1:
        assert (min(shades), max(shades)) == (0, COLOURS - 1)


@given(SOME, st.booleans())
def test_places_are_as_in_a_race(values: list[float], high: bool) -> None:
    places = places_of(values, high)
    for value, place in zip(values, places, strict=True):
        better = sum(other > value if high else other < value for other in values)
        assert place == better + 1


def test_nothing_to_be_parted_gives_no_class() -> None:
    assert map_classes([], True) == []

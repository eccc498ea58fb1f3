"""Counts by row and by column are the same, and partial counts add up in any order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.cases.evaluation.counts import COUNTS, CaseFacts, merge, tally, tally_columns, with_derived

ROWS = st.lists(
    st.tuples(st.sampled_from(["青禾镇", "云岭镇", "河西镇"]), st.integers(0, 3), st.integers(0, 1)), max_size=30
)


@given(ROWS)
def test_rows_and_columns_give_the_same_counts(rows: list[tuple[str, int, int]]) -> None:
    by_row = tally((key, {"returned": returned, "closed": closed}) for key, returned, closed in rows)
    columns = {"returned": np.array([r for _, r, _ in rows], dtype=int), "closed": np.array([c == 1 for *_, c in rows])}
    assert tally_columns([key for key, *_ in rows], columns) == by_row


@given(ROWS, st.integers(0, 30), st.integers(0, 30))
def test_partitions_merged_in_any_order_are_the_whole(rows: list[tuple[str, int, int]], one: int, other: int) -> None:
    counted = [(key, {"returned": returned, "closed": closed}) for key, returned, closed in rows]
    first, last = sorted((one, other))
    parts = [tally(part) for part in (counted[:first], counted[first:last], counted[last:])]
    assert merge(parts) == merge(parts[::-1]) == tally(counted)


def test_a_case_counts_what_follows_from_its_facts() -> None:
    late = CaseFacts(handled=True, closed=True, closed_in_time=True, handling_minutes=90).counts()
    assert (late["handled_late"], late["closed_late"], late["not_closed"], late["handling_minutes"]) == (1, 0, 0, 90)
    assert CaseFacts().counts()["not_closed"] == 1


def test_every_fact_of_a_case_has_its_words() -> None:
    assert set(CaseFacts().counts()) == set(COUNTS)


def test_a_count_that_is_given_is_not_derived() -> None:
    assert with_derived({"handled": 5, "handled_in_time": 3, "handled_late": 1})["handled_late"] == 1


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="column closed has 1 rows, the keys have 2"):
        tally_columns(["a", "b"], {"closed": np.array([1])})

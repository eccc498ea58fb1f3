"""A text that must be one of a few words."""

import pytest

from guatu.core.dispatch.goal import DIRECTIONS
from guatu.web.base.words import one_of


def test_a_column_holds_one_of_the_words_or_it_is_a_fault_of_ours() -> None:
    assert one_of(DIRECTIONS, "reach") == "reach"
    with pytest.raises(LookupError, match="'sideways' is none of up, down, reach, hold"):
        one_of(DIRECTIONS, "sideways")

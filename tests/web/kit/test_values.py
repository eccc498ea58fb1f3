"""Ids out of addresses and forms."""

import pytest
from django.http import QueryDict

from guatu.web.base.problems import Invalid
from guatu.web.kit.values import LARGEST_ID, id_in, ids_in, seen_rows, whole


@pytest.mark.parametrize("text", ["", "-1", "1.0", "٣", "³", "x", str(LARGEST_ID + 1), "9" * 5000])
def test_what_is_no_id_is_none(text: str) -> None:
    assert id_in(text) is None
    with pytest.raises(Invalid):
        whole(QueryDict(mutable=True) | {"pk": text or "-"}, "pk")


def test_ids_are_taken_from_among_what_was_sent() -> None:
    assert ids_in(["7", "x", str(LARGEST_ID), "9" * 5000]) == [7, LARGEST_ID]


def test_a_row_is_seen_with_its_version_and_not_without() -> None:
    assert seen_rows(["17:3", "18", "19:", ":3", "20:1:2", "x:1"]) == [(17, 3)]

"""A server that lists 1,000 requests at most is asked until nothing is missing, or it is said that some are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from guatu.adapters.open311 import client
from guatu.adapters.open311.asked import read_query
from guatu.adapters.open311.messages import MOST_LISTED, ServiceRequest

THERE = client.Neighbour("https://example.org/open311/v2")
BEGIN = datetime(2024, 6, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MADE = [
    ServiceRequest(service_request_id=str(n), status="open", service_code="C0101", requested_datetime=BEGIN)
    for n in range(2_500)
]


def answering(monkeypatch: pytest.MonkeyPatch, *, pages: bool) -> None:
    """A server with 2,500 requests of one instant, the newest first, with pages or without."""

    def asked(_there: Any, _path: str, _kind: Any, query: Mapping[str, str]) -> list[ServiceRequest]:
        start, end = (datetime.fromisoformat(query[name]) for name in ("start_date", "end_date"))
        found = MADE if start <= BEGIN <= end else []
        at = (int(query.get("page", "1")) - 1) * MOST_LISTED if pages else 0
        return found[at : at + MOST_LISTED]

    monkeypatch.setattr(client, "_asked", asked)


def test_more_than_an_answer_of_one_minute_is_taken_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, pages=True)
    found = list(client.requests_between(THERE, BEGIN - 5 * MINUTE, BEGIN + 5 * MINUTE))
    assert sorted(int(one.service_request_id) for one in found) == list(range(2_500))


def test_a_server_without_pages_is_told_of_and_what_it_gave_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, pages=False)
    taken = []
    with pytest.raises(client.NeighbourError, match="1000 at most"):
        for one in client.requests_between(THERE, BEGIN - 5 * MINUTE, BEGIN + 5 * MINUTE):
            taken.append(one)
    assert len(taken) == MOST_LISTED


@pytest.mark.parametrize("given", [{"page": ["0"]}, {"page": ["x"]}, {"page_size": ["1001"]}, {"page_size": ["-1"]}])
def test_a_page_that_is_none_is_a_fault(given: dict[str, list[str]]) -> None:
    found, faults = read_query(given, BEGIN)
    assert found is None
    assert len(faults) == 1
    assert next(iter(given)) in faults[0].description

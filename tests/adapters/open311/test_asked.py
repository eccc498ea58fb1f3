"""Reports and queries are read, or refused with all their faults at once."""

from datetime import UTC, datetime, timedelta

import pytest

from guatu.adapters.open311.asked import read_new_request, read_query
from guatu.adapters.open311.messages import RequestQuery
from tests.adapters.open311.test_wire import DEFINITION, SERVICES

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
DEFINITIONS = {"0101": DEFINITION}
GOOD = [
    ("api_key", "x"),
    ("service_code", "0101"),
    ("lat", "30.76"),
    ("long", "110.46"),
    ("description", "<script>井盖</script>没了"),
    ("attribute[WHAT]", "gone"),
    ("first_name", "  "),
    ("phone", "111-1111"),
]


def test_a_report_is_read_with_its_attributes_and_its_text_as_it_is() -> None:
    found, faults = read_new_request(GOOD, SERVICES, DEFINITIONS)
    assert faults == []
    assert found is not None
    assert (found.lat, found.long, found.phone, found.first_name) == (30.76, 110.46, "111-1111", None)
    assert found.attributes == {"WHAT": ("gone",)}
    assert found.description == "<script>井盖</script>没了"


@pytest.mark.parametrize("place", [("address_string", "禾苗路 3 号"), ("address_id", "545483")])
def test_an_address_is_a_place_too(place: tuple[str, str]) -> None:
    found, faults = read_new_request([("service_code", "9902"), place], SERVICES, DEFINITIONS)
    assert found is not None and faults == [] and found.lat is None


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"service_code": ""}, 400, "service_code is missing"),
        ({"service_code": "77"}, 404, "there is no service_code 77"),
        ({"lat": "91"}, 400, "lat is degrees from -90 to 90, not 91"),
        ({"long": "nan"}, 400, "long is degrees from -180 to 180, not nan"),
        ({"lat": ""}, 400, "the place is missing: give lat and long, or address_string, or address_id"),
        ({"description": "长" * 4001}, 400, "description has over 4000 characters"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url is to be an http or https address"),
        ({"media_url": "http://[broken"}, 400, "media_url is to be an http or https address"),
        ({"attribute[WHAT]": ""}, 400, "attribute[WHAT] is missing"),
        ({"attribute[WHAT]": "other"}, 400, "other is no singlevaluelist of attribute[WHAT]"),
    ],
)
def test_a_fault_has_its_code_and_says_what_to_do(change: dict[str, str], code: int, message: str) -> None:
    found, faults = read_new_request({**dict(GOOD), **change}.items(), SERVICES, DEFINITIONS)
    assert found is None
    assert [(fault.code, fault.description.split(" / ")[1]) for fault in faults] == [(code, message)]


def test_all_faults_come_at_once() -> None:
    _, faults = read_new_request([("service_code", "0101"), ("lat", "x")], SERVICES, DEFINITIONS)
    assert len(faults) == 3


def test_a_question_for_one_value_takes_no_two() -> None:
    _, faults = read_new_request([*GOOD, ("attribute[WHAT][]", "loud")], SERVICES, DEFINITIONS)
    assert [fault.description.split(" / ")[1] for fault in faults] == ["attribute[WHAT] takes one value"]


def test_a_query_without_dates_is_for_the_last_90_days() -> None:
    found, _ = read_query({"status": ["open,closed"], "service_code": ["0101", "0101,9902"]}, NOW)
    assert found == RequestQuery(
        service_codes=("0101", "9902"), statuses=("open", "closed"), start=NOW - timedelta(days=90), end=NOW
    )


def test_ids_override_everything_else() -> None:
    found, _ = read_query({"service_request_id": ["7, 8"], "status": ["nonsense"]}, NOW)
    assert found == RequestQuery(service_request_ids=("7", "8"))


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"status": ["done"]}, "status is open or closed, not done"),
        ({"start_date": ["2026-01-01"]}, "start_date is an ISO 8601 instant with its offset, not 2026-01-01"),
        ({"start_date": ["2026-02-01T00:00:00Z"], "end_date": ["2026-01-01T00:00:00Z"]}, "start_date is after end_date"),
        ({"start_date": ["2026-01-01T00:00:00Z"], "end_date": ["2026-04-02T00:00:00Z"]}, "the span may not exceed 90 days"),
    ],
)  # fmt: skip
def test_a_query_that_means_nothing_is_refused(parameters: dict[str, list[str]], message: str) -> None:
    found, faults = read_query(parameters, NOW)
    assert found is None
    assert [fault.description.split(" / ")[1] for fault in faults] == [message]

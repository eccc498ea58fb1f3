"""The messages of the GeoReport v2 documents, with texts of our own, go out and come back in JSON and XML."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.open311.messages import (
    Attribute,
    AttributeValue,
    Fault,
    Receipt,
    Service,
    ServiceDefinition,
    ServiceRequest,
)
from guatu.adapters.open311.wire import WireError, from_json, from_xml, to_json, to_xml

SERVICES = [
    Service(
        service_code="0101",
        service_name="上水井盖",
        description="井盖缺失、破损、移位",
        metadata=True,
        keywords="井盖, 道路",
        group="公用设施",
    ),
    Service(service_code="9902", service_name="暴露垃圾", type="batch"),
]
DEFINITION = ServiceDefinition(
    "0101",
    (
        Attribute(
            variable=True,
            code="WHAT",
            datatype="singlevaluelist",
            required=True,
            datatype_description="选一项",
            order=1,
            description="井盖怎么了?",
            values=(AttributeValue("gone", "缺失"), AttributeValue("loud", "松动、响")),
        ),
        Attribute(
            variable=False, code="NOTE", datatype="text", required=False, order=2, description="危险时请先拨打电话"
        ),
    ),
)
REQUESTS = [
    ServiceRequest(
        service_request_id="QH-2026-000638",
        status="closed",
        status_notes="与前一件重复",
        service_name="上水井盖",
        service_code="0101",
        agency_responsible="青禾县水务局",
        requested_datetime=datetime(2026, 4, 14, 6, 37, 38, tzinfo=timezone(timedelta(hours=8))),
        updated_datetime=datetime(2026, 4, 14, 7, 37, 38, tzinfo=UTC),
        expected_datetime=datetime(2026, 4, 15, 6, 37, 38, tzinfo=UTC),
        address="禾苗路与水车巷路口",
        address_id="545483",
        lat=30.762221815,
        long=110.4651145,
        media_url="https://example.org/638.jpg",
    ),
    ServiceRequest(
        service_request_id="QH-2026-000639",
        status="open",
        service_code="9902",
        requested_datetime=datetime(2026, 4, 19, 6, 37, 38, tzinfo=UTC),
    ),
]
RECEIPTS = [Receipt(service_request_id="QH-2026-000640", service_notice="24 小时内到场"), Receipt(token="t-77")]
FAULTS = [Fault(403, "api_key 无效 / the api_key is not valid"), Fault(404, "没有该类别 / no such service")]
LISTS: list[tuple[list[Any], type[Any]]] = [
    (SERVICES, Service), (REQUESTS, ServiceRequest), (RECEIPTS, Receipt), (FAULTS, Fault)
]  # fmt: skip


@pytest.mark.parametrize(("messages", "kind"), LISTS)
def test_lists_come_back_as_they_went_out(messages: list[Any], kind: type[Any]) -> None:
    assert from_json(to_json(messages), kind) == messages
    assert from_xml(to_xml(messages, kind), kind) == messages


def test_a_definition_comes_back_as_it_went_out() -> None:
    assert from_json(to_json(DEFINITION), ServiceDefinition) == [DEFINITION]
    assert from_xml(to_xml(DEFINITION, ServiceDefinition), ServiceDefinition) == [DEFINITION]


@pytest.mark.parametrize(
    ("messages", "kind", "root"),
    [([], Service, b"<services/>"), ([], ServiceRequest, b"<service_requests/>"), ([], Fault, b"<errors/>")],
)
def test_an_empty_list_has_its_root(messages: list[Any], kind: type[Any], root: bytes) -> None:
    assert to_xml(messages, kind).splitlines()[1] == root
    assert from_xml(to_xml(messages, kind), kind) == []


def test_services_have_the_elements_of_the_document_in_utf_8() -> None:
    text = to_xml(SERVICES, Service).decode()
    assert text.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<services>\n  <service>\n")
    for line in ("<service_code>0101</service_code>", "<metadata>true</metadata>", "<type>realtime</type>", "<group>公用设施</group>"):  # fmt: skip
        assert line in text


def test_a_definition_nests_its_attributes_and_values() -> None:
    text = "".join(line.strip() for line in to_xml(DEFINITION, ServiceDefinition).decode().splitlines())
    assert (
        "<service_definition><service_code>0101</service_code><attributes><attribute><variable>true</variable>" in text
    )
    assert "<values><value><key>gone</key><name>缺失</name></value>" in text


def test_requests_in_json_have_numbers_for_coordinates_and_offsets_on_instants() -> None:
    first = json.loads(to_json(REQUESTS))[0]
    assert (first["lat"], first["long"]) == (30.762221815, 110.4651145)
    assert first["requested_datetime"] == "2026-04-14T06:37:38+08:00"
    assert first["zipcode"] is None


def test_numbers_for_texts_and_texts_for_numbers_are_read() -> None:
    sent = b"""[{"service_request_id": 638349, "status": "open", "service_code": 7, "lat": "30.5", "long": 110,
        "requested_datetime": "2026-04-14T06:37:38Z", "address_id": 545483, "media_url": "", "unknown": [1]}]"""
    (found,) = from_json(sent, ServiceRequest)
    assert (found.service_request_id, found.service_code, found.lat, found.address_id) == (
        "638349",
        "7",
        30.5,
        "545483",
    )
    assert found.media_url is None
    (question,) = from_json(
        b'{"service_code": 3, "attributes": [{"variable": "true", "code": 5, "datatype": "text", "required": false}]}',
        ServiceDefinition,
    )
    assert (question.attributes[0].code, question.attributes[0].variable) == ("5", True)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"{", "JSON"),
        (b"[3]", "1: int"),
        (b'[{"service_code": "1"}]', "service_name"),
        (b'[{"service_code": "1", "service_name": "a", "type": "slow"}]', "slow"),
    ],
)
def test_what_is_no_service_is_refused_with_the_reason(sent: bytes, reason: str) -> None:
    with pytest.raises(WireError, match=reason) as raised:
        from_json(sent, Service)
    assert reason in raised.value.zh


def test_an_instant_without_its_offset_is_refused() -> None:
    sent = b'[{"service_request_id": "1", "status": "open", "service_code": "1", "requested_datetime": "2026-04-14T06:37:38"}]'
    with pytest.raises(WireError, match="timezone"):
        from_json(sent, ServiceRequest)


@pytest.mark.parametrize("sent", [b"", b"<services>", b"<errors/>", b"\xff\xfe\x00"])
def test_xml_that_is_broken_or_another_message_is_refused(sent: bytes) -> None:
    with pytest.raises(WireError):
        from_xml(sent, Service)


def test_entities_are_not_followed() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY f SYSTEM "http://127.0.0.1:9/x">]><errors><error><code>1</code><description>x&f;&b;</description></error></errors>'  # fmt: skip
    (found,) = from_xml(bomb, Fault)
    assert found.description == "x"


@given(st.text(min_size=1, max_size=30))
def test_no_text_of_a_citizen_breaks_the_xml(text: str) -> None:
    request = ServiceRequest(
        service_request_id="1", status="open", service_code="1", description=text, requested_datetime=datetime(2026, 1, 1, tzinfo=UTC)
    )  # fmt: skip
    (found,) = from_xml(to_xml([request], ServiceRequest), ServiceRequest)
    kept = [c for c in text if c.isprintable() and not c.isspace()]
    assert all(c in (found.description or "") for c in kept)

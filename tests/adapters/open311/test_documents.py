"""Each example of the GeoReport v2 document, in XML and JSON, in its own elements and types, with texts of our own."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl

import pytest

from guatu.adapters.open311.asked import read_new_request, read_query
from guatu.adapters.open311.messages import (
    Attribute,
    AttributeValue,
    Fault,
    Receipt,
    Service,
    ServiceDefinition,
    ServiceRequest,
)
from guatu.adapters.open311.wire import from_json, from_xml, to_json, to_xml

SERVICES = (
    b"""<?xml version="1.0" encoding="utf-8"?>
<services>
  <service><service_code>001</service_code><service_name>Bins</service_name><description>Bins on the road</description>
    <metadata>true</metadata><type>realtime</type><keywords>bin, road</keywords><group>sanitation</group></service>
  <service><service_code>002</service_code><metadata>true</metadata><type>realtime</type><keywords>plate</keywords>
    <group>street</group><service_name>Plate</service_name><description>A plate has moved</description></service>
</services>""",
    b"""[{"service_code": "001", "service_name": "Bins", "description": "Bins on the road", "metadata": true,
    "type": "realtime", "keywords": "bin, road", "group": "sanitation"},
    {"service_code": "002", "metadata": true, "type": "realtime", "keywords": "plate", "group": "street",
    "service_name": "Plate", "description": "A plate has moved"}]""",
    [
        Service(service_code="001", service_name="Bins", description="Bins on the road", metadata=True, keywords="bin, road", group="sanitation"),
        Service(service_code="002", service_name="Plate", description="A plate has moved", metadata=True, keywords="plate", group="street"),
    ],
)  # fmt: skip
DEFINITION = (
    b"""<?xml version="1.0" encoding="utf-8"?>
<service_definition><service_code>DMV66</service_code><attributes><attribute>
  <variable>true</variable><code>WHISHETN</code><datatype>singlevaluelist</datatype><required>true</required>
  <datatype_description></datatype_description><order>1</order><description>Which number?</description>
  <values><value><key>123</key><name>A</name></value><value><key>124</key><name>B</name></value></values>
</attribute></attributes></service_definition>""",
    b"""{"service_code": "DMV66", "attributes": [{"variable": true, "code": "WHISHETN", "datatype": "singlevaluelist",
    "required": true, "datatype_description": null, "order": 1, "description": "Which number?",
    "values": [{"key": 123, "name": "A"}, {"key": 124, "name": "B"}]}]}""",
    [
        ServiceDefinition(
            "DMV66",
            (
                Attribute(
                    variable=True, code="WHISHETN", datatype="singlevaluelist", required=True, order=1,
                    description="Which number?", values=(AttributeValue("123", "A"), AttributeValue("124", "B")),
                ),
            ),
        )
    ],
)  # fmt: skip
POSTED = (
    b"""<?xml version="1.0" encoding="utf-8"?>
<service_requests><request><service_request_id>293944</service_request_id>
  <service_notice>Seen within a day</service_notice><account_id/></request></service_requests>""",
    b'[{"service_request_id": 293944, "service_notice": "Seen within a day", "account_id": null}]',
    [Receipt(service_request_id="293944", service_notice="Seen within a day")],
)
TOKEN = (
    b"""<?xml version="1.0" encoding="utf-8"?>
<service_requests><request><service_request_id>638344</service_request_id><token>12345</token></request></service_requests>""",
    b'[{"service_request_id": 638344, "token": 12345}]',
    [Receipt(service_request_id="638344", token="12345")],
)
WEST = timezone(timedelta(hours=-8))
LISTED = (
    b"""<?xml version="1.0" encoding="utf-8"?>
<service_requests>
  <request><service_request_id>638344</service_request_id><status>closed</status><status_notes>Twice.</status_notes>
    <service_name>Kerb</service_name><service_code>006</service_code><description></description>
    <agency_responsible></agency_responsible><service_notice></service_notice>
    <requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime>
    <updated_datetime>2010-04-14T06:37:38-08:00</updated_datetime>
    <expected_datetime>2010-04-15T06:37:38-08:00</expected_datetime><address>8th and Judah</address>
    <address_id>545483</address_id><zipcode>94122</zipcode><lat>37.762221815</lat><long>-122.4651145</long>
    <media_url>http://example.org/638344.jpg</media_url></request>
  <request><service_request_id>638349</service_request_id><status>open</status><status_notes/>
    <service_name>Kerb</service_name><service_code>006</service_code>
    <requested_datetime>2010-04-19T06:37:38Z</requested_datetime><lat>37.76</lat><long>-122.42</long></request>
</service_requests>""",
    b"""[{"service_request_id": 638344, "status": "closed", "status_notes": "Twice.", "service_name": "Kerb",
    "service_code": "006", "description": null, "agency_responsible": null, "service_notice": null,
    "requested_datetime": "2010-04-14T06:37:38-08:00", "updated_datetime": "2010-04-14T06:37:38-08:00",
    "expected_datetime": "2010-04-15T06:37:38-08:00", "address": "8th and Judah", "address_id": 545483,
    "zipcode": 94122, "lat": 37.762221815, "long": -122.4651145, "media_url": "http://example.org/638344.jpg"},
    {"service_request_id": 638349, "status": "open", "status_notes": null, "service_name": "Kerb",
    "service_code": "006", "requested_datetime": "2010-04-19T06:37:38Z", "lat": 37.76, "long": -122.42}]""",
    [
        ServiceRequest(
            service_request_id="638344", status="closed", status_notes="Twice.", service_name="Kerb", service_code="006",
            requested_datetime=datetime(2010, 4, 14, 6, 37, 38, tzinfo=WEST),
            updated_datetime=datetime(2010, 4, 14, 6, 37, 38, tzinfo=WEST),
            expected_datetime=datetime(2010, 4, 15, 6, 37, 38, tzinfo=WEST), address="8th and Judah", address_id="545483",
            zipcode="94122", lat=37.762221815, long=-122.4651145, media_url="http://example.org/638344.jpg",
        ),
        ServiceRequest(
            service_request_id="638349", status="open", service_name="Kerb", service_code="006", lat=37.76, long=-122.42,
            requested_datetime=datetime(2010, 4, 19, 6, 37, 38, tzinfo=UTC),
        ),
    ],
)  # fmt: skip
ALONE = (
    b"<service_requests><request>" + LISTED[0].partition(b"</request>")[2].partition(b"<request>")[2],
    b"[{" + LISTED[1].rpartition(b"{")[2],
    LISTED[2][1:],
)
ERRORS = (
    b"""<?xml version="1.0" encoding="utf-8"?>
<errors><error><code>403</code><description>The api_key is not known.</description></error></errors>""",
    b'[{"code": 403, "description": "The api_key is not known."}]',
    [Fault(403, "The api_key is not known.")],
)
EXAMPLES = [
    pytest.param(SERVICES, Service, id="GET services"),
    pytest.param(DEFINITION, ServiceDefinition, id="GET service definition"),
    pytest.param(POSTED, Receipt, id="POST request"),
    pytest.param(TOKEN, Receipt, id="GET service_request_id from a token"),
    pytest.param(LISTED, ServiceRequest, id="GET requests"),
    pytest.param(ALONE, ServiceRequest, id="GET request"),
    pytest.param(ERRORS, Fault, id="errors"),
]


@pytest.mark.parametrize(("example", "kind"), EXAMPLES)
def test_an_answer_of_the_document_is_read_in_both_formats(example: tuple[bytes, bytes, list[Any]], kind: Any) -> None:
    xml, json, messages = example
    assert from_xml(xml, kind) == messages
    assert from_json(json, kind) == messages


@pytest.mark.parametrize(("example", "kind"), EXAMPLES)
def test_what_we_answer_has_the_elements_of_the_document(example: tuple[bytes, bytes, list[Any]], kind: Any) -> None:
    from lxml import etree

    xml, _json, messages = example
    written = to_xml(messages[0] if kind is ServiceDefinition else messages, kind)
    assert from_json(to_json(messages[0] if kind is ServiceDefinition else messages), kind) == messages
    assert written.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    ours, theirs = etree.fromstring(written), etree.fromstring(xml)
    assert ours.tag == theirs.tag
    assert _filled(theirs) <= _filled(ours)


def _filled(root: Any) -> set[tuple[str, str, str]]:
    """Elements with a text, and where they stand."""
    found = [(one.getparent(), one) for one in root.iter() if (one.text or "").strip()]
    return {(parent.tag, one.tag, one.text.strip().replace("+00:00", "Z")) for parent, one in found}


POST = (
    "api_key=xyz&jurisdiction_id=city.example&service_code=001&lat=37.76524078&long=-122.4212043"
    "&address_string=1234+5th+street&email=a%40example.org&device_id=tt222111&account_id=123456&first_name=a&last_name=b"
    "&phone=111111111&description=A+hole+in+the+street&media_url=http%3A%2F%2Fexample.org%2F2212426634.jpg"
    "&attribute[WHISPAWN]=123456&attribute[WHISDORN]=COISL001"
)


def test_the_form_of_the_document_is_a_report() -> None:
    found, faults = read_new_request(parse_qsl(POST), SERVICES[2], {})
    assert faults == [] and found is not None
    assert (found.service_code, found.lat, found.long) == ("001", 37.76524078, -122.4212043)
    assert (found.address_string, found.device_id, found.account_id) == ("1234 5th street", "tt222111", "123456")
    assert found.media_url == "http://example.org/2212426634.jpg"
    assert found.attributes == {"WHISPAWN": ("123456",), "WHISDORN": ("COISL001",)}


def test_the_query_of_the_document_is_understood() -> None:
    asked = {"start_date": ["2010-05-24T00:00:00Z"], "end_date": ["2010-06-24T00:00:00Z"], "status": ["open"]}
    found, faults = read_query(asked, datetime(2026, 1, 1, tzinfo=UTC))
    assert faults == [] and found is not None
    assert (found.start, found.end) == (datetime(2010, 5, 24, tzinfo=UTC), datetime(2010, 6, 24, tzinfo=UTC))
    assert found.statuses == ("open",)

"""A published Open311 client against a running server, and our own client against it as a neighbour."""

from __future__ import annotations

import datetime
import urllib.parse
import urllib.request
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guatu.adapters.open311 import client as open311
from guatu.adapters.open311.client import Neighbour, NeighbourError
from guatu.adapters.open311.messages import NewRequest
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job, Setting
from guatu.web.cases.models import Case
from guatu.web.intake.models import OutsideNumber
from tests.web.cases.conftest import Desk, at
from tests.web.intake.conftest import Clients
from tests.web.live import Live, free_port, live_server

georeport = pytest.importorskip("georeport", reason="georeport is not installed · 没有安装 georeport")
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the other tests here; the running server has the time of its own clock."""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live_server(tmp_path_factory.mktemp("neighbour"), "guatu_neighbour", 1) as live:
        yield live


def file(there: Live, kind: str = "json", **changes: str) -> Any:
    """A report as the document says that one is filed: a form, with the key in it."""
    given = {
        "api_key": there.made["token"], "jurisdiction_id": "qinghe.example", "service_code": "C0101", "lat": "30.05",
        "long": "121.15", "address_string": "云岭路 12 号", "email": "a@example.org", "first_name": "三", "last_name": "张",
        "phone": "111 111 1111", "description": "井盖缺失", "media_url": "https://example.org/1.jpg", **changes,
    }  # fmt: skip
    body = urllib.parse.urlencode(given).encode()
    with urllib.request.urlopen(f"{there.url}/open311/v2/requests.{kind}", body, timeout=60) as answer:
        assert answer.status == 201
        return answer.read()


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_published_client_lists_services_reads_a_definition_and_finds_what_was_filed(there: Live, kind: str) -> None:
    client = georeport.GeoReport(f"{there.url}/open311/v2", jurisdiction="qinghe.example", output_format=kind)
    services = client.get_service_list()
    assert {"C0101", "C0104"} <= {service["service_code"] for service in services}
    assert all(service["service_name"] and service["type"] == "realtime" for service in services)
    assert client.get_service_definition("C0101")["service_code"] == "C0101"
    before = {one["service_request_id"] for one in _listed(client)}
    file(there, kind)
    file(there, kind, service_code="C0104")
    new = [one for one in _listed(client) if one["service_request_id"] not in before]
    assert {one["service_code"] for one in new} == {"C0101", "C0104"}
    one = next(one for one in new if one["service_code"] == "C0101")
    assert one["status"] == "open" and float(one["lat"]) == 30.05 and float(one["long"]) == 121.15
    assert client.get_service_request(one["service_request_id"])["service_request_id"] == one["service_request_id"]
    found = client.get_service_requests(service_request_id=",".join(n["service_request_id"] for n in new))
    assert {n["service_request_id"] for n in found} == {n["service_request_id"] for n in new}
    assert {n["service_code"] for n in client.get_service_requests(service_code="C0101,C0104", status="open")} == {"C0101", "C0104"}  # fmt: skip


def _listed(client: Any) -> list[dict[str, Any]]:
    try:
        return list(client.get_service_requests())
    except TypeError:  # an empty list in XML is no list to this client
        return []


def test_a_published_client_is_told_of_a_service_that_is_not_there(there: Live) -> None:
    import requests

    client = georeport.GeoReport(f"{there.url}/open311/v2")
    with pytest.raises(requests.HTTPError) as raised:
        client.get_service_definition("nonsense")
    assert raised.value.response.status_code == 404


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_our_own_client_asks_for_all_that_the_document_names(there: Live, kind: Any) -> None:
    known = Neighbour(f"{there.url}/open311/v2/", "qinghe.example", there.made["token"], kind)
    assert "C0101" in {service.service_code for service in open311.services(known)}
    assert open311.definition(known, "C0101").service_code == "C0101"
    given = NewRequest(service_code="C0101", lat=30.05, long=121.15, description="井盖缺失")
    receipt = open311.file_request(known, given, f"once-{kind}")
    assert receipt.service_request_id and open311.file_request(known, given, f"once-{kind}") == receipt
    assert open311.of_token(known, receipt.service_request_id).service_request_id == receipt.service_request_id
    found = open311.request(known, receipt.service_request_id)
    assert (found.description, found.lat, found.status) == ("井盖缺失", 30.05, "open")
    now = datetime.datetime.now(datetime.UTC)
    span = open311.requests_between(known, now - datetime.timedelta(days=200), now + datetime.timedelta(minutes=1))
    assert receipt.service_request_id in {one.service_request_id for one in span}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"api_key": "wrong"}, "403"),
        ({"address": "ftp://example.org"}, "http"),
        ({"address": "nonsense"}, "http"),
        ({"address": "http://127.0.0.1:{port}/"}, "cannot be reached"),
        ({"address": "{there}/accounts"}, "refused"),
    ],
)
def test_a_neighbour_that_cannot_be_asked_says_why(there: Live, change: dict[str, str], said: str) -> None:
    usual = {"address": f"{there.url}/open311/v2", "api_key": "k"}
    named = {name: value.format(port=free_port(), there=there.url) for name, value in change.items()}
    with pytest.raises(NeighbourError, match=said):
        open311.file_request(Neighbour(**{**usual, **named}), NewRequest(service_code="C0101", address_string="x"))


# Our own server as the neighbour of the county of the tests.


@pytest.fixture
def linshui(there: Live, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Live:
    monkeypatch.setenv("GUATU_OPEN311_KEY_LINSHUI", there.made["token"])
    classes = {"C0101": "urban_management/C0104", "C0104": "urban_management/C0101"}
    row = {"address": f"{there.url}/open311/v2", "classes": classes}
    Setting.objects.create(name="open311.neighbours", value={"linshui": row}, valid_from=datetime.date(2020, 1, 1))
    return there


def pulled(*words: str) -> str:
    out = StringIO()
    call_command("open311_pull", *words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_requests_of_a_neighbour_become_cases_once_by_the_table_of_classes(linshui: Live, client_of: Clients) -> None:
    file(linshui, description="<script>alert(1)</script>")
    file(linshui, service_code="C0301")
    out = pulled("linshui")
    assert Case.objects.count() == OutsideNumber.objects.filter(system="open311:linshui").count() > 0
    assert "没有对应的类别" in out
    case = Case.objects.filter(text__contains="<script>").get()
    assert (case.pack, case.class_code, case.source) == ("urban_management", "C0104", "api")
    assert "<script>alert" not in client_of("desk").get(f"/cases/{case.pk}/").content.decode()
    count = Case.objects.count()
    assert f"已有 {count} 件" in pulled("linshui") and Case.objects.count() == count
    pulled("linshui", "--since", "2026-01-01")
    assert Case.objects.count() == count


@pytest.mark.django_db
def test_what_lies_outside_the_county_is_told_and_not_taken(linshui: Live, borders: Any) -> None:
    file(linshui, lat="50", long="10", description="远处")
    assert "不在本县范围内" in pulled("linshui")
    assert not Case.objects.filter(text__contains="远处").exists()


@pytest.mark.django_db
def test_a_case_is_passed_on_once_and_does_not_come_back(linshui: Live, desk: Desk, client_of: Clients) -> None:
    case = desk.report(datetime.datetime.now(datetime.UTC), lon=121.15, lat=30.05)
    client = client_of("desk")
    assert 'name="neighbour"' in client.get(f"/cases/{case.pk}/").content.decode()
    assert client.post(f"/cases/{case.pk}/send", {"neighbour": "linshui"}).status_code == 302
    run_waiting()
    sent = OutsideNumber.objects.get(case=case)
    known = Neighbour(f"{linshui.url}/open311/v2", api_key=linshui.made["token"])
    found = open311.request(known, sent.number)
    assert sent.sent and (found.service_code, found.description) == ("C0104", case.text)
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert sent.number in page and "已转送" in page and 'name="neighbour"' not in page
    client.post(f"/cases/{case.pk}/send", {"neighbour": "linshui"})
    run_waiting()
    pulled("linshui")
    assert OutsideNumber.objects.filter(case=case).count() == 1
    assert not Case.objects.exclude(pk=case.pk).filter(outside_numbers__number=sent.number).exists()


@pytest.mark.django_db
def test_a_neighbour_that_is_down_leaves_a_message_and_no_case(linshui: Live, desk: Desk, client_of: Clients) -> None:
    row = Setting.objects.get(name="open311.neighbours")
    Setting.objects.filter(pk=row.pk).update(value={"linshui": {**row.value["linshui"], "address": f"http://127.0.0.1:{free_port()}"}})  # fmt: skip
    with pytest.raises(CommandError, match="连不上对方系统"):
        pulled("linshui")
    case = desk.report(at(3), lon=121.15, lat=30.05)
    client_of("desk").post(f"/cases/{case.pk}/send", {"neighbour": "linshui"})
    run_waiting()
    job = Job.objects.get(kind="intake.send")
    assert job.state == "failed" and "没有转送成功" in job.message and not OutsideNumber.objects.exists()


@pytest.mark.django_db
def test_nobody_is_called_as_it_comes(desk: Desk, client_of: Clients) -> None:
    case = desk.report(at(3))
    assert 'name="neighbour"' not in client_of("desk").get(f"/cases/{case.pk}/").content.decode()
    assert client_of("desk").post(f"/cases/{case.pk}/send", {"neighbour": "linshui"}).status_code == 302
    assert not Job.objects.exists()
    with pytest.raises(CommandError, match="没有名为"):
        pulled("linshui")


@pytest.mark.django_db
@pytest.mark.parametrize("value", [["x"], {"x": 1}, {"X Y": {"classes": {}}}, {"x": {"classes": {"1": "nonsense/C"}}}, {"x": {"classes": {"1": "urban_management/none"}}}])  # fmt: skip
def test_a_setting_that_is_wrong_is_told_and_breaks_no_page(desk: Desk, client_of: Clients, value: Any) -> None:
    Setting.objects.create(name="open311.neighbours", value=value, valid_from=datetime.date(2020, 1, 1))
    case = desk.report(at(3))
    assert client_of("desk").get(f"/cases/{case.pk}/").status_code == 200
    with pytest.raises(CommandError, match=r"open311\.neighbours"):
        pulled("x")


@pytest.mark.django_db
def test_others_pass_nothing_on(desk: Desk, client_of: Clients) -> None:
    case = desk.report(at(3))
    assert client_of("leader").post(f"/cases/{case.pk}/send", {"neighbour": "x"}).status_code == 403
    assert client_of("desk").post("/cases/99999/send", {"neighbour": "x"}).status_code == 404

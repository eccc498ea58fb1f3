"""Cases for programs: our own API, and Open311 GeoReport v2 in JSON and XML."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import etree

from guatu.adapters.open311.messages import Fault, Receipt, Service, ServiceRequest
from guatu.adapters.open311.wire import from_json, from_xml
from guatu.web.base.actions import perform
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.library import library
from guatu.web.cases.models import Case, Reporter
from tests.web.cases.conftest import Desk, at, photo
from tests.web.tokens import token_of

pytestmark = pytest.mark.django_db
Clients = Callable[[str], Client]
BASE = "/open311/v2/"


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(3, 10))


@pytest.fixture
def secret(desk: Desk) -> Case:
    rows = library().classes("disputes")
    action = OpenCase("disputes", rows[0].code if rows else "", "邻里排水纠纷", "柳林东村", source="unit")
    return perform(action, desk.context("village", at(3)))


def key_of(desk: Desk, role: str) -> str:
    return token_of(desk.county.users[role], at=at(1), expires_at=at(28))


def send(client: Client, address: str, body: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def test_a_program_opens_a_case_and_does_its_first_step(desk: Desk, client_of: Clients) -> None:
    client = client_of("desk")
    given = {
        "pack": "urban_management",
        "class_code": "C0137",
        "text": "路灯不亮",
        "address": "青禾大道",
        "phone": "138",
    }
    answers = [send(client, "/api/cases", given, "k1") for _n in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    case = answers[0].json()
    assert (case["open_steps"], case["source"], Case.objects.count()) == (["file"], "api", 1)
    assert "138" not in answers[0].content.decode()
    assert case["steps"][0]["moves"] == {"forward": "forward", "reject": "forward", "return": "return"}
    body = {"row_version": case["row_version"], "step": "file", "fields": {"class_code": "C0137"}}
    done = send(client, f"/api/cases/{case['id']}/moves", body)
    assert done.json()["open_steps"] == ["assign"]
    again = send(client, f"/api/cases/{case['id']}/moves", body)
    assert again.status_code == 409


def test_an_application_is_made_and_decided_by_programs(desk: Desk, client_of: Clients) -> None:
    case = desk.assigned(when=at(3, 9, 30))
    body = {"row_version": case.row_version, "step": "handle", "kind": "extend", "reason": "配件未到", "amount": 1}
    asked = send(client_of("lead"), f"/api/cases/{case.pk}/applications", body).json()
    ask = next(event for event in asked["events"] if event["kind"] == "ask")
    address = f"/api/cases/{case.pk}/applications/{ask['id']}"
    given = {"row_version": asked["row_version"], "grant": True}
    assert send(client_of("lead"), address, given).status_code == 403
    assert send(client_of("desk"), address, given).json()["due"] > asked["due"]


@pytest.mark.parametrize("role", ["leader", "supervision", "auditor", "collector", "lead", "town", "village", "desk"])
def test_the_api_shows_each_role_what_its_pages_show(desk: Desk, secret: Case, client_of: Clients, role: str) -> None:
    desk.report()
    found = client_of(role).get("/api/cases").json()
    sees = {row["code"] for row in found["rows"]}
    assert (secret.code in sees) == (role in ("town", "village"))
    assert found["count"] == len(sees)
    assert client_of(role).get(f"/api/cases/{secret.pk}").status_code == (200 if secret.code in sees else 404)


def test_who_has_nothing_to_do_with_cases_gets_none(desk: Desk, client_of: Clients) -> None:
    assert client_of("insurer").get("/api/cases").status_code == 403
    assert Client().get("/api/cases").status_code == 401


def test_classes_are_services_in_json_and_xml(desk: Desk) -> None:
    client = Client()
    listed = from_json(client.get(BASE + "services.json").content, Service)
    assert "C0101" in {one.service_code for one in listed}
    assert from_xml(client.get(BASE + "services.xml").content, Service) == listed
    assert client.get(BASE + "services/C0101.json").json()["service_code"] == "C0101"
    assert client.get(BASE + "services/X.xml").status_code == 404
    assert client.get(BASE + "services.html").status_code == 404


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_another_report_under_a_known_key_is_refused_and_the_same_one_is_the_same_case(desk: Desk, kind: str) -> None:
    given = {"api_key": key_of(desk, "collector"), "service_code": "C0101", "lat": "30.05", "long": "121.05"}
    address, headers = f"{BASE}requests.{kind}", {"Idempotency-Key": "k-1"}
    first, again = (Client().post(address, {**given, "description": "井盖缺失"}, headers=headers) for _n in range(2))
    assert first.status_code == again.status_code == 201 and first.content == again.content
    other = Client().post(address, {**given, "description": "路灯不亮"}, headers=headers)
    assert other.status_code == 422 and "没有保存" in other.content.decode()
    assert [case.text for case in Case.objects.all()] == ["井盖缺失"]


def test_the_photo_of_a_report_of_another_program_is_kept(desk: Desk) -> None:
    given = {"api_key": key_of(desk, "collector"), "service_code": "C0101", "lat": "30.05", "long": "121.05"}
    answer = Client().post(BASE + "requests.json", {**given, "description": "井盖缺失", "media": photo("a.jpg")})
    assert answer.status_code == 201
    assert [one.file.name for one in Case.objects.get().files.all()] == ["a.jpg"]
    text = SimpleUploadedFile("a.exe", b"MZ" + b"0" * 100, "application/octet-stream")
    refused = Client().post(BASE + "requests.json", {**given, "description": "井盖缺失", "media": text})
    assert refused.status_code == 422 and Case.objects.count() == 1


def test_parameters_that_nobody_knows_are_answered_with_what_there_is(desk: Desk) -> None:
    given = {"api_key": key_of(desk, "collector"), "service_code": "C0101", "lat": "30.05", "long": "121.05"}
    answer = Client().post(BASE + "requests.json", {**given, "descripton": "井盖缺失"})
    assert answer.status_code == 400 and "descripton" in answer.json()[0]["description"]
    listed = Client().get(BASE + "requests.json", {"statuses": "open"})
    assert listed.status_code == 400 and "statuses" in listed.json()[0]["description"]


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_report_of_another_program_becomes_a_case_and_can_be_asked_for(desk: Desk, kind: str) -> None:
    client = Client()
    key = key_of(desk, "collector")
    given = {
        "api_key": key, "service_code": "C0101", "lat": "30.05", "long": "121.05", "description": "井盖\0缺失",
        "first_name": "三", "last_name": "张", "phone": "13800000000", "media_url": "https://photos.example/1.jpg",
    }  # fmt: skip
    read = from_json if kind == "json" else from_xml
    answer = client.post(f"{BASE}requests.{kind}", given)
    assert answer.status_code == 201
    (receipt,) = read(answer.content, Receipt)
    case = Case.objects.get()
    assert receipt.service_request_id == str(case.pk) and case.code in (receipt.service_notice or "")
    assert (case.text, case.open_steps) == ("井盖缺失\nhttps://photos.example/1.jpg", "file")
    assert Reporter.objects.get(case=case).phone == "13800000000"
    (found,) = read(client.get(f"{BASE}requests/{case.pk}.{kind}").content, ServiceRequest)
    assert (found.status, found.service_code, found.lat, found.long) == ("open", "C0101", 30.05, 121.05)
    assert (found.description, found.address) == (None, None)
    (token,) = read(client.get(f"{BASE}tokens/{case.pk}.{kind}").content, Receipt)
    assert token.service_request_id == str(case.pk)


def test_the_code_of_a_case_is_in_no_public_answer_and_its_text_only_for_a_trusted_key(desk: Desk) -> None:
    case = desk.report(text="巷口井盖缺失", phone="13800000000")
    public = Client().get(BASE + "requests.json").content.decode()
    assert f'"{case.pk}"' in public
    assert case.code not in public and "巷口" not in public and "138" not in public
    keyed = Client().get(BASE + "requests.json", {"api_key": key_of(desk, "desk")}).content.decode()
    assert "巷口" in keyed and "13800000000" not in keyed
    unit = Client().get(BASE + "requests.json", {"api_key": key_of(desk, "lead")}).content.decode()
    assert "巷口" not in unit


def test_requests_are_found_by_state_class_and_time(desk: Desk) -> None:
    still, done = desk.report(at(3, 9)), desk.closed(at(3, 8))

    def ids(**query: str) -> set[str]:
        found = from_json(Client().get(BASE + "requests.json", query).content, ServiceRequest)
        return {one.service_request_id for one in found}

    assert ids() == {str(still.pk), str(done.pk)}
    assert ids(status="open") == {str(still.pk)}
    assert ids(status="closed", service_code="C0101") == {str(done.pk)}
    assert ids(service_code="C0137") == set()
    assert ids(service_request_id=f"{done.pk},abc,9999") == {str(done.pk)}
    assert ids(start_date="2024-05-01T00:00:00Z", end_date="2024-05-02T00:00:00Z") == set()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"api_key": "guatu_wrong"}, 403),
        ({"api_key": ""}, 403),
        ({"service_code": "X"}, 404),
        ({"service_code": ""}, 400),
        ({"lat": "99"}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"description": "长" * 4001}, 400),
    ],
)
def test_a_bad_report_is_answered_with_its_faults_in_the_asked_format(
    desk: Desk, changes: dict[str, str], status: int
) -> None:
    given = {"api_key": key_of(desk, "desk"), "service_code": "C0101", "lat": "30.05", "long": "121.05", **changes}
    answer = Client().post(BASE + "requests.xml", given)
    assert answer.status_code == status
    assert from_xml(answer.content, Fault)[0].code == status
    assert etree.fromstring(answer.content).tag == "errors"
    assert not Case.objects.exists()


def test_a_point_outside_the_county_is_refused_on_the_wire(desk: Desk, borders: Any) -> None:
    given = {"api_key": key_of(desk, "desk"), "service_code": "C0101", "lat": "50", "long": "10", "description": "x"}
    answer = Client().post(BASE + "requests.json", given)
    assert answer.status_code == 422 and "本县" in from_json(answer.content, Fault)[0].description


def test_confidential_cases_are_not_on_the_wire(secret: Case, desk: Desk) -> None:
    key = key_of(desk, "desk")
    for address in ("requests.json", f"requests/{secret.pk}.json", f"requests.json?service_request_id={secret.pk}"):
        answer = Client().get(BASE + address, {"api_key": key} if "?" not in address else {})
        assert secret.code not in answer.content.decode() and f'"{secret.pk}"' not in answer.content.decode()
    assert Client().get(f"{BASE}tokens/{secret.pk}.json").status_code == 404


def test_a_step_says_what_it_asks_for_and_the_desk_names_the_unit(desk: Desk, client_of: Clients) -> None:
    case = desk.assigned()
    client = client_of("desk")
    unit = desk.county.unit("县财政局").pk
    body = {"row_version": case.row_version, "unit": unit}
    address = f"/api/cases/{case.pk}/unit"
    assert send(client, address, body).status_code == 422, "another unit has it: a reason is needed"
    given = send(client, address, {**body, "reason": "职责调整"})
    assert given.status_code == 200
    case.refresh_from_db()
    assert case.unit_id == unit
    (step,) = given.json()["steps"]
    asked = {one["name"]: (one["kind"], one["zh"], one["required"]) for one in step["asked"]}
    assert asked == {"result": ("lines", "办理结果", True), "photo_after": ("photo", "办理后照片", True)}


def test_who_passes_a_confidential_case_on_is_answered_and_sees_it_no_more(
    secret: Case, desk: Desk, client_of: Clients
) -> None:
    Case.objects.filter(pk=secret.pk).update(unit=None, place=None, opened_by=None)
    client, unit = client_of("desk"), desk.county.unit("柳林东村").pk
    given = send(client, f"/api/cases/{secret.pk}/unit", {"row_version": secret.row_version, "unit": unit})
    assert (given.status_code, given.json()["unit_id"]) == (200, unit)
    assert client.get(f"/api/cases/{secret.pk}").status_code == 404
    again = send(client, f"/api/cases/{secret.pk}/unit", {"row_version": secret.row_version, "unit": unit})
    assert again.status_code == 404, "who may not see it gives it to nobody"
    Case.objects.filter(pk=secret.pk).update(unit=None)
    secret.refresh_from_db()
    page = client.post(f"/cases/{secret.pk}/give", {"seen": secret.row_version, "unit": unit}, follow=True)
    assert (
        page.status_code == 200 and page.request["PATH_INFO"] == "/cases/" and "已指定承办单位" in page.content.decode()
    )

"""Supervision for programs: orders, problems and circulars through the same actions as the pages, each role its own rows."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from guatu.web.base.models import AuditEntry
from guatu.web.dispatch.models import Circular, Order, OrderEvent, Problem, Report
from tests.web.supervision.conftest import NOW, Office, proof
from tests.web.tokens import token_of

pytestmark = pytest.mark.django_db
Api = Callable[..., Any]
WHOLE_COUNTY = ("supervision", "leader", "auditor", "admin")


@pytest.fixture(autouse=True)
def on_june_twelfth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def api(office: Office) -> Api:
    """Calls the API with a token of a role; JSON unless files are given."""
    tokens: dict[str, str] = {}

    def token(role: str) -> str:
        if role not in tokens:
            tokens[role] = token_of(office.board.county.users[role])
        return tokens[role]

    def call(role: str, method: str, url: str, given: Any = None, key: str = "", **files: Any) -> Any:
        headers = {"Authorization": f"Bearer {token(role)}", **({"Idempotency-Key": key} if key else {})}
        client, address = Client(), f"/api/{url}"
        if method == "get":
            return client.get(address, given, headers=headers)
        if files:
            return client.post(address, {**given, **files}, headers=headers)
        act = getattr(client, method)
        return act(address, json.dumps(given or {}), content_type="application/json", headers=headers)

    return call


def order_in(office: Office, **values: Any) -> dict[str, Any]:
    given = {
        "unit": office.unit("柳林镇"),
        "task": office.board.pipes.pk,
        "subject": "管网进度滞后",
        "text": "查明原因。",
    }
    return {**given, **values}


def two_orders(office: Office) -> tuple[Order, Order]:
    """One to 柳林镇, whose user is `town`, and one to 城关镇."""
    return office.issue(), office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))


def test_an_order_goes_its_whole_way_by_programs(office: Office, api: Api) -> None:
    made = api("supervision", "post", "orders", order_in(office), "k1")
    assert made.status_code == 201 and made.json()["number"] == "督办〔2024〕1号"
    order = made.json()
    assert (order["state"], order["due_on"], order["overdue"]) == ("issued", "2024-06-19", 0)
    replied = api(
        "town", "post", f"orders/{order['id']}/reply", {"row_version": 1, "text": "已增加施工队。"}, files=proof()
    )
    assert replied.status_code == 200 and replied.json()["proved"] is True
    (file,) = replied.json()["events"][-1]["files"]
    assert file["name"] == "现场照片.jpg" and len(file["sha256"]) == 64
    back = api("supervision", "post", f"orders/{order['id']}/return", {"row_version": 2, "reason": "照片不清"})
    assert (back.json()["state"], back.json()["events"][-1]["text"]) == ("returned", "照片不清")
    api(
        "town",
        "post",
        f"orders/{order['id']}/reply",
        {"row_version": 3, "text": "已补充。"},
        files=proof("二.jpg", b"\xff\xd8\xff 2"),
    )
    closed = api("supervision", "post", f"orders/{order['id']}/close", {"row_version": 4, "text": "属实"}).json()
    assert closed["state"] == "closed"
    assert [event["verb"] for event in closed["events"]] == ["issued", "replied", "returned", "replied", "closed"]
    assert closed["events"][1]["by"] == "town"


def test_an_order_sent_twice_with_one_key_is_one_order(office: Office, api: Api) -> None:
    first, again = (api("supervision", "post", "orders", order_in(office), "k1") for _ in range(2))
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert Order.objects.count() == 1
    reply = {"row_version": 1, "text": "已办。"}
    for _ in range(2):
        assert api("town", "post", f"orders/{first.json()['id']}/reply", reply, "k2", files=proof()).status_code == 200
    assert OrderEvent.objects.filter(verb="replied").count() == 1


def test_another_order_under_a_known_key_is_refused_and_not_taken_for_the_first(office: Office, api: Api) -> None:
    assert api("supervision", "post", "orders", order_in(office), "k1").status_code == 201
    other = api("supervision", "post", "orders", {**order_in(office), "subject": "另一件事", "despite": True}, "k1")
    assert (other.status_code, other.json()["code"]) == (422, "request.key-reused")
    assert "没有保存" in other.json()["message"]
    assert [order.subject for order in Order.objects.all()] == [order_in(office)["subject"]]


@pytest.mark.parametrize(
    ("step", "given", "status", "field"),
    [
        ("", {"subject": " "}, 422, "subject"),
        ("", {"due_on": "2024-06-01"}, 422, "due_on"),
        ("", {"due_on": "soon"}, 422, "due_on"),
        ("", {"unit": 99_999}, 422, "unit"),
        ("", {"task": None}, 422, "plan"),
        ("reply", {"row_version": 1, "text": ""}, 422, "text"),
        ("close", {"row_version": 1}, 409, ""),
        ("withdraw", {"row_version": 7, "reason": "重复"}, 409, ""),
        ("withdraw", {"row_version": 1, "reason": " "}, 422, "reason"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_code_and_field(
    office: Office, api: Api, step: str, given: dict[str, Any], status: int, field: str
) -> None:
    if step:
        role, url = ("town" if step == "reply" else "supervision"), f"orders/{office.issue().pk}/{step}"
        extra: dict[str, Any] = {"files": proof()} if step == "reply" else {}
        answer = api(role, "post", url, given, **extra)
    else:
        answer = api("supervision", "post", "orders", order_in(office, **given))
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert answer.json()["code"] and answer.json()["message"]


def test_a_second_open_order_is_told_and_issued_despite_it(office: Office, api: Api) -> None:
    office.issue()
    refused = api("supervision", "post", "orders", order_in(office))
    assert (refused.status_code, refused.json()["code"]) == (409, "order.open")
    assert api("supervision", "post", "orders", order_in(office, despite=True)).status_code == 201


def test_an_order_is_closed_without_a_file_only_with_the_reason(office: Office, api: Api) -> None:
    order = office.reply(office.issue())
    refused = api("supervision", "post", f"orders/{order.pk}/close", {"row_version": order.row_version})
    assert (refused.status_code, refused.json()["field"]) == (422, "waiver")
    given = {"row_version": order.row_version, "waiver": "电话核实"}
    closed = api("supervision", "post", f"orders/{order.pk}/close", given)
    assert closed.json()["events"][-1]["waiver"] == "电话核实"


def test_orders_are_filtered_and_paged(office: Office, api: Api) -> None:
    one, two = two_orders(office)

    def numbers(**wanted: Any) -> list[str]:
        return [row["number"] for row in api("supervision", "get", "orders", wanted).json()["rows"]]

    assert numbers() == [two.number, one.number]
    assert numbers(unit=two.unit_id) == [two.number]
    assert numbers(task=one.task_id, state="issued") == [one.number]
    assert numbers(state="closed") == [] and numbers(overdue=True) == []
    assert numbers(q=one.number) == [one.number]
    page = api("supervision", "get", "orders", {"limit": 1, "offset": 1}).json()
    assert (page["count"], page["offset"], len(page["rows"])) == (2, 1, 1)


@pytest.mark.parametrize("role", ["leader", "auditor", "admin", "lead", "responsible", "town", "village"])
def test_nobody_but_the_office_issues_or_decides(office: Office, api: Api, role: str) -> None:
    order = office.reply(office.issue())
    assert api(role, "post", "orders", order_in(office)).status_code == 403
    for step, more in (("return", {"reason": "x"}), ("close", {"waiver": "x"}), ("withdraw", {"reason": "x"})):
        answer = api(role, "post", f"orders/{order.pk}/{step}", {"row_version": order.row_version, **more})
        assert answer.status_code in (403, 404), step
    assert Order.objects.get(pk=order.pk).state == Order.State.REPLIED


def test_orders_of_other_units_are_neither_listed_nor_there(office: Office, api: Api) -> None:
    own, other = two_orders(office)
    for role in WHOLE_COUNTY:
        assert {row["id"] for row in api(role, "get", "orders").json()["rows"]} == {own.pk, other.pk}
    assert [row["id"] for row in api("town", "get", "orders").json()["rows"]] == [own.pk]
    for role in ("lead", "responsible"):
        assert api(role, "get", "orders").json()["rows"] == []
    assert api("village", "get", "orders").status_code == 403
    for role in ("town", "lead", "responsible"):
        for url in ("", "/order.docx", "/order.xlsx"):
            assert api(role, "get", f"orders/{other.pk}{url}").status_code == 404
        reply = api(role, "post", f"orders/{other.pk}/reply", {"row_version": 1, "text": "x"}, files=proof())
        assert reply.status_code == 404
    assert (
        api("leader", "post", f"orders/{other.pk}/reply", {"row_version": 1, "text": "x"}, files=proof()).status_code
        == 403
    )
    assert OrderEvent.objects.exclude(verb="issued").count() == 0


def test_an_order_comes_as_document_and_workbook(office: Office, api: Api) -> None:
    order = office.issue()
    found = api("town", "get", f"orders/{order.pk}/order.docx")
    assert order.subject in "".join(p.text for p in Document(io.BytesIO(found.content)).paragraphs)
    assert api("town", "get", f"orders/{order.pk}/order.xlsx").content[:2] == b"PK"


def test_a_file_of_a_reply_is_read_by_who_sees_the_order(office: Office, api: Api) -> None:
    order = office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    office.reply(order, files=(proof(),), role="reporter")
    (file,) = api("supervision", "get", f"orders/{order.pk}").json()["events"][-1]["files"]
    found = api("leader", "get", f"files/{file['file_id']}")
    assert b"".join(found.streaming_content) == b"\xff\xd8\xff photo"
    for role in ("town", "lead", "responsible", "village"):
        assert api(role, "get", f"files/{file['file_id']}").status_code == 404


def test_a_problem_is_listed_solved_and_taken_up_again(office: Office, api: Api) -> None:
    report = Report.objects.filter(period__key="2024-05", unit=office.unit("柳林镇")).exclude(problems="").first()
    assert report is not None
    given = {"report": report.pk, "due_on": "2024-07-01"}
    made = api("supervision", "post", "problems", given, "k1")
    again = api("supervision", "post", "problems", given, "k1")
    assert made.status_code == again.status_code == 201 and made.json() == again.json()
    problem = made.json()
    assert (problem["text"], problem["unit_id"], problem["task_id"]) == (
        report.problems,
        report.unit_id,
        report.task_id,
    )
    twice = api("supervision", "post", "problems", given, "k2")
    assert (twice.status_code, twice.json()["code"]) == (409, "problem.listed")
    order = api("supervision", "post", "orders", order_in(office, problem=problem["id"], task=report.task_id)).json()
    assert api("town", "get", f"problems/{problem['id']}").json()["order_ids"] == [order["id"]]
    url = f"problems/{problem['id']}/solve"
    assert api("supervision", "post", url, {"row_version": 1, "text": "已协调"}).json()["code"] == "order.open"
    api("supervision", "post", f"orders/{order['id']}/withdraw", {"row_version": 1, "reason": "重复"})
    solved = api("supervision", "post", url, {"row_version": 1, "text": "已协调"}).json()
    assert (solved["state"], solved["solution"]) == ("solved", "已协调")
    assert api("supervision", "get", "problems", {"state": "open"}).json()["count"] == 0
    back = api("supervision", "post", url, {"row_version": 2, "text": "又停工", "again": True}).json()
    assert (back["state"], back["row_version"]) == ("open", 3)


def test_problems_of_other_units_are_neither_listed_nor_there(office: Office, api: Api) -> None:
    for name, task in (("柳林镇", office.board.pipes), ("城关镇", office.board.patrol)):
        given = {"text": "征地受阻", "task": task.pk, "unit": office.unit(name)}
        assert api("supervision", "post", "problems", given).status_code == 201
    own, other = Problem.objects.order_by("id")
    for role in WHOLE_COUNTY:
        assert {row["id"] for row in api(role, "get", "problems").json()["rows"]} == {own.pk, other.pk}
    assert [row["id"] for row in api("town", "get", "problems").json()["rows"]] == [own.pk]
    for role in ("lead", "responsible", "village"):
        assert api(role, "get", "problems").json()["count"] == 0
    for role in ("town", "lead", "responsible", "village"):
        assert api(role, "get", f"problems/{other.pk}").status_code == 404
        assert api(role, "post", f"problems/{other.pk}/solve", {"row_version": 1, "text": "x"}).status_code == 404
        assert api(role, "post", "problems", {"text": "x", "task": 1, "unit": 1}).status_code == 403
    assert api("town", "post", f"problems/{own.pk}/solve", {"row_version": 1, "text": "x"}).status_code == 403


def test_a_circular_is_made_written_issued_and_taken_away(office: Office, api: Api) -> None:
    office.close("2024-05")
    period = office.board.period("2024-05").pk
    made = api("supervision", "post", "circulars", {"period": period}, "k1")
    again = api("supervision", "post", "circulars", {"period": period}, "k1")
    assert made.status_code == again.status_code == 201 and made.json()["id"] == again.json()["id"]
    circular = made.json()
    assert circular["body"]["total"]["due"] > 0 and circular["period"] == "2024-05"
    second = api("supervision", "post", "circulars", {"period": period})
    assert (second.status_code, second.json()["code"]) == (409, "circular.draft")
    url = f"circulars/{circular['id']}"
    given = {"row_version": 1, "title": "关于五月进展的通报", "texts": {"demands": "各单位抓紧整改。"}}
    edited = api("supervision", "put", url, given).json()
    assert (edited["title"], edited["texts"]["demands"]) == ("关于五月进展的通报", "各单位抓紧整改。")
    assert edited["texts"]["overall"] == circular["texts"]["overall"]
    late = api("supervision", "put", url, given)
    assert (late.status_code, late.json()["code"]) == (409, "version.conflict")
    strange = api("supervision", "put", url, {"row_version": 2, "title": "x", "texts": {"nothing": "y"}})
    assert strange.status_code == 422
    issued = api("supervision", "post", f"{url}/issue", {"row_version": 2}).json()
    assert (issued["state"], issued["number"]) == ("issued", "督查通报〔2024〕1号")
    assert api("supervision", "put", url, {**given, "row_version": 3}).json()["code"] == "circular.issued"
    paper = Document(io.BytesIO(api("leader", "get", f"{url}/circular.docx").content))
    texts = "".join(p.text for p in paper.paragraphs)
    assert "关于五月进展的通报" in texts and "各单位抓紧整改。" in texts and issued["number"] in texts
    assert api("leader", "get", f"{url}/circular.xlsx").content[:2] == b"PK"


@pytest.mark.parametrize(
    ("role", "draft", "done", "listed"),
    [
        ("supervision", 200, 200, 1),
        ("leader", 404, 200, 1),
        ("auditor", 404, 200, 1),
        ("admin", 404, 200, 1),
        ("lead", 404, 404, None),
        ("responsible", 404, 404, None),
        ("town", 404, 404, None),
        ("village", 404, 404, None),
    ],
)
def test_circulars_are_there_for_whom_they_are_shown(
    office: Office, api: Api, role: str, draft: int, done: int, listed: int | None
) -> None:
    pk = api("supervision", "post", "circulars", {"period": office.board.period("2024-05").pk}).json()["id"]
    urls = [f"circulars/{pk}{more}" for more in ("", "/circular.docx", "/circular.xlsx")]
    assert {api(role, "get", url).status_code for url in urls} == {draft}
    if role != "supervision":
        assert api(role, "put", urls[0], {"row_version": 1, "title": "x"}).status_code in (403, 404)
        assert api(role, "post", f"{urls[0]}/issue", {"row_version": 1}).status_code in (403, 404)
        assert api(role, "post", "circulars", {"period": office.board.period("2024-05").pk}).status_code == 403
    assert api("supervision", "post", f"{urls[0]}/issue", {"row_version": 1}).status_code == 200
    assert {api(role, "get", url).status_code for url in urls} == {done}
    found = api(role, "get", "circulars", {"state": "issued"})
    assert found.status_code == 403 if listed is None else found.json()["count"] == listed
    assert Circular.objects.get().title != "x"


def test_every_write_leaves_its_audit_line(office: Office, api: Api) -> None:
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    order = api("supervision", "post", "orders", order_in(office)).json()
    api("town", "post", f"orders/{order['id']}/reply", {"row_version": 1, "text": "已办"}, files=proof())
    api("supervision", "post", f"orders/{order['id']}/close", {"row_version": 2})
    api(
        "supervision",
        "post",
        "problems",
        {"text": "征地", "task": office.board.pipes.pk, "unit": office.unit("柳林镇")},
    )
    api("supervision", "post", "circulars", {"period": office.board.period("2024-05").pk})
    lines = AuditEntry.objects.exclude(pk__in=before).order_by("id").values_list("action", "user__username")
    assert list(lines) == [
        ("dispatch.issue-order", "supervision"),
        ("dispatch.reply-order", "town"),
        ("dispatch.close-order", "supervision"),
        ("dispatch.open-problem", "supervision"),
        ("dispatch.make-circular", "supervision"),
    ]


def test_a_list_of_orders_asks_as_many_queries_for_many_as_for_one(office: Office, api: Api) -> None:
    office.issue()
    api("supervision", "get", "orders")
    with CaptureQueriesContext(connection) as few:
        api("supervision", "get", "orders")
    for _ in range(6):
        office.issue(despite=True)
    with CaptureQueriesContext(connection) as many:
        assert api("supervision", "get", "orders").json()["count"] == 7
    assert len(many) == len(few)

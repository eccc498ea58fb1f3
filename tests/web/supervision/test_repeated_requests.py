"""One key is one content, whichever way a request comes: a page, a program, a file, several at once. A second content under
it is refused aloud and nothing of it is stored; the first again is done once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from guatu.web.dispatch.models import Order, OrderEvent
from tests.house.project import python
from tests.web.supervision.conftest import Office, proof
from tests.web.tokens import token_of

pytestmark = pytest.mark.django_db
CODE = "request.key-reused"


def api(office: Office, role: str, path: str, given: Any, key: str, **files: Any) -> Any:
    headers = {"Authorization": f"Bearer {token_of(office.board.county.users[role])}", "Idempotency-Key": key}
    if files:
        return Client().post(f"/api/{path}", {**given, **files}, headers=headers)
    return Client().post(f"/api/{path}", json.dumps(given), content_type="application/json", headers=headers)


def texts(order: Order) -> list[str]:
    return list(OrderEvent.objects.filter(order=order, verb="replied").values_list("text", flat=True))


def test_a_page_under_the_key_of_another_content_is_refused(office: Office) -> None:
    order = office.issue()
    town = Client()
    town.force_login(office.board.county.users["town"])
    sent = {"seen": order.row_version, "text": "已增加施工队。", "_key": "a1"}
    answers = [town.post(f"/orders/{order.pk}/reply", given) for given in (sent, sent, {**sent, "text": "已完工。"})]
    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "这次提交的内容没有保存" in answers[-1].content.decode()
    assert texts(order) == ["已增加施工队。"]


def test_a_program_under_the_key_of_another_content_is_refused(office: Office) -> None:
    given = {
        "unit": office.unit("柳林镇"),
        "task": office.board.pipes.pk,
        "subject": "管网滞后",
        "text": "查明原因。",
    }
    answers = [
        api(office, "supervision", "orders", one, "k1") for one in (given, given, {**given, "subject": "另一件"})
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert answers[0].json()["id"] == answers[1].json()["id"] and answers[2].json()["code"] == CODE
    assert list(Order.objects.values_list("subject", flat=True)) == ["管网滞后"]


def test_another_file_is_another_content(office: Office) -> None:
    order = office.issue()
    given = {"row_version": order.row_version, "text": "已增加施工队。"}
    files = (proof(), proof(), proof(content=b"\xff\xd8\xff another"))
    answers = [api(office, "town", f"orders/{order.pk}/reply", given, "k2", files=file) for file in files]
    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert answers[2].json()["code"] == CODE and texts(order) == ["已增加施工队。"]


def test_other_rows_of_several_at_once_are_another_content(office: Office) -> None:
    given = {"reports": [{"id": office.board.report("2024-05", office.board.pipes, "柳林镇").pk, "row_version": 1}]}
    other = {"reports": [{**given["reports"][0], "row_version": 2}]}
    answers = [api(office, "supervision", "reviews/accept", one, "k3") for one in (given, given, other)]
    assert [answer.status_code for answer in answers] == [200, 200, 422] and answers[2].json()["code"] == CODE


LEAVE_IT_OUT = {
    # One form, several actions: each file by itself, whose hash makes it one; drafts, each the next content.
    "src/guatu/web/dispatch/views/evidence.py": 2,
    "src/guatu/web/dispatch/views/reports.py": 1,
    # Opening periods finds what is open; a try keeps nothing.
    "src/guatu/web/dispatch/views/periods.py": 1,
    "src/guatu/web/county/api.py": 1,
    # Cases of one file have keys of their own, made of their rows.
    "src/guatu/web/intake/jobs.py": 1,
}


def test_the_ways_that_leave_the_key_out_are_named_with_their_reason() -> None:
    found = {file: text.count('key=""') for file, text in python("src/guatu/web/").items()}
    views = {file: count for file, count in found.items() if count and "/actions/" not in file}
    assert views == LEAVE_IT_OUT

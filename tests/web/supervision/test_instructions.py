"""What a leader writes on something becomes an order that both sides see and that is tracked to its closing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.dispatch.actions.close_order import CloseOrder
from guatu.web.dispatch.actions.instruct import AskLeader, Instruct
from guatu.web.dispatch.actions.order_by_word import LONGEST_SUBJECT, subject_of
from guatu.web.dispatch.models import Circular, Instruction, Order, Report
from tests.web.supervision.conftest import NOW, Office, proof
from tests.web.supervision.test_today import rows_of

pytestmark = pytest.mark.django_db
WORDS = "请水利局本月底前查清征地受阻的原因。逐户上门做工作,结果报我。"


@pytest.fixture
def now(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return office


def instructed(office: Office, role: str = "leader", **more: Any) -> Instruction:
    given = {"text": WORDS, "unit": office.unit("柳林镇"), "task": office.board.pipes.pk, **more}
    return perform(Instruct(**given), office.context(role))


def test_an_instruction_becomes_an_order_with_owner_day_and_an_audit_line_each(now: Office) -> None:
    made = instructed(now, due_on=datetime.date(2024, 6, 28))
    order = made.order
    assert order is not None and (order.unit_id, order.due_on) == (now.unit("柳林镇"), datetime.date(2024, 6, 28))
    assert (order.text, order.subject, order.task) == (WORDS, "请水利局本月底前查清征地受阻的原因", now.board.pipes)
    things = set(AuditEntry.objects.filter(action="dispatch.instruct").values_list("object_type", flat=True))
    assert things == {"dispatch.instruction", "dispatch.order"}


def test_both_sides_see_it_and_it_is_answered_and_closed_as_any_order(now: Office, client_of: Any) -> None:
    order = instructed(now).order
    assert order is not None
    assert [row[0] for row in rows_of(client_of("town").get("/").content.decode(), "orders")] == [order.subject]
    under_way = rows_of(client_of("leader").get("/").content.decode(), "instructions")
    assert [address for _text, address in under_way] == [f"/orders/{order.pk}/"]
    now.reply(order, files=(proof(),))
    order.refresh_from_db()
    perform(CloseOrder(order.pk, order.row_version, "属实"), now.context())
    assert rows_of(client_of("leader").get("/").content.decode(), "instructions") == []
    listed = client_of("leader").get("/orders/instructions/?state=done").content.decode()
    assert WORDS[:20] in listed and "已销号" in listed
    assert "批示" in client_of("town").get(f"/orders/{order.pk}/").content.decode()


@pytest.mark.parametrize("role", ["supervision", "lead", "town", "auditor", "admin"])
def test_only_a_leader_instructs(now: Office, role: str) -> None:
    with pytest.raises(Denied):
        instructed(now, role)
    assert not Instruction.objects.exists() and not Order.objects.exists()


def test_a_unit_sees_no_instruction_to_another(now: Office, client_of: Any) -> None:
    instructed(now, unit=now.unit("石门镇"))
    assert WORDS[:10] not in client_of("town").get("/orders/instructions/").content.decode()
    assert WORDS[:10] in client_of("supervision").get("/orders/instructions/").content.decode()


def test_a_question_waits_on_the_leaders_first_screen_and_leads_to_its_answer(now: Office, client_of: Any) -> None:
    asked = perform(AskLeader("是否同意调减柳林镇任务?", task=now.board.pipes.pk), now.context())
    client: Client = client_of("leader")
    [(text, address)] = rows_of(client.get("/").content.decode(), "questions")
    assert text == "是否同意调减柳林镇任务?" and client.get(address).status_code == 200
    answer = client.post(address, {"text": "不同意,加紧施工。", "seen": asked.row_version})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.text == "不同意,加紧施工。" and asked.order is None
    assert rows_of(client.get("/").content.decode(), "questions") == []
    with pytest.raises(NotNow):
        perform(Instruct("再说一次", question=asked.pk, seen=asked.row_version), now.context("leader"))


def test_the_page_of_a_report_and_of_a_circular_lead_to_an_instruction_on_them(now: Office, client_of: Any) -> None:
    client: Client = client_of("leader")
    report = Report.objects.filter(unit=now.unit("柳林镇"), period__key="2024-05").get()
    assert f"/orders/instructions/new/?report={report.pk}" in client.get(f"/reports/{report.pk}/").content.decode()
    sent = {"text": WORDS, "unit": now.unit("柳林镇"), "due_on": "2024-06-28"}
    assert client.post(f"/orders/instructions/new/?report={report.pk}", sent).status_code == 302
    made = Instruction.objects.get()
    assert (made.report, made.task, made.plan) == (report, report.task, now.board.plan)
    assert (
        f"/orders/instructions/new/?task={now.board.pipes.pk}"
        in client.get(f"/tasks/{now.board.pipes.pk}/").content.decode()
    )


def test_an_instruction_on_a_circular_goes_by_its_plan(now: Office) -> None:
    from guatu.web.dispatch.actions.make_circular import MakeCircular

    circular: Circular = perform(MakeCircular(now.board.period("2024-05").pk), now.context())
    made = instructed(now, task=None, circular=circular.pk)
    assert (made.plan, made.task, made.circular) == (now.board.plan, None, circular)


def test_what_is_missing_is_said_at_its_field(now: Office) -> None:
    for more, field in (({"text": " "}, "text"), ({"unit": None}, "unit"), ({"task": None}, "plan")):
        with pytest.raises(Invalid) as raised:
            instructed(now, **more)
        assert raised.value.field == field


@pytest.mark.parametrize("text", ["一句。两句。", "\n\n第一行\n第二行", "长" * 200])
def test_the_subject_is_the_first_sentence_and_never_too_long(text: str) -> None:
    found = subject_of(text)
    assert 0 < len(found) <= LONGEST_SUBJECT and text.strip().startswith(found.rstrip("…"))

"""A meeting of dispatch: its agenda comes from the figures, its decisions become orders, and the next one asks for them."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from guatu.web.base.actions import perform
from guatu.web.base.problems import Conflict, Denied, NotNow
from guatu.web.dispatch.actions.close_order import CloseOrder
from guatu.web.dispatch.actions.meetings import AddDecision, EditMeeting, IssueMeeting, MakeMeeting, RemoveDecision
from guatu.web.dispatch.models import Light, Meeting, Order
from tests.web.supervision.conftest import NOW, Office, proof

pytestmark = pytest.mark.django_db
DUE = datetime.date(2024, 6, 28)


@pytest.fixture
def now(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return office


def made(office: Office, held_on: datetime.date | None = None) -> Meeting:
    return perform(MakeMeeting(office.board.period("2024-05").pk, held_on or NOW.date()), office.context())


def decide(office: Office, meeting: Meeting, text: str = "调配两支施工队。", **more: Any) -> Any:
    given = {"unit": office.unit("柳林镇"), "due_on": DUE, "task": office.board.pipes.pk, **more}
    return perform(AddDecision(meeting.pk, text, **given), office.context())


def issue(office: Office, meeting: Meeting) -> Meeting:
    meeting.refresh_from_db()
    return perform(IssueMeeting(meeting.pk, meeting.row_version), office.context())


def test_the_agenda_holds_the_figures_of_the_period(now: Office) -> None:
    meeting = made(now)
    red = Light.objects.filter(period__key="2024-05", target=None, colour="red").count()
    assert f"严重滞后 {red} 个" in meeting.agenda and "新建供水管网（柳林镇" in meeting.agenda
    assert meeting.agenda.startswith("1.听取2024年5月")


def test_each_decision_is_an_order_with_its_unit_and_day_once_the_minutes_are_issued(now: Office) -> None:
    meeting = made(now)
    decide(now, meeting)
    decide(now, meeting, "财政局下达第二批资金。", unit=now.unit("县财政局"), task=None)
    assert not Order.objects.exists()
    issue(now, meeting)
    orders = [(o.unit_id, o.due_on, o.text) for o in Order.objects.order_by("pk")]
    assert orders == [
        (now.unit("柳林镇"), DUE, "调配两支施工队。"),
        (now.unit("县财政局"), DUE, "财政局下达第二批资金。"),
    ]
    assert all(one.order for one in meeting.decisions.all())


def test_minutes_that_are_issued_do_not_change(now: Office) -> None:
    meeting = made(now)
    one = decide(now, meeting)
    issue(now, meeting)
    meeting.refresh_from_db()
    tries = (
        AddDecision(meeting.pk, "x", now.unit("柳林镇"), DUE),
        RemoveDecision(one.pk),
        IssueMeeting(meeting.pk, meeting.row_version),
        EditMeeting(meeting.pk, meeting.row_version, "x", NOW.date(), "y"),
    )
    for action in tries:
        with pytest.raises(NotNow):
            perform(action, now.context())
    assert Order.objects.count() == 1


def test_the_next_meeting_begins_with_what_became_of_the_last_decisions(now: Office, client_of: Any) -> None:
    first = made(now)
    decide(now, first)
    decide(now, first, "石门镇倒排工期。", unit=now.unit("石门镇"))
    issue(now, first)
    order = Order.objects.order_by("pk").first()
    assert order is not None
    now.reply(order, files=(proof(),))
    order.refresh_from_db()
    perform(CloseOrder(order.pk, order.row_version, "属实"), now.context())
    second = made(now, NOW.date() + datetime.timedelta(days=7))
    assert second.agenda.startswith("1.通报上次会议议定事项落实情况：2 项中已办结 1 项。")
    page = client_of("supervision").get(f"/orders/meetings/{second.pk}/").content.decode()
    assert page.index("上次议定事项落实情况") < page.index("石门镇倒排工期") < page.index('id="edit-h"')
    assert "已销号" in page and f"/orders/{order.pk}/" in page


def test_empty_minutes_and_those_of_a_meeting_ahead_are_not_issued(now: Office) -> None:
    with pytest.raises(NotNow):
        issue(now, made(now))
    ahead = made(now, NOW.date() + datetime.timedelta(days=1))
    decide(now, ahead)
    with pytest.raises(NotNow):
        issue(now, ahead)


def test_of_two_who_write_the_second_is_told(now: Office) -> None:
    meeting = made(now)
    seen = meeting.row_version
    perform(EditMeeting(meeting.pk, seen, "甲", NOW.date(), "一"), now.context())
    with pytest.raises(Conflict):
        perform(EditMeeting(meeting.pk, seen, "乙", NOW.date(), "二"), now.context())


@pytest.mark.parametrize("role", ["leader", "lead", "town", "auditor"])
def test_only_the_office_writes_minutes(now: Office, role: str) -> None:
    with pytest.raises(Denied):
        perform(MakeMeeting(now.board.period("2024-05").pk, NOW.date()), now.context(role))


def test_a_unit_sees_the_minutes_that_decide_something_for_it_and_no_others(now: Office, client_of: Any) -> None:
    own, other, draft = made(now), made(now), made(now)
    decide(now, own)
    decide(now, other, unit=now.unit("石门镇"))
    for meeting in (own, other):
        issue(now, meeting)
    client: Client = client_of("town")
    found = [client.get(f"/orders/meetings/{one.pk}/").status_code for one in (own, other, draft)]
    assert found == [200, 404, 404]
    assert client_of("leader").get(f"/orders/meetings/{other.pk}/").status_code == 200


def test_the_paper_names_the_meeting_and_each_decision_with_unit_and_day(now: Office, client_of: Any) -> None:
    meeting = made(now)
    decide(now, meeting)
    issue(now, meeting)
    data = client_of("supervision").get(f"/orders/meetings/{meeting.pk}/minutes.docx").content
    said = "\n".join(line.text for line in Document(io.BytesIO(data)).paragraphs)
    assert f"{meeting.title}纪要" in said.replace("\n", "") and "2024年6月12日" in said
    assert "调配两支施工队。（责任单位：柳林镇人民政府；完成时限：2024年6月28日）" in said


def test_a_meeting_is_made_written_and_issued_on_its_pages(now: Office, client_of: Any) -> None:
    client: Client = client_of("supervision")
    period = now.board.period("2024-05").pk
    there = client.post("/orders/meetings/", {"period": period, "held_on": "2024-06-12"})["Location"]
    given = {"text": "石门镇倒排工期。", "unit": now.unit("石门镇"), "due_on": "2024-06-28"}
    assert client.post(f"{there}decisions", given).status_code == 302
    meeting = Meeting.objects.get()
    assert "石门镇倒排工期" in client.get(there).content.decode()
    assert client.post(f"{there}issue", {"seen": meeting.row_version}).status_code == 302
    assert Order.objects.get().unit_id == now.unit("石门镇")
    assert "会议议定" in client.get(f"/orders/{Order.objects.get().pk}/").content.decode()

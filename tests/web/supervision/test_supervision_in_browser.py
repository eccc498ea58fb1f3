"""The campaign map and the pages of supervision in a real browser: both languages, desk and phone, keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.dispatch.actions.instruct import AskLeader, Instruct
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.actions.meetings import AddDecision, IssueMeeting, MakeMeeting
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.models import Circular, Instruction, LadderEvent, Meeting, Order
from tests.web.browser import FACES, wrong
from tests.web.directory.test_pages_in_browser import draw
from tests.web.supervision.conftest import NOW, Office, proof


@pytest.fixture
def shown(year: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """12 June 2024: five months with lights; orders issued, answered and closed; problems, a talk, circulars of both kinds."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    draw(year.board.county)
    year.issue(task=year.board.patrol.pk, unit=year.unit("城关镇"), subject="河道巡查缺报")
    year.reply(year.issue(), files=(proof(),))
    for name, task in (("柳林镇", year.board.pipes), ("城关镇", year.board.patrol)):
        perform(OpenProblem(text="征地受阻,管沟无法开挖。", task=task.pk, unit=year.unit(name)), year.context())
    LadderEvent.objects.create(
        task=year.board.pipes, unit=year.board.county.unit("柳林镇"), kind="step", step="talk", on=NOW.date(), at=NOW
    )
    period = year.board.period("2024-05").pk
    perform(MakeCircular(period, "monthly"), year.context())
    circular = perform(MakeCircular(period), year.context())
    perform(IssueCircular(circular.pk, circular.row_version), year.context())
    perform(
        Instruct("请水利局月底前查清征地受阻的原因。", unit=year.unit("柳林镇"), task=year.board.pipes.pk),
        year.context("leader"),
    )
    perform(AskLeader("是否调减柳林镇任务?", task=year.board.pipes.pk), year.context())
    for held_on in (NOW.date() - timedelta(days=7), NOW.date()):
        meeting = perform(MakeMeeting(period, held_on), year.context())
        perform(AddDecision(meeting.pk, "调配施工队。", year.unit("柳林镇"), NOW.date()), year.context())
        if held_on < NOW.date():
            perform(IssueMeeting(meeting.pk, meeting.row_version), year.context())
    yield year


def addresses(office: Office) -> list[tuple[str, str, str]]:
    answered = Order.objects.get(state=Order.State.REPLIED).pk
    waiting = Order.objects.filter(state=Order.State.ISSUED).earliest("pk").pk
    talk = LadderEvent.objects.get(step="talk").pk
    draft, issued = Circular.objects.order_by("pk").values_list("pk", flat=True)
    held, coming = Meeting.objects.order_by("pk").values_list("pk", flat=True)
    asked = Instruction.objects.latest("pk").pk
    return [
        ("map", "supervision", "/map/"),
        ("map-of-a-town", "town", "/map/"),
        ("map-of-a-week", "leader", "/map/?measure=trend&week=2024-W23"),
        ("today", "leader", "/"),
        ("today-of-the-office", "supervision", "/"),
        ("today-of-a-town", "town", "/"),
        ("orders", "supervision", "/orders/?state="),
        ("order-new", "supervision", f"/orders/new/?task={office.board.pipes.pk}&unit={office.unit('柳林镇')}"),
        ("order-answered", "supervision", f"/orders/{answered}/"),
        ("order-of-a-town", "town", f"/orders/{answered}/"),
        ("order-waiting", "supervision", f"/orders/{waiting}/"),
        ("problems", "supervision", "/orders/problems/"),
        ("problem-new", "supervision", f"/orders/problems/new/?task={office.board.pipes.pk}"),
        ("steps", "supervision", "/orders/steps/"),
        ("talk", "supervision", f"/orders/talks/{talk}/"),
        ("circulars", "supervision", "/circulars/"),
        ("circular-draft", "supervision", f"/circulars/{draft}/"),
        ("circular-issued", "leader", f"/circulars/{issued}/"),
        ("instructions", "leader", "/orders/instructions/"),
        ("instruction-new", "leader", f"/orders/instructions/new/?task={office.board.pipes.pk}"),
        ("instruction-asked", "leader", f"/orders/instructions/new/?question={asked}"),
        ("instruction-ask", "supervision", "/orders/instructions/ask/"),
        ("meetings", "supervision", "/orders/meetings/"),
        ("meeting-issued", "leader", f"/orders/meetings/{held}/"),
        ("meeting-draft", "supervision", f"/orders/meetings/{coming}/"),
        ("notices", "supervision", "/orders/notices/"),
        ("calendar", "town", "/calendar/"),
        ("tasks", "supervision", "/tasks/"),
        ("targets", "supervision", "/targets/"),
        ("plans", "supervision", "/plans/"),
    ]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_is_accessible_and_fits(browse: Any, shown: Office, width: int, language: str) -> None:
    assert wrong(browse, "supervision", addresses(shown), width, language) == {}


def test_an_order_is_issued_answered_and_closed_with_the_keyboard_alone(browse: Any, shown: Office) -> None:
    office = browse("supervision", f"/orders/new/?task={shown.board.quality.pk}&unit={shown.unit('县水利局')}")
    type_into(office, "subject", "水质达标率偏低")
    type_into(office, "text", "查明原因,限期整改。")
    enter(office, office.locator("main form button.btn-primary").last)
    office.wait_for_url("**/orders/*/")
    order = Order.objects.latest("pk")
    assert (order.subject, order.unit_id) == ("水质达标率偏低", shown.unit("县水利局"))
    lead = browse("lead", f"/orders/{order.pk}/", width=390)
    type_into(lead, "text", "已更换滤料,复测合格。")
    enter(lead, lead.get_by_role("button", name="提交反馈"))
    lead.get_by_text("反馈已提交").wait_for()
    office.goto(office.url)
    type_into(office, "waiver", "现场核实,无需附件")
    enter(office, office.get_by_role("button", name="通过并销号"))
    office.get_by_text("已销号。").wait_for()
    assert Order.objects.get(pk=order.pk).state == Order.State.CLOSED


def type_into(page: Any, name: str, text: str) -> None:
    """Writes over what stands in the first field of that name, as the keyboard does."""
    field = page.locator(f"main [name={name}]:visible").first
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    assert field.input_value() == text


def enter(page: Any, button: Any) -> None:
    button.focus()
    page.keyboard.press("Enter")

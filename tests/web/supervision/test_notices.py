"""Notices go out by background work: no network delays or undoes an action, and failures are seen and tried again."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from guatu.adapters.notices import mail_address, send
from guatu.web.base.actions import perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job
from guatu.web.base.problems import Denied, Invalid
from guatu.web.dispatch.actions.renew_calendar import RenewCalendar
from guatu.web.dispatch.actions.send_again import SendAgain
from guatu.web.dispatch.models import Notice, NoticeDelivery
from guatu.web.dispatch.notices import channels, people_of
from guatu.web.dispatch.selectors.notices import notice_rows, visible_notices
from guatu.web.dispatch.selectors.personal_calendar import events_of
from guatu.web.ledger.models import Milestone
from tests.web.supervision.conftest import NOW, Hook, Office

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
Put = Callable[[str, Any], None]


def states() -> list[str]:
    return list(NoticeDelivery.objects.order_by("id").values_list("state", flat=True))


def test_an_order_is_told_to_its_unit_on_the_page_even_without_channels(office: Office) -> None:
    order = office.issue()
    notice = Notice.objects.get()
    assert notice.unit_id == order.unit_id
    assert order.number in notice.title and "2024-06-19" in notice.text
    assert notice.path == f"/orders/{order.pk}/"
    assert not Job.objects.filter(kind="dispatch.notice").exists()


def test_a_notice_goes_to_the_webhook_after_the_action(office: Office, setting: Put, hook: Hook) -> None:
    setting("notices.urls", [hook.url])
    setting("site.url", "https://guatu.example.cn/")
    order = office.issue()
    assert hook.bodies == []
    run_waiting()
    (body,) = [json.loads(text) for text in hook.bodies]
    assert order.number in body["title"]
    assert f"https://guatu.example.cn/orders/{order.pk}/" in body["message"]
    assert states() == ["sent"]


def test_an_action_that_fails_tells_nobody(office: Office, setting: Put, hook: Hook) -> None:
    setting("notices.urls", [hook.url])
    with pytest.raises(Invalid):
        office.issue(subject="")
    run_waiting()
    assert hook.bodies == [] and not Notice.objects.exists()


def test_a_failure_is_kept_with_its_reason_and_without_the_address(office: Office, setting: Put, hook: Hook) -> None:
    setting("notices.urls", [{"name": "督查群", "url": hook.url}])
    hook.status = 500
    office.issue()
    run_waiting()
    delivery = NoticeDelivery.objects.get()
    assert (delivery.state, delivery.channel, delivery.attempts) == ("failed", "督查群", 1)
    assert delivery.error and "hook-secret-path" not in delivery.error
    hook.status = 200
    with pytest.raises(Denied):
        perform(SendAgain(), office.context("town"))
    assert perform(SendAgain(), office.context()) == 1
    run_waiting()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 2, "")
    with pytest.raises(Invalid):
        perform(SendAgain(), office.context())


def test_a_channel_that_nobody_understands_fails_with_words(office: Office, setting: Put) -> None:
    setting("notices.urls", ["no address at all"])
    office.issue()
    run_waiting()
    assert states() == ["failed"]
    assert "notices.urls" in NoticeDelivery.objects.get().error


def test_a_message_is_sent_once_however_often_its_job_runs(office: Office, setting: Put, hook: Hook) -> None:
    setting("notices.urls", [hook.url])
    office.issue()
    run_waiting()
    Job.objects.filter(kind="dispatch.notice").update(state=Job.State.WAITING)
    run_waiting()
    assert len(hook.bodies) == 1


def test_channels_may_be_limited_to_kinds_and_units(setting: Put) -> None:
    setting(
        "notices.urls",
        [
            "wecombot://key",
            {"name": "督办群", "url": "dingtalk://token", "kinds": ["order"]},
            {"name": "柳林", "url": "feishu://token", "units": ["t1"]},
        ],
    )
    every, orders, town = channels(NOW.date())
    assert every.name == "wecombot 1"
    assert every.takes("ladder.reminder", "t0")
    assert orders.takes("order.issued", "t0") and not orders.takes("ladder.order", "t0")
    assert town.takes("order.issued", "t1") and not town.takes("order.issued", "t2")


def test_mail_goes_to_the_people_of_the_unit_itself(office: Office, setting: Put) -> None:
    setting("notices.mail", "mailto://user:secret@127.0.0.1:9?from=dc@example.cn")
    users = office.board.county.users
    for role in ("town", "village", "supervision"):
        users[role].email = f"{role}@example.cn"
        users[role].save()
    unit = office.unit("柳林镇")
    assert [user.username for user in people_of(unit, NOW.date())] == ["town"]
    assert [user.username for user in people_of(None, NOW.date())] == ["supervision"]
    office.issue()
    delivery = NoticeDelivery.objects.get()
    assert (delivery.channel, delivery.user) == ("mail", users["town"])


def test_a_mail_address_is_put_together() -> None:
    assert mail_address("mailtos://u:p@h?from=a@b.cn", "张三+1@b.cn").endswith(
        "from=a@b.cn&to=%E5%BC%A0%E4%B8%89%2B1%40b.cn"
    )
    assert mail_address("mailtos://u:p@h", "a@b.cn") == "mailtos://u:p@h?to=a%40b.cn"


def test_nothing_is_raised_for_what_a_network_does() -> None:
    outcome = send("json://127.0.0.1:9/secretpath", "标题", "内容")
    assert not outcome.sent and outcome.reason and "secretpath" not in outcome.reason


@pytest.mark.parametrize(
    ("role", "count"), [("supervision", 3), ("town", 1), ("lead", 0), ("village", 0), ("leader", 2)]
)
def test_everybody_sees_the_notices_of_their_own_units(office: Office, role: str, count: int) -> None:
    office.reply(office.issue())
    office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    actor = office.context(role).actor
    assert len(notice_rows(actor, list(visible_notices(actor)))) == count


def test_units_do_not_see_how_messages_went_out(office: Office, setting: Put, hook: Hook) -> None:
    setting("notices.urls", [hook.url])
    office.issue()
    actor = office.context("town").actor
    assert notice_rows(actor, list(visible_notices(actor)))[0].deliveries == []


def feed(office: Office, role: str, today: datetime.date = TODAY) -> dict[str, Any]:
    return {e.uid.split("@")[0]: e for e in events_of(office.board.county.users[role], today, "https://g.example.cn")}


def test_a_calendar_holds_reports_orders_and_milestones_of_the_own_units(office: Office) -> None:
    order = office.issue()
    office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    row = Milestone.objects.create(task=office.board.pipes, title="完成招标", planned_end=datetime.date(2024, 7, 1))
    Milestone.objects.create(task=office.board.patrol, title="配齐人员", planned_end=datetime.date(2024, 7, 1))
    office.board.open(NOW.replace(month=7, day=1))
    found = feed(office, "town", datetime.date(2024, 7, 1))
    june = office.board.period("2024-06")
    assert set(found) == {f"order-{order.pk}", f"milestone-{row.pk}", f"period-{june.pk}"}
    assert found[f"order-{order.pk}"].title == f"{order.number}反馈时限:柳林镇人民政府"
    assert found[f"period-{june.pk}"].title == "2024年6月填报截止:1 项"
    assert found[f"order-{order.pk}"].url == f"https://g.example.cn/orders/{order.pk}/"


def test_the_office_sees_all_orders_that_wait_in_its_calendar(office: Office) -> None:
    first, second = office.issue(), office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    office.reply(first)
    assert set(feed(office, "supervision")) == {f"order-{second.pk}"}


def test_the_feed_is_a_calendar_that_programs_read(office: Office, client: Client) -> None:
    order = office.issue(when=NOW)
    user = office.board.county.users["town"]
    from guatu.web.dispatch.models import Order

    Order.objects.filter(pk=order.pk).update(due_on=timezone.localdate())
    response = client.get(f"/calendar/{user.calendar_token}.ics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    found = next(event for event in events if str(event["UID"]).startswith(f"order-{order.pk}@"))
    assert found.decoded("DTSTART") == timezone.localdate()
    assert order.number in str(found["SUMMARY"])


def test_a_renewed_address_takes_the_old_one_away(office: Office, client: Client) -> None:
    user = office.board.county.users["town"]
    old = user.calendar_token
    assert client.get(f"/calendar/{old}.ics").status_code == 200
    renewed = perform(RenewCalendar(), office.context("town"))
    assert renewed.calendar_token != old
    assert client.get(f"/calendar/{old}.ics").status_code == 404
    assert client.get(f"/calendar/{renewed.calendar_token}.ics").status_code == 200
    assert client.get("/calendar/00000000-0000-0000-0000-000000000000.ics").status_code == 404


def test_the_calendar_of_a_user_who_is_gone_is_empty_of_everything(office: Office, client: Client) -> None:
    user = office.board.county.users["town"]
    user.is_active = False
    user.save()
    assert client.get(f"/calendar/{user.calendar_token}.ics").status_code == 404

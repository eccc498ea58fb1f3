"""The page on which everybody begins: what each role must do today stands there, and each row leads to where it is done."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.base.actions.named import action_names
from guatu.web.base.permissions import permissions
from guatu.web.county.today import CHANGES
from guatu.web.dispatch.models import Light, Order, Report
from guatu.web.kit.today import MOST, Part, Row, parts, shown, when
from guatu.web.project import urls
from tests.web.supervision.conftest import NOW, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown_today(year: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """12 June 2024: five months with lights; one order waits for 城关镇, one of 柳林镇 was answered."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    year.issue(task=year.board.patrol.pk, unit=year.unit("城关镇"), subject="河道巡查缺报")
    year.reply(year.issue())
    return year


def page_of(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows_of(page: str, name: str) -> list[tuple[str, str]]:
    """Text and address of the rows of a part; none where it is not shown."""
    part = re.search(rf'aria-labelledby="today-{name}".*?</section>', page, re.DOTALL)
    found = re.findall(r'class="today-text" href="([^"]+)">([^<]+)<', part[0]) if part else []
    return [(text, address) for address, text in found]


def test_the_clerk_of_a_unit_finds_each_report_owed_with_the_way_to_its_form(
    shown_today: Office, client_of: Any
) -> None:
    client = Client()
    client.force_login(shown_today.board.users["reporter"])
    owed = Report.objects.filter(state__in=("due", "draft", "returned"), period__state="open")
    rows = rows_of(page_of(client), "reports")
    assert rows and {address for _text, address in rows} == {f"/reports/{report.pk}/" for report in owed}
    assert all(client.get(address).status_code == 200 for _text, address in rows)


def test_the_clerk_of_a_unit_finds_the_order_that_waits_for_an_answer(shown_today: Office) -> None:
    client = Client()
    client.force_login(shown_today.board.users["reporter"])
    waiting = Order.objects.get(state=Order.State.ISSUED)
    assert rows_of(page_of(client), "orders") == [(waiting.subject, f"/orders/{waiting.pk}/")]


def test_the_office_finds_replies_to_check_steps_to_take_and_what_changed(shown_today: Office, client_of: Any) -> None:
    page = page_of(client_of("supervision"))
    answered = Order.objects.get(state=Order.State.REPLIED)
    assert rows_of(page, "replies") == [(answered.subject, f"/orders/{answered.pk}/")]
    Light.objects.filter(period__key="2024-05", colour="red").update(at=NOW)
    changed = dict(rows_of(page_of(client_of("supervision")), "changed"))
    red = Light.objects.filter(period__key="2024-05", target=None, colour="red").count()
    assert red and f"新亮灯 {red} 个" in changed


def test_a_task_to_be_watched_stands_once_however_many_towns_are_behind(shown_today: Office, client_of: Any) -> None:
    Light.objects.filter(period__key="2024-05", target=None).update(colour="red")
    page = page_of(client_of("leader"))
    found = rows_of(page, "worst")
    assert found and len({address for _text, address in found}) == len(found)
    behind = Light.objects.filter(period__key="2024-05", target=None, task=shown_today.board.pipes).count()
    assert behind > 1 and page.count(f'href="/tasks/{shown_today.board.pipes.pk}/"') == 1


@pytest.mark.parametrize("role", sorted(permissions()))
def test_each_role_has_a_first_screen_without_an_empty_part_and_each_row_leads_somewhere(
    shown_today: Office, client_of: Any, role: str
) -> None:
    client = client_of(role)
    answer = client.get("/")
    if answer.status_code == 302:  # the first steps of a county
        assert role == "admin"
        return
    page = answer.content.decode()
    assert '<ul class="today-rows">\n  </ul>' not in page
    for section in re.findall(r'<section class="card today-part".*?</section>', page, re.DOTALL):
        assert 'class="today-text"' in section
    for address in set(re.findall(r'class="today-text" href="([^"]+)"', page)):
        assert client.get(address).status_code == 200, address


def test_the_first_screen_costs_as_many_queries_however_long_the_history(shown_today: Office, client_of: Any) -> None:
    def queries(role: str) -> int:
        client = client_of(role)
        client.get("/")
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        return len(found)

    def late(number: int) -> None:
        order = shown_today.issue(task=shown_today.board.quality.pk, unit=shown_today.unit("县水利局"), despite=True)
        Order.objects.filter(pk=order.pk).update(due_on=datetime.date(2024, 1, 2), subject=f"第{number}件")

    # A part whose rows are not all shown is counted: one query, however many there are more.
    for n in range(MOST + 1):
        late(n)
    few = {role: queries(role) for role in ("leader", "supervision", "lead", "town", "auditor")}
    for n in range(MOST + 1, 40):
        late(n)
    assert {role: queries(role) for role in few} == few


def test_what_is_cut_off_is_counted_and_led_to() -> None:
    rows = [Row(str(n), "/x/") for n in range(MOST)]
    found = shown(Part("p", "P", rows, 40, "/all/"), datetime.date(2024, 6, 12))
    assert (len(found.lines), found.more) == (MOST, 40 - MOST)


@pytest.mark.parametrize(("days", "said"), [(-3, "逾期 3 天"), (0, "今天截止"), (5, "还剩 5 天"), (40, "2024-07-22")])
def test_a_day_is_said_by_how_far_it_is(days: int, said: str) -> None:
    today = datetime.date(2024, 6, 12)
    assert when(today + datetime.timedelta(days=days), today) == said


def test_each_part_is_declared_with_a_right_that_there_is() -> None:
    known = {right for rights in permissions().values() for right in rights}
    assert {one.permission for one in parts} <= known and len({one.gives for one in parts}) == len(list(parts))


def test_each_change_that_auditors_are_shown_is_an_action() -> None:
    assert urls.urlpatterns  # with the pages come all actions
    assert set(CHANGES) <= {name for name, _words in action_names()}

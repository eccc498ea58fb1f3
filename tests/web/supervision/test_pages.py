"""The pages of supervision: who sees what, what was typed stays, exports hold what is shown, queries stay few."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from lxml import html
from python_calamine import CalamineWorkbook

from guatu.web.base.actions import perform
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.models import Circular, LadderEvent, Order, Problem
from tests.web.answers import body_of, status_of
from tests.web.supervision.conftest import NOW, Office, proof

pytestmark = pytest.mark.django_db

Clients = Callable[[str], Client]
FUTURE = "2096-07-01"


def text(response: Any) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def sheet(response: Any) -> list[list[Any]]:
    data = body_of(response)
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


PAGES = (
    "/orders/",
    "/orders/new/",
    "/orders/problems/",
    "/orders/problems/new/",
    "/orders/steps/",
    "/circulars/",
    "/orders/notices/",
    "/calendar/",
    "/orders/export",
    "/orders/problems/export",
    "/orders/steps/export",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_for_the_office_and_asks_others_to_log_in(
    office: Office, client_of: Clients, path: str
) -> None:
    assert client_of("supervision").get(path).status_code == 200
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize(
    ("role", "closed"),
    [
        ("town", {"/orders/new/", "/orders/problems/new/", "/orders/steps/", "/orders/steps/export", "/circulars/"}),
        ("lead", {"/orders/new/", "/orders/problems/new/", "/orders/steps/", "/orders/steps/export", "/circulars/"}),
        ("leader", {"/orders/new/", "/orders/problems/new/", "/orders/steps/", "/orders/steps/export"}),
        ("village", set(PAGES) - {"/orders/problems/", "/orders/problems/export", "/calendar/"}),
    ],
)
def test_other_roles_see_their_own_pages(office: Office, client_of: Clients, role: str, closed: set[str]) -> None:
    client = client_of(role)
    assert {path for path in PAGES if client.get(path).status_code == 403} == closed


def test_an_order_is_issued_from_a_red_light_with_its_reason_filled_in(office: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    light = office.light(office.board.pipes, "柳林镇")
    page = html.fromstring(client.get(f"/orders/new/?light={light.pk}").content)
    form = (
        page.forms[-1]
        if page.forms[-1].get("action") == "/orders/new/"
        else next(f for f in page.forms if f.get("action") == "/orders/new/")
    )
    given = dict(form.form_values())
    assert given["text"].startswith("完成5公里，为应达") and given["unit"] == str(office.unit("柳林镇"))
    response = client.post("/orders/new/", {**given, "due_on": FUTURE, "_key": "k"})
    assert response.status_code == 422 and "超过一年" in text(response)
    given["due_on"] = ""
    response = client.post("/orders/new/", {**given, "_key": "k"})
    assert response.status_code == 302
    client.post("/orders/new/", {**given, "_key": "k"})
    order = Order.objects.get()
    assert order.light == light and response.url == f"/orders/{order.pk}/"
    # The way back in the browser, and another text in the form that was sent.
    other = client.post("/orders/new/", {**given, "text": "改写过的要求", "despite": "1", "_key": "k"})
    assert other.status_code == 422 and "没有保存" in text(other) and "改写过的要求" in text(other)
    assert Order.objects.count() == 1


def test_what_was_typed_stays_when_an_order_cannot_be_issued(office: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    given = {"unit": office.unit("柳林镇"), "plan": office.board.plan.pk, "subject": "", "text": "写了很久的要求"}
    response = client.post("/orders/new/", given)
    assert response.status_code == 422
    shown = text(response)
    assert "请写明督办事项" in shown and "写了很久的要求" in shown
    office.issue()
    again = {**given, "task": office.board.pipes.pk, "subject": "事项", "due_on": ""}
    response = client.post("/orders/new/", again)
    assert response.status_code == 409 and "仍要下达" in text(response)
    assert client.post("/orders/new/", {**again, "despite": "1"}).status_code == 302
    assert client.post("/orders/new/", {**again, "due_on": "明天", "despite": "1"}).status_code == 422


def test_a_unit_answers_on_its_page_and_the_office_closes_there(office: Office, client_of: Clients) -> None:
    order = office.issue()
    town, dc = client_of("town"), client_of("supervision")
    page = text(town.get(f"/orders/{order.pk}/"))
    assert "提交反馈" in page and "通过并销号" not in page
    empty = town.post(f"/orders/{order.pk}/reply", {"seen": order.row_version, "text": " "})
    assert empty.status_code == 422 and "请写明办理情况" in text(empty)
    sent = town.post(
        f"/orders/{order.pk}/reply",
        {"seen": 1, "text": "已整改", "files": [proof(), proof("报告.txt", "已整改".encode())]},
    )
    assert sent.status_code == 302
    order.refresh_from_db()
    page = text(dc.get(f"/orders/{order.pk}/"))
    assert "现场照片.jpg" in page and "通过并销号" in page and "提交反馈" not in page
    stale = dc.post(f"/orders/{order.pk}/close", {"seen": 1, "text": "同意"})
    assert stale.status_code == 409 and "刚刚修改" in text(stale) and "同意" in text(stale)
    assert dc.post(f"/orders/{order.pk}/close", {"seen": order.row_version}).status_code == 302
    order.refresh_from_db()
    assert order.state == "closed"


def test_evidence_is_read_by_who_may_see_the_order(office: Office, client_of: Clients) -> None:
    order = office.reply(office.issue(), files=(proof(),))
    (file,) = order.events.get(verb="replied").files.all()
    codes = {role: status_of(client_of(role).get(f"/files/{file.pk}/")) for role in ("supervision", "leader", "lead")}
    assert codes == {"supervision": 200, "leader": 200, "lead": 404}


def test_orders_of_others_are_not_there(office: Office, client_of: Clients) -> None:
    order = office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    client = client_of("town")
    for page in ("", "order.docx", "order.xlsx"):
        assert client.get(f"/orders/{order.pk}/{page}").status_code == 404
    assert client.post(f"/orders/{order.pk}/reply", {"seen": 1, "text": "x"}).status_code == 404
    assert order.number not in text(client.get("/orders/"))
    assert all(order.number not in row for row in sheet(client.get("/orders/export")))


def test_the_export_of_orders_holds_what_the_list_shows(office: Office, client_of: Clients) -> None:
    office.issue()
    office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"), subject="河道巡查缺报")
    client = client_of("supervision")
    query = f"?unit={office.unit('城关镇')}"
    page = html.fromstring(client.get(f"/orders/{query}").content)
    rows = list(page.xpath("//tbody/tr"))
    cells = sheet(client.get(f"/orders/export{query}"))
    assert len(cells) == 1 + len(rows) == 2
    assert cells[1][0] in rows[0].text_content() and cells[1][2] == "河道巡查缺报"
    overdue = rows[0].xpath("td[@class='num']")[0].text_content()
    assert str(int(cells[1][8])) in overdue


def test_an_order_comes_as_a_document_and_as_a_sheet(office: Office, client_of: Clients, setting: Any) -> None:
    setting("supervision.issuer", "青禾县人民政府督查室")
    light = office.light(office.board.pipes, "柳林镇")
    order = office.reply(office.issue(light=light.pk))
    client = client_of("town")
    words = [p.text for p in Document(io.BytesIO(client.get(f"/orders/{order.pk}/order.docx").content)).paragraphs]
    joined = "\n".join(words)
    assert order.number in words and "柳林镇人民政府：" in words
    assert "亮灯情况：红灯" in joined and "请于2024年6月19日前" in joined and "2024年6月12日" in words
    assert "已增加两个施工队" not in joined
    rows = sheet(client.get(f"/orders/{order.pk}/order.xlsx"))
    assert ["编号", order.number] in [row[:2] for row in rows] and ["状态", "已反馈"] in [row[:2] for row in rows]


def test_problems_of_reports_are_listed_and_become_orders(office: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    page = html.fromstring(client.get("/orders/problems/").content)
    boxes = [box.get("value") for box in page.xpath("//input[@name='report']")]
    assert len(boxes) == 5
    client.post("/orders/problems/open", {"report": boxes[:2], "_key": "k"})
    client.post("/orders/problems/open", {"report": boxes[:2], "_key": "k"})
    assert Problem.objects.count() == 2
    problem = Problem.objects.first()
    assert problem is not None
    page = html.fromstring(client.get(f"/orders/new/?problem={problem.pk}").content)
    form = next(f for f in page.forms if f.get("action") == "/orders/new/")
    assert "征地受阻" in dict(form.form_values())["text"]
    assert client.post("/orders/new/", dict(form.form_values())).status_code == 302
    assert Order.objects.get().problem == problem
    solved = client.post(f"/orders/problems/{problem.pk}/solve", {"seen": 1, "text": "好了"})
    assert solved.status_code == 409 and "尚未销号" in text(solved)


def test_a_problem_is_listed_by_hand_and_solved(office: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    assert "新建供水管网" in text(client.get("/orders/problems/new/"))
    given = {"task": office.board.pipes.pk, "unit": office.unit("柳林镇"), "text": "", "due_on": ""}
    assert client.post("/orders/problems/new/", given).status_code == 422
    assert client.post("/orders/problems/new/", {**given, "text": "缺资金"}).status_code == 302
    problem = Problem.objects.get()
    assert client.post(f"/orders/problems/{problem.pk}/solve", {"seen": 1, "text": "已拨付"}).status_code == 302
    assert "缺资金" not in text(client.get("/orders/problems/")) and "已拨付" in text(
        client.get("/orders/problems/?state=solved")
    )
    assert (
        client.post(f"/orders/problems/{problem.pk}/solve", {"seen": 2, "text": "不足", "again": "1"}).status_code
        == 302
    )


def test_a_step_is_taken_stopped_and_settled_on_the_page(year: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    board = year.board
    shown = text(client.get("/orders/steps/"))
    assert "红牌警示" in shown and "连续红灯" in shown
    light = year.light(board.pipes, "柳林镇").pk
    assert client.post(f"/orders/steps/{light}/propose", {"step": "red-card", "reason": "x"}).status_code == 422
    detail = html.fromstring(client.get(f"/orders/steps/{light}/").content)
    given = {"step": "red-card", "reason": detail.xpath("//input[@name='reason']/@value")[0], "checked": "1"}
    assert client.post(f"/orders/steps/{light}/propose", given).status_code == 302
    again = client.post(f"/orders/steps/{light}/propose", given)
    assert again.status_code == 409 and "不再建议采取" in text(again)
    assert client.post(f"/orders/steps/{light}/stop", {"reason": ""}).status_code == 422
    stop = {"reason": "研究中", "until": FUTURE}
    assert client.post(f"/orders/steps/{light}/stop", stop).status_code == 302
    assert "研究中" in text(client.get("/orders/steps/"))
    assert LadderEvent.objects.count() == 2


def test_a_talk_is_recorded_by_the_office_and_read_by_the_unit(office: Office, client_of: Clients) -> None:
    event = LadderEvent.objects.create(
        task=office.board.pipes, unit_id=office.unit("柳林镇"), kind="step", step="talk", on=NOW.date(), at=NOW
    )
    dc, town = client_of("supervision"), client_of("town")
    address = f"/orders/talks/{event.pk}/"
    assert "还没有填写" in text(town.get(address))
    assert client_of("lead").get(address).status_code == 404
    given = {"held_on": "2024-06-13", "by": "县长", "people": "镇长", "text": "承诺完成", "place": ""}
    assert dc.post(address, {**given, "people": ""}).status_code == 422
    assert dc.post(address, given).status_code == 302
    assert "承诺完成" in text(town.get(address))
    assert town.post(address, given).status_code == 403


def test_a_circular_is_made_edited_and_issued_on_its_pages(office: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    period = office.board.period("2024-05").pk
    made = client.post("/circulars/", {"period": period, "kind": "circular"})
    circular = Circular.objects.get()
    assert made.url == f"/circulars/{circular.pk}/"
    twice = client.post("/circulars/", {"period": period, "kind": "circular"})
    assert twice.status_code == 409 and "仍要新做" in text(twice)
    page = html.fromstring(client.get(made.url).content)
    form = next(f for f in page.forms if f.get("action", "").endswith("/edit"))
    given = {name: value for name, value in form.form_values() if name != "_key"}
    given["demands"] = "一、请整改\n请于7月底前完成。"
    empty = client.post(f"{made.url}edit", {**given, "title": ""})
    assert empty.status_code == 422 and "请于7月底前完成" in text(empty)
    assert client.post(f"{made.url}edit", given).status_code == 302
    stale = client.post(f"{made.url}edit", {**given, "demands": "另一个人写的"})
    assert stale.status_code == 409 and "另一个人写的" in text(stale)
    assert "请于7月底前完成" in text(client.get(made.url))
    circular.refresh_from_db()
    assert client.post(f"{made.url}issue", {"seen": circular.row_version, "number": ""}).status_code == 302
    shown = text(client.get(made.url))
    assert "内容已锁定" in shown and "印发并锁定" not in shown
    circular.refresh_from_db()
    assert client.post(f"{made.url}edit", {**given, "seen": circular.row_version}).status_code == 409


def test_failures_of_notices_are_seen_and_tried_again(office: Office, client_of: Clients, setting: Any) -> None:
    from guatu.web.base.jobs import run_waiting

    setting("notices.urls", [{"name": "督查群", "url": "nonsense://secret"}])
    office.issue()
    run_waiting()
    client = client_of("supervision")
    shown = text(client.get("/orders/notices/?failed=1"))
    assert "发送失败" in shown and "督查群" in shown and "nonsense" not in shown
    assert client.post("/orders/notices/send-again").status_code == 302
    assert client_of("town").post("/orders/notices/send-again").status_code == 403


def test_the_calendar_page_shows_the_address_and_renews_it(office: Office, client_of: Clients) -> None:
    client = client_of("town")
    user = office.board.county.users["town"]
    old = str(user.calendar_token)
    assert old in client.get("/calendar/").content.decode()
    assert client.post("/calendar/renew").status_code == 302
    user.refresh_from_db()
    assert str(user.calendar_token) != old and old not in client.get("/calendar/").content.decode()


def test_nonsense_in_addresses_and_forms_is_no_error_of_the_server(office: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    for path in (
        "/orders/?unit=x&plan=-1&state=zz&overdue=7&q=%00",
        "/orders/new/?light=999999",
        "/orders/new/?problem=abc",
        "/orders/problems/?state=x&task=99999999999999999999",
        "/orders/steps/?plan=x",
        "/circulars/?kind=x&page=zz",
        "/orders/notices/?page=99",
        "/orders/999999/",
        "/circulars/999999/",
        "/orders/talks/999999/",
    ):
        assert client.get(path).status_code in (200, 404), path
    order = office.issue()
    for path, given in (
        ("/orders/new/", {}),
        (f"/orders/{order.pk}/close", {"seen": "x"}),
        (f"/orders/{order.pk}/return", {"seen": "1", "due_on": "never"}),
        ("/orders/problems/open", {"report": ["x", "999999"]}),
        ("/orders/problems/999999/solve", {"seen": 1, "text": "x"}),
        ("/orders/steps/take", {"period": "x"}),
        ("/orders/steps/record", {"task": "999999", "unit": "1", "kind": "zz"}),
        ("/circulars/", {"period": "999999"}),
    ):
        assert 400 <= client.post(path, given).status_code < 500, path


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_number_of_queries_does_not_grow_with_the_rows(office: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    order = office.reply(office.issue(), files=(proof(),))
    perform(OpenProblem(report=office.board.report("2024-05", office.board.pipes, "柳林镇").pk), office.context())
    circular = perform(MakeCircular(office.board.period("2024-05").pk), office.context())
    paths = (
        "/orders/",
        "/orders/problems/",
        "/orders/notices/",
        "/circulars/",
        f"/orders/{order.pk}/",
        f"/circulars/{circular.pk}/",
    )
    few = {path: queries(client, path) for path in paths}
    for name in ("县交通局", "县住建局", "双河乡"):
        other = office.issue(task=office.board.patrol.pk, unit=office.unit(name))
        problem = perform(OpenProblem("缺人", task=office.board.patrol.pk, unit=office.unit(name)), office.context())
        office.issue(task=office.board.patrol.pk, unit=office.unit(name), problem=problem.pk, despite=True)
        assert other.number
    perform(MakeCircular(office.board.period("2024-05").pk, "monthly"), office.context())
    many = {path: queries(client, path) for path in paths}
    assert all(many[path] <= few[path] for path in paths), (few, many)
    assert max(many.values()) <= 25, many

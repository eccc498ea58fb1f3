"""The pages of cases: what is shown to whom, what bad input comes to, and how many queries it costs."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.base.models import Setting
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.models import Case, Reporter
from tests.web.answers import body_of, status_of
from tests.web.cases.conftest import OUTSIDE, Desk, at, photo
from tests.web.html import flat

pytestmark = pytest.mark.django_db
Clients = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"
VIEWERS = ("leader", "supervision", "auditor", "desk", "collector")
SECRET = "两家为排水沟争执"


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(3, 10))


def said(answer: Any) -> str:
    return flat(body_of(answer).decode("utf-8"))


def send(client: Client, **values: Any) -> Any:
    given = {"class": "urban_management/C0101", "text": "井盖缺失", "address": "云岭路 12 号", **values}
    return client.post("/report/", given)


def test_anybody_reports_without_an_account_and_follows_by_the_code(desk: Desk) -> None:
    client = Client()
    assert "我要反映" in said(client.get("/report/"))
    answer = send(client, photo=photo(), reporter="张三", phone="13800000000")
    case = Case.objects.get()
    assert answer.status_code == 302 and case.code in answer["Location"]
    page = said(client.get(answer["Location"]))
    assert case.code in page and "立案" in page and 'class="alert alert-success"' in page
    assert "张三" not in page and "13800000000" not in page
    assert case.files.get().file.name == "现场.jpg"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": ""}, "请写明情况"),
        ({"class": "urban_management/X"}, "请从列表中选择类别"),
        ({"class": "disputes/"}, "权限"),
        ({"class": "nonsense"}, "请从列表中选择类别"),
        ({"address": ""}, "请填写地点"),
        ({"lon": "abc", "lat": "1"}, "不是经纬度"),
        ({"lon": "nan", "lat": "1"}, "不是经纬度"),
        ({"lon": "1e999", "lat": "1"}, "不是经纬度"),
        ({"lon": "118"}, "请同时填写"),
        ({"photo": SimpleUploadedFile("a.jpg", b"")}, "空"),
        ({"photo": SimpleUploadedFile("a.jpg", b"<html>" * 9)}, "不是照片"),
        ({"website": "spam"}, "检查"),
    ],
)
def test_a_report_that_cannot_be_taken_comes_back_with_what_was_typed(
    desk: Desk, values: dict[str, Any], message: str
) -> None:
    answer = send(Client(), **{"text": "井盖缺失,很危险", **values})
    assert 400 <= answer.status_code < 500
    assert message in said(answer)
    assert values.get("text", "井盖缺失,很危险") in said(answer)
    assert not Case.objects.exists()


def test_a_point_outside_the_county_is_told_and_not_stored(desk: Desk, borders: Any) -> None:
    answer = send(Client(), lon=str(OUTSIDE[0]), lat=str(OUTSIDE[1]))
    assert answer.status_code == 422 and "不在本县范围内" in said(answer)
    assert not Case.objects.exists()


def test_a_photo_of_25_mb_is_refused_with_its_size_and_the_limit(desk: Desk) -> None:
    answer = send(Client(), photo=photo(size=25 * 2**20))
    assert answer.status_code == 422 and "照片有 25 MB，超过 20 MB 的上限" in said(answer)
    assert not Case.objects.exists()


def test_a_script_in_a_text_is_shown_as_text_and_a_nul_is_left_out(desk: Desk, client_of: Clients) -> None:
    assert send(Client(), text=SCRIPT + "\0井盖", address=SCRIPT, reporter=SCRIPT).status_code == 302
    case = Case.objects.get()
    assert "\0" not in case.text
    for address in ("/cases/", f"/cases/{case.pk}/", f"/track/{case.code}/"):
        page = said(client_of("desk").get(address))
        assert SCRIPT not in page
    assert "&lt;script&gt;" in said(client_of("desk").get(f"/cases/{case.pk}/"))


def test_the_public_form_is_limited_by_address(desk: Desk) -> None:
    Setting.objects.create(name="cases.public-per-hour", value={"report": 2}, valid_from=datetime.date(2020, 1, 1))
    assert [send(Client()).status_code for _n in range(3)] == [302, 302, 429]


def test_a_code_that_is_not_there_is_told_without_a_hint(desk: Desk) -> None:
    case = desk.report()
    for address in ("/track/AAAA-BBBB-CCCC/", f"/track/{case.code[:-1]}/", "/track/%3Cscript%3E/", "/track/?code=x"):
        answer = Client().get(address)
        assert answer.status_code == 404 and "没有这个查询码" in said(answer)


def test_the_public_rates_and_reopens_a_closed_case(desk: Desk) -> None:
    case = desk.closed()
    client = Client()
    assert client.post(f"/track/{case.code}/rate", {}).status_code == 422
    assert client.post(f"/track/{case.code}/rate", {"stars": "4", "text": "好"}).status_code == 302
    assert "4 / 5" in said(client.get(f"/track/{case.code}/"))
    answer = client.post(f"/track/{case.code}/reopen", {"reason": "又坏了"})
    later = Case.objects.get(follows=case)
    assert later.code in answer["Location"]
    assert later.code in said(client.get(f"/track/{case.code}/"))


@pytest.mark.parametrize("role", VIEWERS)
def test_who_may_see_all_cases_sees_the_queue_the_case_and_its_export(
    desk: Desk, client_of: Clients, role: str
) -> None:
    case = desk.report(text="路口井盖缺失")
    client = client_of(role)
    assert case.code in said(client.get("/cases/"))
    assert "路口井盖缺失" in said(client.get(f"/cases/{case.pk}/"))
    assert "路口井盖缺失" in said(client.get("/cases/export?format=csv"))


@pytest.mark.parametrize("role", ["lead", "responsible", "town", "village"])
def test_a_unit_sees_only_what_is_its_own(desk: Desk, client_of: Clients, role: str) -> None:
    case = desk.assigned()
    client = client_of(role)
    sees = role == "lead"
    assert (case.code in said(client.get("/cases/"))) == sees
    assert (client.get(f"/cases/{case.pk}/").status_code == 200) == sees
    assert (case.code in said(client.get("/cases/export?format=csv"))) == sees
    assert (case.code in said(client.get("/cases/mine/"))) == sees


def test_a_town_sees_the_cases_in_its_area(desk: Desk, client_of: Clients, borders: Any) -> None:
    lon, lat = borders("柳林镇")
    inside, beside = desk.report(lon=lon, lat=lat), desk.report(lon=lon + 0.1, lat=lat)
    page = said(client_of("town").get("/cases/"))
    assert inside.code in page and beside.code not in page


@pytest.mark.parametrize("role", ["admin", "insurer", "hospital"])
def test_who_has_nothing_to_do_with_cases_is_told_so(desk: Desk, client_of: Clients, role: str) -> None:
    case = desk.report()
    for address in ("/cases/", f"/cases/{case.pk}/", "/cases/export", "/cases/new/"):
        assert client_of(role).get(address).status_code == 403
    assert Client().get("/cases/").status_code == 302


@pytest.fixture
def secret(desk: Desk) -> Case:
    """A dispute that 柳林东村 registered."""
    from guatu.web.cases.library import library

    rows = library().classes("disputes")
    action = OpenCase("disputes", rows[0].code if rows else "", SECRET, "柳林东村", source="unit")
    return perform(action, desk.context("village", at(3)))


@pytest.mark.parametrize("role", ["leader", "supervision", "auditor", "collector", "lead", "responsible", "desk"])
def test_a_confidential_case_is_not_there_for_others(desk: Desk, secret: Case, client_of: Clients, role: str) -> None:
    client = client_of(role)
    for address in (
        "/cases/?state=all",
        "/cases/?state=all&q=排水沟",
        "/cases/export?format=csv&state=all",
        "/cases/mine/",
    ):
        answer = client.get(address)
        if answer.status_code == 200:
            page = said(answer)
            assert SECRET not in page and secret.code not in page
    assert client.get(f"/cases/{secret.pk}/").status_code == 404
    for name in ("move", "ask", "decide"):
        given = {"seen": 1, "step": "accept", "move": "forward", "asked": 1}
        answer = client.post(f"/cases/{secret.pk}/{name}", given)
        assert answer.status_code in (403, 404) and SECRET not in said(answer)
    listed = client.get("/cases/?state=all")
    assert "<strong>0</strong> 全部" in said(listed)


@pytest.mark.parametrize("role", ["village", "town"])
def test_a_confidential_case_is_there_for_who_handles_it(secret: Case, client_of: Clients, role: str) -> None:
    assert SECRET in said(client_of(role).get(f"/cases/{secret.pk}/"))


def test_the_public_finds_no_confidential_case_by_its_code(secret: Case) -> None:
    assert Client().get(f"/track/{secret.code}/").status_code == 404


def test_the_name_of_the_reporter_is_on_the_page_of_the_desk_alone(desk: Desk, client_of: Clients) -> None:
    case = desk.report(reporter="张三", phone="13800000000")
    assert Reporter.objects.count() == 1
    for role in VIEWERS:
        client = client_of(role)
        assert ("13800000000" in said(client.get(f"/cases/{case.pk}/"))) == (role == "desk")
        assert "13800000000" not in said(client.get("/cases/"))
        assert "13800000000" not in said(client.get("/cases/export?format=csv"))


def test_the_page_offers_only_the_steps_that_the_reader_may_do(desk: Desk, client_of: Clients) -> None:
    case = desk.report()
    assert 'name="f-class_code"' in said(client_of("desk").get(f"/cases/{case.pk}/"))
    for role in ("collector", "leader"):
        assert 'name="move"' not in said(client_of(role).get(f"/cases/{case.pk}/"))


def test_a_step_is_done_on_the_page_and_a_refusal_keeps_what_was_typed(desk: Desk, client_of: Clients) -> None:
    case = desk.report()
    client = client_of("desk")
    back = client.post(f"/cases/{case.pk}/move", {"seen": case.row_version, "step": "file", "move": "return"})
    assert back.status_code == 422 and "退回必须写明原因" in said(back)
    given = {"seen": case.row_version, "step": "file", "move": "forward", "f-class_code": "C0101"}
    assert client.post(f"/cases/{case.pk}/move", given).status_code == 302
    late = client.post(f"/cases/{case.pk}/move", given)
    assert late.status_code == 409
    page = said(client.get(f"/cases/{case.pk}/"))
    assert "派遣" in page and "排水管理单位" in page


def test_chosen_cases_are_assigned_from_the_queue(desk: Desk, client_of: Clients) -> None:
    case = desk.report()
    case = desk.move(case, "desk", "file", at(3, 9, 5), class_code="C0101")
    client = client_of("desk")
    unit = desk.county.unit("县水利局").pk
    assert client.post("/cases/assign", {"unit": unit}).status_code == 422
    answer = client.post("/cases/assign", {"case": f"{case.pk}:{case.row_version}", "unit": unit})
    case.refresh_from_db()
    assert answer.status_code == 302 and case.open_steps == "handle"
    assert client_of("lead").post("/cases/assign", {}).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "state=late",
        "state=?",
        "q=%00%27",
        "class=C0101",
        "step=handle",
        "unit=99999999999999999999",
        "page=-7",
        "page=x",
    ],
)
def test_any_filter_in_the_address_gives_a_page(desk: Desk, client_of: Clients, query: str) -> None:
    desk.assigned()
    assert client_of("desk").get(f"/cases/?{query}").status_code == 200


def test_late_cases_are_found_and_counted(desk: Desk, client_of: Clients) -> None:
    late, early = desk.report(at(3, 8)), desk.report(at(3, 9, 59))
    page = said(client_of("desk").get("/cases/?state=late"))
    assert late.code in page and early.code not in page
    assert "已超期" in page


def test_the_desk_registers_a_call_and_a_collector_what_they_see(desk: Desk, client_of: Clients) -> None:
    given = {"class": "urban_management/C0137", "text": "路灯不亮", "address": "青禾大道"}
    for role, source in (("desk", "hotline"), ("collector", "collector"), ("village", "unit")):
        answer = client_of(role).post("/cases/new/", given)
        assert answer.status_code == 302
        assert Case.objects.latest("pk").source == source


def test_photos_of_a_case_are_read_by_who_sees_the_case(desk: Desk, client_of: Clients) -> None:
    case = desk.report(photos=[photo()])
    address = f"/files/{case.files.get().file_id}/"
    assert status_of(client_of("desk").get(address)) == 200
    assert client_of("village").get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_export_is_a_workbook_of_what_is_shown(desk: Desk, client_of: Clients) -> None:
    desk.report()
    book = zipfile.ZipFile(io.BytesIO(body_of(client_of("desk").get("/cases/export"))))
    assert "井盖缺失" in book.read("xl/worksheets/sheet1.xml").decode("utf-8")


@pytest.mark.parametrize("address", ["/cases/", "/cases/mine/"])
def test_more_cases_cost_no_more_queries(desk: Desk, client_of: Clients, address: str) -> None:
    client = client_of("lead")

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    desk.assigned()
    few = cost()
    for _n in range(8):
        desk.assigned()
    assert cost() <= few
    assert few <= 22


def test_a_long_history_costs_no_more_queries_than_a_short_one(desk: Desk, client_of: Clients) -> None:
    case = desk.assigned()
    client = client_of("desk")

    def cost() -> int:
        client.get(f"/cases/{case.pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/cases/{case.pk}/").status_code == 200
        return len(queries)

    few = cost()
    for _n in range(3):
        desk.move(case, "lead", "handle", at(3, 9, 30), "return", "不属本单位")
        desk.move(case, "desk", "assign", at(3, 9, 31), unit=str(desk.county.unit("县水利局").pk))
    assert cost() <= few
    assert few <= 30


def visitor() -> Client:
    """Somebody whose browser has fetched the form."""
    client = Client()
    client.get("/report/")
    return client


def test_a_visitor_gets_no_answer_that_another_ones_key_had(desk: Desk) -> None:
    one, two = visitor(), visitor()
    first, again = send(one, _key="k1"), send(one, _key="k1")
    assert first["Location"] == again["Location"] and Case.objects.count() == 1
    assert send(two, _key="k1")["Location"] != first["Location"]
    assert Case.objects.count() == 2


def test_another_rating_under_a_known_key_is_refused(desk: Desk) -> None:
    case = desk.closed()
    client = visitor()
    rated = [client.post(f"/track/{case.code}/rate", {"stars": n, "text": "", "_key": "k"}) for n in (5, 5, 1)]
    assert [answer.status_code for answer in rated] == [302, 302, 422]
    assert "没有保存" in said(rated[2])


def test_the_desk_reads_when_a_case_is_closed_and_which_kind_of_unit_usually_does_it(
    desk: Desk, client_of: Clients
) -> None:
    case = desk.report(code="C0137")
    desk.move(case, "desk", "file", at(3, 10))
    shown = said(client_of("desk").get(f"/cases/{case.pk}/"))
    assert "<dt>结案标准</dt><dd>恢复照明</dd>" in shown
    assert "这类案件一般由 路灯管理单位 承办(按设施和事项归口的常见分工" in shown
    assert "it gives light again" in said(
        client_of("desk").get(f"/cases/{case.pk}/", headers={"accept-language": "en"})
    )

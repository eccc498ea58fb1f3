"""The pages of a unit's reports: what is due first, a form that loses nothing, findings before sending."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.base.models import Attachment, AuditEntry
from guatu.web.dispatch.models import Evidence, Figure, Period, Report, ReportEvent
from guatu.web.ledger.models import Duty
from tests.web.dispatch.conftest import Board, at, target, task
from tests.web.dispatch.test_save_report import photo
from tests.web.html import flat


@pytest.fixture(autouse=True)
def on_june_fourth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock at the edge; here it stands."""
    monkeypatch.setattr(timezone, "now", lambda: at(6, 4, 10))


@pytest.fixture
def town(may: Board) -> Client:
    client = Client()
    client.force_login(may.county.users["town"])
    return client


def form(board: Board, report: Report, **changes: Any) -> dict[str, Any]:
    report.refresh_from_db()
    given: dict[str, Any] = {
        "seen": report.row_version,
        "instance": "form-1",
        "progress": "铺设 9 公里。",
        "problems": "",
        "next_step": "",
        f"figure-{board.length.pk}": "9",
        "do": "submit",
    }
    given.update({name.replace("figure", f"figure-{board.length.pk}"): value for name, value in changes.items()})
    return given


def mine(board: Board, key: str = "2024-05") -> Report:
    return board.report(key, board.pipes, "柳林镇")


def text(response: Any) -> str:
    return flat(response.content.decode())


def test_returned_comes_before_overdue_and_overdue_before_due(may: Board, town: Client) -> None:
    returned = may.hand_in("2024-03", may.pipes, "柳林镇", at(4, 3), {may.length.pk: "4"})
    may.review(returned, at(4, 5), accept=False, reason="附上监理月报")
    page = text(town.get("/reports/"))
    order = re.findall(r'class="tag tag-(\w+)"', page)
    assert order == ["returned", "overdue", "overdue", "overdue", "due"]
    assert "附上监理月报" in page
    assert "还有 1 天" in page


def test_the_list_shows_only_the_units_own_reports(may: Board, town: Client) -> None:
    page = text(town.get("/reports/?group=all"))
    assert "石门镇" not in page
    assert page.count('class="report-card"') == 5


def test_a_list_can_be_narrowed_and_is_exported_as_shown(may: Board, town: Client) -> None:
    assert text(town.get("/reports/?period=2024-05&group=all")).count('class="report-card"') == 1
    exported = b"".join(town.get("/reports/export/?period=2024-05&group=all&format=csv").streaming_content).decode(
        "utf-8-sig"
    )
    assert len(exported.strip().splitlines()) == 2
    assert "2024-05" in exported and "柳林镇" in exported


def test_who_owes_nothing_is_told_what_comes(may: Board) -> None:
    client = Client()
    client.force_login(may.county.users["village"])
    assert "还没有需要填报的任务" in text(client.get("/reports/"))


@pytest.mark.parametrize("role", ["supervision", "leader", "auditor", "admin"])
def test_who_reports_nothing_has_no_list_of_reports(may: Board, role: str) -> None:
    client = Client()
    client.force_login(may.county.users[role])
    assert client.get("/reports/").status_code == 403


def test_a_stranger_is_asked_to_log_in(may: Board) -> None:
    response = Client().get(f"/reports/{mine(may).pk}/")
    assert response.status_code == 302 and "login" in response["Location"]


def test_the_form_shows_last_month_what_is_due_and_the_share(may: Board, town: Client) -> None:
    may.accepted("2024-04", may.pipes, "柳林镇", at(5, 6), {may.length.pk: "7.5"})
    page = text(town.get(f"/reports/{mine(may).pk}/"))
    assert "上期(2024-04)<b>7.5 公里</b>" in page
    assert "目标 <b>25 公里</b>" in page
    assert "期末应达 <b>10.3425 公里</b>" in page


def test_handing_in_leads_back_to_the_list_and_says_so(may: Board, town: Client) -> None:
    report = mine(may)
    response = town.post(f"/reports/{report.pk}/", form(may, report), follow=True)
    assert "已提交,等待审核" in text(response)
    report.refresh_from_db()
    assert report.state == Report.State.SUBMITTED
    page = text(town.get(f"/reports/{report.pk}/"))
    assert '<form method="post" enctype' not in page and "铺设 9 公里。" in page


def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(may: Board, town: Client) -> None:
    report = mine(may)
    response = town.post(f"/reports/{report.pk}/", form(may, report, figure="九点几", problems="缺<料>"))
    page = text(response)
    assert response.status_code == 422
    assert "“九点几”不是数" in page
    assert 'value="九点几"' in page and "缺&lt;料&gt;" in page and "铺设 9 公里。" in page
    assert mine(may).state == Report.State.DUE


def test_warnings_stand_at_the_figure_and_are_sent_past_explicitly(may: Board, town: Client) -> None:
    may.accepted("2024-04", may.pipes, "柳林镇", at(5, 6), {may.length.pk: "9"})
    report = mine(may)
    response = town.post(f"/reports/{report.pk}/", form(may, report, figure="7"))
    page = text(response)
    assert response.status_code == 422
    assert "累计数不会减少" in page and 'name="despite"' in page
    page = text(town.post(f"/reports/{report.pk}/", form(may, report, figure="7", despite="1")))
    assert "请在备注里说明原因" in page and 'name="despite"' in page
    given = {**form(may, report, figure="7", despite="1"), f"note-{may.length.pk}": "上月误报"}
    town.post(f"/reports/{report.pk}/", given)
    assert mine(may).state == Report.State.SUBMITTED
    office = Client()
    office.force_login(may.county.users["supervision"])
    shown = text(office.get(f"/reviews/{report.pk}/"))
    assert "上月误报" in shown and "累计数不会减少" in shown


def test_the_second_editor_keeps_what_was_typed_and_sees_what_stands_there(may: Board, town: Client) -> None:
    report = mine(may)
    typed = form(may, report, do="save", progress="第二位写的")
    may.save(report, at(6, 4), progress="第一位写的", figures={may.length.pk: "8"})
    response = town.post(f"/reports/{report.pk}/", typed)
    page = text(response)
    assert response.status_code == 409
    assert "填报员 刚刚修改了这一项" in page and "第一位写的" in page and "第二位写的" in page
    assert f'name="seen" id="seen" value="{mine(may).row_version}"' in page
    again = {**typed, "seen": mine(may).row_version}
    assert town.post(f"/reports/{report.pk}/", again).status_code == 302
    assert mine(may).progress == "第二位写的"


def test_a_double_click_makes_one_submission(may: Board, town: Client) -> None:
    report = mine(may)
    typed = {**form(may, report), "_key": "one"}
    assert [town.post(f"/reports/{report.pk}/", typed).status_code for _ in range(2)] == [302, 302]
    assert ReportEvent.objects.filter(report=report, verb="submitted").count() == 1


def test_files_are_kept_even_when_the_rest_cannot_be_sent(may: Board, town: Client) -> None:
    report = mine(may)
    town.post(
        f"/reports/{report.pk}/",
        {**form(may, report, figure="九或十"), "files": [photo(), photo(b"\xff\xd8\xff other")]},
    )
    assert Evidence.objects.filter(report=report).count() == 2
    assert mine(may).state == Report.State.DUE


def test_a_file_that_cannot_be_taken_is_named_and_the_report_waits(may: Board, town: Client, settings: Any) -> None:
    settings.GUATU_LARGEST_UPLOAD = 10
    report = mine(may)
    response = town.post(f"/reports/{report.pk}/", {**form(may, report), "files": photo(b"x" * 11)})
    assert response.status_code == 422
    assert "工地.jpg" in text(response)
    assert mine(may).state == Report.State.DUE


def test_a_draft_saves_itself_and_hands_back_the_version(may: Board, town: Client) -> None:
    report = mine(may)
    response = town.post(
        f"/reports/{report.pk}/draft/", form(may, report, figure="9.", progress="写到一半"), HTTP_HX_REQUEST="true"
    )
    saved = mine(may)
    assert (saved.state, saved.progress) == (Report.State.DRAFT, "写到一半")
    assert f'value="{saved.row_version}"' in text(response)
    assert not ReportEvent.objects.exists()
    page = text(town.get(f"/reports/{report.pk}/"))
    assert "写到一半" in page


def test_an_old_draft_is_told_about_the_conflict_in_its_place(may: Board, town: Client) -> None:
    report = mine(may)
    typed = form(may, report)
    may.save(report, at(6, 4))
    response = town.post(f"/reports/{report.pk}/draft/", typed, HTTP_HX_REQUEST="true")
    assert response.status_code == 409
    assert "刚刚修改了这一项" in text(response)


def test_a_figure_is_checked_when_it_is_typed(may: Board, town: Client) -> None:
    may.accepted("2024-04", may.pipes, "柳林镇", at(5, 6), {may.length.pk: "9"})
    address = f"/reports/{mine(may).pk}/check/{may.length.pk}/"
    assert "累计数不会减少" in text(town.post(address, {f"figure-{may.length.pk}": "7"}))
    assert "累计数不会减少" in text(town.post(address, {f"figure-{may.length.pk}": "七公里"}))
    assert "不是数" in text(town.post(address, {f"figure-{may.length.pk}": "七上八下"}))
    assert "单位是“%”" in text(town.post(address, {f"figure-{may.length.pk}": "7%"}))
    assert text(town.post(address, {f"figure-{may.length.pk}": "9.8"})).strip() == ""
    assert not Figure.objects.filter(report=mine(may)).exists()


def test_files_come_and_go_without_the_rest_of_the_form(may: Board, town: Client) -> None:
    report = mine(may)
    page = text(town.post(f"/reports/{report.pk}/files/", {"files": [photo(), photo()]}, HTTP_HX_REQUEST="true"))
    assert page.count("file-name") == 1 and "未重复保存" in page
    evidence = Evidence.objects.get()
    page = text(town.post(f"/reports/{report.pk}/files/{evidence.pk}/remove/", HTTP_HX_REQUEST="true"))
    assert "工地.jpg" not in page
    assert town.post(f"/reports/{report.pk}/files/{evidence.pk}/remove/").status_code == 302


def test_another_units_report_is_not_there(may: Board, town: Client) -> None:
    other = may.report("2024-05", may.pipes, "石门镇")
    assert town.get(f"/reports/{other.pk}/").status_code == 404
    assert town.post(f"/reports/{other.pk}/", form(may, other)).status_code == 404
    for part in ("draft/", f"check/{may.length.pk}/", "files/"):
        assert town.post(f"/reports/{other.pk}/{part}", form(may, other)).status_code == 404
    assert town.get("/reports/999999/").status_code == 404


def test_evidence_is_read_by_its_unit_and_its_reviewers_and_by_nobody_else(may: Board, town: Client) -> None:
    report = mine(may)
    town.post(f"/reports/{report.pk}/files/", {"files": photo()}, HTTP_HX_REQUEST="true")
    attachment = Attachment.objects.get()
    for role, status in (
        ("town", 200),
        ("lead", 200),
        ("supervision", 200),
        ("auditor", 200),
        ("responsible", 404),
        ("village", 404),
    ):
        client = Client()
        client.force_login(may.county.users[role])
        response = client.get(f"/files/{attachment.pk}/")
        assert response.status_code == status, role
        if status == 200:
            assert response["Content-Disposition"].startswith("attachment")
            b"".join(response.streaming_content)


def test_a_closed_period_is_read_and_not_written(may: Board, town: Client) -> None:
    Period.objects.filter(key="2024-05").update(state="closed")
    report = mine(may)
    page = text(town.get(f"/reports/{report.pk}/"))
    assert "本期已关闭" in page and 'id="report-form"' not in page
    response = town.post(f"/reports/{report.pk}/", form(may, report))
    assert response.status_code == 409 and "铺设 9 公里。" in text(response)


@pytest.mark.parametrize("broken", [{"seen": ""}, {"seen": "x"}, {"seen": "9" * 40}])
def test_a_form_that_is_none_is_answered_with_a_message(may: Board, town: Client, broken: dict[str, str]) -> None:
    response = town.post(f"/reports/{mine(may).pk}/", {**form(may, mine(may)), **broken})
    assert response.status_code in (409, 422)
    assert "请求不完整" in text(response) or "刚刚修改" in text(response)


def test_odd_bytes_do_no_harm(may: Board, town: Client) -> None:
    report = mine(may)
    response = town.post(
        f"/reports/{report.pk}/", form(may, report, progress="行一\r\n行\x00二", figure="9\x00", despite="1")
    )
    assert response.status_code == 302
    assert mine(may).progress == "行一\n行二"


def test_the_list_asks_as_many_queries_for_a_hundred_reports_as_for_five(may: Board, town: Client) -> None:
    town.get("/reports/")
    with CaptureQueriesContext(connection) as few:
        town.get("/reports/")
    for number in range(60):
        row = task(may.plan, may.pipes.version, f"任务{number}", 10 + number)
        Duty.objects.create(task=row, role="responsible", text="柳林镇", unit=may.county.unit("柳林镇"))
    may.ask_all()
    with CaptureQueriesContext(connection) as many:
        page = town.get("/reports/")
    assert text(page).count('class="report-card"') == 65
    assert len(many) == len(few) <= 16


def test_the_form_asks_as_many_queries_for_ten_targets_as_for_one(may: Board, town: Client) -> None:
    report = mine(may)
    town.get(f"/reports/{report.pk}/")
    with CaptureQueriesContext(connection) as few:
        town.get(f"/reports/{report.pk}/")
    from guatu.web.ledger.models import Allocation

    for number in range(10):
        more = target(may.pipes, f"指标{number}", "10", "处")
        Allocation.objects.create(target=more, unit=may.county.unit("柳林镇"), value="10")
    with CaptureQueriesContext(connection) as many:
        town.get(f"/reports/{report.pk}/")
    assert len(many) == len(few) <= 26


def test_handing_in_takes_few_statements(may: Board, town: Client) -> None:
    report = mine(may)
    with CaptureQueriesContext(connection) as queries:
        town.post(f"/reports/{report.pk}/", form(may, report))
    assert mine(may).state == Report.State.SUBMITTED
    assert AuditEntry.objects.filter(action="dispatch.save-report").count() == 1
    assert len(queries) <= 40


def test_pages_speak_english(may: Board, town: Client) -> None:
    page = text(town.get(f"/reports/{mine(may).pk}/", HTTP_ACCEPT_LANGUAGE="en"))
    assert not re.search(r"本期进展|存草稿|期末应达", page)


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)

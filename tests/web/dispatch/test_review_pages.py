"""The pages of reviewers: what waits for them, one report with its findings, several at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.dispatch.models import Report
from guatu.web.ledger.models import Allocation, Duty
from tests.web.dispatch.conftest import Board, at, target, task
from tests.web.html import flat


@pytest.fixture(autouse=True)
def on_june_fifth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(6, 5, 10))


def client_for(board: Board, role: str) -> Client:
    client = Client()
    client.force_login(board.county.users[role])
    return client


def text(response: Any) -> str:
    return flat(response.content.decode())


def hand_in_all(board: Board) -> dict[str, Report]:
    return {
        "柳林镇": board.hand_in("2024-05", board.pipes, "柳林镇", at(6, 4), {board.length.pk: "9"}),
        "石门镇": board.hand_in("2024-05", board.pipes, "石门镇", at(6, 4), {board.length.pk: "6"}),
        "县水利局": board.hand_in("2024-05", board.quality, "县水利局", at(6, 4), {board.rate.pk: "88"}),
        "城关镇": board.hand_in("2024-05", board.patrol, "城关镇", at(6, 4)),
    }


def test_a_lead_unit_sees_what_waits_for_it_and_not_its_own(may: Board) -> None:
    hand_in_all(may)
    page = text(client_for(may, "lead").get("/reviews/"))
    assert "<strong>2</strong> 等我审核" in page
    assert "城关镇" not in page and "提高水质达标率" not in page
    assert page.count('name="report"') == 2


def test_the_supervision_office_sees_all(may: Board) -> None:
    hand_in_all(may)
    assert "<strong>4</strong> 等我审核" in text(client_for(may, "supervision").get("/reviews/"))


def test_a_town_sees_the_reports_of_its_villages_alone(may: Board) -> None:
    Duty.objects.create(task=may.quality, role="responsible", text="柳林东村", unit=may.county.unit("柳林东村"))
    may.ask_all()
    hand_in_all(may)
    may.hand_in("2024-05", may.quality, "柳林东村", at(6, 4))
    page = text(client_for(may, "town").get("/reviews/?group=all"))
    assert page.count('name="report"') == 1 and "柳林东村" in page


@pytest.mark.parametrize("role", ["leader", "auditor", "admin", "responsible", "village"])
def test_who_reviews_nothing_has_no_list(may: Board, role: str) -> None:
    assert client_for(may, role).get("/reviews/").status_code == 403


def test_findings_and_the_last_figure_stand_in_the_list(may: Board) -> None:
    may.accepted("2024-04", may.pipes, "柳林镇", at(5, 6), {may.length.pk: "9.5"})
    hand_in_all(may)
    page = text(client_for(may, "lead").get("/reviews/"))
    assert "上期 9.5" in page and "累计数不会减少" in page


def test_one_report_shows_figures_due_and_earlier_and_its_words(may: Board) -> None:
    may.accepted("2024-04", may.pipes, "柳林镇", at(5, 6), {may.length.pk: "7.5"})
    report = hand_in_all(may)["柳林镇"]
    page = text(client_for(may, "lead").get(f"/reviews/{report.pk}/"))
    assert "<b>9</b> 公里" in page and "2024-04 7.5 公里" in page and "10.3425 公里" in page
    assert "已完成招标,管沟开挖过半。" in page


def test_a_share_unlike_the_other_towns_is_pointed_out(may: Board) -> None:
    length = target(may.pipes, "改造老旧管网", "70", "公里")
    for name in ("柳林镇", "石门镇", "城关镇", "白鹿乡", "双河乡", "县财政局", "县交通局"):
        unit = may.county.unit(name)
        Duty.objects.get_or_create(task=may.pipes, role="responsible", text=name, unit=unit)
        Allocation.objects.create(target=length, unit=unit, value="10")
    may.ask_all()
    from guatu.web.directory.models import RoleGrant

    reporter = may.users["reporter"]
    for name in ("白鹿乡", "双河乡", "县交通局"):
        RoleGrant.objects.create(
            user=reporter, role="responsible", unit=may.county.unit(name), valid_from=at(1, 1).date()
        )
    done = {
        "柳林镇": "9.5",
        "石门镇": "2",
        "城关镇": "2.1",
        "白鹿乡": "2.2",
        "双河乡": "1.9",
        "县财政局": "2",
        "县交通局": "2.1",
    }
    for name, value in done.items():
        figures = {length.pk: value, **({may.length.pk: "9"} if name in ("柳林镇", "石门镇") else {})}
        may.hand_in("2024-05", may.pipes, name, at(6, 4), figures)
    odd, usual = may.report("2024-05", may.pipes, "柳林镇"), may.report("2024-05", may.pipes, "石门镇")
    lead = client_for(may, "lead")
    assert "偏离度" in text(lead.get(f"/reviews/{odd.pk}/"))
    assert "偏离度" not in text(lead.get(f"/reviews/{usual.pk}/"))


def test_accepting_leads_to_the_next_one_that_waits(may: Board) -> None:
    reports = hand_in_all(may)
    lead = client_for(may, "lead")
    first = reports["柳林镇"]
    response = lead.post(f"/reviews/{first.pk}/", {"do": "accept", "seen": first.row_version})
    assert response["Location"] == f"/reviews/{reports['石门镇'].pk}/"
    second = reports["石门镇"]
    response = lead.post(f"/reviews/{second.pk}/", {"do": "return", "seen": second.row_version, "reason": "缺验收单"})
    assert response["Location"] == "/reviews/"
    assert [Report.objects.get(pk=r.pk).state for r in (first, second)] == ["accepted", "returned"]


def test_a_return_without_a_reason_is_told_at_the_field(may: Board) -> None:
    report = hand_in_all(may)["柳林镇"]
    response = client_for(may, "lead").post(f"/reviews/{report.pk}/", {"do": "return", "seen": report.row_version})
    assert response.status_code == 422 and "退回时请写明原因" in text(response)


def test_a_reviewer_who_comes_second_is_told_and_keeps_the_reason(may: Board) -> None:
    report = hand_in_all(may)["柳林镇"]
    seen = report.row_version
    may.review(report, at(6, 5))
    response = client_for(may, "lead").post(
        f"/reviews/{report.pk}/", {"do": "return", "seen": seen, "reason": "里程不符"}
    )
    assert response.status_code == 409
    assert "可能已被他人处理" in text(response)


def test_several_are_accepted_at_once(may: Board) -> None:
    reports = hand_in_all(may)
    lead = client_for(may, "lead")
    ticks = re.findall(r'name="report" value="([\d.]+)"', text(lead.get("/reviews/")))
    response = lead.post("/reviews/accept/", {"report": [*ticks, "1.x", "zz"], "back": "period=2024-05"}, follow=True)
    assert "已通过 2 份。" in text(response)
    assert response.redirect_chain[-1][0] == "/reviews/?period=2024-05"
    assert Report.objects.get(pk=reports["石门镇"].pk).state == "accepted"
    assert "请先勾选" in text(lead.post("/reviews/accept/", {}, follow=True))


def test_a_report_of_others_is_not_there(may: Board) -> None:
    report = hand_in_all(may)["城关镇"]
    assert client_for(may, "lead").get(f"/reviews/{report.pk}/").status_code == 404


def test_the_list_is_exported_as_shown(may: Board) -> None:
    hand_in_all(may)
    exported = b"".join(client_for(may, "lead").get("/reviews/export/?format=csv").streaming_content).decode(
        "utf-8-sig"
    )
    assert len(exported.strip().splitlines()) == 3
    assert "城关镇" not in exported


def test_the_list_asks_as_many_queries_for_fifty_as_for_two(may: Board) -> None:
    hand_in_all(may)
    lead = client_for(may, "lead")
    lead.get("/reviews/")
    with CaptureQueriesContext(connection) as few:
        lead.get("/reviews/")
    for number in range(40):
        row = task(may.plan, may.pipes.version, f"任务{number}", 10 + number)
        Duty.objects.create(task=row, role="lead", text="县水利局", unit=may.county.unit("县水利局"))
        Duty.objects.create(task=row, role="responsible", text="柳林镇", unit=may.county.unit("柳林镇"))
    may.ask_all()
    Report.objects.filter(task__title__startswith="任务", unit=may.county.unit("柳林镇")).update(state="submitted")
    with CaptureQueriesContext(connection) as many:
        page = text(lead.get("/reviews/"))
    assert page.count('name="report"') == 42
    assert len(many) == len(few) <= 30

"""Reporting, review and the other pages of dispatch in a real browser: both languages, desk and phone, keyboard alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.base.jobs import run_waiting
from guatu.web.directory.models import RoleGrant
from guatu.web.dispatch.models import Appeal, Evidence, Light, Report
from guatu.web.ledger.models import Milestone
from tests.web.browser import FACES, wrong
from tests.web.dispatch.conftest import START, Board, at
from tests.web.dispatch.test_lights import compute, light_of, year


@pytest.fixture
def shown(board: Board, monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    """10 June 2024: five months reported, some returned, milestones with a late one, an appeal."""
    monkeypatch.setattr(timezone, "now", lambda: at(6, 10, 10))
    RoleGrant.objects.create(
        user=board.county.users["town"], role="town", unit=board.county.unit("城关镇"), valid_from=START
    )
    board.open(at(6, 3))
    year(board)
    returned = board.review(
        board.report("2024-05", board.pipes, "柳林镇"),
        at(6, 5),
        accept=False,
        reason="里程与监理月报不符,请附五月监理月报。",
    )
    assert returned.state == Report.State.RETURNED
    board.hand_in("2024-05", board.quality, "县财政局", at(6, 4), problems="资金拨付进度慢,省级补助尚未下达。")
    board.hand_in("2024-04", board.patrol, "城关镇", at(6, 4))
    design = Milestone.objects.create(
        task=board.pipes, title="施工图设计批复", days=15,
        planned_start=datetime.date(2024, 5, 6), planned_end=datetime.date(2024, 5, 24),
    )  # fmt: skip
    work = Milestone.objects.create(
        task=board.pipes, title="主管网施工", days=90, order=1,
        planned_start=datetime.date(2024, 5, 27), planned_end=datetime.date(2024, 9, 30),
    )  # fmt: skip
    accepted = Milestone.objects.create(
        task=board.pipes, title="竣工验收", days=0, order=2,
        planned_start=datetime.date(2024, 10, 15), planned_end=datetime.date(2024, 10, 15),
    )  # fmt: skip
    work.after.add(design)
    accepted.after.add(work)
    compute(board, "2024-04")
    compute(board)
    light = light_of(board, board.patrol, "城关镇")
    Appeal.objects.create(
        light=light,
        then={"colour": light.colour},
        reason="暴雨冲毁道路,四月无法巡查。",
        made_at=at(6, 9),
        due_on=at(6, 16).date(),
    )
    yield board


def addresses(board: Board) -> list[tuple[str, str, str]]:
    town = board.report("2024-05", board.pipes, "柳林镇").pk
    waiting = board.report("2024-05", board.quality, "县财政局").pk
    unit = board.county.unit("柳林镇").pk
    light = light_of(board, board.pipes, "县水利局", board.length).pk
    return [
        ("reports", "town", "/reports/"),
        ("report-form", "town", f"/reports/{town}/"),
        ("report-read", "town", f"/reports/{board.report('2024-04', board.pipes, '柳林镇').pk}/"),
        ("reviews", "supervision", "/reviews/"),
        ("review", "supervision", f"/reviews/{waiting}/"),
        ("periods", "supervision", "/periods/"),
        ("period", "supervision", f"/periods/{board.period('2024-05').pk}/"),
        ("rule", "supervision", f"/periods/plan/{board.plan.pk}/rules/{board.rule.pk}/"),
        ("lights", "supervision", "/lights/?level=all"),
        ("light", "supervision", f"/lights/{light}/"),
        ("appeals", "supervision", "/appeals/decide/"),
        ("forecast", "supervision", f"/targets/{board.length.pk}/forecast/?unit={unit}"),
        ("milestones", "lead", f"/tasks/{board.pipes.pk}/milestones/"),
        ("task", "supervision", f"/tasks/{board.pipes.pk}/"),
    ]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_of_dispatch_is_accessible_and_fits(browse: Any, shown: Board, width: int, language: str) -> None:
    assert wrong(browse, "dispatch", addresses(shown), width, language) == {}


def test_a_town_reports_by_keyboard_and_the_lead_unit_changes_the_light(browse: Any, shown: Board) -> None:
    Milestone.objects.filter(title="施工图设计批复").update(done_on=datetime.date(2024, 5, 24))
    compute(shown)
    before = light_of(shown, shown.pipes, "柳林镇", shown.length)
    page = browse("town", f"/reports/{shown.report('2024-05', shown.pipes, '柳林镇').pk}/", width=390)
    assert "里程与监理月报不符" in page.content()
    page.locator("#f-progress").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("五月完成 3.5 公里,监理月报已附。")
    page.locator(f"#figure-{shown.length.pk}").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.get_by_text("累计数不会减少").wait_for()
    page.locator("#photos").set_input_files(
        {"name": "工地.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff photo"}
    )
    page.get_by_role("link", name="工地.jpg").last.wait_for()
    page.get_by_role("button", name="提交", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator("[name=despite]").wait_for()
    assert page.locator("#f-progress").input_value() == "五月完成 3.5 公里,监理月报已附。"
    page.locator(f"#figure-{shown.length.pk}").fill("11.5")
    page.locator("[name=despite]").check()
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("已提交,等待审核").wait_for()
    assert Evidence.objects.count() == 1
    review = browse("lead", "/reviews/")
    review.get_by_role("link", name="新建供水管网").first.click()
    review.get_by_role("button", name="通过", exact=True).click()
    review.get_by_text("已通过,亮灯随后更新").wait_for()
    run_waiting()
    after = Light.objects.get(pk=before.pk)
    assert (before.colour, after.colour) == ("amber", "green")
    page = browse("town", f"/lights/{before.pk}/", width=390)
    assert page.locator(".light-now").inner_text().endswith("正常")


def test_what_is_typed_is_saved_by_itself_and_kept_on_the_device(browse: Any, shown: Board) -> None:
    pk = shown.report("2024-05", shown.pipes, "柳林镇").pk
    page = browse("town", f"/reports/{pk}/")
    page.evaluate(
        "() => { window.__saved = 0; document.addEventListener('htmx:afterRequest', () => { window.__saved += 1; }); }"
    )
    page.locator("#f-problems").fill("管材到货延迟")
    page.evaluate("htmx.trigger('#draft', 'draft')")
    page.get_by_text("已自动保存草稿").wait_for()
    assert Report.objects.get(pk=pk).problems == "管材到货延迟"
    page.locator("#f-next_step").fill("催货,六月十五日前到场")
    page.wait_for_function("() => Object.values(localStorage).some((entry) => entry.includes('催货'))")
    page.reload()
    page.get_by_role("button", name="恢复这些内容").click()
    assert page.locator("#f-next_step").input_value() == "催货,六月十五日前到场"
    page.locator(f"#figure-{shown.length.pk}").fill("10.8")
    page.locator("#f-progress").fill("铺设 10.8 公里。")
    page.get_by_role("button", name="提交", exact=True).click()
    page.locator("[name=despite]").or_(page.get_by_text("已提交,等待审核")).first.wait_for()
    if page.locator("[name=despite]").count():
        page.locator("[name=despite]").check()
        page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("已提交,等待审核").wait_for()


def test_without_a_network_the_form_waits_and_loses_nothing(browse: Any, shown: Board) -> None:
    pk = shown.report("2024-05", shown.pipes, "柳林镇").pk
    page = browse("town", f"/reports/{pk}/", width=390)
    page.locator("#f-progress").fill("山区无信号时填的内容")
    page.context.set_offline(True)
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("连接不上服务器,没有提交").wait_for()
    page.context.set_offline(False)
    assert page.locator("#f-progress").input_value() == "山区无信号时填的内容"
    assert Report.objects.get(pk=pk).state == Report.State.RETURNED
    page.locator(f"#figure-{shown.length.pk}").fill("10.9")
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("已提交,等待审核").wait_for()
    assert Report.objects.get(pk=pk).state == Report.State.SUBMITTED


def test_all_rows_are_ticked_at_once(browse: Any, shown: Board) -> None:
    page = browse("supervision", "/reviews/")
    page.locator("[data-tick-all]").check()
    page.get_by_role("button", name="通过勾选的").click()
    page.get_by_text("已通过 2 份。").wait_for()

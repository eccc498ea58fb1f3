"""Cases in a real browser: two cases from the report to the rating, and every page accessible, at the desk and on a phone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.cases.models import Case
from tests.web.browser import FACES, wrong
from tests.web.cases.conftest import Desk, at

PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff photo"}
PHONE = 390


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime.datetime]]:
    """The time of the server; the last of the list is now."""
    now = [at(3, 9)]
    monkeypatch.setattr(timezone, "now", lambda: now[-1])
    yield now


def report(browse: Any, text: str) -> Case:
    page = browse(None, "/report/", width=PHONE)
    page.get_by_label("类别").select_option("urban_management/C0101")
    page.get_by_label("情况描述").fill(text)
    page.get_by_label("地点").fill("云岭路 12 号")
    page.get_by_label("照片").set_input_files(PHOTO)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/track/**")
    code = page.url.rstrip("/").rsplit("/", 1)[-1]
    return Case.objects.get(code=code)


def act(browse: Any, role: str, case: Case, button: str, width: int = 1440, **fields: str) -> None:
    """Fills in fields by their labels and presses the button of a step."""
    page = browse(role, f"/cases/{case.pk}/", width=width)
    for label, value in fields.items():
        control = page.get_by_label(label)
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        elif control.get_attribute("type") == "file":
            control.set_input_files(PHOTO)
        else:
            control.fill(value)
    page.get_by_role("button", name=button, exact=True).click()
    page.locator(".alert").first.wait_for()
    assert page.locator(".alert-danger").count() == 0, page.locator(".alert-danger").inner_text()
    assert page.errors == []


def file_and_assign(browse: Any, desk: Desk, case: Case) -> None:
    act(browse, "desk", case, "立案", 情形="danger")
    act(browse, "desk", case, "派遣", 承办单位=str(desk.county.unit("县水利局").pk))


def handle(browse: Any, case: Case) -> None:
    act(browse, "lead", case, "处置完成", width=PHONE, 办理结果="已更换井盖", 办理后照片="photo")


def test_a_citizen_reports_and_rates_when_desk_handler_and_collector_have_done_their_steps(
    browse: Any, desk: Desk, clock: list[datetime.datetime]
) -> None:
    case = report(browse, "井盖缺失,路人险些跌入")
    queue = browse("desk", "/cases/")
    queue.keyboard.press("j")
    queue.keyboard.press("Enter")
    queue.wait_for_url(f"**/cases/{case.pk}/")
    file_and_assign(browse, desk, case)
    mine = browse("lead", "/cases/mine/", width=PHONE)
    assert case.code in mine.content()
    handle(browse, case)
    act(browse, "desk", case, "送核查")
    act(browse, "collector", case, "核查通过", width=PHONE, 核查照片="photo")
    act(browse, "desk", case, "结案")
    page = browse(None, f"/track/?code={case.code.lower()}", width=PHONE)
    page.get_by_label("5 星").check()
    page.get_by_label("想说的话").fill("很快")
    page.get_by_role("button", name="提交评价").click()
    page.get_by_text("5 / 5").wait_for()
    case.refresh_from_db()
    assert case.ended_at is not None and not case.late
    assert case.events.get(kind="rate").stars == 5
    assert case.files.count() == 3


def test_a_case_is_returned_twice_extended_once_and_appealed(
    browse: Any, desk: Desk, clock: list[datetime.datetime]
) -> None:
    case = report(browse, "雨后井盖松动")
    file_and_assign(browse, desk, case)
    act(browse, "lead", case, "不属本单位,退回派遣", 退回或不予办理的理由="属城建管养")
    act(browse, "desk", case, "派遣", 承办单位=str(desk.county.unit("县水利局").pk))
    clock.append(at(3, 9, 30))
    apply(browse, case, "延期", amount="1")
    decide(browse, case)
    case.refresh_from_db()
    assert case.due == at(3, 12)
    clock.append(at(3, 14))
    handle(browse, case)
    act(browse, "desk", case, "送核查")
    act(browse, "collector", case, "核查不通过,返工", 退回或不予办理的理由="周边未回填")
    clock.append(at(3, 15))
    handle(browse, case)
    act(browse, "desk", case, "送核查")
    act(browse, "collector", case, "核查通过")
    act(browse, "desk", case, "结案")
    apply(browse, case, "申诉")
    decide(browse, case)
    page = browse("leader", f"/cases/{case.pk}/")
    assert "申诉通过,不计入统计" in page.content()
    case.refresh_from_db()
    assert (case.returns, case.late, case.ended_at is not None) == (2, True, True)


def apply(browse: Any, case: Case, kind: str, amount: str = "") -> None:
    page = browse("lead", f"/cases/{case.pk}/", width=PHONE)
    page.get_by_text("申请时限变更:处置").click()
    page.get_by_label("事项").select_option(label=kind)
    if amount:
        page.get_by_label("延长多少").fill(amount)
    page.get_by_label("原因", exact=True).last.fill("配件未到")
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("申请已提交").wait_for()


def decide(browse: Any, case: Case) -> None:
    page = browse("desk", f"/cases/{case.pk}/")
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("已决定").wait_for()


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_of_cases_is_accessible_and_fits(
    browse: Any, desk: Desk, borders: Any, clock: list[datetime.datetime], width: int, language: str
) -> None:
    lon, lat = borders("柳林镇")
    waiting = desk.report(at(3, 8), lon=lon, lat=lat)
    desk.report(at(3, 8, 30), lon=lon, lat=lat)
    assigned, closed = desk.assigned(when=at(3, 8, 30)), desk.closed(at(3, 7))
    addresses = [
        ("desk", "/cases/?state=all"), ("desk", f"/cases/{waiting.pk}/"), ("lead", f"/cases/{assigned.pk}/"),
        ("lead", "/cases/mine/"), ("desk", "/cases/new/"), (None, "/report/"), (None, "/track/"),
        (None, f"/track/{closed.code}/"), ("leader", f"/cases/{closed.pk}/"),
        ("supervision", "/duties/?try_class=C0101"),
    ]  # fmt: skip
    pages = [(str(number), role, address) for number, (role, address) in enumerate(addresses)]
    assert wrong(browse, "cases", pages, width, language) == {}


def test_a_click_on_the_sketch_fills_in_the_position(browse: Any, desk: Desk, borders: Any) -> None:
    page = browse(None, "/report/")
    page.locator("[data-pick]").click()
    assert abs(float(page.get_by_label("经度").input_value()) - 121.25) < 0.01
    assert abs(float(page.get_by_label("纬度").input_value()) - 30.05) < 0.01


def test_handlers_find_targets_of_44_pixels_on_a_phone(browse: Any, desk: Desk, clock: list[datetime.datetime]) -> None:
    case = desk.assigned(when=at(3, 8, 30))
    page = browse("lead", f"/cases/{case.pk}/", width=PHONE)
    for target in page.locator("main button, main input:not([type=hidden]), main select").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 44

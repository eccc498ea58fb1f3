"""A draw in a real browser from the list of objects to the result in public; every page accessible, by keyboard too."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.base.jobs import run_waiting
from guatu.web.inspection.models import Draw
from tests.web.browser import FACES, wrong
from tests.web.inspection.conftest import Office, at, csv_of, objects

PHONE = 390


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime.datetime]]:
    """The time of the server; the last of the list is now. A session ends after twelve hours."""
    now = [at(4, 20)]
    monkeypatch.setattr(timezone, "now", lambda: now[-1])
    yield now


def upload(page: Any, live: str, data: bytes) -> None:
    page.goto(f"{live}/sheets/inspection-objects/import/")
    page.get_by_label("文件").set_input_files({"name": "对象.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url("**/sheets/imports/*/")
    run_waiting()
    page.reload()
    page.locator(".alert").first.wait_for()


def test_a_draw_from_the_list_of_objects_to_the_result_in_public(
    browse: Any, live_server: Any, office: Office, clock: list[datetime.datetime]
) -> None:
    for n, (name, unit) in enumerate((("江岚", "县水利局"), ("方晴", "县财政局"), ("陆川", "县交通局"))):
        office.inspector(name, unit, f"ZF-{n:02}")
    page = browse("supervision", "/inspection/objects/")
    upload(page, live_server.url, csv_of("QH-1,,,高风险,,,"))
    assert "一行都没有导入" in page.content() and "对象名称" in page.locator(".card table").inner_text()
    upload(page, live_server.url, objects())
    assert "新增 12 行" in page.content()
    page = browse("supervision", "/inspection/draws/new/")
    page.get_by_label("抽查名称").fill("六月抽查")
    page.get_by_label("抽查事项").fill("安全生产")
    page.get_by_label("组织单位").select_option(str(office.county.unit("县政府督查室").pk))
    page.get_by_label("抽取日期").fill("2024-06-05")
    page.get_by_label("高风险").fill("50")
    page.get_by_role("button", name="公布计划").click()
    page.wait_for_url("**/inspection/draws/*/")
    page.get_by_label("对象编号").fill("QH-000")
    page.get_by_label("原因(会公布;留空即恢复)").fill("停业整顿")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存。").wait_for()
    page.get_by_role("button", name="锁定名单").click()
    page.get_by_text("名单已锁定并公布。").wait_for()
    assert page.get_by_role("button", name="现在抽取").count() == 0
    clock.append(at(5, 7))
    page.reload()
    page.get_by_role("button", name="现在抽取").click()
    page.get_by_text("已抽取,结果和随机种子已公布。").wait_for()
    page.get_by_text("填报 QH-").first.click()
    page.get_by_label("检查结果").first.select_option("corrected")
    page.get_by_label("结果说明(会公布,不写个人信息)").first.fill("灭火器过期,已更换")
    page.get_by_role("button", name="保存").first.click()
    page.get_by_text("结果已保存并公布。").wait_for()
    assert page.errors == []
    row = Draw.objects.get()
    public = browse(None, "/inspections/", width=PHONE)
    public.get_by_role("link", name="六月抽查").click()
    public.get_by_text(row.seed).wait_for()
    assert "灭火器过期,已更换" in public.content() and "江岚" not in public.content()
    with public.expect_download() as download:
        public.get_by_role("link", name="复核脚本(Python)").click()
    assert row.seed in download.value.path().read_text(encoding="utf-8")


def test_every_page_of_inspection_is_accessible_and_fits(
    browse: Any, office: Office, clock: list[datetime.datetime]
) -> None:
    office.lists()
    drawn, closed, planned = office.drawn(percent={"high": 100}), office.closed(), office.planned()
    clock.append(at(5, 10))
    addresses = [
        ("supervision", "/inspection/"), ("supervision", "/inspection/objects/"), ("supervision", "/inspection/inspectors/"),
        ("supervision", "/inspection/draws/new/"), ("supervision", f"/inspection/draws/{drawn.pk}/"),
        ("supervision", f"/inspection/draws/{planned.pk}/"), ("lead", f"/inspection/draws/{closed.pk}/"),
        (None, "/inspections/"), (None, f"/inspections/{drawn.pk}/"), (None, f"/inspections/{closed.pk}/"),
        (None, f"/inspections/{planned.pk}/"),
    ]  # fmt: skip
    pages = [(str(number), role, address) for number, (role, address) in enumerate(addresses)]
    for width, language in FACES:
        assert wrong(browse, "inspection", pages, width, language) == {}

"""The first hour of a county by one workbook in a real browser: downloaded, filled in, looked at, entered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from guatu.web.base.models import Attachment, User
from guatu.web.county.selectors.facts import facts_on
from tests.web.browser import FACES, wrong
from tests.web.conftest import County
from tests.web.county.test_first_hour_in_browser import county as county
from tests.web.county.test_workbook import TABS, today, upload


def fill_in(file: Path) -> None:
    book = load_workbook(file)
    for tab, lines in TABS.items():
        for line in lines:
            book[tab].append(list(line))
    book.save(file)


@pytest.fixture
def open_county(county: County) -> County:
    User.objects.update(must_change_password=False)
    return county


def test_a_county_is_set_up_by_one_workbook(browse: Any, open_county: County, tmp_path: Path) -> None:
    page = browse("admin", "/first-steps/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载工作簿").click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    fill_in(file)
    page.get_by_label("填好的工作簿").set_input_files(str(file))
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/first-steps/workbook/*/")
    shown = page.locator("main").inner_text()
    assert "还没有录入" in shown and "临溪镇 130990101000" in shown and "张督查" in shown
    assert facts_on(today()).towns == []
    page.get_by_role("button", name="确认录入 15 项").click()
    page.get_by_text("只显示这一次").wait_for()
    assert len(page.locator("td.font-monospace").all_inner_texts()) == 4
    facts = facts_on(today())
    assert len(facts.towns) == 3 and facts.offices == 4 and facts.accounts == 4
    page.get_by_role("link", name="继续").click()
    page.wait_for_url("**/first-steps/")
    assert "已完成 4 步" in page.locator("main").inner_text()
    assert page.locator(".step-next h2").inner_text().startswith("第一个方案")


@pytest.mark.parametrize(("width", "language"), FACES)
def test_the_pages_of_the_workbook_are_accessible_and_fit(
    browse: Any, open_county: County, tmp_path: Path, width: int, language: str
) -> None:
    client, file = Client(), tmp_path / "county.xlsx"
    client.force_login(open_county.users["admin"])
    file.write_bytes(b"".join(client.get("/first-steps/workbook.xlsx").streaming_content))
    book = load_workbook(file)
    for tab, lines in TABS.items():
        for line in lines:
            book[tab].append(list(line))
    book["人员"].append(["甲某某", "没有这样一个名称很长的单位和它的下属单位", "国王"])
    book.save(file)
    upload(client, file.read_bytes())
    address = f"/first-steps/workbook/{Attachment.objects.get().pk}/"
    shown = [("new", "admin", "/first-steps/workbook/"), ("check", "admin", address)]
    assert wrong(browse, "workbook", shown, width, language) == {}

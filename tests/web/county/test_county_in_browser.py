"""The pages of settings and of the working calendar in a real browser: both languages, desk and phone."""

from __future__ import annotations

from typing import Any

import pytest

from guatu.web.base.settings_table import setting
from tests.web.browser import FACES, wrong
from tests.web.supervision.conftest import Office
from tests.web.supervision.conftest import board as board
from tests.web.supervision.conftest import office as office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ADDRESSES = (
    "/settings/",
    "/settings/dispatch.light-rules/",
    "/settings/supervision.reply-days/",
    "/settings/accounts.second-factor-roles/",
    "/settings/grids.rating/",
    "/settings/open311.neighbours/",
    "/working-days/2027/",
)


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_is_accessible_and_fits(browse: Any, office: Office, width: int, language: str) -> None:
    pages = [(address.strip("/").replace("/", "-"), "admin", address) for address in ADDRESSES]
    assert wrong(browse, "county", pages, width, language) == {}


def test_a_rule_is_tried_seen_and_confirmed(browse: Any, office: Office) -> None:
    page = browse("supervision", "/settings/dispatch.light-rules/")
    page.locator("[name=row-6-when]").fill("attainment < 5")
    page.get_by_role("button", name="先看会改变什么").click()
    page.get_by_role("heading", name="盏灯会改变").wait_for()
    assert page.locator("a[href^='/lights/']").count() > 0
    page.get_by_role("button", name="确认保存").click()
    page.get_by_text("起执行").first.wait_for()
    assert setting("dispatch.light-rules")[5].when == "attainment < 5"


def test_a_notice_is_entered_by_days_and_one_is_taken_away(browse: Any, office: Office) -> None:
    page = browse("admin", "/working-days/2027/")
    page.get_by_label("日期").first.fill("2027-06-21")
    page.get_by_label("名称").fill("县庆")
    page.get_by_role("button", name="登记").click()
    page.get_by_text("县庆").wait_for()
    page.get_by_role("button", name="删除 2027-06-21").click()
    page.get_by_text("没有登记").wait_for()
    assert setting("calendar.days") == ()

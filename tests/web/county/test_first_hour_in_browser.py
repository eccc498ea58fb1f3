"""The first hour of a county in a real browser: from an empty database to an order that bears the county's name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import anonymous
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import User
from guatu.web.directory.actions.make_administrator import MakeAdministrator
from tests.web.browser import FACES, wrong
from tests.web.conftest import County

MOST = 40
OWN = "tong-shan-he-yue-9"
TOWNS = "临溪镇 130990101\n云岭乡 130990102\n城东街道 130990103"
OFFICES = "青禾县人民政府督查室 县政府督查室\n青禾县水利局\n青禾县财政局\n青禾县住房和城乡建设局"
PLAN = """青禾县人民政府办公室关于印发青禾县农村供水实施方案的通知

青政办发〔{year}〕9号

各乡镇人民政府,县政府各部门:
  现将《青禾县农村供水实施方案》印发给你们,请认真落实。

青禾县人民政府办公室
{year}年1月10日

青禾县农村供水实施方案

一、重点任务
  1.新建供水管网。新建供水管网40公里,{year}年12月底前完成。(牵头单位:县水利局;责任单位:县财政局、各乡镇)
  2.改造泵站。改造泵站6座,{year}年12月底前完成。(牵头单位:县水利局;责任单位:临溪镇)
"""


PEOPLE = {"县政府督查室": "张督查", "县水利局": "李水利", "县财政局": "王财政", "临溪镇": "赵临溪"}
FIRST = {
    "county": {"county": "青禾县", "code": "130990", "issuer": ""},
    "towns": {"lines": TOWNS},
    "units": {"lines": OFFICES},
}


@pytest.fixture
def county(db: None, quick_passwords: None) -> County:
    """Nothing but the first administrator, as the command line makes one."""
    now = timezone.now()
    made = perform(MakeAdministrator("guanli"), Context(anonymous(timezone.localdate()), now))
    User.raw = made.raw  # type: ignore[attr-defined]
    return County({}, {}, {"admin": made.user})


class Hand:
    """Does what a person does, and counts it: each click or choice is one, and so is typing into a field."""

    def __init__(self, page: Any) -> None:
        self.page, self.actions = page, 0
        page.set_default_timeout(20_000)

    def write(self, field: Any, text: str) -> None:
        self.actions += 1
        field.fill(text)

    def choose(self, field: Any, **what: Any) -> None:
        self.actions += 1
        field.select_option(**what)

    def choose_file(self, field: Any, file: Path) -> None:
        self.actions += 1
        field.set_input_files(str(file))

    def click(self, what: Any) -> None:
        self.actions += 1
        what.click()
        self.page.wait_for_load_state()

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name).first)

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name).first)


def log_in(hand: Hand) -> None:
    page = hand.page
    hand.write(page.locator("#id_login"), "guanli")
    hand.write(page.locator("#id_password"), User.raw)  # type: ignore[attr-defined]
    hand.button("登录")
    page.wait_for_url("**/password/change/")
    for field in page.locator("input[type=password]").all():
        name = field.get_attribute("name") or ""
        hand.write(field, User.raw if "old" in name else OWN)  # type: ignore[attr-defined]
    hand.button("保存新密码")


def enter_all(hand: Hand) -> None:
    """Name, towns, offices and people, each form leading to the next."""
    page = hand.page
    hand.link("填写")
    hand.write(page.get_by_label("县(市、区)名称"), "青禾县")
    hand.write(page.get_by_label("区划代码"), "130990")
    hand.button("保存并继续")
    hand.write(page.get_by_label("乡镇街道"), TOWNS)
    hand.button("保存并继续")
    hand.write(page.get_by_label("部门"), OFFICES)
    hand.button("保存并继续")
    for unit, name in PEOPLE.items():
        hand.write(page.get_by_label(re.compile(f"^姓名 {unit}$")), name)
    hand.choose(page.get_by_label(re.compile("^角色 县政府督查室$")), value="supervision")
    hand.click(page.get_by_label("我自己兼任督查室的工作"))
    hand.button("保存并继续")
    passwords = page.locator("tbody td:nth-child(2)").all_inner_texts()
    assert len(passwords) == 4 and all(re.fullmatch(r"\w{4}-\w{4}-\w{4}", one) for one in passwords)
    hand.link("继续")


def bring_in_the_plan(hand: Hand, file: Path) -> None:
    page = hand.page
    file.write_text(PLAN.format(year=timezone.localdate().year), encoding="utf-8")
    hand.link("上传方案")
    hand.choose_file(page.get_by_label("方案文件"), file)
    hand.button("上传")
    page.wait_for_url("**/progress/")
    run_waiting()
    page.reload()
    page.locator("#ledger").wait_for()
    hand.link("挂接单位")
    hand.button("一次挂接这")
    page.locator("#waiting-count", has_text="0").wait_for()
    hand.link("检查并确认")
    hand.button("确认 2 项任务")
    page.get_by_text("执行中").first.wait_for()
    run_waiting()


def issue_an_order(hand: Hand) -> str:
    """The words of the printed order."""
    page = hand.page
    hand.link("督办")
    hand.link("下达督办单")
    hand.choose(page.get_by_label("方案"), label="青禾县农村供水实施方案")
    hand.choose(page.get_by_label("被督办单位"), label="青禾县水利局")
    hand.write(page.get_by_label("督办事项"), "加快新建供水管网")
    hand.write(page.get_by_label("督办要求"), "请于本月底前完成管沟开挖。")
    hand.button("下达")
    with page.expect_download() as printed:
        hand.link("督办单 docx")
    return "\n".join(one.text for one in Document(str(printed.value.path())).paragraphs)


def test_a_county_is_set_up_by_pages_alone_in_under_forty_actions(browse: Any, county: County, tmp_path: Path) -> None:
    page = browse(None, "/")
    hand = Hand(page)
    log_in(hand)
    assert page.url.endswith("/first-steps/") and "共 6 步,已完成 0 步" in page.locator("main").inner_text()
    enter_all(hand)
    assert "共 6 步,已完成 4 步" in page.locator("main").inner_text()
    bring_in_the_plan(hand, tmp_path / "农村供水实施方案.txt")
    order = issue_an_order(hand)
    assert "青禾县人民政府督查室" in order and "加快新建供水管网" in order
    assert hand.actions < MOST, hand.actions

    page.goto(page.url.partition("/orders")[0] + "/")
    assert page.url.endswith("/"), "nothing is missing: the administrator begins with what is to be done today"
    home = page.url
    page.goto(f"{home}map/")
    # Towards the end of a month its period is open, and its lights are there already.
    assert re.search("方案已经确认|已报 / 应报", page.locator("main").inner_text())
    page.goto(f"{home}first-steps/")
    assert "本县的设置齐全" in page.locator("main").inner_text()


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_of_the_first_hour_is_accessible_and_fits(
    browse: Any, county: County, width: int, language: str
) -> None:
    pages = ("", "county/", "towns/", "units/", "people/")
    empty = [(f"empty-{one.strip('/') or 'steps'}", "admin", f"/first-steps/{one}") for one in pages]
    User.objects.update(must_change_password=False)
    assert wrong(browse, "first", empty, width, language) == {}
    client = Client()
    client.force_login(county.users["admin"])
    for address, given in FIRST.items():
        assert client.post(f"/first-steps/{address}/", given).status_code in (200, 302)
    shown = [(f"{one.strip('/') or 'steps'}", "admin", f"/first-steps/{one}") for one in ("", "people/")]
    assert wrong(browse, "first", shown, width, language) == {}

"""What a newcomer does with the demo, in a real browser: a plan comes in and is confirmed; a town reports, the lead unit
reviews, the light changes; the circular is downloaded."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.web.browser import axe, overflows, picture

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
LANGUAGES = ("zh-hans", "en")
PLAN = """青禾县人民政府办公室关于印发青禾县校园周边整治实施方案的通知

青政办发〔{year}〕31号

各乡镇人民政府,县政府各部门:
  现将《青禾县校园周边整治实施方案》印发给你们,请认真落实。

青禾县人民政府办公室
{year}年1月10日

青禾县校园周边整治实施方案

一、重点任务
  1.增设接送车位。增设接送车位300个,{year}年12月底前完成。(牵头单位:县公安局;责任单位:县城市管理局、各街道办事处)
  2.改造校门道路。改造校门道路6公里,{year}年12月底前完成。(牵头单位:县住房城乡建设局;责任单位:临溪镇人民政府)
"""


def shown(page: Any, name: str) -> None:
    """The page as it stands has no serious or critical violation, does not scroll sideways, and made no fault; it is kept."""
    picture(page, name)
    assert axe(page) == [], page.url
    assert not overflows(page), page.url
    assert page.errors == [], page.url


def button(page: Any, zh: str, en: str) -> Any:
    return page.get_by_role("button", name=re.compile(f"{zh}|{en}")).first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_the_office_uploads_a_plan_links_its_units_and_confirms_it(
    login: Any, tmp_path: Path, width: int, language: str
) -> None:
    page = login("ducha", width, language)
    shown(page, f"1-map-{width}-{language}")
    page.goto("/plans/")
    shown(page, f"2-plans-{width}-{language}")
    file = tmp_path / "校园周边整治实施方案.txt"
    file.write_text(PLAN.format(year=2026), encoding="utf-8")
    page.locator("input[type=file]#file").set_input_files(str(file))
    page.locator("form:has(input#file) button").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"), timeout=120_000)
    shown(page, f"3-room-{width}-{language}")
    number = re.search(r"/plans/(\d+)/", page.url)
    assert number is not None
    page.goto(f"/plans/{number[1]}/units/")
    shown(page, f"4-units-{width}-{language}")
    _link_all(page)
    page.goto(f"/plans/{number[1]}/check/")
    shown(page, f"5-check-{width}-{language}")
    page.locator(f"form[action='/plans/{number[1]}/confirm/'] button").click()
    page.wait_for_url(lambda url: "/check/" not in url and "/confirm/" not in url)
    assert page.request.get(f"/api/plans/{number[1]}").json()["state"] == "confirmed"


def _link_all(page: Any) -> None:
    """Takes what the program offers for each name: all members of a collective name, else the first suggestion."""
    for _ in range(20):
        waiting = page.locator("li.unit-text", has=page.locator(".bg-yellow-lt"))
        if waiting.count() == 0:
            return
        offer = waiting.first.locator("button[name=expand], button[name=unit]")
        before = page.locator("#waiting-count").inner_text()
        offer.first.click()
        page.wait_for_function("before => document.querySelector('#waiting-count').innerText !== before", arg=before)
    raise AssertionError("names are left that the program offers nothing for")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_town_reports_on_a_phone_the_lead_unit_reviews_and_the_light_follows(login: Any, language: str) -> None:
    town = login("linxi", 390, language)
    town.goto("/reports/")
    shown(town, f"6-reports-390-{language}")
    number = _first_report(town)
    shown(town, f"7-report-390-{language}")
    _fill(town)
    shown(town, f"8-reported-390-{language}")
    office = login("ducha", 1440, language)
    office.goto(f"/reviews/{number}/")
    shown(office, f"9-review-1440-{language}")
    light = _light(office, number)
    office.locator("button[name=do][value=accept]").click()
    office.wait_for_url(lambda url: f"/reviews/{number}/" not in url)
    office.wait_for_timeout(8000)
    assert _light(office, number) != light, "the light was not computed again after the review"
    office.goto("/map/")
    shown(office, f"10-map-after-1440-{language}")


def _first_report(page: Any) -> str:
    """Opens the first report that is still to be written; its number."""
    page.locator("a.report-card").first.click()
    page.wait_for_url(re.compile(r"/reports/\d+/"))
    found = re.search(r"/reports/(\d+)/", page.url)
    assert found is not None
    return found[1]


def _fill(page: Any) -> None:
    page.locator("#progress").fill("本月完成车位划线,已交付使用。")
    for field in page.locator(".figure-inputs input.num").all():
        field.fill("12")
    page.locator("button[name=do][value=submit]").click()
    page.wait_for_load_state()
    despite = page.locator("#despite")
    if despite.count():
        despite.check()
        page.locator("button[name=do][value=submit]").click()
        page.wait_for_load_state()
    assert page.locator("[role=alert].alert-danger").count() == 0, page.locator("[role=alert]").all_inner_texts()


def _light(page: Any, report: str) -> str:
    """The lights of the reporting unit, as the page of the review shows them."""
    page.goto(f"/reviews/{report}/")
    return str(page.locator("main").inner_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_circular_comes_as_a_document(login: Any, language: str) -> None:
    page = login("ducha", 1440, language)
    page.goto("/circulars/")
    shown(page, f"11-circulars-1440-{language}")
    page.locator("main a[href^='/circulars/']").filter(has_not_text="xlsx").first.click()
    page.wait_for_url(re.compile(r"/circulars/\d+/"))
    shown(page, f"12-circular-1440-{language}")
    address = page.url.split("?")[0] + "circular.docx"
    document = page.request.get(address)
    assert document.status == 200
    with zipfile.ZipFile(io.BytesIO(document.body())) as parts:
        assert "青禾县" in parts.read("word/document.xml").decode()


# Each role's pages, at both widths; an address that a role may not see is not in its menu.
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["leader", "ducha", "shuili", "linxi", "admin", "shenji"])
def test_every_page_of_the_menu_is_accessible_and_fits(login: Any, name: str, width: int) -> None:
    page = login(name, width)
    links = page.locator("#menu a.nav-link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(links) >= 3
    for link in [*links, "/account/", "/api/"]:
        page.goto(link)
        shown(page, f"menu-{name}{link.replace('/', '-')}{width}")


def test_the_skip_link_and_the_menu_are_reached_by_the_keyboard(login: Any) -> None:
    page = login("leader")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    reached = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    menu = page.locator("#menu a.nav-link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert set(menu) <= reached


def test_pictures_go_where_the_environment_says() -> None:
    folder = os.environ.get("GUATU_PICTURES")
    if not folder:
        pytest.skip("GUATU_PICTURES names no folder · 没有指明截图文件夹")
    assert any(Path(folder).glob("*.png"))

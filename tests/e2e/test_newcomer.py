"""What a newcomer does with the demo, in a real browser: a plan comes in and is confirmed; a town reports, the lead unit
reviews, the light changes; the circular is downloaded."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.e2e.conftest import DAY, SIZES
from tests.web.browser import EVERY_FACE, axe, overflows, picture

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
# Each journey where its people are, at the desk or on a phone; both ways where GUATU_AXE=all (`make torture`). What the
# pages look like is held by the tests of each app.
DESK, PHONE = [(1440, "zh-hans")], [(390, "en")]
AT_DESK, ON_PHONE = (DESK + PHONE, PHONE + DESK) if EVERY_FACE else (DESK, PHONE)
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


def shown(page: Any, name: str, *, rules: bool = True) -> None:
    """The page as it stands has no serious or critical violation, does not scroll sideways, and made no fault; it is kept."""
    picture(page, name)
    assert not rules or axe(page) == [], page.url
    assert not overflows(page), page.url
    assert page.errors == [], page.url


def button(page: Any, zh: str, en: str) -> Any:
    return page.get_by_role("button", name=re.compile(f"{zh}|{en}")).first


@pytest.mark.parametrize(("width", "language"), AT_DESK)
def test_the_office_uploads_a_plan_links_its_units_and_confirms_it(
    login: Any, tmp_path: Path, width: int, language: str
) -> None:
    page = login("ducha", width, language)
    shown(page, f"1-map-{width}-{language}")
    page.goto("/plans/")
    shown(page, f"2-plans-{width}-{language}")
    file = tmp_path / "校园周边整治实施方案.txt"
    file.write_text(PLAN.format(year=2026), encoding="utf-8")
    page.locator("input[type=file]#f-file").set_input_files(str(file))
    page.locator("form:has(input#f-file) button").click()
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


# Who reports, and who leads the tasks that they report on: accounts of the demo.
REPORTERS = ("linxi", "dongguan")
LEADS = ("zhujian", "chengguan", "shuili")
SHAPES = {"green": "●", "amber": "▲", "red": "■", "grey": "○"}
WORDS = {
    "zh-hans": {"green": "正常", "amber": "滞后", "red": "严重滞后", "grey": "无数据"},
    "en": {"green": "On course", "amber": "Behind", "red": "Far behind", "grey": "No data"},
}


@dataclass(frozen=True)
class Owed:
    """A report that a town owes on a task whose lead unit has an account; its light is not green yet."""

    report: dict[str, Any]
    town: Any
    lead: Any


@pytest.mark.parametrize(("width", "language"), ON_PHONE)
def test_a_town_reports_the_lead_unit_reviews_and_the_light_changes(login: Any, width: int, language: str) -> None:
    owed = _owed(login, width, language)
    town, lead, number = owed.town, owed.lead, owed.report["id"]
    before = _light(town, owed, language)
    assert before != "green"
    town.goto("/reports/")
    shown(town, f"6-reports-{width}-{language}")
    town.locator(f"a.report-card[href='/reports/{number}/']").click()
    town.wait_for_url(f"**/reports/{number}/")
    shown(town, f"7-report-{width}-{language}")
    _fill(town, owed)
    shown(town, f"8-reported-{width}-{language}")
    assert _light(town, owed, language) == before, "a report that nobody has reviewed yet moved the light"
    lead.goto("/reviews/?unit=" + str(owed.report["unit_id"]))
    shown(lead, f"9-reviews-{width}-{language}")
    lead.locator(f"a[href='/reviews/{number}/']").first.click()
    lead.wait_for_url(f"**/reviews/{number}/")
    shown(lead, f"10-review-{width}-{language}")
    button(lead, "通过", "Accept").click()
    lead.wait_for_url(lambda url: f"/reviews/{number}/" not in url)
    assert lead.request.get(f"/api/reports/{number}").json()["state"] == "accepted"
    assert _changed(town, owed, language, before) == "green"
    shown(town, f"11-light-{width}-{language}")
    lead.goto(f"/reviews/{number}/")
    beside = lead.locator("#lights-h + ul li").filter(has_text=owed.report["period"]).locator(".light")
    assert _shown_light(beside, language) == "green"


def _owed(login: Any, width: int, language: str) -> Owed:
    """One whose figures are asked for, if there is one; each is used once."""
    leads = {}
    for name in LEADS:
        page = login(name, width, language)
        leads |= dict.fromkeys(page.request.get("/api/me").json()["unit_ids"], page)
    found = []
    for name in REPORTERS:
        town = login(name, width, language)
        for report in town.request.get("/api/reports?state=due&limit=500").json()["rows"]:
            task = town.request.get(f"/api/tasks/{report['task_id']}").json()
            page = _lead_of(task, report["unit_id"], leads)
            # What is past its deadline stays red until it is closed with evidence.
            if page and (task["due"] or "9") > DAY.isoformat() and _colour(town, report) not in (None, "green"):
                detail = town.request.get(f"/api/reports/{report['id']}").json()
                found.append((not detail["figures"], report["id"], Owed(detail, town, page)))
    assert found, "the demo leaves no report whose lead unit has an account"
    return min(found, key=lambda one: one[:2])[2]


def _lead_of(task: dict[str, Any], reporter: int, leads: dict[int, Any]) -> Any:
    units = [duty["unit_id"] for duty in task["duties"] if duty["role"] == "lead"]
    return next((leads[unit] for unit in units if unit in leads and unit != reporter), None)


def _rows(page: Any, report: dict[str, Any]) -> list[dict[str, Any]]:
    address = f"/api/lights?period={report['period']}&plan={report['plan_id']}&unit={report['unit_id']}&limit=500"
    return [row for row in page.request.get(address).json()["rows"] if row["task_id"] == report["task_id"]]


def _colour(page: Any, report: dict[str, Any]) -> str | None:
    return next((str(row["colour"]) for row in _rows(page, report)), None)


def _light(page: Any, owed: Owed, language: str) -> str:
    """The light of the report's task and unit as its own page shows it: class, shape and word agree."""
    (row,) = _rows(page, owed.report)
    page.goto(f"/lights/{row['id']}/")
    return _shown_light(page.locator(".light-now .light"), language)


def _shown_light(light: Any, language: str) -> str:
    found = re.search(r"light-(green|amber|red|grey)", light.get_attribute("class"))
    assert found is not None
    shape = light.locator(".light-shape")
    assert shape.inner_text() == SHAPES[found[1]] and shape.get_attribute("aria-hidden") == "true"
    assert light.inner_text().split(None, 1) == [SHAPES[found[1]], WORDS[language][found[1]]]
    return found[1]


def _changed(page: Any, owed: Owed, language: str, before: str) -> str:
    """The light when the work in the background is done."""
    for _ in range(120):
        colour = _light(page, owed, language)
        if colour != before:
            return colour
        page.wait_for_timeout(1000)
    raise AssertionError(f"the light stayed {before} after the review")


def _fill(page: Any, owed: Owed) -> None:
    page.locator("#f-progress").fill("本月按计划推进,已完成阶段验收。")
    for figure in owed.report["figures"]:
        page.locator(f"#figure-{figure['target_id']}").fill(f"{figure['due'] or 0:.2f}")
    button(page, "提交", "Hand in").click()
    page.wait_for_load_state()
    despite = page.locator("[name=despite]")
    if despite.count():
        despite.check()
        button(page, "提交", "Hand in").click()
        page.wait_for_load_state()
    assert page.locator("[role=alert].alert-danger").count() == 0, page.locator("[role=alert]").all_inner_texts()
    assert page.request.get(f"/api/reports/{owed.report['id']}").json()["state"] == "submitted"


@pytest.mark.parametrize(("width", "language"), AT_DESK)
def test_the_circular_is_downloaded_as_a_document(login: Any, tmp_path: Path, width: int, language: str) -> None:
    page = login("ducha", width, language)
    page.goto("/circulars/")
    shown(page, f"12-circulars-{width}-{language}")
    page.locator("main a[href^='/circulars/']").filter(has_not_text="xlsx").first.click()
    page.wait_for_url(re.compile(r"/circulars/\d+/"))
    shown(page, f"13-circular-{width}-{language}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="docx").first.click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".docx" and file.stem
    document = Document(str(file))
    title = "".join(page.locator("h2.paper-title").inner_text().split())
    assert title and title in "".join("".join(p.text for p in document.paragraphs).split())
    on_page = [
        [cell.inner_text().split() for cell in table.locator("tr").first.locator("th, td").all()]
        for table in page.locator(".paper table").all()
    ]
    assert on_page and on_page == [[cell.text.split() for cell in table.rows[0].cells] for table in document.tables]
    section = document.sections[0]
    # GB/T 9704-2012, 5.2: the edge above is 37 mm, that on the left 28 mm.
    assert abs(section.top_margin.mm - 37) < 1 and abs(section.left_margin.mm - 28) < 1


# Each role's pages, at both widths; an address that a role may not see is not in its menu.
@pytest.mark.parametrize("name", ["leader", "ducha", "shuili", "linxi", "admin", "shenji"])
def test_every_page_of_the_menu_is_accessible_and_fits(login: Any, name: str) -> None:
    page = login(name)
    links = page.locator("#menu a.nav-link, #menu a.dropdown-item").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(links) >= 3
    for link in [*links, "/account/", "/api/"]:
        page.set_viewport_size({"width": 1440, "height": SIZES[1440]})
        page.goto(link)
        # The office sees most; what is the same for others is looked at once.
        shown(page, f"menu-{name}{link.replace('/', '-')}1440", rules=EVERY_FACE or name == "ducha")
        page.set_viewport_size({"width": 390, "height": SIZES[390]})
        picture(page, f"menu-{name}{link.replace('/', '-')}390")
        assert not overflows(page), page.url
        assert not EVERY_FACE or axe(page) == [], page.url


def test_the_skip_link_and_the_menu_are_reached_by_the_keyboard(login: Any) -> None:
    page = login("leader")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#menu .dropdown-toggle')"):
            page.keyboard.press("Enter")  # a group of entries opens
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    menu = page.locator("#menu a.nav-link, #menu a.dropdown-item").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert set(menu) <= reached


def test_pictures_go_where_the_environment_says() -> None:
    folder = os.environ.get("GUATU_PICTURES")
    if not folder:
        pytest.skip("GUATU_PICTURES names no folder · 没有指明截图文件夹")
    assert any(Path(folder).glob("*.png"))

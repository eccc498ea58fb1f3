"""The screen on the wall: it fills the screen, turns its pages by itself, and says when it is out of date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.dispatch.models import Light
from guatu.web.dispatch.selectors.wall import DAYS, TASKS
from guatu.web.ledger.models import Duty, Milestone, Task
from tests.web.directory.test_pages_in_browser import draw
from tests.web.supervision.conftest import NOW, Office

LONG = "推进农村生活污水治理设施建设改造提升并建立长效运行维护管理机制"
CUT = """() => {
  const wall = document.getElementById("wall"), page = document.querySelector(".wall-page:not([hidden])");
  const out = [...page.querySelectorAll("*")].filter(one => {
    const box = one.getBoundingClientRect();
    if (one.closest("svg") || !box.width) return false;
    return box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.top < 0
      || one.scrollHeight > one.clientHeight + 3 && getComputedStyle(one).display !== "inline"
      || one.scrollWidth > one.clientWidth + 3 && getComputedStyle(one).display !== "inline";
  }).map(one => one.tagName + "." + one.className + " " + one.textContent.trim().slice(0, 30));
  const scroll = document.scrollingElement;
  if (scroll.scrollHeight > innerHeight || scroll.scrollWidth > innerWidth) out.push("the page scrolls");
  return out;
}"""


COUNT = "rows => [...document.querySelectorAll('.wall-page')].map(one => one.querySelectorAll(rows).length)"


@pytest.fixture
def shown(year: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """More tasks than a page holds, with long names, each with a milestone of these weeks."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    draw(year.board.county)
    board = year.board
    period = board.period("2024-05")
    units = list(board.county.units.values())
    for n in range(2 * TASKS):
        row = Task.objects.create(
            plan=board.plan, version=board.pipes.version, title=f"{LONG}{n}", state="open", order=40 + n, due=NOW.date()
        )
        Duty.objects.create(task=row, role="lead", text="县水利局", unit=board.county.unit("县水利局"))
        Milestone.objects.create(task=row, title=LONG, planned_end=NOW.date() + datetime.timedelta(days=n - 5))
        for unit in units[: n + 1]:
            light = {"period": period, "task": row, "unit": unit, "colour": "red"}
            Light.objects.create(**light, rule="x", explained={}, on=NOW.date(), at=NOW)
    yield year


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_each_page_of_the_wall_fits_and_has_nothing_to_operate(
    browse: Any, shown: Office, size: tuple[int, int]
) -> None:
    page = browse("leader", "/map/wall/", width=size[0])
    page.set_viewport_size({"width": size[0], "height": size[1]})
    count = page.locator(".wall-page").count()
    assert count >= 5, "the map, the ranking, two pages of tasks, the timetable"
    cut = {}
    for at in range(count):
        page.evaluate("at => show(at)", at)
        assert page.locator(".wall-page:visible").count() == 1
        cut[at] = page.evaluate(CUT)
    assert cut == {at: [] for at in range(count)}
    assert page.locator("input, select, button, textarea, form").count() == 0
    names = page.evaluate("getComputedStyle(document.querySelector('#wall')).fontSize")
    assert float(names.removesuffix("px")) >= size[1] * 0.02, "legible from afar: nothing is set by the pixel"


def test_the_wall_turns_its_pages_and_renews_itself(browse: Any, shown: Office) -> None:
    page = browse("leader", "/map/wall/", width=1920)
    page.evaluate("window.__same = true")
    before = page.locator(".tile-red b").inner_text()
    page.evaluate("show(1)")
    Light.objects.filter(period__key="2024-05", target=None).exclude(colour="red").update(colour="red")
    page.evaluate("renew()")
    page.wait_for_function("before => document.querySelector('.tile-red b').innerText !== before", arg=before)
    assert page.evaluate("at") == 1 and page.evaluate("window.__same") and page.errors == []


def test_the_wall_keeps_its_figures_without_a_network_and_says_since_when(browse: Any, shown: Office) -> None:
    page = browse("leader", "/map/wall/", width=1920)
    count = page.locator(".wall-page").count()
    page.context.set_offline(True)
    page.wait_for_function("() => document.getElementById('wall-stale').textContent !== ''")
    said = page.locator("#wall-stale").inner_text()
    assert page.locator("#wall").get_attribute("data-at") in said and page.locator(".wall-page").count() == count
    page.evaluate("show(2)")
    page.context.set_offline(False)
    page.wait_for_function("() => document.getElementById('wall-stale').textContent === ''")
    assert page.evaluate("at") == 2
    page.errors.clear()


def test_a_page_of_the_wall_holds_so_many_rows_and_the_next_the_rest(browse: Any, shown: Office) -> None:
    page = browse("leader", "/map/wall/", width=1920)
    rows = page.evaluate(
        "[...document.querySelectorAll('.wall-page')].map(one => one.querySelectorAll('.wall-tasks > li').length)"
    )
    assert next(n for n in rows if n) == TASKS and sum(rows) > TASKS
    days = page.evaluate(
        "[...document.querySelectorAll('.wall-page')].map(one => one.querySelectorAll('.wall-days tbody tr').length)"
    )
    assert max(days) == DAYS

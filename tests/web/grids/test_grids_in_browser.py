"""Grids in a real browser: drawn by mouse and by keyboard, split, merged, computed and accepted; every page accessible."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guatu.web.base.jobs import run_waiting
from guatu.web.grids.models import Grid, GridVersion, Partition, RatingRun
from guatu.web.grids.selectors.standing import standing
from tests.web.browser import FACES, picture, wrong
from tests.web.grids.conftest import Town
from tests.web.grids.test_grid_pages import full as full

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("today")]
PHONE = 390


def click(page: Any, x: float, y: float) -> None:
    """Clicks a position in degrees on the drawing."""
    page.locator("[data-draw]").evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    at = page.evaluate(
        """([x, y]) => { const map = document.querySelector('[data-draw]'), d = map.dataset;
        const point = new DOMPoint((x - d.west) * d.scaleX, (d.north - y) * d.scaleY).matrixTransform(map.getScreenCTM());
        return [point.x, point.y]; }""",
        [x, y],
    )
    page.mouse.click(*at)


def save(page: Any, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.locator(".alert").first.wait_for()
    assert page.locator(".alert-danger, .invalid-feedback").count() == 0, page.locator("main").inner_text()
    assert page.errors == []


def draw_by_mouse(browse: Any, town: Town) -> None:
    page = browse("town", "/grids/new/")
    for x, y in ((121.11, 30.01), (121.15, 30.01), (121.15, 30.05), (121.11, 30.05)):
        click(page, x, y)
    assert len(page.locator("#f-boundary").input_value().splitlines()) == 4
    page.get_by_role("button", name="撤回一点").click()
    assert len(page.locator("#f-boundary").input_value().splitlines()) == 3
    click(page, 121.11, 30.05)
    page.get_by_label("网格编号").fill("A")
    page.get_by_label("名称").fill("柳林东片")
    page.get_by_label("居民数").fill("2900")
    save(page, "保存")


def test_a_grid_is_drawn_split_and_merged_by_mouse_and_keyboard(browse: Any, town: Town) -> None:
    draw_by_mouse(browse, town)
    drawn = GridVersion.objects.get(grid__code="A")
    ring = drawn.boundary["coordinates"][0]
    assert ring[0][0] == pytest.approx(121.11, abs=0.0005) and len(ring) == 5
    page = browse("town", f"/grids/{drawn.grid_id}/split")
    page.get_by_label("坐标,每行一个顶点").focus()
    page.keyboard.type("121.13,29.9\n121.13,30.1")
    assert "M" in page.locator(".grid-drawn path").get_attribute("d")
    save(page, "拆分")
    parts = list(Grid.objects.filter(code__startswith="A-").order_by("code"))
    assert len(parts) == 2
    page = browse("town", "/grids/?day=2024-06-11")
    for part in parts:
        page.get_by_label(f"勾选 {part.code}").check()
    page.get_by_role("button", name="合并勾选的网格").click()
    page.wait_for_url("**/grids/merge/**")
    page.get_by_label("新网格的编号").fill("AM")
    save(page, "合并")
    assert GridVersion.objects.get(grid__code="AM").residents == 2900


def test_a_partition_is_uploaded_computed_with_progress_and_accepted(browse: Any, town: Town, client_of: Any) -> None:
    office: Client = client_of("town")
    units = office.get(f"/grids/partitions/example.geojson?unit={town.unit}").content
    page = browse("town", "/grids/partitions/")
    upload = {"name": "units.geojson", "mimeType": "application/geo+json", "buffer": units}
    page.get_by_label("居民单元文件").set_input_files(upload)
    page.get_by_role("button", name="开始计算").click()
    page.wait_for_url("**/grids/partitions/*/")
    page.get_by_role("progressbar").wait_for(state="attached")
    run_waiting()
    page.get_by_role("button", name="采纳方案").wait_for()
    assert page.get_by_text("人数标准差").is_visible()
    picture(page, "partition")
    page.get_by_label("编号前缀").fill("LL")
    save(page, "采纳方案")
    made = Partition.objects.get()
    day = GridVersion.objects.filter(grid__kind="duty").latest("valid_from").valid_from
    assert standing(day).filter(grid__kind="duty").count() == len(made.outcome["grids"])


def addresses(town: Town) -> dict[str, str]:
    pk, run = Grid.objects.get(code="L00").pk, RatingRun.objects.get().pk
    change = GridVersion.objects.get(grid__code="L00").begun_by_id
    pair = "&".join(f"grid={one.pk}:{one.row_version}" for one in Grid.objects.filter(code__in=("L00", "L10")))
    return {
        "list": "/grids/", "detail": f"/grids/{pk}/", "new": f"/grids/new/?unit={town.unit}", "edit": f"/grids/{pk}/edit",
        "split": f"/grids/{pk}/split", "merge": f"/grids/merge/?{pair}", "import": "/grids/import/",
        "change": f"/grids/changes/{change}/", "fixed": f"/grids/fixed/?unit={town.unit}", "staffing": "/grids/staffing/",
        "staff": f"/grids/{pk}/staff", "ratings": "/grids/ratings/", "rating": f"/grids/ratings/{run}/",
        "partitions": "/grids/partitions/",
    }  # fmt: skip


def shown(town: Town) -> list[tuple[str, str, str]]:
    return [(name, "supervision", address) for name, address in addresses(town).items()]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_is_accessible(browse: Any, full: Town, width: int, language: str) -> None:
    assert wrong(browse, "grids", shown(full), width, language) == {}

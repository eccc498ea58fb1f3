"""The intake in a real browser: a file from upload to cases, a patch with both pictures, a patrol without signal."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job
from guatu.web.cases.models import Case
from tests.adapters.geodata.shapes_of import square
from tests.web.browser import FACES, wrong
from tests.web.cases.conftest import Desk, at
from tests.web.intake.conftest import GOOD, HEADS, Intake, patch_row, patches, text

PHONE = 390
CASE_PAGE = re.compile(r"/cases/\d+/$")


def png(colour: bytes) -> bytes:
    """A picture of one colour that a browser can show."""
    rows = b"".join(b"\0" + colour * 60 for _ in range(40))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 60, 40, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


BROWN, RED = png(b"\x8a\x6b\x40"), png(b"\xc0\x40\x40")


def a_batch() -> bytes:
    """Patches in, across, out of the county, one that crosses itself."""
    x, y, s = 121.15, 30.05, 0.002
    crossing = [(x, y), (x + s, y + s), (x + s, y), (x, y + s), (x, y)]
    rings = [
        square(x, y, s),
        square(120.999, 30.02, s),
        square(121.6, 30.05, s),
        crossing,
        square(121.33, 30.07, 0.006),
    ]
    rows = [patch_row(f"TB-{n:02d}") for n in range(1, 6)]
    return patches(*rings, rows=rows, **{"TB-01_前.png": BROWN, "TB-01_后.png": RED})


def file_of(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_a_clerk_imports_a_table_and_then_patches(browse: Any, desk: Desk, borders: Any, tmp_path: Path) -> None:
    page = browse("desk", "/cases/")
    page.get_by_role("main").get_by_role("link", name="批量导入").click()
    page.get_by_label("业务").select_option("urban_management")
    faulty = dict(zip(HEADS, GOOD, strict=True)) | {"外部编号": "RX-2", "类别": "没有"}
    page.get_by_label("表格(csv").set_input_files(file_of(tmp_path, "热线.csv", text([GOOD, faulty.values()])))
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_role("status").first.wait_for()
    run_waiting()
    page.get_by_role("button", name="导入 1 件").click(timeout=15_000)
    page.get_by_role("heading", name="导入结果").wait_for()
    run_waiting()
    page.get_by_text("已登记 1 件").wait_for(timeout=15_000)
    page.goto(page.url.split("/cases/")[0] + "/cases/patches/")
    page.get_by_label("登记为").select_option("illegal_construction/new_building")
    page.get_by_label("批次").fill("2024年第二季度")
    page.get_by_label("图斑文件").set_input_files(file_of(tmp_path, "图斑.zip", a_batch()))
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_role("status").first.wait_for()
    run_waiting()
    page.get_by_role("button", name="导入 3 件").click(timeout=15_000)
    page.get_by_role("heading", name="导入结果").wait_for()
    run_waiting()
    page.get_by_text("已登记 3 件").wait_for(timeout=15_000)
    page.get_by_role("main").get_by_role("link", name=Case.objects.get(patch__number="TB-01").code).click()
    page.get_by_role("heading", name="卫片图斑 TB-01").wait_for()
    page.wait_for_load_state("load")  # the pictures come after the text
    shown = page.locator(".intake-sides img")
    assert shown.count() == 2
    assert shown.evaluate_all("all => all.map(one => one.naturalWidth)") == [60, 60]
    left, right = (shown.nth(n).bounding_box() for n in (0, 1))
    assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    assert page.errors == []


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_of_the_intake_is_accessible_and_fits(
    browse: Any, desk: Desk, borders: Any, intake: Intake, width: int, language: str
) -> None:
    desk.report(at(3, 8), lon=121.15, lat=30.05)
    faulty = dict(zip(HEADS, GOOD, strict=True)) | {"外部编号": "RX-2", "类别": "没有"}
    near = dict(zip(HEADS, GOOD, strict=True)) | {"外部编号": "RX-3", "经度": "121.15", "纬度": "30.05"}
    table = intake.checked(text([GOOD, faulty.values(), near.values()]))
    taken = intake.take(table)
    batch = intake.checked(a_batch(), "图斑.zip")
    intake.take(batch)
    failed = intake.checked(b"\x00" * 99)
    patch = Case.objects.get(patch__number="TB-01")
    jobs = [f"/cases/intake/{one.pk}/" for one in (table, taken, batch, failed)]
    addresses = [("desk", one) for one in ("/cases/import/", "/cases/patches/", *jobs, f"/cases/{patch.pk}/")]
    addresses += [("collector", "/cases/patrol/"), (None, "/accounts/login/")]
    pages = [(str(number), role, address) for number, (role, address) in enumerate(addresses)]
    assert wrong(browse, "intake", pages, width, language) == {}


def test_a_patrol_without_signal_keeps_what_was_typed_and_sends_it_once(browse: Any, desk: Desk, borders: Any) -> None:
    page = browse("collector", "/cases/patrol/", width=PHONE)
    page.get_by_label("拍照").set_input_files({"name": "现场.png", "mimeType": "image/png", "buffer": RED})
    page.get_by_label("类别").select_option("urban_management/C0101")
    page.get_by_label("情况描述").fill("井盖缺失")
    page.get_by_label("经度").fill("121.15")
    page.get_by_label("纬度").fill("30.05")
    page.context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    page.get_by_text("没有信号").wait_for()
    assert page.get_by_label("情况描述").input_value() == "井盖缺失" and not Case.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url(CASE_PAGE, timeout=30_000)
    case = Case.objects.get()
    assert case.source == "collector" and case.files.count() == 1


def test_an_answer_that_is_lost_makes_no_second_case(browse: Any, desk: Desk) -> None:
    page = browse("collector", "/cases/patrol/", width=PHONE)
    page.get_by_label("类别").select_option("urban_management/C0101")
    page.get_by_label("情况描述").fill("井盖缺失")
    page.get_by_label("地点").fill("云岭路 12 号")
    answers: list[int] = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not answers:
            answers.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.route("**/cases/patrol/", lose)
    page.get_by_role("button", name="提交").click()
    page.get_by_text("没有信号").wait_for()
    assert answers == [302] and Case.objects.count() == 1
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(CASE_PAGE)
    assert Case.objects.count() == 1


def test_a_patrol_is_told_what_is_wrong_and_loses_nothing(browse: Any, desk: Desk, borders: Any) -> None:
    page = browse("collector", "/cases/patrol/", width=PHONE)
    page.get_by_label("类别").select_option("urban_management/C0101")
    page.get_by_label("情况描述").fill("井盖缺失")
    page.get_by_label("经度").fill("10")
    page.get_by_label("纬度").fill("50")
    page.get_by_role("button", name="提交").click()
    page.locator("[data-said] .alert-danger").get_by_text("不在本县范围内").wait_for()
    assert page.get_by_label("情况描述").input_value() == "井盖缺失" and not Case.objects.exists()
    for target in page.locator("main form button, main input:not([type=hidden]), main select").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 44
    assert not Job.objects.exists()

"""A pack that a county writes itself, in a folder of its own: it runs from a citizen's report to its closing, and goes away
with its folder while its cases come to their end."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.history import standing
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.ownerless import ownerless
from tests.web.cases.conftest import Desk, at
from tests.web.cases.test_cases_in_browser import act

FOLDERS = Path(__file__).parents[2] / "adapters" / "packs"
PACK = "river_patrol"
WATCH = "river_watch"
"""Written from `docs/how-to/write-a-pack.md` alone, by somebody who had not seen the program."""


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The packs in a folder that the county names, and no file of them anywhere else."""
    for name in (PACK, WATCH):
        shutil.copytree(FOLDERS / name, tmp_path / "packs" / name)
    monkeypatch.setenv("GUATU_PACKS", str(tmp_path / "packs"))
    library.cache_clear()
    yield tmp_path / "packs"
    library.cache_clear()


@pytest.fixture
def folder(packs: Path) -> Path:
    return packs / PACK


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(3, 9).replace(year=2026))


def reported(browse: Any) -> Case:
    page = browse(None, "/report/", width=390)
    # Of two classes the pack opens one to the public.
    offered = page.get_by_label("类别").inner_text()
    assert "河面漂浮物" in offered and "河岸垃圾" not in offered
    page.get_by_label("类别").select_option(f"{WATCH}/R101")
    page.get_by_label("情况描述").fill("桥下漂浮垃圾")
    page.get_by_label("地点").fill("东桥")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/track/**")
    return Case.objects.get(code=page.url.rstrip("/").rsplit("/", 1)[-1])


@pytest.mark.usefixtures("packs", "clock")
def test_a_pack_of_the_county_runs_from_a_report_to_its_closing(browse: Any, desk: Desk) -> None:
    case = reported(browse)
    assert case.open_steps == "judge"
    act(browse, "desk", case, "指定", 承办单位=str(desk.county.unit("柳林东村").pk))
    page = browse("desk", f"/cases/{case.pk}/")
    page.get_by_label("严重程度").select_option("slight")
    page.get_by_label("河段长度").fill("约一公里")
    page.get_by_role("button", name="研判完成", exact=True).click()
    page.locator(".alert-danger").first.wait_for()
    assert "约一公里" in page.get_by_label("河段长度").input_value(), "what was typed is kept"
    act(browse, "desk", case, "研判完成", 严重程度="slight", 河段长度="1.2 公里")
    case.refresh_from_db()
    data = standing(case).state.data
    assert (data["length"], data["level"]) == (1200, "major")
    act(browse, "village", case, "报验收", width=390, 清理结果="已打捞", 清理后照片="photo")
    act(browse, "desk", case, "通过")
    case.refresh_from_db()
    assert case.ended_at is not None
    shown = browse("desk", f"/cases/{case.pk}/").inner_text("main")
    assert "1,200 米" in shown and "轻微" in shown and "村级河长" in shown and "slight" not in shown
    followed = browse(None, f"/track/{case.code}/", width=390).inner_text("main")
    assert "验收" in followed


def test_taking_the_folder_away_takes_the_pack_and_its_cases_still_come_to_their_end(desk: Desk, folder: Path) -> None:
    case = perform(OpenCase(PACK, "R01", "垃圾", "东桥", source="hotline"), desk.context("desk", at(3)))
    shutil.rmtree(folder)
    library.cache_clear()
    assert PACK not in library().packs
    hour = datetime.timedelta(hours=1)
    assert not Case.objects.filter(ownerless(desk.context("desk", at(3)).actor)).exists(), "the desk takes care of it"
    desk.move(case, "desk", "judge", at(3) + hour, severity="轻微", distance="800 米")
    desk.move(case, "desk", "clear", at(3) + 2 * hour, result="已打捞")
    case.refresh_from_db()
    data = standing(case).state.data
    # The number of the table was kept with the version, as a number.
    assert case.ended_at is not None and (data["severity"], data["level"]) == ("minor", "town")


def test_a_case_goes_on_by_a_number_that_its_pack_has_no_more(desk: Desk, folder: Path) -> None:
    case = perform(OpenCase(PACK, "R01", "垃圾", "东桥", source="hotline"), desk.context("desk", at(3)))
    table = folder / "flows/level.dmn"
    table.write_text(table.read_text(encoding="utf-8").replace("serious_metres", "900"), encoding="utf-8")
    (folder / "parameters.toml").unlink()
    library.cache_clear()
    assert PACK in library().packs
    desk.move(case, "desk", "judge", at(3) + datetime.timedelta(hours=1), severity="轻微", distance="800 米")
    assert standing(case).state.data["level"] == "town"

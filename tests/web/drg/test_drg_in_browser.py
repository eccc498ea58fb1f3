"""The pages of payment by DRG in a real browser: both languages, desk and phone."""

from __future__ import annotations

from typing import Any

import pytest

from guatu.web.base.jobs import run_waiting
from guatu.web.drg.actions.make_objection import MakeObjection
from guatu.web.drg.actions.simulate import Simulate
from guatu.web.drg.models import Hospital, Round, Run
from guatu.web.drg.selectors.cases import case_rows, case_table
from tests.web.browser import FACES, wrong
from tests.web.drg.conftest import OWN, Region

Pair = tuple[Region, Run]


@pytest.fixture
def shown(published: Pair) -> dict[str, str]:
    """Addresses of all pages, by name."""
    region, run = published
    hospital, round_ = Hospital.objects.get(code=OWN), Round.objects.get(run=run)
    case = case_rows(case_table(run, OWN))[0]["id"]
    objection = region.act("hospital", MakeObjection(round_.pk, hospital.pk, "stay", case, "费用含罕见病用药。"))
    tried = region.act("insurer", Simulate(run.pk, "low_threshold = 0.9"))
    run_waiting()
    base = f"/drg/runs/{run.pk}/"
    return {
        "home": "/drg/", "year": f"/drg/years/{region.year.pk}/", "hospitals": "/drg/hospitals/", "run": base,
        "hospital": f"{base}hospitals/{OWN}/", "cases": f"{base}hospitals/{OWN}/cases", "case": f"{base}cases/{case}",
        "problems": f"{base}problems", "quality": f"{base}quality", "simulate": f"{base}simulate",
        "simulation": f"/drg/simulations/{tried.pk}/", "parameters": f"/drg/parameters/{run.parameters_id}/",
        "objections": f"{base}objections", "objection": f"/drg/objections/{objection.pk}/",
    }  # fmt: skip


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_is_accessible_and_fits(browse: Any, shown: dict[str, str], width: int, language: str) -> None:
    pages = [(name, "insurer", address) for name, address in shown.items()]
    assert wrong(browse, "drg", pages, width, language) == {}
    assert browse("insurer", shown["run"], width=width, language=language).locator(".drg-chart canvas").count() == 3


def test_a_hospital_finds_the_reason_of_a_figure_and_objects(browse: Any, shown: dict[str, str]) -> None:
    page = browse("hospital", shown["run"], width=390)
    assert page.locator("tbody tr").count() == 1
    page.locator("tbody td a").last.click()
    page.wait_for_url("**#clearing")
    assert "考核后应付" in page.locator("#clearing").inner_text()
    page.locator("#clearing summary").click()
    page.locator("#clearing .drg-parts").first.wait_for()
    page.get_by_role("link", name="提出异议").click()
    page.locator("#f-subject").select_option("parameter")
    page.locator("#f-about").fill("nothing")
    page.locator("#f-text").fill("低倍率界限过高。")
    page.get_by_role("button", name="提出异议").click()
    assert "没有参数" in page.locator(".invalid-feedback").inner_text()
    assert page.locator("#f-text").input_value() == "低倍率界限过高。"
    page.locator("#f-about").fill("low_threshold")
    page.get_by_role("button", name="提出异议").click()
    page.get_by_text("异议已提出").wait_for()

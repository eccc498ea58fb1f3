"""The evaluation in a real browser: from the table to the cases of a figure, published and locked; every page accessible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.evaluation.actions.publish_evaluation import PublishEvaluation
from guatu.web.evaluation.models import EvaluationResult
from tests.web.browser import FACES, wrong
from tests.web.evaluation.conftest import NOW, June, asked

PHONE = 390


@pytest.fixture(autouse=True)
def july(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield


def test_a_clerk_looks_into_a_rate_and_publishes_the_month(browse: Any, june: June) -> None:
    page = browse("desk", "/evaluation/")
    page.get_by_label("评价对象").select_option("unit")
    page.get_by_label("评分办法").select_option("urban-management")
    page.get_by_role("button", name="查看").click()
    page.wait_for_url("**kind=unit**")
    row = page.get_by_role("row", name="县水利局")
    row.get_by_role("link", name="50.00%").first.click()
    page.wait_for_url("**/evaluation/reason/**")
    assert june.overdue.code in page.content()
    page.get_by_role("link", name="返回评价表").click()
    page.get_by_label("说明(可选)").fill("六月评价")
    page.get_by_role("button", name="发布本期结果").click()
    page.wait_for_url("**/evaluation/results/**")
    assert page.errors == []
    row_ = EvaluationResult.objects.get()
    assert (row_.note, row_.kind, row_.sheet) == ("六月评价", "unit", "urban-management")
    leader = browse("leader", "/evaluation/")
    leader.get_by_role("link", name="2024年6月").click()
    leader.get_by_text(row_.digest).wait_for()


def test_every_page_of_the_evaluation_is_accessible_and_fits(browse: Any, june: June) -> None:
    row = perform(PublishEvaluation(asked("unit", sheet="urban-management"), 0), june.desk.context("desk", NOW))
    key = next(one["key"] for one in row.figures["rows"] if one["key"])
    addresses = [
        ("desk", "/evaluation/"), ("desk", "/evaluation/?kind=unit&sheet=urban-management&by=score"),
        ("desk", "/evaluation/?kind=post"), ("desk", "/evaluation/?period=2023-Q1"),
        ("desk", f"/evaluation/reason/?kind=unit&key={key}&code=handling-in-time"), ("desk", "/evaluation/settings/"),
        ("leader", "/evaluation/results/"), ("leader", f"/evaluation/results/{row.pk}/"),
        ("leader", f"/evaluation/results/{row.pk}/reason/?key={key}&code=score"),
    ]  # fmt: skip
    pages = [(str(number), role, address) for number, (role, address) in enumerate(addresses)]
    for width, language in FACES:
        assert wrong(browse, "evaluation", pages, width, language) == {}

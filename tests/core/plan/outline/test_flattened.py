"""The plans with references read alike when their line breaks are lost, and when a sharing site has paged them."""

import re
from collections import Counter
from pathlib import Path

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.source.reading import Reading

PLANS = Path(__file__).resolve().parents[3] / "spec" / "plans"
LEAST = {
    "jinchuan_industry_doubling": 1.0,
    "pinglu_forest_articles": 1.0,
    "qinghe_water_three_years": 1.0,
    "hanxi_demo_town": 1.0,
    "yunling_urban_rural_integration": 1.0,
}
"""Share of the tasks that are found with the same path and units. 一是 and letters of other levels lose their lines."""
WITHOUT_BLANKS = {
    "jinchuan_industry_doubling": 0.9,
    "pinglu_forest_articles": 0.9,
    "qinghe_water_three_years": 0.9,
    "wutong_drainage_wrapped": 0.85,
    "yunling_urban_rural_integration": 0.9,
}


def tasks(text: str) -> Counter[tuple[str, ...]]:
    documents = compile_text(text).plan.documents
    return Counter(("/".join(t.path), *(duty.unit for duty in t.duties)) for d in documents for t in d.tasks)


def share(text: str, changed: str) -> float:
    wanted = tasks(text)
    return (wanted & tasks(changed)).total() / wanted.total()


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_a_plan_on_one_line_has_the_same_tasks(name: str, least: float) -> None:
    text = (PLANS / f"{name}.txt").read_text(encoding="utf-8")
    assert share(text, re.sub(r"\s*\n\s*", " ", text)) >= least


@pytest.mark.parametrize("length", [170, 230])
@pytest.mark.parametrize(("name", "least"), WITHOUT_BLANKS.items())
def test_a_plan_paged_by_a_site_has_nearly_the_same_tasks(name: str, least: float, length: int) -> None:
    text = (PLANS / f"{name}.txt").read_text(encoding="utf-8")
    whole = re.sub(r"\s*\n\s*", "", text)
    pages = [whole[at : at + length] for at in range(0, len(whole), length)]
    paged = "\n".join(f"{number}、{page}" for number, page in enumerate(pages, start=1))
    assert len(Reading(paged).page_marks) == len(pages)
    assert share(text, paged) >= least

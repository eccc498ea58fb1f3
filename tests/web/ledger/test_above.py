"""A plan beside the plan above it: found by what it cites, each goal with its answer and the words of both texts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from guatu.core.plan.diff.above import compare_with_above
from guatu.web.base.actions import Context, perform
from guatu.web.ledger.actions.correct_target import CorrectTarget
from guatu.web.ledger.models import Plan, PlanVersion
from guatu.web.ledger.selectors.above import AboveView, above_view
from guatu.web.ledger.selectors.cited import related
from guatu.web.ledger.selectors.standing import compiled_plan, standing_plan
from tests.web.answers import body_of
from tests.web.html import flat
from tests.web.ledger.conftest import FIRST

CITY = """青禾市人民政府关于印发青禾市2026年乡村水利建设实施方案的通知

青政发〔2026〕3号

青禾市人民政府
2026年1月10日

青禾市2026年乡村水利建设实施方案

一、工作目标
  到2026年底,农村自来水普及率达到97%以上。

二、重点任务
  1.改造泵站。2026年8月底前,机电完好率不低于98%。(牵头单位:市水利局)
  2.建设水文站。新建水文站30座。(牵头单位:市水利局)
  3.分解任务。柳河县清淤河道90公里。(牵头单位:市水利局)
"""
BY_NUMBER = FIRST.replace("结合实际", "根据市里的部署(青政发[2026]3号),结合实际")
BY_TITLE = FIRST.replace("结合实际", "按照《青禾市2026年乡村水利建设实施方案》,结合实际")


@pytest.fixture
def higher(upload: Callable[..., PlanVersion]) -> Plan:
    plan = upload(CITY, name="市方案.txt").plan
    plan.refresh_from_db()
    return plan


def view_of(higher: Plan, lower: Plan) -> AboveView:
    return above_view(higher, higher.versions.get(), lower, lower.versions.get(), "青禾县")


def answers(view: AboveView) -> dict[str, str]:
    return {row.higher.name: row.answer for row in view.rows}


@pytest.mark.parametrize("text", [BY_NUMBER, BY_TITLE])
def test_a_plan_above_is_found_by_the_number_or_title_that_the_text_cites(
    text: str, higher: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    version = upload(text)
    found = related(version.plan, version, context().actor)
    assert [one.pk for one in found.cited] == [higher.pk]
    assert related(higher, higher.versions.get(), context().actor).cited == ()


def test_who_may_not_see_a_draft_is_not_offered_it(
    higher: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    version = upload(BY_NUMBER)
    assert related(version.plan, version, context("town").actor).others == ()


def test_each_goal_above_has_its_answer_and_the_words_of_both_texts(
    higher: Plan, upload: Callable[..., PlanVersion]
) -> None:
    view = view_of(higher, upload(BY_NUMBER).plan)
    assert answers(view) == {
        "农村自来水普及率": "weaker",
        "机电完好率": "weaker",
        "新建水文站": "missing",
        "柳河县清淤河道": "unknown",
    }
    rate = next(row for row in view.rows if row.higher.name == "农村自来水普及率")
    assert rate.lower is not None
    assert (rate.higher.amount, rate.lower.amount) == ("≥97%", "≥96%")
    assert "97%以上" in rate.higher.words and "96%以上" in rate.lower.words
    assert CITY.split("\n")[rate.higher.line - 1].strip().startswith("到2026年底")
    pumps = next(row for row in view.rows if row.higher.name == "机电完好率")
    assert any("2026-09-30" in reason for reason in pumps.reasons)


def test_what_people_corrected_counts_and_not_what_was_read(
    higher: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    lower = upload(BY_NUMBER).plan
    rate = lower.targets.get(metric="农村自来水普及率")
    perform(CorrectTarget(rate.pk, rate.row_version, {"value": Decimal(97)}), context())
    assert answers(view_of(higher, lower))["农村自来水普及率"] == "held"
    standing = standing_plan(lower, lower.versions.get())
    assert next(t for d in standing.documents for t in d.targets if t.metric == rate.metric).value == 97


def test_a_plan_compared_with_itself_holds_all_of_itself(confirmed: Plan) -> None:
    assert set(answers(view_of(confirmed, confirmed)).values()) == {"held"}


def test_the_page_shows_the_plan_that_is_cited_filters_and_gives_the_same_as_a_file(
    higher: Plan, upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    lower, client = upload(BY_NUMBER).plan, client_of("supervision")
    assert reverse("plan_above", args=[lower.pk]) in client.get(reverse("plan_room", args=[lower.pk])).content.decode()
    url = reverse("plan_above", args=[lower.pk])
    page = unescape(flat(client.get(url).content.decode()))
    assert "<mark>农村自来水普及率达到97%以上</mark>" in page and "数值低于上级:≥96%,上级 ≥97%" in page
    assert f"{reverse('plan_room', args=[higher.pk])}#L" in page
    missing = unescape(client.get(url, {"answer": "missing"}).content.decode())
    assert "新建水文站" in missing and "<mark>农村自来水普及率" not in missing
    csv = body_of(client.get(url, {"answer": "missing", "format": "csv", "above": higher.pk})).decode()
    assert "新建水文站" in csv and "30座" in csv and "缺失" in csv and "97" not in csv


def test_where_nothing_is_cited_the_plan_above_is_chosen(
    higher: Plan, upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    lower, client = upload(FIRST).plan, client_of("supervision")
    url = reverse("plan_above", args=[lower.pk])
    page = unescape(client.get(url).content.decode())
    assert "还没有选上级方案" in page and higher.title in page
    assert "数值低于上级" in unescape(client.get(url, {"above": higher.pk}).content.decode())
    assert "还没有选上级方案" in unescape(client.get(url, {"above": "999999"}).content.decode())


def test_a_plan_without_a_text_is_compared_by_its_rows(higher: Plan, confirmed: Plan) -> None:
    version = confirmed.versions.get()
    PlanVersion.objects.filter(pk=version.pk).update(compiled=None, text="")
    version.refresh_from_db()
    view = above_view(higher, higher.versions.get(), confirmed, version, "青禾县")
    assert answers(view)["农村自来水普及率"] == "weaker"


def test_the_shape_of_the_ledger_is_that_of_the_compiler(confirmed: Plan) -> None:
    standing = standing_plan(confirmed, confirmed.versions.get())
    plan = next(one for one in standing.documents if one.tasks)
    assert [task.title for task in plan.tasks] == ["新建供水管网", "改造泵站", "清淤河道", "绿化河岸"]
    pipes = plan.tasks[0]
    assert [(duty.role, duty.unit) for duty in pipes.duties] == [
        ("lead", "县水利局"),
        ("responsible", "各乡镇"),
        ("support", "县财政局"),
    ]
    assert plan.deadlines[0].iso == str(datetime.date(2026, 10, 31))
    assert pipes.span.text(FIRST).startswith("1.新建供水管网")


def test_a_ledger_that_nobody_touched_says_what_its_document_says(draft: Plan) -> None:
    version = draft.versions.get()
    read, standing = compiled_plan(version), standing_plan(draft, version)
    for above, below in ((read, standing), (standing, read)):
        found = compare_with_above(above, below, higher_text=FIRST, lower_text=FIRST)
        assert found.lines and found.count("held") == len(found.lines)

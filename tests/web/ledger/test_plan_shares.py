"""Shares that a plan gives become those of its targets when it is confirmed; what does not fit is said."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guatu.web.base.actions import Context, perform
from guatu.web.ledger.actions.confirm_plan import ConfirmPlan
from guatu.web.ledger.actions.set_missing_due import SetMissingDue
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target
from tests.web.ledger.conftest import FIRST

OWN = "新建供水管网9公里,2026年10月底前完成,其中柳林镇4公里、石门镇3公里、城关镇2公里"
WHOLE = OWN.split(",其中")[0]
TABLE = """
附件1

各镇任务分解表

| 乡镇 | 新建供水管网(公里) |
|---|---|
| 柳林镇 | 4 |
| 石门镇 | 3 |
| 城关镇 | 2 |
| 合计 | 9 |
"""


def text(clause: str, annex: str = "") -> str:
    """The first version with one clause and an annex of its own, whose towns are named where the plan shares out."""
    own = FIRST.replace("新建供水管网40公里,2026年10月底前完成", clause)
    return own.replace("责任单位:各乡镇", "责任单位:县住建局") + annex


def confirm(plan: Plan, context: Callable[..., Context]) -> Target:
    """With what stands in the way of confirming it put right, beside the shares."""
    plan.tasks.exclude(duties__unit__isnull=False).update(waiver="由县水利局统一安排")
    plan.targets.filter(task=None).update(tracked=False)
    perform(SetMissingDue(plan.pk, datetime.date(2026, 12, 31)), context())
    plan.refresh_from_db()
    perform(ConfirmPlan(plan.pk, plan.row_version), context())
    return plan.tasks.get(title="新建供水管网").targets.get(value=9)


def shares(target: Target, county: Any) -> dict[str, float]:
    names = {unit.pk: name for name, unit in county.units.items()}
    return {names[row.unit_id]: float(row.value) for row in target.allocations.all()}


@pytest.mark.parametrize(("clause", "annex"), [(OWN, ""), (OWN, TABLE), (WHOLE, TABLE)])
def test_shares_of_the_text_or_of_a_table_become_those_of_the_target(
    upload: Callable[..., PlanVersion], context: Callable[..., Context], county: Any, clause: str, annex: str
) -> None:
    target = confirm(upload(text(clause, annex)).plan, context)
    assert shares(target, county) == {"柳林镇": 4, "石门镇": 3, "城关镇": 2}
    asked = Duty.objects.filter(task=target.task, role="responsible", unit=county.unit("柳林镇"))
    assert asked.count() == 1
    followed = target.task.targets.filter(tracked=True)  # type: ignore[union-attr]
    assert list(followed.values_list("value", flat=True)) == [9]


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (OWN.replace("石门镇3", "石门镇5"), "合计 11公里,与目标 9公里 不一致"),
        (OWN.replace("石门镇", "龙泉片区"), "龙泉片区 对不上"),
    ],
)
def test_shares_that_do_not_fit_are_named_and_not_taken(
    upload: Callable[..., PlanVersion],
    context: Callable[..., Context],
    client_of: Callable[..., Client],
    clause: str,
    said: str,
) -> None:
    plan = upload(text(clause)).plan
    page = client_of("supervision").get(reverse("plan_check", args=[plan.pk])).content.decode()
    assert said in page
    assert not confirm(plan, context).allocations.exists()

"""Plans of an invented county, uploaded and compiled."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.directory.models import UnitAlias
from guatu.web.ledger.actions.confirm_plan import ConfirmPlan
from guatu.web.ledger.actions.link_units import LinkUnits
from guatu.web.ledger.actions.set_missing_due import SetMissingDue
from guatu.web.ledger.actions.upload_plan import UploadPlan
from guatu.web.ledger.actions.waive_unit import WaiveUnit
from guatu.web.ledger.models import Plan, PlanVersion

NAME = "乡村水利建设实施方案.txt"
FIRST = """青禾县人民政府办公室关于印发青禾县2026年乡村水利建设实施方案的通知

青政办发〔2026〕9号

各乡镇人民政府,县政府各部门:
  现将《青禾县2026年乡村水利建设实施方案》印发给你们,请认真落实。

青禾县人民政府办公室
2026年2月10日

青禾县2026年乡村水利建设实施方案

  为改善农村用水条件,结合实际,制定本方案。

一、工作目标
  到2026年底,农村自来水普及率达到96%以上,新建供水管网40公里。

二、重点任务
（一）完善供水设施
  1.新建供水管网。新建供水管网40公里,2026年10月底前完成。（牵头单位:县水利局;责任单位:各乡镇;配合单位:县财政局）
  2.改造泵站。改造泵站6座,机电完好率不低于98%。2026年9月底前完成。（牵头单位:县水力局;责任单位:县住建局）
（二）整治河道
  1.清淤河道。清淤河道25公里,2026年6月底前完成。（牵头单位:县水利局;责任单位:各相关部门）
  2.绿化河岸。栽植护岸林120亩。

三、保障措施
（一）加强领导。各单位要高度重视。
"""
SECOND = (
    FIRST.replace("新建供水管网40公里,2026年10月底前完成", "新建供水管网52公里,2026年11月底前完成")
    .replace("配合单位:县财政局", "配合单位:县财政局、县交通局")
    .replace(
        "  2.绿化河岸。栽植护岸林120亩。\n",
        "  2.建设水文站。新建水文站3座,2026年8月底前完成。（牵头单位:县水利局;责任单位:各乡镇）\n",
    )
)
"""The second version: a target and a time limit change, a unit is added, one task is gone and one is new."""


def as_file(text: str | bytes, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def context(actor_of: Callable[..., Any]) -> Callable[..., Context]:
    """The context of an action by the user of a role, today."""

    def of(role: str = "supervision", key: str = "") -> Context:
        return Context(actor_of(role, timezone.localdate()), timezone.now(), key=key)

    return of


@pytest.fixture
def upload(context: Callable[..., Context]) -> Callable[..., PlanVersion]:
    """Uploads a text and compiles it."""

    def run(text: str = FIRST, plan: Plan | None = None, name: str = NAME) -> PlanVersion:
        version = perform(UploadPlan(as_file(text, name), plan.pk if plan else None), context())
        run_waiting()
        version.refresh_from_db()
        return version

    return run


@pytest.fixture
def draft(upload: Callable[..., PlanVersion]) -> Plan:
    """The first version, compiled and not yet corrected."""
    plan = upload().plan
    plan.refresh_from_db()
    return plan


@pytest.fixture
def ready(draft: Plan, context: Callable[..., Context]) -> Plan:
    """The plan with its names linked and its times filled in: nothing stands in the way of confirming it."""
    towns = tuple(UnitAlias.objects.order_by("unit_id").values_list("unit_id", flat=True))
    water = draft.tasks.get(title="新建供水管网").duties.get(role="lead").unit_id
    perform(LinkUnits(draft.pk, "各乡镇", towns), context())
    perform(LinkUnits(draft.pk, "县水力局", (water,)), context())
    bare = draft.tasks.get(title="绿化河岸")
    perform(WaiveUnit(bare.pk, bare.row_version, "由县水利局统一安排"), context())
    perform(SetMissingDue(draft.pk, datetime.date(2026, 12, 31)), context())
    draft.refresh_from_db()
    return draft


@pytest.fixture
def confirmed(ready: Plan, context: Callable[..., Context]) -> Plan:
    return perform(ConfirmPlan(ready.pk, ready.row_version), context())

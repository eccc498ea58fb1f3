"""What a plan says beside tasks and targets stands in its room, each with its place; a card renewed is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from django.test import Client
from django.urls import reverse

from guatu.web.ledger.models import Plan, PlanVersion
from tests.web.html import flat
from tests.web.ledger.conftest import FIRST

RICH = FIRST.replace("新建供水管网。新建", "新建供水管网。实施城乡供水一体化工程,新建").replace(
    "三、保障措施",
    """三、实施步骤
（一）准备阶段(2026年1月至3月)。制定方案。
（二）实施阶段(2026年4月至10月)。全面推进。

四、资金安排
  安排资金2560万元用于管网建设。按照《青禾县水网规划》(青政发〔2025〕7号)执行,每月5日前报送进度。

五、保障措施""",
)


def test_money_projects_phases_what_recurs_and_what_is_cited_are_shown_with_their_places(
    upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    plan = upload(RICH).plan
    page = unescape(flat(client_of("supervision").get(reverse("plan_room", args=[plan.pk])).content.decode()))
    for words in ("2560万元", "城乡供水一体化工程", "准备阶段", "每月5日", "青禾县水网规划", "青政发"):
        assert words in page, words
    for head in ("资金", "项目", "阶段", "周期性要求", "引用的文件"):
        assert re.search(rf"<summary>{head} \d", page), head
    cited = re.search(r"<summary>引用的文件.*?</details>", page)
    assert cited is not None and "青政办发〔2026〕9号" not in cited[0] and "乡村水利建设实施方案" not in cited[0]
    listed = set(re.findall(r'data-mark="(\d+)"', page))
    marked = {number for marks in re.findall(r'data-m="([^"]+)"', page) for number in marks.split()}
    found = re.search(r"2560万元.*?data-find=\"(\d+)\"", page)
    assert found is not None and found[1] in listed & marked


def test_a_card_that_is_renewed_keeps_its_line_and_its_findings(
    upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    plan: Plan = upload(FIRST.replace("改造泵站6座", "改造泵站xx座")).plan
    task = plan.tasks.get(title="改造泵站")
    client = client_of("supervision")
    whole = unescape(flat(client.get(reverse("plan_room", args=[plan.pk])).content.decode()))
    form = {"row_version": task.row_version, "title": "改造泵站", "due": "2026-09-29"}
    renewed = unescape(flat(client.post(reverse("task_edit", args=[task.pk]), form).content.decode()))
    line = FIRST[: FIRST.index("2.改造泵站")].count("\n") + 1
    assert f"原文行 {line}" in renewed
    in_card = set(re.findall(r'<li class="finding[^>]*data-mark="(\d+)"', renewed))
    in_room = re.search(rf'id="task-{task.pk}".*?</article>', whole)
    assert in_room and in_card and in_card == set(re.findall(r'<li class="finding[^>]*data-mark="(\d+)"', in_room[0]))

"""Tables of a plan whose heads nobody knows: shown first, read again by the column that a person names."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied, Invalid
from guatu.web.base.selectors.audit import changes_of
from guatu.web.ledger.actions.accept_links import AcceptLinks
from guatu.web.ledger.actions.choose_task_column import ChooseTaskColumn
from guatu.web.ledger.models import PlanVersion

UNKNOWN = "青禾县2026年要事一览\n\n方面\t亮点\t说明\n供水\t新建水厂2座\t一期\n道路\t修建村道5公里\t二期\n"
KNOWN = "青禾县2026年任务分解表\n\n工作任务\t责任单位\n新建水厂\t县水利局\n"
WITH_TOWNS = KNOWN.replace("\t责任单位", "\t责任单位\t配合单位").replace("县水利局", "县水利局\t各乡镇")


def titles(version: PlanVersion) -> list[str]:
    return [task.title for task in version.plan.tasks.order_by("order")]


def test_a_table_that_was_not_read_stands_first_and_one_click_names_its_tasks(
    upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    version = upload(UNKNOWN)
    client, room = client_of("supervision"), reverse("plan_room", args=[version.plan_id])
    page = unescape(client.get(room).content.decode())
    assert titles(version) == [] and "没有读成任务" in page and "有需要核对的" in page
    answer = client.post(reverse("plan_task_column", args=[version.plan_id]), {"table": "0", "column": "1"})
    assert answer.url == reverse("plan_progress", args=[version.plan_id])
    run_waiting()
    version.refresh_from_db()
    assert version.state == PlanVersion.State.REVIEW and version.number == 1
    assert titles(version) == ["新建水厂2座", "修建村道5公里"]
    assert "有需要核对的" not in client.get(room).content.decode()


def test_a_table_that_was_understood_is_told_and_asks_for_nothing(
    upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    page = client_of("supervision").get(reverse("plan_room", args=[upload(KNOWN).plan_id])).content.decode()
    assert "任务表" in page and "有需要核对的" not in page


def test_what_a_person_corrected_is_merged_and_not_made_anew(
    upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    version = upload(KNOWN)
    version.plan.tasks.update(corrected=True, title="新建水厂一座")
    second = perform(ChooseTaskColumn(version.pk, 0, 1), context())
    run_waiting()
    second.refresh_from_db()
    assert (second.number, second.state, second.task_columns) == (2, PlanVersion.State.MERGE, {"0": 1})
    assert titles(version) == ["新建水厂一座"]


@pytest.mark.parametrize(("table", "column"), [(1, 0), (-1, 0), (0, 2), (0, -1)])
def test_a_table_or_column_that_is_not_there_is_refused(
    table: int, column: int, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    version = upload(KNOWN)
    with pytest.raises(Invalid):
        perform(ChooseTaskColumn(version.pk, table, column), context())
    assert titles(version) == ["新建水厂"]


def test_who_may_only_look_chooses_no_column(
    upload: Callable[..., PlanVersion], context: Callable[..., Context], client_of: Callable[[str], Client]
) -> None:
    version = upload(KNOWN)
    with pytest.raises(Denied):
        perform(ChooseTaskColumn(version.pk, 0, 0), context("town"))
    answer = client_of("town").post(reverse("plan_task_column", args=[version.plan_id]), {"table": "0", "column": "0"})
    assert answer.status_code == 403


def said(action: str) -> list[tuple[str, str, str]]:
    entry = AuditEntry.objects.filter(action=action).latest("id")
    return [(one.field, one.before, one.after) for one in changes_of(entry)]


def test_the_trail_says_states_units_and_columns_in_words(
    upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    version = upload(WITH_TOWNS)
    assert ("状态", "编译中", "待校核") in said("ledger.store-compiled")
    perform(AcceptLinks(version.plan_id, ("各乡镇",)), context())
    (text, units) = said("ledger.accept-links")
    assert text == ("写法", "", "各乡镇") and units[0] == "单位" and "柳林镇人民政府" in units[2]
    perform(ChooseTaskColumn(version.pk, 0, 1), context())
    assert ("任务列", "", "1: 责任单位") in said("ledger.choose-task-column")

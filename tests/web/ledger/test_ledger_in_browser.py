"""The plan room and the ledger in a real browser: from a fresh upload to the merge of a second version, desk and phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.ledger.actions.import_tasks import ImportTasks
from guatu.web.ledger.models import Plan, PlanVersion
from tests.web.browser import FACES, wrong
from tests.web.ledger.conftest import SECOND
from tests.web.ledger.test_above import BY_NUMBER, higher  # noqa: F401 (a fixture)
from tests.web.ledger.test_tables import UNKNOWN

Stage = Callable[[str], list[tuple[str, str]]]


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    """Addresses of the pages of a plan at a stage: draft, confirmed, or with a second version to be merged."""

    def at(name: str) -> list[tuple[str, str]]:
        if name == "draft":
            plan: Plan = request.getfixturevalue("draft")
            pages = ("", "units/", "check/")
            tables = request.getfixturevalue("upload")(UNKNOWN)
            drafts = [(f"draft-{page.strip('/') or 'room'}", f"/plans/{plan.pk}/{page}") for page in pages]
            higher, below = request.getfixturevalue("higher"), request.getfixturevalue("upload")(BY_NUMBER)
            return [
                *drafts,
                ("room-with-an-unread-table", f"/plans/{tables.plan_id}/"),
                ("above", f"/plans/{below.plan_id}/above/"),
                ("above-not-chosen", f"/plans/{higher.pk}/above/"),
                ("room-of-another-place", f"/plans/{higher.pk}/"),
            ]
        plan = request.getfixturevalue("confirmed")
        task, target = plan.tasks.get(title="新建供水管网"), plan.targets.get(metric="清淤河道")
        if name == "merge":
            upload: Callable[..., PlanVersion] = request.getfixturevalue("upload")
            upload(SECOND, plan)
            return [("merge", f"/plans/{plan.pk}/merge/"), ("room-with-two", f"/plans/{plan.pk}/")]
        context: Callable[..., Context] = request.getfixturevalue("context")
        sheet = SimpleUploadedFile("台账.csv", "编号,任务,牵头单位,完成时限\n1,修渠,县水利局,二月三十日\n".encode())
        job = perform(ImportTasks(sheet, None, "小表"), context())
        run_waiting()
        return [
            ("plans", "/plans/"),
            ("room", f"/plans/{plan.pk}/"),
            ("tasks", "/tasks/"),
            ("task", f"/tasks/{task.pk}/"),
            ("targets", "/targets/"),
            ("target", f"/targets/{target.pk}/"),
            ("import", "/tasks/import/"),
            ("import-result", f"/tasks/import/{job.pk}/"),
        ]

    return at


def shown(pages: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(title, "supervision", address) for title, address in pages]


@pytest.mark.parametrize("name", ["draft", "confirmed", "merge"])
@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_page_is_accessible_and_fits(browse: Any, stage: Stage, name: str, width: int, language: str) -> None:
    assert wrong(browse, "ledger", shown(stage(name)), width, language) == {}

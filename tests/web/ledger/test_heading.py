"""How a plan is called, drafts that go, what is said of a doubled or a foreign plan, and the plan as a file."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.base.selectors.audit import changes_of
from guatu.web.ledger.actions.choose_task_column import ChooseTaskColumn
from guatu.web.ledger.actions.correct_heading import CorrectHeading, HeadingValues
from guatu.web.ledger.actions.delete_draft import DeleteDraft
from guatu.web.ledger.actions.merge_version import MergeVersion
from guatu.web.ledger.actions.upload_plan import UploadPlan
from guatu.web.ledger.models import Plan, PlanVersion, Task
from tests.web.answers import body_of
from tests.web.ledger.conftest import FIRST, SECOND, as_file
from tests.web.ledger.test_tables import KNOWN

TITLE = "青禾县2026年农村供水实施方案"


def room(client: Client, plan: Plan) -> str:
    return unescape(client.get(reverse("plan_room", args=[plan.pk])).content.decode())


def test_title_number_issuer_and_day_are_corrected_with_a_line_of_the_trail(
    draft: Plan, client_of: Callable[[str], Client]
) -> None:
    form = {"seen": draft.row_version, "title": TITLE, "doc_no": "青政发〔2026〕11号", "issued_on": "2026-03-01"}
    answer = client_of("supervision").post(reverse("plan_heading", args=[draft.pk]), form)
    assert answer.url == reverse("plan_room", args=[draft.pk])
    draft.refresh_from_db()
    assert (draft.title, draft.doc_no, draft.issuer, str(draft.issued_on)) == (
        TITLE,
        "青政发〔2026〕11号",
        "",
        "2026-03-01",
    )
    said = changes_of(AuditEntry.objects.filter(action="ledger.correct-heading").latest("id"))
    assert ("方案名称", TITLE) in {(one.field, one.after) for one in said}


def test_a_heading_that_cannot_be_taken_is_told_at_its_field_with_what_was_typed(
    draft: Plan, client_of: Callable[[str], Client]
) -> None:
    form = {"seen": draft.row_version, "title": "", "doc_no": "青政发〔2026〕11号"}
    answer = client_of("supervision").post(reverse("plan_heading", args=[draft.pk]), form)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and "请填写方案名称" in page and 'value="青政发〔2026〕11号"' in page


def test_a_heading_is_not_written_over_what_another_has_changed_nor_by_who_may_only_look(
    draft: Plan, context: Callable[..., Context]
) -> None:
    perform(CorrectHeading(draft.pk, draft.row_version, HeadingValues(TITLE)), context())
    with pytest.raises(Conflict):
        perform(CorrectHeading(draft.pk, draft.row_version, HeadingValues("别的名称")), context())
    with pytest.raises(Denied):
        perform(CorrectHeading(draft.pk, draft.row_version, HeadingValues(TITLE)), context("town"))
    with pytest.raises(Invalid):
        perform(CorrectHeading(draft.pk, draft.row_version + 1, HeadingValues(" ")), context())


def test_what_was_corrected_stands_when_the_document_is_read_again_and_says_the_same(
    upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    version = upload(KNOWN)
    plan = Plan.objects.get(pk=version.plan_id)
    perform(CorrectHeading(plan.pk, plan.row_version, HeadingValues(TITLE, "青政发〔2026〕11号")), context())
    perform(ChooseTaskColumn(version.pk, 0, 1), context())
    run_waiting()
    plan.refresh_from_db()
    assert (plan.title, plan.doc_no) == (TITLE, "青政发〔2026〕11号")


def test_a_new_version_changes_of_the_heading_what_it_says_otherwise(
    confirmed: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    perform(CorrectHeading(confirmed.pk, confirmed.row_version, HeadingValues(TITLE, confirmed.doc_no)), context())
    version = upload(SECOND.replace("青政办发〔2026〕9号", "青政办发〔2026〕19号"), confirmed)
    perform(MergeVersion(version.pk, version.row_version), context())
    confirmed.refresh_from_db()
    assert (confirmed.title, confirmed.doc_no) == (TITLE, "青政办发〔2026〕19号")


def test_a_draft_is_deleted_with_all_that_was_proposed_and_the_trail_says_what_it_was(
    draft: Plan, client_of: Callable[[str], Client]
) -> None:
    client = client_of("supervision")
    assert "删除这份草稿" in room(client, draft)
    answer = client.post(reverse("plan_delete", args=[draft.pk]), {"seen": draft.row_version}, follow=True)
    assert f"草稿“{draft.title}”已删除" in unescape(answer.content.decode())
    assert not Plan.objects.exists() and not PlanVersion.objects.exists() and not Task.objects.exists()
    line = AuditEntry.objects.filter(action="ledger.delete-draft").get()
    assert line.object_id == str(draft.pk) and line.before["title"] == draft.title


def test_a_document_that_could_not_be_read_is_deleted_where_that_is_said(
    context: Callable[..., Context], client_of: Callable[[str], Client]
) -> None:
    plan = perform(UploadPlan(as_file(b"%PDF-1.4 broken", "坏.pdf")), context()).plan
    run_waiting()
    client = client_of("supervision")
    assert "删除这份草稿" in client.get(reverse("plan_progress", args=[plan.pk])).content.decode()
    plan.refresh_from_db()
    client.post(reverse("plan_delete", args=[plan.pk]), {"seen": plan.row_version})
    assert not Plan.objects.exists()


def test_a_draft_that_waits_to_be_read_may_go_before_its_turn(context: Callable[..., Context]) -> None:
    plan = perform(UploadPlan(as_file(FIRST)), context()).plan
    perform(DeleteDraft(plan.pk, plan.row_version), context())
    assert run_waiting() and not Plan.objects.exists()


def test_what_was_confirmed_is_not_deleted(confirmed: Plan, context: Callable[..., Context]) -> None:
    with pytest.raises(NotNow):
        perform(DeleteDraft(confirmed.pk, confirmed.row_version), context())
    with pytest.raises(Denied):
        perform(DeleteDraft(confirmed.pk, confirmed.row_version), context("town"))
    assert Plan.objects.filter(pk=confirmed.pk).exists()


def test_the_same_number_twice_is_said_with_the_other_plan(
    draft: Plan, upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    again = upload(FIRST.replace("青政办发〔2026〕9号", "青政办发[2026] 9 号"), name="又一份.txt").plan
    page = room(client_of("supervision"), again)
    assert "与另一个方案相同" in page and reverse("plan_room", args=[draft.pk]) in page
    other = upload(FIRST.replace("青政办发〔2026〕9号", "青政办发〔2026〕10号"), name="另一份.txt").plan
    assert "与另一个方案相同" not in room(client_of("supervision"), other)


@pytest.mark.parametrize(
    ("area", "foreign"),
    [("青禾县", ""), ("石桥县", "石桥县"), ("柳林镇", ""), ("南州市青禾县", ""), ("南州市", "南州市")],
)
def test_a_plan_of_another_place_is_said_to_be_one(
    area: str, foreign: str, upload: Callable[..., PlanVersion], client_of: Callable[[str], Client]
) -> None:
    plan, client = upload(FIRST.replace("青禾县", area)).plan, client_of("supervision")
    # Where it is read, and again where it would be confirmed.
    for page in (room(client, plan), unescape(client.get(reverse("plan_check", args=[plan.pk])).content.decode())):
        assert (f"这份方案像是“{foreign}”的" in page) if foreign else ("这份方案像是" not in page)


def test_the_plan_goes_out_as_word_and_as_data_with_what_people_corrected(
    draft: Plan, context: Callable[..., Context], client_of: Callable[[str], Client]
) -> None:
    perform(CorrectHeading(draft.pk, draft.row_version, HeadingValues(TITLE, draft.doc_no)), context())
    draft.tasks.filter(title="改造泵站").update(title="改造六座泵站")
    client = client_of("supervision")
    page = Document(io.BytesIO(body_of(client.get(reverse("plan_file", args=[draft.pk, "docx"])))))
    words = "\n".join(cell.text for table in page.tables for row in table.rows for cell in row.cells)
    assert "改造六座泵站" in words and TITLE in "\n".join(line.text for line in page.paragraphs)
    data = json.loads(body_of(client.get(reverse("plan_file", args=[draft.pk, "json"]))))
    assert data["schema"] == "guatu.plan/1"
    assert "改造六座泵站" in {task["title"] for one in data["documents"] for task in one["tasks"]}
    assert client.get(reverse("plan_file", args=[draft.pk, "exe"])).status_code == 404
    assert client_of("town").get(reverse("plan_file", args=[draft.pk, "json"])).status_code == 404

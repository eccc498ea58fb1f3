"""A document comes in, is stored and compiled in the background."""

import threading
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guatu.adapters.bounded import Limits
from guatu.adapters.documents import Asked, compile_document
from guatu.adapters.readers import ReadError
from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Attachment, AuditEntry, Job
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.directory.models import UnitAlias
from guatu.web.ledger.actions.upload_plan import UploadPlan
from guatu.web.ledger.models import Plan, PlanVersion
from tests.adapters.readers.hostile import list_items
from tests.adapters.readers.pdfs import code, document
from tests.web.conftest import County
from tests.web.ledger.conftest import FIRST, as_file


def test_an_uploaded_document_waits_for_the_compiler_and_then_for_review(
    upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    version = perform(UploadPlan(as_file(FIRST)), context())
    assert version.state == PlanVersion.State.COMPILING and version.plan.tasks.count() == 0
    run_waiting()
    version.refresh_from_db()
    assert version.state == PlanVersion.State.REVIEW
    assert version.text == FIRST and version.compiled["schema"] == "guatu.plan/1"
    assert version.plan.tasks.count() == 4
    assert {t.state for t in version.plan.tasks.all()} == {"proposed"}
    assert version.job is not None
    version.job.refresh_from_db()
    assert (version.job.state, version.job.progress) == (Job.State.DONE, 100)


def test_names_of_the_directory_are_found_whole(county: County, context: Callable[..., Context]) -> None:
    UnitAlias.objects.create(unit=county.unit("县水利局"), text="县移民、水库局")
    text = "白鹭县供水方案\n\n一、主要任务\n(一)修水厂。抓紧修。(县移民、水库局和县财政局负责)\n"
    version = perform(UploadPlan(as_file(text)), context())
    run_waiting()
    version.refresh_from_db()
    named = [duty["unit"] for task in version.compiled["documents"][0]["tasks"] for duty in task["duties"]]
    assert named == ["县移民、水库局", "县财政局"]


def test_a_job_that_runs_twice_proposes_its_rows_once(draft: Plan) -> None:
    Job.objects.update(state=Job.State.WAITING)
    run_waiting()
    assert draft.tasks.count() == 4


def test_a_worker_killed_behind_its_commit_repeats_nothing(
    upload: Callable[..., PlanVersion], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are there, the job is not marked as done: the next worker finds the version compiled."""
    version = upload()
    Job.objects.update(state=Job.State.RUNNING, lease_until="2020-01-01T00:00:00Z")
    run_waiting()
    assert version.plan.tasks.count() == 4 and Job.objects.get().state == Job.State.DONE


def test_findings_are_kept_with_their_messages_in_both_languages(upload: Callable[..., PlanVersion]) -> None:
    version = upload()
    found = version.findings
    assert found and all(f["zh"] and f["en"] and f["zh"] != f["en"] for f in found)
    assert all(0 <= f["start"] <= f["end"] <= len(FIRST) for f in found)


def test_a_document_that_costs_more_than_it_may_fails_with_a_sentence(
    context: Callable[..., Context], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUATU_READ_SECONDS", "1")
    version = perform(UploadPlan(as_file(list_items(), "方案.html")), context())
    run_waiting()
    version.refresh_from_db()
    assert (version.state, version.failure["code"]) == (PlanVersion.State.FAILED, "read.time")
    assert "超过上限（1 秒）" in version.failure["zh"] and "allowed (1 s)" in version.failure["en"]


def test_pages_are_answered_while_a_hostile_document_is_read(client_of: Callable[[str], Client]) -> None:
    client = client_of("supervision")
    limits = Limits(cpu=5, wall=120, megabytes=500)

    def read() -> None:
        with pytest.raises(ReadError):
            compile_document(list_items(), Asked("a.html", "a.html"), limits)

    thread = threading.Thread(target=read)
    thread.start()
    answers = [client.get(reverse("plan_list")).status_code for _ in range(5)]
    assert answers == [200] * 5 and thread.is_alive()
    thread.join()


def test_a_file_that_is_not_what_its_ending_says_is_refused_at_its_field_and_not_kept(
    context: Callable[..., Context],
) -> None:
    with pytest.raises(Invalid) as caught:
        perform(UploadPlan(as_file(b"MZ\x90\x00" + bytes(60), "方案.docx")), context())
    assert (caught.value.field, caught.value.code) == ("file", "read.mismatch")
    assert "可执行程序" in caught.value.message and not Plan.objects.exists() and not Attachment.objects.exists()


def test_what_is_read_as_something_else_than_its_ending_says_stands_among_the_findings(
    context: Callable[..., Context],
) -> None:
    version = perform(UploadPlan(as_file(f"<html><body><p>{FIRST}</p></body></html>".encode(), "方案.doc")), context())
    run_waiting()
    version.refresh_from_db()
    assert version.findings[0]["code"] == "read.taken-as" and "网页" in version.findings[0]["zh"]


@pytest.mark.parametrize(("data", "name"), [(b"%PDF-1.4 broken", "plan.pdf"), (b"PK\x03\x04oops word/", "plan.docx")])
def test_an_unreadable_file_says_why_in_both_languages(
    data: bytes, name: str, context: Callable[..., Context], client_of: Callable[[str], Client]
) -> None:
    version = perform(UploadPlan(as_file(data, name)), context())
    run_waiting()
    version.refresh_from_db()
    assert version.state == PlanVersion.State.FAILED
    assert name in version.failure["zh"] and name in version.failure["en"]
    client = client_of("supervision")
    for cookie, language in (("zh-hans", "zh"), ("en", "en")):
        client.cookies["django_language"] = cookie
        page = unescape(client.get(reverse("plan_progress", args=[version.plan_id])).content.decode())
        assert version.failure[language] in page


def test_after_an_unreadable_file_another_can_be_uploaded(
    upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    failed = perform(UploadPlan(as_file(b"%PDF-1.4 broken", "plan.pdf")), context())
    run_waiting()
    version = upload(plan=failed.plan)
    assert (version.number, version.state) == (2, PlanVersion.State.REVIEW)


def test_a_file_of_unknown_format_is_refused_at_its_field_and_stores_nothing(context: Callable[..., Context]) -> None:
    with pytest.raises(Invalid) as caught:
        perform(UploadPlan(as_file(b"MZ", "plan.exe")), context())
    assert caught.value.field == "file" and ".exe" in str(caught.value)
    assert not Plan.objects.exists() and not Attachment.objects.exists()


def test_no_file_and_an_empty_file_are_refused_at_the_field(client_of: Callable[[str], Client]) -> None:
    client = client_of("supervision")
    for data in ({}, {"file": as_file(b"")}):
        answer = client.post(reverse("plan_list"), data)
        assert answer.status_code == 422
        assert 'id="f-file-said" role="alert"' in answer.content.decode()


def test_a_file_over_the_countys_limit_is_refused_at_the_field(
    client_of: Callable[[str], Client], settings: Any
) -> None:
    settings.GUATU_LARGEST_UPLOAD = 1000
    answer = client_of("supervision").post(reverse("plan_list"), {"file": as_file(b"x" * 2000)})
    assert answer.status_code == 422 and "MB" in answer.content.decode()


@pytest.mark.parametrize("role", ["leader", "lead", "town", "auditor"])
def test_only_those_who_edit_plans_upload(role: str, context: Callable[..., Context]) -> None:
    with pytest.raises(Denied):
        perform(UploadPlan(as_file(FIRST)), context(role))


def test_a_double_click_makes_one_plan(client_of: Callable[[str], Client]) -> None:
    client = client_of("supervision")
    first = client.post(reverse("plan_list"), {"file": as_file(FIRST), "_key": "once"})
    second = client.post(reverse("plan_list"), {"file": as_file(FIRST), "_key": "once"})
    assert first.status_code == second.status_code == 302 and first.url == second.url
    assert Plan.objects.count() == 1


def test_a_version_waits_until_the_one_before_is_settled(
    upload: Callable[..., PlanVersion], confirmed: Plan, context: Callable[..., Context]
) -> None:
    assert upload(FIRST.replace("6座", "7座"), confirmed).state == PlanVersion.State.MERGE
    with pytest.raises(NotNow):
        perform(UploadPlan(as_file(FIRST), confirmed.pk), context())


def test_upload_and_compilation_leave_audit_lines(draft: Plan) -> None:
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "ledger.upload-plan",
        "ledger.store-compiled",
    ]


def test_drafts_are_seen_only_by_those_who_edit_plans(draft: Plan, client_of: Callable[[str], Client]) -> None:
    assert draft.title in client_of("supervision").get(reverse("plan_list")).content.decode()
    town = client_of("town")
    assert draft.title not in town.get(reverse("plan_list")).content.decode()
    assert town.get(reverse("plan_room", args=[draft.pk])).status_code == 404
    file = draft.versions.get().file_id
    assert town.get(reverse("attachment", args=[file])).status_code in (403, 404)


def test_a_broken_off_compilation_can_be_started_again(
    context: Callable[..., Context], client_of: Callable[[str], Client]
) -> None:
    version = perform(UploadPlan(as_file(FIRST)), context())
    Job.objects.update(state=Job.State.FAILED)
    client = client_of("supervision")
    page = client.get(reverse("plan_progress", args=[version.plan_id])).content.decode()
    assert reverse("plan_compile_again", args=[version.plan_id]) in page
    client.post(reverse("plan_compile_again", args=[version.plan_id]), {"version": version.pk})
    run_waiting()
    version.refresh_from_db()
    assert version.state == PlanVersion.State.REVIEW


def test_what_the_reader_left_out_of_a_pdf_is_shown_apart_from_the_problems_of_the_plan(
    context: Callable[..., Context], client_of: Callable[[str], Client]
) -> None:
    lines = ["青禾县2026年造林方案", "一、主要任务", "（一）造林。11月底前造林1100亩。（牵头单位：县林业局）"]
    twice = [
        f"BT /F1 12 Tf {60 + step} {600 - 20 * n} Td {code(t)} Tj ET" for n, t in enumerate(lines) for step in (0, 0.4)
    ]
    number = f"BT /F1 12 Tf 280 40 Td {code('— 1 —')} Tj ET"
    version = perform(UploadPlan(as_file(document([" ".join([*twice, number])]), "plan.pdf")), context())
    run_waiting()
    version.refresh_from_db()
    assert version.text.split("\n")[:3] == lines
    told = [found for found in version.findings if found["code"].startswith("read.")]
    assert [(f["code"], f["severity"], f["start"], f["line"]) for f in told] == [
        ("read.printed-twice", "warning", 0, 1),
        ("read.page-furniture", "note", 0, 1),
    ]
    client = client_of("supervision")
    for cookie, language, heading in (
        ("zh-hans", "zh", "读文件时的说明 2 条"),
        ("en", "en", "Notes on reading the file: 2"),
    ):
        client.cookies["django_language"] = cookie
        page = unescape(client.get(reverse("plan_room", args=[version.plan_id])).content.decode())
        assert heading in page and all(page.count(found[language]) == 1 for found in told)

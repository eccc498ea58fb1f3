"""A report is saved, handed in, and never lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.web.base.actions import perform
from guatu.web.base.models import Attachment, AuditEntry, Setting
from guatu.web.base.parsing import figure_of
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.dispatch.actions.add_evidence import AddEvidence
from guatu.web.dispatch.actions.remove_evidence import RemoveEvidence
from guatu.web.dispatch.actions.save_report import LONGEST, SaveReport
from guatu.web.dispatch.models import Evidence, Figure, Report, ReportEvent
from tests.web.dispatch.conftest import START, Board, at


def photo(data: bytes = b"\xff\xd8\xff a photo") -> SimpleUploadedFile:
    return SimpleUploadedFile("工地.jpg", data, content_type="image/jpeg")


def test_a_report_that_is_handed_in_stands_as_it_was_written(may: Board) -> None:
    report = may.hand_in(
        "2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9.5"},
        progress="铺设 9.5 公里。", problems="两处与燃气管道交叉。", next_step="六月底前完成交叉段。", notes={may.length.pk: "含支管"},
    )  # fmt: skip
    report.refresh_from_db()
    assert (report.state, report.submitted_by.username) == (Report.State.SUBMITTED, "reporter")
    assert (report.progress, report.problems, report.next_step) == (
        "铺设 9.5 公里。",
        "两处与燃气管道交叉。",
        "六月底前完成交叉段。",
    )
    figure = Figure.objects.get(report=report)
    assert (figure.value, figure.note) == (Decimal("9.5"), "含支管")
    line = AuditEntry.objects.filter(action="dispatch.save-report").latest("id")
    assert line.after["figures"] == {str(may.length.pk): "9.5"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"progress": "  "}, "progress"),
        ({"figures": {}}, "figure"),
        ({"figures": {0: "九或十"}}, "figure"),
        ({"figures": {0: "=1+1"}}, "figure"),
        ({"figures": {0: "1e5"}}, "figure"),
        ({"figures": {0: "NaN"}}, "figure"),
        ({"figures": {0: "3,5"}}, "figure"),
        ({"figures": {0: "1.23456789"}}, "figure"),
        ({"figures": {0: "99999999999999"}}, "figure"),
        ({"figures": {0: "-3"}}, "figure"),
        ({"progress": "长" * (LONGEST + 1)}, "progress"),
        ({"done": True}, "done"),
    ],
)
def test_what_cannot_be_handed_in_is_told_at_its_field_and_changes_nothing(
    may: Board, changes: dict[str, Any], field: str
) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    figures = dict.fromkeys([may.length.pk] if (typed := changes.pop("figures", {0: "9"})) else [], typed.get(0, ""))
    with pytest.raises(Invalid) as told:
        may.save(report, at(6, 4), submit=True, figures=figures, **changes)
    assert told.value.field == (f"figure-{may.length.pk}" if field == "figure" else field)
    assert may.report("2024-05", may.pipes, "柳林镇").state == Report.State.DUE
    assert not Figure.objects.exists() and not ReportEvent.objects.exists()


def test_no_figure_is_all_right_with_the_reason_in_the_note(may: Board) -> None:
    may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {}, notes={may.length.pk: "汛期停工"})
    figure = Figure.objects.get()
    assert (figure.value, figure.note) == (None, "汛期停工")


def test_a_draft_keeps_what_is_no_number_yet(may: Board) -> None:
    report = may.save(may.report("2024-05", may.pipes, "柳林镇"), at(6, 3), figures={may.length.pk: "9.5公"})
    assert (report.state, report.typed) == (Report.State.DRAFT, {str(may.length.pk): "9.5公"})
    report = may.save(report, at(6, 3), figures={may.length.pk: "9.5"})
    assert report.typed == {}
    assert Figure.objects.get().value == Decimal("9.5")


def test_the_second_of_two_editors_is_told_and_the_first_text_stands(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    seen = report.row_version
    may.save(report, at(6, 3), progress="第一位填的")
    with pytest.raises(Conflict) as told:
        may.save(report, at(6, 3), role="town", progress="第二位填的", seen=seen)
    assert told.value.data["who"] == "填报员"
    assert may.report("2024-05", may.pipes, "柳林镇").progress == "第一位填的"


def test_a_repeated_key_makes_one_report(may: Board) -> None:
    report = may.report("2024-05", may.patrol, "城关镇")
    context = may.context("reporter", at(6, 4), key="k-1")
    action = SaveReport(report.pk, report.row_version, "巡查 12 次。", submit=True)
    assert perform(action, context).pk == perform(action, context).pk
    assert ReportEvent.objects.filter(report=report).count() == 1
    assert Report.objects.get(pk=report.pk).row_version == 2


def test_a_form_sent_again_without_its_key_is_the_same_report_and_no_conflict(may: Board) -> None:
    """A phone without a network sends again hours later; the version it saw is old by then."""
    report = may.report("2024-05", may.patrol, "城关镇")
    action = SaveReport(report.pk, report.row_version, "巡查 12 次。", submit=True, instance="form-7")
    perform(action, may.context("reporter", at(6, 4)))
    again = perform(action, may.context("reporter", at(6, 4, 18)))
    assert again.submitted_at == at(6, 4)
    assert ReportEvent.objects.filter(report=report).count() == 1
    may.review(report, at(6, 5), accept=False)
    assert perform(action, may.context("reporter", at(6, 5))).state == Report.State.RETURNED


def test_other_content_under_the_number_of_a_form_is_refused_and_not_taken_for_its_copy(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    seen = report.row_version
    sent = SaveReport(report.pk, seen, "铺管。", figures={may.length.pk: "9"}, submit=True, instance="form-7")
    perform(sent, may.context("reporter", at(6, 4)))
    perform(replace(sent, figures={may.length.pk: "9.0"}), may.context("reporter", at(6, 4)))
    for change in (
        {"figures": {may.length.pk: "8"}},
        {"progress": "铺管完成。"},
        {"notes": {may.length.pk: "估计"}},
        {"done": True},
        {"figures": {may.length.pk: "九或十"}},
    ):
        with pytest.raises(Invalid) as told:
            perform(replace(sent, **change), may.context("reporter", at(6, 5)))
        assert (told.value.code, told.value.status) == ("report.instance-used", 422)
    assert ReportEvent.objects.filter(report=report).count() == 1


def test_what_was_handed_in_is_never_lost_when_it_is_written_over(may: Board) -> None:
    report = may.hand_in(
        "2024-05",
        may.pipes,
        "柳林镇",
        at(6, 4),
        {may.length.pk: "9"},
        progress="初稿",
        problems="缺料",
        next_step="催货",
    )
    may.review(report, at(6, 5), accept=False)
    may.save(report, at(6, 6), progress="改稿", figures={may.length.pk: "8"}, submit=True, despite=True)
    first, second = ReportEvent.objects.filter(report=report, verb="submitted").order_by("id")
    assert (first.content["progress"], first.content["problems"], first.content["next_step"]) == (
        "初稿",
        "缺料",
        "催货",
    )
    assert first.content["figures"] == {str(may.length.pk): "9"}
    assert second.content["progress"] == "改稿"


def test_the_day_it_first_came_counts_when_it_is_handed_in_again(may: Board) -> None:
    report = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    may.review(report, at(6, 10), accept=False)
    may.save(report, at(6, 11), submit=True)
    report.refresh_from_db()
    assert report.submitted_at == at(6, 4)


def test_saving_a_returned_report_leaves_it_returned_until_it_is_handed_in(may: Board) -> None:
    report = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    may.review(report, at(6, 5), accept=False)
    assert may.save(report, at(6, 6)).state == Report.State.RETURNED


def test_what_is_handed_in_is_not_changed(may: Board) -> None:
    report = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    with pytest.raises(NotNow) as told:
        may.save(report, at(6, 4), progress="再改一下")
    assert told.value.code == "report.handed-in"


def test_warnings_hold_a_report_until_it_is_sent_all_the_same(may: Board) -> None:
    may.accepted("2024-04", may.pipes, "柳林镇", at(5, 6), {may.length.pk: "9"})
    report = may.report("2024-05", may.pipes, "柳林镇")
    with pytest.raises(Invalid) as told:
        may.save(report, at(6, 4), submit=True, figures={may.length.pk: "7"})
    assert told.value.code == "report.has-warnings"
    assert told.value.data["warnings"][0]["target"] == may.length.pk  # type: ignore[index]
    with pytest.raises(Invalid) as told:
        may.save(report, at(6, 4), submit=True, despite=True, figures={may.length.pk: "7"})
    assert (told.value.code, told.value.field) == ("report.reason-missing", f"figure-{may.length.pk}")
    why = {may.length.pk: "上月误将在建段计入"}
    sent = may.save(report, at(6, 4), submit=True, despite=True, figures={may.length.pk: "7"}, notes=why)
    assert sent.state == Report.State.SUBMITTED
    assert sent.figures.get().note == "上月误将在建段计入"


def test_a_town_that_reports_a_thousand_of_its_kilometres_is_stopped_and_the_next_true_figure_is_not_blamed(
    may: Board,
) -> None:
    """15 of 40 km are the town's: 1,000 is impossible, 100 needs a reason, and 10 after it does not."""
    may.accepted("2024-03", may.pipes, "石门镇", at(4, 6), {may.length.pk: "4"})
    report = may.report("2024-04", may.pipes, "石门镇")
    with pytest.raises(Invalid) as told:
        may.save(report, at(5, 4), figures={may.length.pk: "1000"}, submit=True, despite=True)
    assert told.value.code == "figure.above-whole"
    with pytest.raises(Invalid) as told:
        may.save(report, at(5, 4), figures={may.length.pk: "100"}, submit=True)
    messages = " ".join(row["message"] for row in told.value.data["warnings"])  # type: ignore[attr-defined]
    assert "本单位任务 15 公里" in messages and "全部目标 40 公里" in messages
    may.accepted("2024-04", may.pipes, "石门镇", at(5, 6), {may.length.pk: "100"})
    with pytest.raises(Invalid) as told:
        may.save(may.report("2024-05", may.pipes, "石门镇"), at(6, 4), figures={may.length.pk: "6"}, submit=True)
    assert "上期的 100 公里 才显得异常" in told.value.data["warnings"][0]["message"]  # type: ignore[index]
    sent = may.save(
        may.report("2024-05", may.pipes, "石门镇"), at(6, 4), figures={may.length.pk: "6"}, submit=True, despite=True
    )
    assert sent.state == Report.State.SUBMITTED


def test_a_check_that_the_county_made_an_error_cannot_be_sent_past(may: Board) -> None:
    Setting.objects.create(
        name="dispatch.checks", valid_from=START, value=[{"check": "largest_step", "limit": 5, "severity": "error"}]
    )
    may.accepted("2024-04", may.pipes, "柳林镇", at(5, 6), {may.length.pk: "2"})
    with pytest.raises(Invalid) as told:
        may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "8"})
    assert told.value.code == "figure.step"


def test_findings_speak_the_readers_language(may: Board) -> None:
    with translation.override("en"), pytest.raises(Invalid) as told:
        may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "-3"})
    assert "below the least possible" in str(told.value.message)


def test_a_unit_writes_its_own_reports_and_no_other(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "石门镇")
    for role in ("town", "lead", "supervision", "leader", "auditor"):
        with pytest.raises(Denied):
            may.save(report, at(6, 4), role=role)


def test_a_figure_for_a_target_that_is_not_the_units_is_not_taken(may: Board) -> None:
    may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9", may.rate.pk: "50"})
    assert list(Figure.objects.values_list("target_id", flat=True)) == [may.length.pk]


def test_the_lead_of_an_allocated_sum_is_asked_no_figure(may: Board) -> None:
    report = may.hand_in("2024-05", may.pipes, "县水利局", at(6, 4))
    assert report.state == Report.State.SUBMITTED
    assert not Figure.objects.filter(report=report).exists()


def test_silent_saves_leave_no_event_and_an_unchanged_one_no_audit_line(may: Board) -> None:
    report = may.save(may.report("2024-05", may.patrol, "城关镇"), at(6, 3), quiet=True, progress="写到一半")
    lines = AuditEntry.objects.count()
    may.save(report, at(6, 3), quiet=True, progress="写到一半")
    assert not ReportEvent.objects.exists()
    assert AuditEntry.objects.count() == lines


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(texts=st.lists(st.text(max_size=40), min_size=3, max_size=3))
def test_any_text_can_be_saved_and_comes_back(may: Board, texts: list[str]) -> None:
    report = may.report("2024-05", may.patrol, "城关镇")
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    may.save(report, at(6, 3), progress=texts[0], problems=texts[1], next_step=texts[2])
    saved = may.report("2024-05", may.patrol, "城关镇")
    plain = [text.replace("\0", "").replace("\r\n", "\n") for text in texts]
    assert [saved.progress, saved.problems, saved.next_step] == plain


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", "12"), (" 1,234.50 ", "1234.5"), ("１２．５", "12.5"), ("1，234", "1234"), ("-3.5", "-3.5"), (".5", "0.5"), ("−2", "-2")],
)  # fmt: skip
def test_figures_are_read_as_people_type_them(text: str, value: str) -> None:
    assert figure_of(text, "x") == Decimal(value)
    assert figure_of("  ", "x") is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_a_figure_is_read_as_it_was_written(value: Decimal) -> None:
    assert figure_of(f"{value:f}", "x") == value
    assert figure_of(f"{value:,f}", "x") == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_figure(text: str) -> None:
    try:
        read = figure_of(text, "x")
    except Invalid as problem:
        assert problem.field == "x"
    else:
        assert read is None or read.is_finite()


def test_evidence_is_kept_by_its_hash_once(may: Board) -> None:
    report = may.report("2024-05", may.patrol, "城关镇")
    context = may.context("reporter", at(6, 4))
    first = perform(AddEvidence(report.pk, photo()), context)
    again = perform(AddEvidence(report.pk, photo()), context)
    assert first.pk == again.pk
    assert Attachment.objects.count() == 1
    line = AuditEntry.objects.get(action="dispatch.add-evidence")
    assert line.after["sha256"] == first.file.sha256


def test_evidence_lets_a_task_be_asked_to_be_closed(may: Board) -> None:
    report = may.report("2024-05", may.patrol, "城关镇")
    perform(AddEvidence(report.pk, photo()), may.context("reporter", at(6, 4)))
    assert may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4), done=True).done


def test_evidence_of_a_report_that_was_handed_in_stays(may: Board) -> None:
    report = may.report("2024-05", may.patrol, "城关镇")
    context = may.context("reporter", at(6, 4))
    evidence = perform(AddEvidence(report.pk, photo()), context)
    other = perform(AddEvidence(report.pk, photo(b"\xff\xd8\xff other")), context)
    perform(RemoveEvidence(report.pk, other.pk), context)
    may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    for action in (RemoveEvidence(report.pk, evidence.pk), AddEvidence(report.pk, photo(b"\xff\xd8\xff third"))):
        with pytest.raises(NotNow):
            perform(action, context)
    assert list(Evidence.objects.values_list("pk", flat=True)) == [evidence.pk]
    assert Attachment.objects.count() == 2


def test_a_file_that_is_empty_or_too_large_is_refused_at_the_field(may: Board, settings: Any) -> None:
    settings.GUATU_LARGEST_UPLOAD = 10
    report = may.report("2024-05", may.patrol, "城关镇")
    for data in (b"", b"x" * 11):
        with pytest.raises(Invalid) as told:
            perform(AddEvidence(report.pk, photo(data)), may.context("reporter", at(6, 4)))
        assert told.value.field == "files"
    assert not Attachment.objects.exists()


def test_a_stranger_adds_no_evidence(may: Board) -> None:
    with pytest.raises(Denied):
        perform(AddEvidence(may.report("2024-05", may.pipes, "石门镇").pk, photo()), may.context("town", at(6, 4)))

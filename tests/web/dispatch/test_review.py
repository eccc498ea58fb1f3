"""Reports are reviewed level by level, by somebody else than who wrote them."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.web.base.actions import perform
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry, Job, Setting
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.directory.models import RoleGrant
from guatu.web.dispatch.actions.accept_reports import AcceptReports
from guatu.web.dispatch.actions.add_evidence import AddEvidence
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.reopen_period import ReopenPeriod
from guatu.web.dispatch.actions.review_report import ReviewReport
from guatu.web.dispatch.models import Light, Report, ReportEvent
from guatu.web.ledger.models import Duty, Task
from tests.web.dispatch.conftest import START, Board, at
from tests.web.dispatch.test_save_report import photo


def test_the_lead_unit_accepts_the_reports_of_the_others_on_its_tasks(may: Board) -> None:
    report = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    assert may.review(report, at(6, 5), role="lead").state == Report.State.ACCEPTED


def test_a_lead_unit_reviews_neither_its_own_report_nor_tasks_that_others_lead(may: Board) -> None:
    own = may.hand_in("2024-05", may.quality, "县水利局", at(6, 4), {may.rate.pk: "88"})
    foreign = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    for report in (own, foreign):
        with pytest.raises(Denied):
            may.review(report, at(6, 5), role="lead")
        assert may.review(report, at(6, 5)).state == Report.State.ACCEPTED


def test_nobody_reviews_what_they_handed_in_themselves(may: Board) -> None:
    RoleGrant.objects.create(user=may.users["reporter"], role="supervision", valid_from=START)
    report = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    with pytest.raises(Denied):
        may.review(report, at(6, 5), role="reporter")


@pytest.mark.parametrize("role", ["town", "responsible", "leader", "auditor", "admin", "village"])
def test_who_has_no_right_to_review_does_not(may: Board, role: str) -> None:
    report = may.hand_in("2024-05", may.pipes, "石门镇", at(6, 4), {may.length.pk: "5"})
    with pytest.raises(Denied):
        may.review(report, at(6, 5), role=role)


def test_a_village_is_reviewed_by_its_town_before_the_lead_unit(may: Board) -> None:
    Duty.objects.create(task=may.quality, role="responsible", text="柳林东村", unit=may.county.unit("柳林东村"))
    may.ask_all()
    report = may.hand_in("2024-05", may.quality, "柳林东村", at(6, 4))
    with pytest.raises(Denied):
        may.review(report, at(6, 5), role="lead")
    passed = may.review(report, at(6, 5), role="town")
    assert (passed.state, passed.level) == (Report.State.SUBMITTED, 1)
    with pytest.raises(Denied):
        may.review(report, at(6, 5), role="town")
    assert may.review(report, at(6, 6), role="lead").state == Report.State.ACCEPTED
    assert list(report.events.order_by("id").values_list("verb", flat=True)) == ["submitted", "passed", "accepted"]


def test_a_county_may_put_the_supervision_office_last(may: Board) -> None:
    Setting.objects.create(name="dispatch.review-levels", valid_from=START, value=["parent", "lead", "supervision"])
    report = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    assert may.review(report, at(6, 5), role="lead").state == Report.State.SUBMITTED
    with pytest.raises(Denied):
        may.review(report, at(6, 5), role="lead")
    assert may.review(report, at(6, 6)).state == Report.State.ACCEPTED


def test_a_return_needs_a_reason_and_starts_the_levels_again(may: Board) -> None:
    report = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    with pytest.raises(Invalid) as told:
        may.review(report, at(6, 5), accept=False, reason="  ")
    assert told.value.field == "reason"
    returned = may.review(report, at(6, 5), accept=False, reason="里程与监理月报不符")
    assert (returned.state, returned.level) == (Report.State.RETURNED, 0)
    assert returned.events.latest("id").reason == "里程与监理月报不符"


def test_the_second_of_two_reviewers_is_told(may: Board) -> None:
    report = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    seen = report.row_version
    may.review(report, at(6, 5), role="lead")
    with pytest.raises(Conflict):
        perform(ReviewReport(report.pk, seen, accept=False, reason="不对"), may.context("supervision", at(6, 5)))
    returned = may.review(report, at(6, 6), accept=False)
    assert returned.state == Report.State.RETURNED


def test_a_reviewer_decides_on_what_they_saw(may: Board) -> None:
    report = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    seen = report.row_version
    may.review(report, at(6, 5), accept=False)
    may.save(report, at(6, 6), submit=True, despite=True, figures={may.length.pk: "8"})
    with pytest.raises(Conflict):
        perform(ReviewReport(report.pk, seen, accept=True), may.context("lead", at(6, 6)))


def test_a_repeated_key_reviews_once(may: Board) -> None:
    report = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    action = ReviewReport(report.pk, report.row_version, accept=True)
    context = may.context("lead", at(6, 5), key="k-2")
    assert perform(action, context).state == perform(action, context).state == Report.State.ACCEPTED
    assert AuditEntry.objects.filter(action="dispatch.review-report").count() == 1


def test_the_supervision_office_returns_what_was_accepted_while_the_period_is_open(may: Board) -> None:
    report = may.accepted("2024-05", may.patrol, "城关镇", at(6, 4))
    with pytest.raises(NotNow):
        may.review(
            may.accepted("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"}),
            at(6, 5),
            accept=False,
            role="lead",
        )
    assert may.review(report, at(6, 5), accept=False).state == Report.State.RETURNED
    again = may.save(report, at(6, 6), submit=True)
    may.review(again, at(6, 6))
    perform(ClosePeriod(may.period("2024-05").pk), may.context("supervision", at(6, 20)))
    with pytest.raises(NotNow):
        may.review(again, at(6, 21), accept=False)


def test_what_waits_when_a_period_closes_is_accepted_and_locked_at_once(may: Board) -> None:
    report = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    perform(ClosePeriod(may.period("2024-05").pk), may.context("supervision", at(6, 20)))
    with pytest.raises(NotNow) as told:
        may.review(report, at(6, 21), accept=False)
    assert told.value.code == "period.closed"
    assert may.review(report, at(6, 21)).state == Report.State.LOCKED


def test_a_task_is_closed_when_every_unit_that_reports_on_it_is(may: Board) -> None:
    for unit in ("县水利局", "柳林镇", "石门镇"):
        report = may.report("2024-05", may.pipes, unit)
        perform(AddEvidence(report.pk, photo()), may.context("reporter", at(6, 4)))
        figures = {} if unit == "县水利局" else {may.length.pk: "12"}
        may.hand_in("2024-05", may.pipes, unit, at(6, 4), figures, done=True)
    may.review(may.report("2024-05", may.pipes, "柳林镇"), at(6, 5))
    may.review(may.report("2024-05", may.pipes, "石门镇"), at(6, 5))
    assert Task.objects.get(pk=may.pipes.pk).state == Task.State.OPEN
    may.review(may.report("2024-05", may.pipes, "县水利局"), at(6, 5))
    assert Task.objects.get(pk=may.pipes.pk).state == Task.State.DONE
    line = AuditEntry.objects.filter(object_type="ledger.task").latest("id")
    assert (line.before, line.after) == ({"state": "open"}, {"state": "done"})


def test_a_task_is_closed_by_the_last_of_several_that_are_accepted_at_once(may: Board) -> None:
    seen = {}
    for unit in ("县水利局", "柳林镇", "石门镇"):
        perform(AddEvidence(may.report("2024-05", may.pipes, unit).pk, photo()), may.context("reporter", at(6, 4)))
        figures = {} if unit == "县水利局" else {may.length.pk: "12"}
        report = may.hand_in("2024-05", may.pipes, unit, at(6, 4), figures, done=True)
        seen[report.pk] = report.row_version
    perform(AcceptReports(seen), may.context("supervision", at(6, 5)))
    assert Task.objects.get(pk=may.pipes.pk).state == Task.State.DONE
    found = Report.objects.filter(pk__in=seen).values_list("state", "level", "row_version")
    assert set(found) == {("accepted", 1, version + 1) for version in seen.values()}
    assert ReportEvent.objects.filter(report__in=seen, verb="accepted").count() == 3
    assert AuditEntry.objects.filter(action="dispatch.accept-reports", object_type="ledger.task").count() == 1


def test_many_are_accepted_with_as_many_queries_as_few(may: Board) -> None:
    def accept(*reports: Report) -> int:
        seen = {report.pk: report.row_version for report in reports}
        with CaptureQueriesContext(connection) as queries:
            assert perform(AcceptReports(seen), may.context("supervision", at(6, 5))).count == len(reports)
        return len(queries)

    may_reports = [may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})]
    april = [
        may.hand_in("2024-04", may.pipes, unit, at(6, 4), {may.length.pk: "6"} if unit != "县水利局" else {})
        for unit in ("柳林镇", "石门镇", "县水利局")
    ]
    assert accept(*april) == accept(*may_reports)


def test_a_unit_whose_part_is_closed_is_asked_no_more_while_the_others_are(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    perform(AddEvidence(report.pk, photo()), may.context("reporter", at(6, 4)))
    may.accepted("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "25"}, done=True)
    may.open(at(7, 2))
    owed = Report.objects.filter(task=may.pipes, period__key="2024-06").values_list("unit_id", flat=True)
    assert set(owed) == {may.county.unit("县水利局").pk, may.county.unit("石门镇").pk}


def test_a_closing_that_is_returned_opens_the_task_again(may: Board) -> None:
    report = may.report("2024-05", may.patrol, "城关镇")
    perform(AddEvidence(report.pk, photo()), may.context("reporter", at(6, 4)))
    report = may.accepted("2024-05", may.patrol, "城关镇", at(6, 4), done=True)
    assert Task.objects.get(pk=may.patrol.pk).state == Task.State.DONE
    may.review(report, at(6, 6), accept=False)
    assert Task.objects.get(pk=may.patrol.pk).state == Task.State.OPEN


def test_several_are_accepted_at_once_and_what_changed_meanwhile_is_named(may: Board) -> None:
    one = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    two = may.hand_in("2024-05", may.pipes, "石门镇", at(6, 4), {may.length.pk: "6"})
    three = may.hand_in("2024-05", may.quality, "县财政局", at(6, 4))
    foreign = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    seen = {report.pk: report.row_version for report in (one, two, three, foreign)}
    may.review(two, at(6, 5), accept=False)
    done = perform(AcceptReports(seen), may.context("lead", at(6, 5), key="k-3"))
    assert done.count == 2
    assert set(done.left) == {two.pk, foreign.pk}
    states = dict(Report.objects.filter(pk__in=seen).values_list("pk", "state"))
    assert states == {one.pk: "accepted", two.pk: "returned", three.pk: "accepted", foreign.pk: "submitted"}
    assert perform(AcceptReports(seen), may.context("lead", at(6, 5), key="k-3")) == done


def test_nothing_ticked_is_said_at_the_form(may: Board) -> None:
    with pytest.raises(Invalid) as told:
        perform(AcceptReports({}), may.context("supervision", at(6, 5)))
    assert told.value.field == "reports"


def test_a_light_changes_after_the_review_of_its_report(may: Board) -> None:
    """Four months were never reported: red. Of 25 km by the end of the year 10.3 are due at the end of May: 10.5 is green."""
    report = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "4"})
    may.review(report, at(6, 5), accept=False)
    run_waiting()
    unit = may.county.unit("柳林镇")
    before = Light.objects.get(period__key="2024-05", unit=unit, target=None)
    assert before.colour == "red"
    may.save(report, at(6, 6), submit=True, despite=True, figures={may.length.pk: "10.5"})
    may.review(report, at(6, 6), role="lead")
    run_waiting()
    after = Light.objects.get(period__key="2024-05", unit=unit, target=None)
    assert (after.pk, after.colour) == (before.pk, "green")


def test_reviews_that_follow_each_other_share_one_waiting_job(may: Board) -> None:
    # The one by which the first lights came when the periods opened is another matter.
    Job.objects.filter(kind="dispatch.lights").delete()
    for unit, value in (("柳林镇", "9"), ("石门镇", "6")):
        may.review(may.hand_in("2024-05", may.pipes, unit, at(6, 4), {may.length.pk: value}), at(6, 5))
    may.review(may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4)), at(6, 5))
    job = Job.objects.get(kind="dispatch.lights")
    assert job.payload == {"period": may.period("2024-05").pk, "tasks": sorted([may.pipes.pk, may.patrol.pk])}
    perform(ClosePeriod(may.period("2024-05").pk), may.context("supervision", at(6, 20)))
    again = ReopenPeriod(may.period("2024-05").pk, datetime.date(2024, 7, 1), "补报")
    perform(again, may.context("supervision", at(6, 20)))
    assert Job.objects.get(kind="dispatch.lights").payload["tasks"] is None


def test_returning_does_not_make_a_report_late(may: Board) -> None:
    report = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    may.review(report, at(6, 20), accept=False)
    may.save(report, at(6, 21), submit=True)
    report.refresh_from_db()
    assert report.submitted_at is not None and report.submitted_at.date() <= datetime.date(2024, 6, 5)

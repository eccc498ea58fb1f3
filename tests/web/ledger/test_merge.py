"""A new version of a plan is merged: what stays, changes, closes, is new; nothing reported is lost."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guatu.core.dispatch.trajectory import expected
from guatu.core.kernel.explained import Unknown
from guatu.web.base.actions import Context, perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.models import Figure, Period, PeriodRule, Report
from guatu.web.ledger.actions.add_task import AddTask
from guatu.web.ledger.actions.correct_task import CorrectTask
from guatu.web.ledger.actions.merge_version import MergeVersion
from guatu.web.ledger.actions.withdraw_version import WithdrawVersion
from guatu.web.ledger.merging import Merge, merge_of
from guatu.web.ledger.models import Allocation, Plan, PlanVersion, Target, Task
from guatu.web.ledger.selectors.share_gaps import gap_of
from guatu.web.ledger.selectors.trajectories import trajectory_of
from tests.web.ledger.conftest import FIRST, SECOND


@pytest.fixture
def second(confirmed: Plan, upload: Callable[..., PlanVersion]) -> PlanVersion:
    return upload(SECOND, confirmed)


def merge(version: PlanVersion) -> Merge:
    return merge_of(version, matcher(unit_tree(timezone.localdate())))


def titles(found: Merge, kind: Any) -> list[str]:
    return [
        item.task.title if item.task else item.proposed.title for item in found.of(kind) if item.proposed or item.task
    ]


def test_a_second_version_waits_to_be_merged_and_changes_nothing_yet(second: PlanVersion, confirmed: Plan) -> None:
    assert second.state == PlanVersion.State.MERGE
    assert {t.version_id for t in confirmed.tasks.all()} != {second.pk}
    assert confirmed.tasks.get(title="新建供水管网").due == datetime.date(2026, 10, 31)


def test_the_comparison_tells_what_stays_changes_closes_and_is_new(second: PlanVersion) -> None:
    found = merge(second)
    assert titles(found, "changed") == ["新建供水管网"]
    assert titles(found, "same") == ["改造泵站", "清淤河道"]
    assert titles(found, "closing") == ["绿化河岸"]
    assert titles(found, "new") == ["建设水文站"]
    changed = found.of("changed")[0]
    assert {c.part for c in changed.changes} == {"due", "words", "duty-added", "target"}


def test_merging_keeps_identity_and_brings_each_row_to_the_new_text(
    second: PlanVersion, confirmed: Plan, context: Callable[..., Context]
) -> None:
    before = {t.title: t.pk for t in confirmed.tasks.all()}
    perform(MergeVersion(second.pk, second.row_version), context())
    after = {t.title: t for t in confirmed.tasks.all()}
    assert {title: after[title].pk for title in before} == before
    pipes = after["新建供水管网"]
    assert pipes.due == datetime.date(2026, 11, 30)
    assert pipes.targets.get().value == 52 and pipes.targets.get().due == datetime.date(2026, 11, 30)
    assert pipes.duties.filter(text="县交通局").exists()
    for title in ("新建供水管网", "改造泵站", "清淤河道", "建设水文站"):
        task = after[title]
        assert task.version_id == second.pk and SECOND[task.start : task.end].strip() == task.content
        for duty in task.duties.filter(end__gt=0):
            assert SECOND[duty.start : duty.end] == duty.text
        for target in task.targets.all():
            assert str(int(target.value)) in SECOND[target.start : target.end]


def test_what_is_gone_is_closed_with_the_reason_and_what_is_new_is_open_with_the_links_of_before(
    second: PlanVersion, confirmed: Plan, context: Callable[..., Context]
) -> None:
    perform(MergeVersion(second.pk, second.row_version), context())
    gone = confirmed.tasks.get(title="绿化河岸")
    assert gone.state == Task.State.DROPPED and "2" in gone.dropped_reason
    assert FIRST[gone.start : gone.end].strip() == gone.content and gone.version_id != second.pk
    new = confirmed.tasks.get(title="建设水文站")
    assert new.state == Task.State.OPEN
    assert new.duties.filter(text="各乡镇", unit__isnull=False).count() == 5
    versions = dict(confirmed.versions.values_list("number", "state"))
    assert versions == {1: PlanVersion.State.REPLACED, 2: PlanVersion.State.CONFIRMED}


def test_reports_and_figures_stay_on_their_tasks(
    second: PlanVersion, confirmed: Plan, county: Any, context: Callable[..., Context]
) -> None:
    day = datetime.date(2026, 3, 1)
    rule = PeriodRule.objects.create(plan=confirmed, name="每月", starts_on=day)
    period = Period.objects.create(rule=rule, key="2026-03", starts_on=day, ends_on=day, due_on=day)
    reports, figures = {}, []
    for task in confirmed.tasks.all():
        report = Report.objects.create(period=period, task=task, unit=county.unit("县水利局"), progress="已开工")
        reports[report.pk] = (task.pk, "已开工")
        figures += [Figure.objects.create(report=report, target=target, value=1) for target in task.targets.all()]
    perform(MergeVersion(second.pk, second.row_version), context())
    kept = Report.objects.filter(pk__in=reports).values_list("pk", "task_id", "progress")
    assert {pk: (task, progress) for pk, task, progress in kept} == reports and len(reports) == 4
    assert set(Figure.objects.values_list("pk", "target_id")) == {(f.pk, f.target_id) for f in figures}


def test_a_persons_correction_stands_where_the_plan_did_not_change(
    confirmed: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    pumps = confirmed.tasks.get(title="改造泵站")
    due = datetime.date(2026, 8, 15)
    perform(CorrectTask(pumps.pk, pumps.row_version, "改造提灌泵站", due, pumps.domain), context())
    second = upload(SECOND, confirmed)
    assert "改造提灌泵站" in titles(merge(second), "same")
    perform(MergeVersion(second.pk, second.row_version), context())
    pumps.refresh_from_db()
    assert (pumps.title, pumps.due, pumps.version_id) == ("改造提灌泵站", due, second.pk)


def test_declined_changes_are_not_taken_over(
    second: PlanVersion, confirmed: Plan, context: Callable[..., Context]
) -> None:
    pipes, gone = confirmed.tasks.get(title="新建供水管网"), confirmed.tasks.get(title="绿化河岸")
    target = pipes.targets.get()
    new = merge(second).of("new")[0].proposed
    assert new is not None
    declined = {
        f"{pipes.pk}:due",
        f"{pipes.pk}:target-{target.pk}",
        f"{pipes.pk}:duty-added-support-县交通局",
        f"close:{gone.pk}",
        f"add:{new.compiled_id}",
    }
    perform(MergeVersion(second.pk, second.row_version, frozenset(declined)), context())
    pipes.refresh_from_db()
    gone.refresh_from_db()
    target.refresh_from_db()
    assert pipes.due == datetime.date(2026, 10, 31) and target.value == 40
    assert not pipes.duties.filter(text="县交通局").exists()
    assert gone.state == Task.State.OPEN
    assert not confirmed.tasks.filter(title="建设水文站").exists()


def test_a_task_that_the_comparison_did_not_see_is_paired_by_hand(
    second: PlanVersion, confirmed: Plan, context: Callable[..., Context]
) -> None:
    gone = confirmed.tasks.get(title="绿化河岸")
    new = merge(second).of("new")[0].proposed
    assert new is not None
    perform(MergeVersion(second.pk, second.row_version, pairs={new.compiled_id: gone.pk}), context())
    gone.refresh_from_db()
    assert (gone.title, gone.state, gone.version_id) == ("建设水文站", Task.State.OPEN, second.pk)
    assert confirmed.tasks.count() == 4


def test_tasks_added_by_hand_are_not_touched(
    confirmed: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    own = perform(AddTask(confirmed.versions.get().pk, "自己加的任务"), context())
    second = upload(SECOND, confirmed)
    assert titles(merge(second), "own") == ["自己加的任务"]
    perform(MergeVersion(second.pk, second.row_version), context())
    own.refresh_from_db()
    assert own.state == Task.State.PROPOSED


def test_a_time_limit_that_moves_with_its_task_is_one_change(
    confirmed: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    second = upload(FIRST.replace("2026年9月底前完成", "2026年10月底前完成"), confirmed)
    changes = merge(second).of("changed")[0].changes
    assert [c.part for c in changes] == ["due", "words"]
    perform(MergeVersion(second.pk, second.row_version), context())
    pumps = confirmed.tasks.get(title="改造泵站")
    assert {t.due for t in pumps.targets.all()} == {datetime.date(2026, 10, 31)}


def test_versions_merge_one_after_the_other(
    confirmed: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    ids = {t.title: t.pk for t in confirmed.tasks.all()}
    for text in (SECOND, FIRST, SECOND):
        version = upload(text, confirmed)
        perform(MergeVersion(version.pk, version.row_version), context())
    pipes = confirmed.tasks.get(pk=ids["新建供水管网"])
    assert pipes.targets.get().value == 52 and pipes.title == "新建供水管网"
    assert confirmed.tasks.filter(title="建设水文站", state=Task.State.OPEN).count() == 1


def test_the_page_shows_each_change_and_one_click_merges(
    second: PlanVersion, confirmed: Plan, client_of: Callable[[str], Client]
) -> None:
    client = client_of("supervision")
    page = client.get(reverse("plan_merge", args=[confirmed.pk])).content.decode()
    for words in ("2026-10-31", "2026-11-30", "县交通局", "建设水文站", "绿化河岸"):
        assert words in page
    pipes = confirmed.tasks.get(title="新建供水管网")
    form = {
        "version": second.pk,
        "row_version": second.row_version,
        "offered": [f"{pipes.pk}:due"],
        "take": [],
        "_key": "merge-once",
    }
    url = reverse("plan_merge_confirm", args=[confirmed.pk])
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    pipes.refresh_from_db()
    assert pipes.due == datetime.date(2026, 10, 31) and pipes.targets.get().value == 52


def test_a_merge_is_for_those_who_confirm_and_told_to_the_second_one(
    second: PlanVersion, context: Callable[..., Context]
) -> None:
    with pytest.raises(Denied):
        perform(MergeVersion(second.pk, second.row_version), context("admin"))
    perform(MergeVersion(second.pk, second.row_version), context())
    with pytest.raises(Conflict):
        perform(MergeVersion(second.pk, second.row_version), context())


def test_a_version_that_is_not_taken_leaves_the_plan_as_it_was(
    second: PlanVersion, confirmed: Plan, context: Callable[..., Context], upload: Callable[..., PlanVersion]
) -> None:
    perform(WithdrawVersion(second.pk, second.row_version), context())
    assert confirmed.tasks.get(title="新建供水管网").due == datetime.date(2026, 10, 31)
    assert upload(SECOND, confirmed).state == PlanVersion.State.MERGE


def test_a_draft_that_is_uploaded_again_keeps_its_corrections(
    draft: Plan, upload: Callable[..., PlanVersion], context: Callable[..., Context]
) -> None:
    pumps = draft.tasks.get(title="改造泵站")
    perform(CorrectTask(pumps.pk, pumps.row_version, "改造提灌泵站", pumps.due, pumps.domain), context())
    second = upload(SECOND, draft)
    perform(MergeVersion(second.pk, second.row_version), context())
    assert draft.tasks.get(pk=pumps.pk).title == "改造提灌泵站"
    assert draft.versions.get(number=2).state == PlanVersion.State.REVIEW


def test_a_merge_writes_a_line_for_each_task_it_touches(second: PlanVersion, context: Callable[..., Context]) -> None:
    perform(MergeVersion(second.pk, second.row_version), context())
    lines = AuditEntry.objects.filter(action="ledger.merge-version")
    assert lines.filter(object_type="ledger.task").count() == 3
    assert lines.filter(object_type="ledger.target").count() == 1
    version = lines.get(object_type="ledger.planversion")
    assert {k: version.after[k] for k in ("same", "changed", "closed", "new")} == {
        "same": 2,
        "changed": 1,
        "closed": 1,
        "new": 1,
    }


def shared(plan: Plan, county: Any) -> Target:
    """45 km of pipes, 25 of them in one town and 20 in another."""
    target = plan.tasks.get(title="新建供水管网").targets.get()
    for name, value in (("柳林镇", 25), ("石门镇", target.value - 25)):
        Allocation.objects.create(target=target, unit=county.unit(name), value=value)
    return target


def test_a_goal_that_moves_leads_to_a_page_that_asks_what_becomes_of_the_shares(
    second: PlanVersion, confirmed: Plan, county: Any, client_of: Callable[..., Client]
) -> None:
    target = shared(confirmed, county)
    old = int(target.value)
    client = client_of("supervision")
    answer = client.post(
        reverse("plan_merge_confirm", args=[confirmed.pk]),
        {"version": second.pk, "row_version": second.row_version},
        follow=True,
    )
    page = answer.content.decode()
    assert f"目标 52 公里,分解合计 {old} 公里,相差 {52 - old} 公里" in " ".join(page.split())
    assert "分解待调整" in client.get(reverse("target_list")).content.decode()
    target.refresh_from_db()
    given = {f"share-{row.unit_id}": str(row.after) for row in gap_of(target, timezone.localdate()).rows}  # type: ignore[union-attr]
    assert sum(map(float, given.values())) == 52
    kept = client.post(reverse("target_keep_shares", args=[target.pk]), {"row_version": target.row_version})
    assert kept.status_code == 422
    client.post(
        reverse("target_allocation", args=[target.pk]), {**given, "row_version": target.row_version, "save": "1"}
    )
    assert "分解待调整" not in client.get(reverse("target_detail", args=[target.pk])).content.decode()


def test_shares_are_kept_with_a_reason_until_the_goal_moves_again(
    second: PlanVersion, confirmed: Plan, county: Any, client_of: Callable[..., Client], context: Callable[..., Context]
) -> None:
    target = shared(confirmed, county)
    perform(MergeVersion(second.pk, second.row_version), context())
    target.refresh_from_db()
    client = client_of("supervision")
    client.post(
        reverse("target_keep_shares", args=[target.pk]),
        {"row_version": target.row_version, "reason": "增加部分由县水利局直接实施"},
    )
    page = client.get(reverse("target_detail", args=[target.pk])).content.decode()
    assert "增加部分由县水利局直接实施" in page and "分解待调整" not in page
    assert gap_of(target, timezone.localdate()) is None


def test_what_was_due_in_months_that_ended_stays_due_after_the_goal_moved(
    second: PlanVersion, confirmed: Plan, county: Any, context: Callable[..., Context]
) -> None:
    target = confirmed.tasks.get(title="新建供水管网").targets.get()
    before = trajectory_of(target, confirmed.issued_on)
    perform(MergeVersion(second.pk, second.row_version), context())
    target.refresh_from_db()
    after = trajectory_of(target, confirmed.issued_on, target.steps.all())
    assert not isinstance(before, Unknown) and not isinstance(after, Unknown)
    today = context().actor.today
    ended = [step.on for step in target.steps.all() if step.on < min(today, before.deadline)]
    assert ended
    for on in ended:
        assert round(expected(after, on).value, 5) == round(expected(before, on).value, 5)  # type: ignore[union-attr]
    assert expected(after, after.deadline).value == 52  # type: ignore[union-attr]

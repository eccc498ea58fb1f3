"""What stands in the way of confirming a plan, and what confirming does."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from guatu.web.base.actions import Context, perform
from guatu.web.base.problems import Conflict, Denied, NotNow
from guatu.web.ledger.actions.close_plan import ClosePlan
from guatu.web.ledger.actions.confirm_plan import ConfirmPlan
from guatu.web.ledger.actions.set_missing_due import SetMissingDue
from guatu.web.ledger.models import Plan, PlanVersion, Target, Task
from guatu.web.ledger.selectors.checks import checks


def kinds(plan: Plan) -> list[tuple[str, str]]:
    return [(check.kind, check.text) for check in checks(plan)]


def test_tasks_without_a_unit_and_targets_without_a_time_limit_are_found(draft: Plan) -> None:
    found = kinds(draft)
    assert ("unit", "二(二)2 绿化河岸") in found
    assert ("due", "栽植护岸林") in found
    assert ("unlinked", "各乡镇") in found and ("unlinked", "县水力局") in found
    assert ("base", "机电完好率") in found
    assert [c.blocking for c in checks(draft)] == sorted((c.blocking for c in checks(draft)), reverse=True)


def test_a_unit_that_is_named_but_not_linked_does_not_answer_for_a_task(draft: Plan) -> None:
    draft.tasks.get(title="改造泵站").duties.filter(text="县住建局").delete()
    unit = [c for c in checks(draft) if c.kind == "unit" and "改造泵站" in c.text]
    assert len(unit) == 1 and "县水力局" in unit[0].note


def test_a_plan_with_blocking_problems_is_not_confirmed(draft: Plan, context: Callable[..., Context]) -> None:
    with pytest.raises(NotNow) as caught:
        perform(ConfirmPlan(draft.pk, draft.row_version), context())
    assert caught.value.code == "plan.not-ready" and caught.value.data["blocking"] == 2
    draft.refresh_from_db()
    assert draft.state == Plan.State.DRAFT


def test_one_time_limit_fills_what_has_none_and_nothing_else(draft: Plan, context: Callable[..., Context]) -> None:
    due = datetime.date(2026, 12, 31)
    perform(SetMissingDue(draft.pk, due), context())
    assert draft.tasks.get(title="绿化河岸").due == due
    assert draft.tasks.get(title="新建供水管网").due == datetime.date(2026, 10, 31)
    assert not Target.objects.filter(plan=draft, due=None).exists()


def test_confirming_opens_the_tasks_and_settles_the_version(ready: Plan, context: Callable[..., Context]) -> None:
    assert [c for c in checks(ready) if c.blocking] == []
    plan = perform(ConfirmPlan(ready.pk, ready.row_version), context())
    assert plan.state == Plan.State.CONFIRMED
    assert {t.state for t in plan.tasks.all()} == {Task.State.OPEN}
    version = plan.versions.get()
    assert version.state == PlanVersion.State.CONFIRMED and version.confirmed_by is not None


def test_only_the_supervision_office_confirms(ready: Plan, context: Callable[..., Context]) -> None:
    with pytest.raises(Denied):
        perform(ConfirmPlan(ready.pk, ready.row_version), context("admin"))


def test_confirming_what_somebody_else_confirmed_is_told(ready: Plan, context: Callable[..., Context]) -> None:
    perform(ConfirmPlan(ready.pk, ready.row_version), context())
    with pytest.raises(Conflict):
        perform(ConfirmPlan(ready.pk, ready.row_version), context())


def test_the_page_lists_each_problem_with_a_link_to_where_it_is_put_right(
    draft: Plan, client_of: Callable[[str], Client]
) -> None:
    page = client_of("supervision").get(reverse("plan_check", args=[draft.pk])).content.decode()
    bare = draft.tasks.get(title="绿化河岸")
    assert f"{reverse('plan_room', args=[draft.pk])}?task={bare.pk}#task-{bare.pk}" in page
    target = draft.targets.get(metric="栽植护岸林")
    assert reverse("target_detail", args=[target.pk]) in page
    assert "disabled" in page


def test_the_whole_way_through_the_pages(draft: Plan, county: object, client_of: Callable[[str], Client]) -> None:
    client = client_of("supervision")
    bare = draft.tasks.get(title="绿化河岸")
    waive = reverse("task_waive", args=[bare.pk])
    empty = client.post(waive, {"row_version": bare.row_version, "reason": " "})
    assert empty.status_code == 422 and 'role="alert"' in empty.content.decode()
    assert client.post(waive, {"row_version": bare.row_version, "reason": "统一实施"}).status_code == 302
    wrong = client.post(reverse("plan_due", args=[draft.pk]), {"due": "年底"})
    assert wrong.status_code == 422 and "年底" in wrong.content.decode()
    assert client.post(reverse("plan_due", args=[draft.pk]), {"due": "2026-12-31"}).status_code == 302
    plan = Plan.objects.get(pk=draft.pk)
    assert client.post(reverse("plan_confirm", args=[draft.pk]), {"row_version": plan.row_version}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == Plan.State.CONFIRMED


def test_a_plan_is_closed_and_taken_up_again(confirmed: Plan, context: Callable[..., Context]) -> None:
    closed = perform(ClosePlan(confirmed.pk, confirmed.row_version), context())
    assert closed.state == Plan.State.CLOSED
    with pytest.raises(NotNow):
        perform(ClosePlan(closed.pk, closed.row_version), context())
    again = Plan.objects.get(pk=closed.pk)
    assert perform(ClosePlan(again.pk, again.row_version, closed=False), context()).state == Plan.State.CONFIRMED

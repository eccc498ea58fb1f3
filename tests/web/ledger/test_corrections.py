"""A person corrects what the compiler proposed; two people do, and nothing is lost."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guatu.web.base.actions import Context, perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid
from guatu.web.ledger.actions.add_target import AddTarget
from guatu.web.ledger.actions.add_task import AddTask
from guatu.web.ledger.actions.correct_target import CorrectTarget
from guatu.web.ledger.actions.correct_task import CorrectTask
from guatu.web.ledger.actions.drop_target import DropTarget
from guatu.web.ledger.actions.drop_task import DropTask
from guatu.web.ledger.actions.duties import DutyInput
from guatu.web.ledger.actions.restore_task import RestoreTask
from guatu.web.ledger.models import Plan, Target, Task
from guatu.web.ledger.places import place_of_words
from tests.web.ledger.conftest import FIRST

DUE = datetime.date(2026, 7, 31)


@pytest.fixture
def pumps(draft: Plan) -> Task:
    return draft.tasks.get(title="改造泵站")


def test_a_correction_changes_only_what_was_changed_and_says_so_in_the_audit_line(
    pumps: Task, context: Callable[..., Context]
) -> None:
    perform(CorrectTask(pumps.pk, pumps.row_version, "改造排灌泵站", DUE, pumps.domain), context())
    pumps.refresh_from_db()
    assert (pumps.title, pumps.due, pumps.corrected) == ("改造排灌泵站", DUE, True)
    line = AuditEntry.objects.get(action="ledger.correct-task")
    assert line.before == {"title": "改造泵站", "due": "2026-09-30"}
    assert line.after == {"title": "改造排灌泵站", "due": "2026-07-31"}


def test_saving_without_a_change_writes_no_line_and_marks_nothing(pumps: Task, context: Callable[..., Context]) -> None:
    perform(CorrectTask(pumps.pk, pumps.row_version, pumps.title, pumps.due, pumps.domain), context())
    pumps.refresh_from_db()
    assert not pumps.corrected and not AuditEntry.objects.filter(action="ledger.correct-task").exists()


def test_the_second_of_two_editors_is_told_and_the_first_ones_words_stand(
    pumps: Task, context: Callable[..., Context]
) -> None:
    perform(CorrectTask(pumps.pk, pumps.row_version, "第一个人的写法", DUE), context("supervision"))
    with pytest.raises(Conflict) as caught:
        perform(CorrectTask(pumps.pk, pumps.row_version, "第二个人的写法", DUE), context("admin"))
    assert caught.value.data["who"] == "supervision"
    pumps.refresh_from_db()
    assert pumps.title == "第一个人的写法"


def test_a_conflict_shows_what_stands_keeps_what_was_typed_and_can_be_saved_again(
    pumps: Task, client_of: Callable[[str], Client]
) -> None:
    client, url = client_of("supervision"), reverse("task_edit", args=[pumps.pk])
    form = {"title": "先保存的", "row_version": pumps.row_version, "due": "2026-07-31"}
    assert client.post(url, form).status_code == 200
    answer = client.post(url, {**form, "title": "后保存的"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "后保存的</textarea>" in page and "先保存的" in page
    newest = Task.objects.get(pk=pumps.pk).row_version
    assert f'name="row_version" value="{newest}"' in page
    assert client.post(url, {**form, "title": "后保存的", "row_version": newest}).status_code == 200
    assert Task.objects.get(pk=pumps.pk).title == "后保存的"


def test_duties_become_as_wanted_and_those_that_stay_keep_their_place(
    pumps: Task, county: Any, context: Callable[..., Context]
) -> None:
    standing = pumps.duties.get(text="县住建局")
    wanted = (
        DutyInput("lead", "县住建局", (county.unit("县住建局").pk,)),
        DutyInput("support", "县财政局", (county.unit("县财政局").pk,)),
    )
    perform(CorrectTask(pumps.pk, pumps.row_version, pumps.title, duties=wanted), context())
    found = {(d.role, d.text, d.unit_id, d.start) for d in pumps.duties.all()}
    assert found == {
        ("lead", "县住建局", county.unit("县住建局").pk, standing.start),
        ("support", "县财政局", county.unit("县财政局").pk, 0),
    }


def test_the_form_finds_units_by_name_and_says_whom_an_unknown_name_may_mean(
    pumps: Task, county: Any, client_of: Callable[[str], Client]
) -> None:
    client, url = client_of("supervision"), reverse("task_edit", args=[pumps.pk])
    form = {"title": pumps.title, "row_version": pumps.row_version, "duty_role": ["lead"], "duty_text": ["两局"]}
    answer = client.post(url, {**form, "duty_units": ["县水利局、县水力管理局"]})
    assert answer.status_code == 422 and "县水力管理局" in answer.content.decode()
    assert client.post(url, {**form, "duty_units": ["县水利局、县财政局"]}).status_code == 200
    units = set(pumps.duties.values_list("text", "unit_id"))
    assert units == {("两局", county.unit("县水利局").pk), ("两局", county.unit("县财政局").pk)}


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("title", "长" * 301), ("due", "明年"), ("due", "2026-02-31"), ("due", "1026-01-01")],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_kept(
    field: str, value: str, pumps: Task, client_of: Callable[[str], Client]
) -> None:
    form = {"title": pumps.title, "row_version": pumps.row_version, field: value}
    answer = client_of("supervision").post(reverse("task_edit", args=[pumps.pk]), form)
    page = answer.content.decode()
    assert answer.status_code == 422 and "invalid-feedback" in page
    assert value.strip() in page


def test_a_task_is_added_from_words_of_the_text_where_they_stand(draft: Plan, context: Callable[..., Context]) -> None:
    start, end = place_of_words(FIRST, "农村自来水普及率达到\n96%以上", 15)
    task = perform(AddTask(draft.versions.get().pk, "提高普及率", start, end), context())
    assert FIRST[task.start : task.end] == task.content == "农村自来水普及率达到96%以上"
    assert task.state == Task.State.PROPOSED and task.corrected


def test_words_that_the_text_does_not_have_are_refused() -> None:
    with pytest.raises(Invalid) as caught:
        place_of_words(FIRST, "修建飞机场")
    assert caught.value.field == "words"
    assert place_of_words(FIRST, "  ") == (0, 0)


def test_a_dropped_task_stays_with_its_reason_and_comes_back_to_be_confirmed(
    pumps: Task, context: Callable[..., Context]
) -> None:
    dropped = perform(DropTask(pumps.pk, pumps.row_version, "不属本县"), context())
    assert (dropped.state, dropped.dropped_reason) == (Task.State.DROPPED, "不属本县")
    back = perform(RestoreTask(pumps.pk, dropped.row_version), context())
    assert (back.state, back.dropped_reason) == (Task.State.PROPOSED, "")


def test_a_target_is_corrected_added_and_struck_out(pumps: Task, context: Callable[..., Context]) -> None:
    target = pumps.targets.get(metric="改造泵站")
    values = {"value": Decimal("8"), "unit_text": "座", "due": DUE, "op": ">="}
    target = perform(CorrectTarget(target.pk, target.row_version, values), context())
    assert (target.value, target.op, target.due) == (8, ">=", DUE)
    added = perform(AddTarget(pumps.pk, {"metric": "更换水泵", "value": Decimal(12)}), context())
    assert (added.task_id, added.due, added.plan_id) == (pumps.pk, pumps.due, pumps.plan_id)
    struck = perform(DropTarget(added.pk, added.row_version), context())
    assert struck.dropped and not struck.tracked
    assert Target.objects.filter(pk=added.pk).exists()
    back = perform(DropTarget(added.pk, struck.row_version, dropped=False), context())
    assert back.tracked and not back.dropped


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"value": None}, "value"),
        ({"value": Decimal("1e30")}, "value"),
        ({"metric": ""}, "metric"),
        ({"op": "!="}, "op"),
        ({"op": "range"}, "value_max"),
        ({"op": "range", "value": Decimal(5), "value_max": Decimal(3)}, "value_max"),
        ({"base_date": datetime.date(2027, 1, 1)}, "base_date"),
        ({"kind": "level", "reported": "period"}, "reported"),
        ({"task_id": 99999}, "task_id"),
        ({"task_id": None, "tracked": True}, "task_id"),
        ({"row_version": 3}, "row_version"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_at_its_field(
    values: dict[str, Any], field: str, pumps: Task, context: Callable[..., Context]
) -> None:
    target = pumps.targets.get(metric="改造泵站")
    with pytest.raises(Invalid) as caught:
        perform(CorrectTarget(target.pk, target.row_version, values), context())
    assert caught.value.field == field
    assert Target.objects.get(pk=target.pk).row_version == target.row_version


def test_a_figure_typed_as_words_is_said_at_the_field(pumps: Task, client_of: Callable[[str], Client]) -> None:
    target = pumps.targets.get(metric="改造泵站")
    form = {"metric": "改造泵站", "value": "六座", "op": "=", "row_version": target.row_version}
    answer = client_of("supervision").post(reverse("target_edit", args=[target.pk]), form)
    assert answer.status_code == 422
    assert "六座" in answer.content.decode()


def test_full_width_digits_and_thousands_apart_are_numbers(pumps: Task, client_of: Callable[[str], Client]) -> None:
    target = pumps.targets.get(metric="改造泵站")
    form = {
        "metric": "改造泵站",
        "value": "１,２００.5",
        "op": "=",
        "kind": "cumulative",
        "direction": "up",
        "course": "linear",
        "row_version": target.row_version,
    }
    assert client_of("supervision").post(reverse("target_edit", args=[target.pk]), form).status_code == 200
    assert Target.objects.get(pk=target.pk).value == Decimal("1200.5")


@pytest.mark.parametrize("role", ["lead", "town", "leader", "auditor"])
def test_others_may_not_correct(role: str, pumps: Task, context: Callable[..., Context]) -> None:
    target = pumps.targets.first()
    assert target is not None
    for action in (
        CorrectTask(pumps.pk, pumps.row_version, "x"),
        CorrectTarget(target.pk, target.row_version, {}),
        DropTask(pumps.pk, pumps.row_version),
        AddTask(pumps.version_id, "x"),
    ):
        with pytest.raises(Denied):
            perform(action, context(role))


def test_adding_twice_with_one_key_adds_one(draft: Plan, client_of: Callable[[str], Client]) -> None:
    client, url = client_of("supervision"), reverse("task_add", args=[draft.pk])
    for _ in range(2):
        answer = client.post(url, {"title": "新任务", "words": "", "_key": "k1"})
        assert answer.status_code == 200 and "新任务" in answer.content.decode()
    assert draft.tasks.filter(title="新任务").count() == 1


def test_a_request_sent_again_after_its_row_is_gone_is_told_so(pumps: Task, context: Callable[..., Context]) -> None:
    more = AddTarget(pumps.pk, {"metric": "更换水泵", "value": Decimal(12)})
    perform(more, context(key="one")).delete()
    with pytest.raises(Invalid) as told:
        perform(more, context(key="one"))
    assert told.value.code == "row.gone"

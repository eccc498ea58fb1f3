"""The ladder proposes, one click takes the step or several; stops, appeals and a second click are respected."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from guatu.web.base.actions import perform
from guatu.web.base.models import Setting
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.base.settings_table import once
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.record_talk import RecordTalk
from guatu.web.dispatch.actions.take_step import TakeStep
from guatu.web.dispatch.actions.take_steps import TakeSteps
from guatu.web.dispatch.models import LadderEvent, Light, Notice, Order, Talk
from guatu.web.dispatch.selectors.steps import STEPS, StepRow
from guatu.web.ledger.models import Task
from tests.web.dispatch.conftest import START, at
from tests.web.supervision.conftest import NOW, Office

Clients = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def listed(office: Office, when: datetime.datetime = NOW, role: str = "supervision", **asked: Any) -> list[StepRow]:
    return list(STEPS.all_lines(office.context(role, when).actor, asked))


def due(
    office: Office, unit: str = "柳林镇", when: datetime.datetime = NOW, role: str = "supervision"
) -> StepRow | None:
    found = listed(office, when, role, unit=str(office.unit(unit)))
    return found[0] if found else None


def take(office: Office, step: str, unit: str = "柳林镇", when: datetime.datetime = NOW, **more: Any) -> Any:
    row = due(office, unit, when)
    task = row.light.task_id if row else office.board.pipes.pk
    action = TakeStep(office.board.period("2024-05").pk, task, office.unit(unit), step)
    return perform(action, office.context(more.get("role", "supervision"), when, more.get("key", "")))


@pytest.fixture(autouse=True)
def no_grave_steps(setting: Any) -> None:
    """What goes its own way is tested by itself (`test_grave_acts`)."""
    setting("dispatch.grave-steps", [])


def test_a_unit_that_is_red_gets_the_red_card_at_once_with_the_reason(year: Office) -> None:
    row = due(year)
    assert row is not None
    assert (row.action, row.step) == ("take", "red-card")
    assert "连续红灯 5期 >= 1期" in row.decision.sentence()


def test_a_unit_on_course_gets_nothing(year: Office) -> None:
    assert due(year, "石门镇") is None


def test_a_step_is_recorded_with_its_reason_and_the_unit_is_told(year: Office) -> None:
    taken = take(year, "red-card")
    event = LadderEvent.objects.get(pk=taken.event)
    assert (event.kind, event.step, event.unit_id) == ("step", "red-card", year.unit("柳林镇"))
    assert event.reason == "连续5期亮红灯"
    notice = Notice.objects.get()
    assert (notice.unit_id, notice.title) == (year.unit("柳林镇"), "红牌警示:新建供水管网")


def test_the_next_step_waits_its_working_days(year: Office) -> None:
    take(year, "red-card")
    row = due(year)
    assert row is not None and (row.action, row.step) == ("wait", "order")
    assert [one.step for one in row.done] == ["red-card"]
    later = due(year, when=at(6, 19))
    assert later is not None and (later.action, later.step) == ("take", "order")


def test_one_click_issues_the_order_with_its_reason_and_deadline(year: Office) -> None:
    take(year, "red-card")
    taken = take(year, "order", when=at(6, 19))
    order = Order.objects.get(pk=taken.order)
    assert (order.unit_id, order.task, order.due_on) == (
        year.unit("柳林镇"),
        year.board.pipes,
        datetime.date(2024, 6, 26),
    )
    assert order.text.startswith("连续5期亮红灯。\n1.") and "2024年6月26日前" in order.text
    row = due(year, when=at(6, 19))
    assert row is not None and [one.order for one in row.done] == [None, order.pk]


def test_a_second_click_changes_nothing(year: Office) -> None:
    take(year, "red-card")
    with pytest.raises(NotNow) as problem:
        take(year, "red-card")
    assert problem.value.code == "step.not-due"
    assert LadderEvent.objects.count() == 1
    assert Notice.objects.count() == 1


def test_a_repeated_request_gets_the_first_answer(year: Office) -> None:
    first = take(year, "red-card", key="k")
    again = take(year, "red-card", key="k")
    assert first == again
    assert LadderEvent.objects.count() == 1


def test_only_what_is_proposed_can_be_taken(year: Office) -> None:
    for step in ("talk", "order", "nonsense"):
        with pytest.raises(NotNow):
            take(year, step)
    with pytest.raises(Invalid):
        action = TakeStep(999_999, year.board.pipes.pk, year.unit("柳林镇"), "red-card")
        perform(action, year.context())


@pytest.mark.parametrize("role", ["leader", "lead", "town", "auditor", "admin"])
def test_only_the_office_takes_steps_or_sees_what_is_proposed(year: Office, role: str) -> None:
    assert listed(year, role=role) == []
    with pytest.raises(Denied):
        take(year, "red-card", role=role)


def test_a_stop_halts_the_ladder_and_says_why(year: Office) -> None:
    action = RecordLadder(year.board.pipes.pk, year.unit("柳林镇"), "stop", reason="县委专题研究中")
    perform(action, year.context())
    row = due(year)
    assert row is not None and row.action == "halt"
    assert "县委专题研究中" in row.decision.sentence()
    with pytest.raises(NotNow):
        take(year, "red-card")
    perform(RecordLadder(year.board.pipes.pk, year.unit("柳林镇"), "go-on"), year.context())
    assert take(year, "red-card").event


def test_while_an_appeal_is_open_nothing_is_climbed(year: Office) -> None:
    light = year.light(year.board.pipes, "柳林镇")
    perform(MakeAppeal(light.pk, "数字填错"), year.context("town"))
    row = due(year)
    assert row is not None and row.action == "halt"


def test_the_county_may_declare_its_own_ladder(year: Office, setting: Any) -> None:
    step = {"id": "phone", "zh": "电话催办", "en": "call", "when": "reds_in_a_row >= 1"}
    setting("dispatch.ladder", [step])
    row = due(year)
    assert row is not None and row.step == "phone"
    take(year, "phone")
    assert Notice.objects.get().title == "电话催办:新建供水管网"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("reds_in_row >= 1", "phone: 没有叫“reds_in_row”的事实,最接近的是“reds_in_a_row”"),
        ("reds_in_a_row >= ", "phone: 规则第 17 个字符“末尾”处读不懂,此处应为名称"),
        ([1], "第 1 行“条件”:应为一个值,不是列表或表。"),
    ],
)
def test_a_ladder_that_cannot_be_used_is_told_with_what_to_correct(
    year: Office, setting: Any, when: Any, told: str
) -> None:
    setting("dispatch.ladder", [{"id": "phone", "zh": "电话催办", "en": "call", "when": when}])
    with pytest.raises(Invalid) as refused:
        due(year)
    assert refused.value.code == "setting.misfit" and told in str(refused.value)


def test_a_light_that_is_green_again_lets_the_steps_be_settled(year: Office) -> None:
    take(year, "red-card")
    light = year.light(year.board.pipes, "柳林镇")
    light.colour = "green"
    light.save()
    row = due(year)
    assert row is not None and row.settles
    perform(RecordLadder(year.board.pipes.pk, year.unit("柳林镇"), "settled"), year.context())
    assert due(year) is None


def test_a_talk_is_recorded_once_by_the_office(year: Office) -> None:
    unit = year.unit("柳林镇")
    event = LadderEvent.objects.create(
        task=year.board.pipes, unit_id=unit, kind="step", step="talk", on=NOW.date(), at=NOW
    )
    given = {"by": "县长", "people": "镇长", "text": "承诺7月底前完成。"}
    record = RecordTalk(event.pk, datetime.date(2024, 6, 12), **given)
    with pytest.raises(Denied):
        perform(record, year.context("town"))
    for field, values in (
        ("held_on", {"held_on": datetime.date(2024, 6, 1)}),
        ("by", {"by": ""}),
        ("text", {"text": " "}),
    ):
        wrong = {"event": event.pk, "held_on": datetime.date(2024, 6, 12), **given, **values}
        with pytest.raises(Invalid) as problem:
            perform(RecordTalk(**wrong), year.context())
        assert problem.value.field == field
    perform(record, year.context())
    with pytest.raises(NotNow):
        perform(record, year.context())
    assert Talk.objects.get().people == "镇长"


def test_a_page_costs_the_same_at_ten_times_the_tasks(year: Office) -> None:
    """By query count and by rows: what is not shown is not computed."""
    actor = year.context().actor

    def cost() -> tuple[int, int]:
        # As a request reads the settings.
        with CaptureQueriesContext(connection) as queries, once():
            page = STEPS.page(actor, {})
        return len(queries), len(page.lines)

    light = year.light(year.board.pipes, "柳林镇")
    _more(year, light, 60)
    few = cost()
    _more(year, light, 600)
    assert cost() == few == (few[0], 50) and few[0] <= 25


def _more(office: Office, light: Light, count: int) -> None:
    tasks = Task.objects.bulk_create(
        Task(plan=office.board.plan, version=light.task.version, title="x", path=["三"], order=100 + n, state="open")
        for n in range(count)
    )
    Light.objects.bulk_create(
        Light(
            period=light.period, task=task, unit_id=light.unit_id, colour="red", rule="x",
            explained=light.explained, on=light.on, at=light.at,
        )
        for task in tasks
    )  # fmt: skip


def test_what_nothing_can_be_asked_of_is_not_looked_at(year: Office) -> None:
    """Green and nothing pending; of a ladder whose condition holds of nothing at all, every open task is."""
    assert due(year, "石门镇") is None
    Setting.objects.create(
        name="dispatch.ladder",
        value=[{"id": "praise", "zh": "表扬", "en": "praise", "when": "reds_in_a_row = 0"}],
        valid_from=START,
    )
    row = due(year, "石门镇")
    assert row is not None and (row.action, row.step) == ("take", "praise")


def test_several_are_taken_at_once_and_what_is_not_due_is_named(year: Office) -> None:
    rows = {row.light.pk: row.step for row in listed(year) if row.ticked}
    stale = year.light(year.board.pipes, "石门镇")
    done = perform(TakeSteps({**rows, stale.pk: "red-card"}), year.context())
    assert done.count == len(rows) >= 2 and list(done.left) == [stale.pk] and "不再建议" in done.left[stale.pk]
    assert LadderEvent.objects.count() == Notice.objects.count() == len(rows)
    again = perform(TakeSteps(rows), year.context())
    assert again.count == 0 and LadderEvent.objects.count() == len(rows)
    with pytest.raises(Denied):
        perform(TakeSteps(rows), year.context("leader"))
    with pytest.raises(Invalid):
        perform(TakeSteps({}), year.context())


def test_the_page_asks_once_more_with_reasons_and_takes_what_stays_ticked(year: Office, client_of: Clients) -> None:
    client = client_of("supervision")
    page = html.fromstring(client.get("/orders/steps/").content)
    ticks = page.xpath("//input[@name='step']/@value")
    assert len(ticks) >= 2 and not page.xpath("//button[@name='step']")
    asked = html.fromstring(client.post("/orders/steps/confirm", {"step": ticks}).content)
    assert sorted(asked.xpath("//input[@name='step']/@value")) == sorted(ticks)
    assert "连续" in asked.text_content() and LadderEvent.objects.count() == 0
    client.post("/orders/steps/take", {"step": ticks[:1]})
    assert LadderEvent.objects.count() == 1

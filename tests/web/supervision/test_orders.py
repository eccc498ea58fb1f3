"""Supervision orders: issued with a number, answered, returned, closed with evidence; their history only grows."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow, Problem
from guatu.web.dispatch.actions.close_order import CloseOrder
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.actions.return_order import ReturnOrder
from guatu.web.dispatch.actions.withdraw_order import WithdrawOrder
from guatu.web.dispatch.models import Order, OrderEvent
from guatu.web.dispatch.selectors.orders import ORDERS, default_due, order_page
from tests.web.dispatch.conftest import at
from tests.web.supervision.conftest import NOW, Office, proof

pytestmark = pytest.mark.django_db


def close(office: Office, order: Order, role: str = "supervision", **values: Any) -> Order:
    order.refresh_from_db()
    seen = values.pop("seen", order.row_version)
    return perform(CloseOrder(order.pk, seen, **values), office.context(role))


def verbs(order: Order) -> list[str]:
    return list(order.events.values_list("verb", flat=True))


def rows(office: Office, role: str = "supervision", when: datetime.datetime = NOW, **wanted: Any) -> list[Any]:
    return list(ORDERS.all_lines(office.context(role, when).actor, wanted))


def test_an_order_gets_the_next_number_of_the_year_and_five_working_days(office: Office) -> None:
    first = office.issue()
    second = office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    assert (first.number, second.number) == ("督办〔2024〕1号", "督办〔2024〕2号")
    assert first.due_on == datetime.date(2024, 6, 19)
    assert verbs(first) == ["issued"]


def test_numbers_begin_anew_with_the_year(office: Office) -> None:
    office.issue()
    later = office.issue(when=at(1, 6, year=2025), despite=True)
    assert later.number == "督办〔2025〕1号"


def test_an_order_that_is_refused_takes_no_number(office: Office) -> None:
    with pytest.raises(Invalid):
        office.issue(due_on=datetime.date(2024, 6, 1))
    assert office.issue().number == "督办〔2024〕1号"


def test_the_form_of_the_number_is_the_countys(office: Office, setting: Any) -> None:
    setting("supervision.order-number", "青督〔{year}〕{serial}号")
    setting("supervision.reply-days", 3)
    order = office.issue()
    assert order.number == "青督〔2024〕1号"
    assert order.due_on == datetime.date(2024, 6, 17)


def test_a_form_without_a_serial_is_refused(office: Office, setting: Any) -> None:
    setting("supervision.order-number", "督办〔{yeer}〕号")
    with pytest.raises(Invalid) as problem:
        office.issue()
    assert problem.value.code == "setting.misfit"
    assert not Order.objects.exists()


def test_default_deadlines_skip_holidays() -> None:
    assert default_due(datetime.date(2024, 6, 6)) == datetime.date(2024, 6, 14)  # 10 June 2024 was 端午节


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "长" * 201}, "subject"),
        ({"text": ""}, "text"),
        ({"text": "长" * 5001}, "text"),
        ({"unit": 999_999}, "unit"),
        ({"task": 999_999}, "task"),
        ({"task": None}, "plan"),
        ({"light": 999_999}, "light"),
        ({"problem": 999_999}, "problem"),
        ({"due_on": datetime.date(2024, 6, 11)}, "due_on"),
        ({"due_on": datetime.date(2034, 6, 11)}, "due_on"),
    ],
)
def test_what_an_order_lacks_is_told_at_the_field(office: Office, values: Any, field: str) -> None:
    with pytest.raises(Invalid) as problem:
        office.issue(**values)
    assert problem.value.field == field


def test_an_order_is_issued_from_a_red_light_of_its_own_task_and_unit(office: Office) -> None:
    light = office.light(office.board.pipes, "柳林镇")
    assert light.colour == "red"
    assert office.issue(light=light.pk).light_id == light.pk
    other = office.light(office.board.pipes, "石门镇")
    with pytest.raises(Invalid):
        office.issue(light=other.pk, despite=True)


def test_a_second_order_on_the_same_task_needs_to_be_meant(office: Office) -> None:
    office.issue()
    with pytest.raises(NotNow) as problem:
        office.issue()
    assert problem.value.code == "order.open"
    assert office.issue(despite=True).serial == 2


@pytest.mark.parametrize("role", ["admin", "leader", "lead", "responsible", "town", "village", "auditor"])
def test_only_the_office_issues_orders(office: Office, role: str) -> None:
    with pytest.raises(Denied):
        office.issue(role=role)
    assert not Order.objects.exists()


def test_a_double_click_makes_one_order(office: Office) -> None:
    first = office.issue(key="k1")
    second = office.issue(key="k1")
    assert first.pk == second.pk
    assert Order.objects.count() == 1


def test_a_unit_answers_with_files_and_the_office_closes(office: Office) -> None:
    order = office.reply(office.issue(), files=(proof(), proof("台账.csv", "管径,长度".encode())))
    assert order.state == Order.State.REPLIED
    reply = order.events.get(verb="replied")
    assert sorted(file.name for file in reply.files.all()) == ["台账.csv", "现场照片.jpg"]
    assert close(office, order, text="属实").state == Order.State.CLOSED
    assert verbs(order) == ["issued", "replied", "closed"]


def test_nothing_is_closed_without_a_reply(office: Office) -> None:
    order = office.issue()
    with pytest.raises(NotNow):
        close(office, order, waiver="不需要")
    order.refresh_from_db()
    assert order.state == Order.State.ISSUED


def test_without_evidence_nothing_is_closed_unless_somebody_says_why(office: Office) -> None:
    order = office.reply(office.issue())
    with pytest.raises(Invalid) as problem:
        close(office, order)
    assert (problem.value.field, problem.value.code) == ("waiver", "order.no-evidence")
    done = close(office, order, waiver="已现场核实")
    assert done.state == Order.State.CLOSED
    assert done.events.get(verb="closed").waiver == "已现场核实"


def test_an_empty_file_is_no_evidence(office: Office) -> None:
    order = office.issue()
    with pytest.raises(Invalid) as problem:
        office.reply(order, files=(proof(content=b""),))
    assert problem.value.field == "files"
    order.refresh_from_db()
    assert order.state == Order.State.ISSUED


def test_a_reply_is_returned_with_its_reason_and_a_new_day_and_answered_again(office: Office) -> None:
    order = office.reply(office.issue(), files=(proof(),))
    when = at(6, 20)
    with pytest.raises(Invalid):
        perform(ReturnOrder(order.pk, order.row_version, " "), office.context(when=when))
    order.refresh_from_db()
    back = perform(ReturnOrder(order.pk, order.row_version, "缺少验收单"), office.context(when=when))
    assert (back.state, back.due_on) == (Order.State.RETURNED, datetime.date(2024, 6, 27))
    assert office.reply(back, when=when).state == Order.State.REPLIED
    # The files of the first reply still prove what they prove.
    assert close(office, back).state == Order.State.CLOSED
    assert verbs(back) == ["issued", "replied", "returned", "replied", "closed"]


def test_a_return_shortens_no_deadline(office: Office) -> None:
    order = office.reply(office.issue(due_on=datetime.date(2024, 8, 1)))
    back = perform(ReturnOrder(order.pk, order.row_version, "补充"), office.context())
    assert back.due_on == datetime.date(2024, 8, 1)


@pytest.mark.parametrize("state", ["issued", "replied"])
def test_an_order_is_withdrawn_with_its_reason_and_keeps_its_number(office: Office, state: str) -> None:
    order = office.issue()
    order = office.reply(order) if state == "replied" else order
    with pytest.raises(Invalid):
        perform(WithdrawOrder(order.pk, order.row_version, ""), office.context())
    gone = perform(WithdrawOrder(order.pk, order.row_version, "任务已调整"), office.context())
    assert gone.state == Order.State.WITHDRAWN
    with pytest.raises(NotNow):
        office.reply(gone)
    assert office.issue().number == "督办〔2024〕2号"


@pytest.mark.parametrize("step", [CloseOrder, ReturnOrder, WithdrawOrder])
def test_a_closed_order_stays_as_it_is(office: Office, step: Any) -> None:
    order = close(office, office.reply(office.issue(), files=(proof(),)))
    action = step(order.pk, order.row_version, "再来") if step is not CloseOrder else step(order.pk, order.row_version)
    with pytest.raises(NotNow):
        perform(action, office.context())


def test_the_history_has_who_and_when_and_the_audit_line_what_stood_before(office: Office) -> None:
    order = close(office, office.reply(office.issue(), files=(proof(),)))
    assert [(e.user.username, e.due_on.isoformat()) for e in order.events.all()] == [
        ("supervision", "2024-06-19"),
        ("town", "2024-06-19"),
        ("supervision", "2024-06-19"),
    ]
    lines = AuditEntry.objects.filter(object_type="dispatch.order", object_id=str(order.pk)).order_by("id")
    assert [line.action for line in lines] == ["dispatch.issue-order", "dispatch.reply-order", "dispatch.close-order"]
    assert (lines[2].before["state"], lines[2].after["state"]) == ("replied", "closed")
    assert lines[1].after["files"][0].startswith("现场照片.jpg ")


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(office: Office) -> None:
    order = office.issue()
    seen = order.row_version
    office.reply(order, seen=seen)
    with pytest.raises(Problem):
        office.reply(order, seen=seen, text="另一份反馈")
    order.refresh_from_db()
    version = order.row_version
    perform(ReturnOrder(order.pk, version, "缺材料"), office.context())
    office.reply(order)
    with pytest.raises(Conflict) as conflict:
        close(office, order, seen=version, waiver="已核实")
    assert conflict.value.data["who"]
    assert OrderEvent.objects.filter(order=order).count() == 4


def test_a_unit_answers_its_own_orders_only(office: Office) -> None:
    order = office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    with pytest.raises(Denied):
        office.reply(order, role="town")
    with pytest.raises(Denied):
        office.reply(order, role="supervision")


@pytest.mark.parametrize(
    ("role", "count"),
    [("supervision", 2), ("leader", 2), ("auditor", 2), ("admin", 2), ("town", 1), ("lead", 0), ("village", 0)],
)
def test_everybody_sees_the_orders_of_their_own_units(office: Office, role: str, count: int) -> None:
    office.issue()
    office.issue(task=office.board.patrol.pk, unit=office.unit("城关镇"))
    assert len(rows(office, role)) == count
    foreign = Order.objects.get(unit=office.unit("城关镇"))
    seen = order_page(office.context(role).actor, foreign.pk)
    assert (seen is not None) == (count == 2)


def test_overdue_is_counted_in_working_days_until_the_reply(office: Office) -> None:
    order = office.issue()
    (row,) = rows(office, when=at(6, 19))
    assert row.overdue == 0
    (row,) = rows(office, when=at(6, 24))  # 20, 21 and 24 June; 22 and 23 were a weekend
    assert (row.overdue, row.late.value) == (3, 3)
    assert row.late.sentence() == "应于 2024-06-19,至 2024-06-24 已过 3个工作日"
    office.reply(order, when=at(6, 21))
    (row,) = rows(office, when=at(6, 28))
    assert (row.overdue, row.late.value) == (0, 2)


def test_overdue_orders_stand_first_and_may_be_filtered(office: Office) -> None:
    late = office.issue()
    done = close(office, office.reply(office.issue(despite=True), files=(proof(),)))
    new = office.issue(when=at(6, 21), task=office.board.patrol.pk, unit=office.unit("城关镇"))
    when = at(6, 24)
    assert [row.order for row in rows(office, when=when)] == [late, new, done]
    assert [row.order for row in rows(office, when=when, overdue="1")] == [late]
    assert [row.order for row in rows(office, when=when, state="closed")] == [done]
    assert [row.order for row in rows(office, when=when, q="〔2024〕3号")] == [new]
    assert [row.order for row in rows(office, when=when, unit=office.unit("城关镇"))] == [new]


def test_closing_an_order_may_solve_its_problem(office: Office) -> None:
    report = office.board.report("2024-05", office.board.pipes, "柳林镇")
    problem = perform(OpenProblem(report=report.pk), office.context())
    order = office.reply(office.issue(problem=problem.pk), files=(proof(),))
    close(office, order, solve=True, text="已完成征地")
    problem.refresh_from_db()
    assert (problem.state, problem.solution) == ("solved", "已完成征地")

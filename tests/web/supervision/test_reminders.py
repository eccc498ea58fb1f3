"""What falls due is said before the day, once each; appeals have a clock, an answer and a place in the queue."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.web.base.actions import perform
from guatu.web.dispatch.actions.decide_appeal import DecideAppeal
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.actions.remind_due import RemindDue
from guatu.web.dispatch.models import Notice, Order, Report
from guatu.web.dispatch.selectors.appeals import APPEALS
from guatu.web.dispatch.system import system_context
from tests.web.dispatch.conftest import at
from tests.web.supervision.conftest import NOW, Office

pytestmark = pytest.mark.django_db


def remind(when: datetime.datetime) -> int:
    return perform(RemindDue(when.date()), system_context(when))


def told(kind: str) -> list[tuple[int | None, str]]:
    return list(Notice.objects.filter(kind=kind).order_by("id").values_list("unit_id", "title"))


def test_reports_are_reminded_of_before_their_day_once(office: Office) -> None:
    Report.objects.filter(period__key="2024-05").update(state="due", submitted_at=None)
    Report.objects.filter(period__key="2024-05", unit=office.unit("石门镇")).update(state="submitted")
    assert remind(at(6, 2)) == 0
    count = remind(at(6, 3))
    assert count == len(told("report.soon")) > 0 == remind(at(6, 3)) == remind(at(6, 4))
    units = {unit for unit, _title in told("report.soon")}
    assert office.unit("柳林镇") in units and office.unit("石门镇") not in units
    assert "2024-06-05 截止" in told("report.soon")[0][1]


def test_orders_are_reminded_of_for_each_day_that_is_asked_for(office: Office) -> None:
    order = office.issue()
    assert remind(at(6, 17)) == 0 and remind(at(6, 18)) == 1 and remind(at(6, 19)) == 0
    Order.objects.filter(pk=order.pk).update(due_on=datetime.date(2024, 6, 25))
    assert remind(at(6, 24)) == 1
    Order.objects.filter(pk=order.pk).update(due_on=datetime.date(2024, 6, 27), state="replied")
    assert remind(at(6, 26)) == 0
    assert [unit for unit, _title in told("order.soon")] == [office.unit("柳林镇")] * 2


def test_the_county_may_want_none(office: Office, setting: Any) -> None:
    setting("notices.remind-orders", 0)
    office.issue()
    assert remind(at(6, 19)) == 0


def test_an_appeal_has_a_day_an_answer_and_its_place_in_the_queue(year: Office) -> None:
    first = perform(MakeAppeal(year.light(year.board.pipes, "柳林镇").pk, "数字填错"), year.context("town"))
    assert first.due_on == datetime.date(2024, 6, 19)
    assert told("appeal.made")[0][0] is None
    late = year.context("supervision", at(6, 24))
    (line,) = APPEALS.page(late.actor, {"state": "overdue"}).lines
    assert line.appeal == first and line.late == 3
    assert remind(at(6, 24)) == 1 and remind(at(6, 25)) == 0 and told("appeal.overdue")[0][0] is None
    perform(DecideAppeal(first.pk, first.row_version, True, "经核实，数字有误。"), late)
    ((unit, title),) = told("appeal.answered")
    assert unit == year.unit("柳林镇") and "成立" in title
    assert Notice.objects.get(kind="appeal.answered").text == "经核实，数字有误。"


def test_open_appeals_stand_first_and_of_them_the_one_that_is_due_soonest(year: Office) -> None:
    year.issue()
    light = year.light(year.board.pipes, "柳林镇", "2024-04")
    decided = perform(MakeAppeal(light.pk, "一"), year.context("town", at(6, 5)))
    perform(DecideAppeal(decided.pk, decided.row_version, False, "属实"), year.context(when=at(6, 6)))
    later = perform(MakeAppeal(year.light(year.board.pipes, "柳林镇").pk, "二"), year.context("town", NOW))
    soon = perform(MakeAppeal(light.pk, "三"), year.context("town", at(6, 7)))
    lines = APPEALS.page(year.context().actor, {"state": "all"}).lines
    assert [line.appeal.pk for line in lines] == [soon.pk, later.pk, decided.pk]

"""A month of cases in the invented county: in time, late, appealed, sent back, in two towns and two units."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from guatu.web.base.actions import perform
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.decide_clock import DecideClock
from guatu.web.cases.actions.rate_case import RateCase
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.evaluation.periods import Span
from guatu.web.evaluation.selectors.figures import Asked
from tests.web.cases.conftest import Desk, at
from tests.web.cases.conftest import borders as borders
from tests.web.cases.conftest import desk as desk

JUNE = Span(datetime.date(2024, 6, 1), 1)
NOW = at(5, 9, month=7)


def asked(kind: Any = "area", **values: Any) -> Asked:
    return Asked(**{"pack": "urban_management", "kind": kind, "span": JUNE, **values})


@dataclass
class June:
    """Cases by what became of them."""

    desk: Desk
    prompt: Case
    late: Case
    overdue: Case
    returned: Case
    stone: Case


@pytest.fixture
def june(desk: Desk, borders: Callable[[str], tuple[float, float]]) -> June:
    (lon, lat), (west, south) = borders("柳林镇"), borders("石门镇")
    liulin, shimen = {"lon": lon, "lat": lat}, {"lon": west, "lat": south}
    prompt = desk.closed(at(3), **liulin)
    perform(RateCase(prompt.code, 5), desk.context(None, at(4)))
    late = desk.assigned(when=at(4), **liulin)
    desk.handled(late, at(4, 16))
    desk.move(late, "desk", "report_back", at(4, 16, 1))
    desk.move(late, "collector", "check", at(4, 16, 2))
    desk.move(late, "desk", "close", at(4, 16, 3))
    overdue = desk.assigned(when=at(10), **shimen)
    returned = desk.assigned(when=at(11), **liulin)
    desk.move(returned, "lead", "handle", at(11, 9, 10), "return", "不属本单位")
    desk.move(returned, "desk", "assign", at(11, 9, 12), unit=str(desk.county.unit("县财政局").pk))
    desk.handled(returned, at(11, 9, 40), "responsible")
    desk.move(returned, "desk", "report_back", at(11, 9, 41))
    desk.move(returned, "collector", "check", at(11, 9, 42), "return", "没有恢复原状")
    desk.handled(returned, at(11, 10), "responsible")
    stone = desk.closed(at(12), **shimen)
    perform(RateCase(stone.code, 2), desk.context(None, at(13)))
    return June(desk, prompt, late, overdue, returned, stone)


def appeal(desk: Desk, case: Case, when: datetime.datetime, role: str = "lead") -> None:
    """The unit appeals against the lateness of handling, and the desk grants it."""
    case.refresh_from_db()
    perform(AskClock(case.pk, case.row_version, "handle", "appeal-granted", "暴雨"), desk.context(role, when))
    case.refresh_from_db()
    asked_for = CaseEvent.objects.filter(case=case, kind="ask").latest("pk")
    perform(DecideClock(case.pk, case.row_version, asked_for.pk, True), desk.context("desk", when))

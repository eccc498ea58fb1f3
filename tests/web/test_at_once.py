"""Two people, or two clicks of one, at the very same instant: one thing is done, and the other is told or gets its answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from guatu.web.base.actions import Action, Context, perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Conflict, NotNow, Problem
from guatu.web.cases.actions import move_case
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.history import SUMMARY, standing, summary
from guatu.web.cases.models import CaseFile
from guatu.web.dispatch.actions import save_report
from guatu.web.dispatch.actions.save_report import SaveReport
from guatu.web.dispatch.models import Figure, ReportEvent
from tests.web.cases.conftest import Desk, photo
from tests.web.cases.conftest import at as at_case
from tests.web.cases.conftest import desk as desk
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.conftest import board as board
from tests.web.supervision.conftest import on_disk as on_disk

pytestmark = pytest.mark.django_db(transaction=True)
Both = Callable[[list[tuple[Action[Any], Context]]], list[Any]]


@pytest.fixture
def both(on_disk: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    """Performs actions at once: each has read and checked everything before any of them writes.

    SQLite lets the second one begin when the first is done; there nobody waits for it.
    """

    def run(given: list[tuple[Action[Any], Context]]) -> list[Any]:
        meeting = threading.Barrier(len(given))

        def meet(original: Callable[..., Any]) -> Callable[..., Any]:
            def wait(*arguments: Any) -> Any:
                try:
                    meeting.wait(3 if connections["default"].vendor == "postgresql" else 0.2)
                except threading.BrokenBarrierError:
                    assert connections["default"].vendor == "sqlite"
                return original(*arguments)

            return wait

        for module in (move_case, save_report):
            monkeypatch.setattr(module, "take_version", meet(module.take_version))

        def one(pair: tuple[Action[Any], Context]) -> Any:
            try:
                return perform(*pair)
            except Problem as problem:
                return problem
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(given)) as pool:
            return list(pool.map(one, given))

    yield run


def told(found: list[Any]) -> int:
    return sum(isinstance(one, (Conflict, NotNow)) for one in found)


def test_two_who_move_one_case_at_once_make_one_line_and_the_second_is_told(desk: Desk, both: Both) -> None:
    case = desk.assigned()
    back = MoveCase(case.pk, case.row_version, "handle", "return", "不属本单位")
    done = MoveCase(case.pk, case.row_version, "handle", "forward", "", {"result": "已换"}, {"photo_after": [photo()]})
    found = both([(back, desk.context("lead", at_case(3, 10))), (done, desk.context("lead", at_case(3, 10)))])
    assert told(found) == 1
    events = list(case.events.order_by("number"))
    assert [event.number for event in events] == [1, 2, 3, 4]
    assert CaseFile.objects.filter(case=case).count() == (events[-1].verb == "forward")
    assert AuditEntry.objects.filter(object_type="cases.case", action="case.move").count() == 3
    case.refresh_from_db()
    assert {name: getattr(case, name) for name in SUMMARY} == summary(standing(case))


def test_two_clicks_on_one_step_make_one_line_and_both_get_the_case(desk: Desk, both: Both) -> None:
    case = desk.assigned()
    action = MoveCase(case.pk, case.row_version, "handle", "return", "不属本单位")
    context = desk.context("lead", at_case(3, 10), key="one-click")
    found = both([(action, context), (action, context)])
    assert [one.pk for one in found] == [case.pk, case.pk]
    assert case.events.filter(verb="return").count() == 1


def test_two_who_hand_in_one_report_at_once_make_one_and_the_second_is_told(board: Board, both: Both) -> None:
    board.open(at(2, 1))
    report = board.report("2024-01", board.pipes, "柳林镇")
    context = board.context("reporter", at(2, 2))
    given = [
        SaveReport(report.pk, report.row_version, text, figures={board.length.pk: figure}, submit=True, despite=True)
        for text, figure in (("完成 3 公里。", "3"), ("完成 4 公里。", "4"))
    ]
    found = both([(action, context) for action in given])
    assert told(found) == 1
    report.refresh_from_db()
    figure = Figure.objects.get(report=report)
    assert (report.progress, figure.value) in (("完成 3 公里。", 3), ("完成 4 公里。", 4))
    assert ReportEvent.objects.filter(report=report, verb=ReportEvent.Verb.SUBMITTED).count() == 1


def test_two_clicks_on_one_report_hand_it_in_once_and_both_get_it(board: Board, both: Both) -> None:
    board.open(at(2, 1))
    report = board.report("2024-01", board.pipes, "柳林镇")
    context = board.context("reporter", at(2, 2), key="one-click")
    action = SaveReport(
        report.pk, report.row_version, "完成 3 公里。", figures={board.length.pk: "3"}, submit=True, despite=True
    )
    found = both([(action, context), (action, context)])
    assert [one.pk for one in found] == [report.pk, report.pk]
    assert ReportEvent.objects.filter(report=report, verb=ReportEvent.Verb.SUBMITTED).count() == 1

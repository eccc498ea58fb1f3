"""Problems of reports go on the list, become orders, and are solved."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.web.base.actions import perform
from guatu.web.base.problems import Conflict, Denied, Invalid, NotNow
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.actions.solve_problem import SolveProblem
from guatu.web.dispatch.models import Problem
from guatu.web.dispatch.selectors.problems import PROBLEMS, unlisted
from tests.web.dispatch.conftest import at
from tests.web.supervision.conftest import Office

pytestmark = pytest.mark.django_db


def listed(office: Office, key: str = "2024-05", **values: Any) -> Problem:
    report = office.board.report(key, office.board.pipes, "柳林镇")
    return perform(OpenProblem(report=report.pk, **values), office.context())


def rows(office: Office, role: str = "supervision", **wanted: Any) -> list[Any]:
    return list(PROBLEMS.all_lines(office.context(role, at(6, 24)).actor, {"state": "", **wanted}))


def test_what_a_report_says_goes_on_the_list_once(office: Office) -> None:
    problem = listed(office)
    assert (problem.text, problem.unit_id) == ("征地受阻。", office.unit("柳林镇"))
    with pytest.raises(NotNow) as again:
        listed(office)
    assert again.value.code == "problem.listed"


def test_reports_whose_problems_nobody_has_listed_are_shown_to_the_office_alone(office: Office) -> None:
    listed(office)
    found = unlisted(office.context().actor)
    assert [row.report.period.key for row in found] == ["2024-04", "2024-03", "2024-02", "2024-01"]
    assert list(unlisted(office.context("town").actor)) == []


def test_problems_of_a_draft_are_not_listed(office: Office) -> None:
    draft = office.board.report("2024-05", office.board.patrol, "城关镇")
    office.board.save(draft, at(6, 4), problems="缺人手")
    with pytest.raises(NotNow):
        perform(OpenProblem(report=draft.pk), office.context())


def test_a_problem_by_hand_needs_its_task_its_unit_and_words(office: Office) -> None:
    board = office.board
    for values, field in (
        ({"text": "缺资金"}, "task"),
        ({"text": "缺资金", "task": board.pipes.pk}, "unit"),
        ({"text": " ", "task": board.pipes.pk, "unit": office.unit("柳林镇")}, "text"),
    ):
        with pytest.raises(Invalid) as problem:
            perform(OpenProblem(**values), office.context())
        assert problem.value.field == field
    made = perform(OpenProblem("缺资金", task=board.pipes.pk, unit=office.unit("柳林镇")), office.context())
    assert made.report_id is None


@pytest.mark.parametrize("role", ["leader", "lead", "town", "auditor"])
def test_only_the_office_keeps_the_list(office: Office, role: str) -> None:
    problem = listed(office)
    with pytest.raises(Denied):
        perform(SolveProblem(problem.pk, problem.row_version, "好了"), office.context(role))
    with pytest.raises(Denied):
        perform(OpenProblem("缺资金", task=office.board.pipes.pk, unit=office.unit("柳林镇")), office.context(role))


def test_a_problem_is_solved_with_words_and_may_come_back(office: Office) -> None:
    problem = listed(office)
    with pytest.raises(Invalid):
        perform(SolveProblem(problem.pk, problem.row_version, ""), office.context())
    done = perform(SolveProblem(problem.pk, problem.row_version, "征地完成"), office.context())
    assert (done.state, done.solution, done.solved_by.username) == ("solved", "征地完成", "supervision")
    back = perform(SolveProblem(done.pk, done.row_version, "又停工", again=True), office.context())
    assert (back.state, back.solution, back.solved_at) == ("open", "", None)


def test_a_problem_with_an_open_order_is_not_solved_behind_its_back(office: Office) -> None:
    problem = listed(office)
    office.issue(problem=problem.pk)
    with pytest.raises(NotNow) as trouble:
        perform(SolveProblem(problem.pk, problem.row_version, "好了"), office.context())
    assert trouble.value.code == "order.open"


def test_an_order_needs_a_problem_that_is_open(office: Office) -> None:
    problem = listed(office)
    perform(SolveProblem(problem.pk, problem.row_version, "好了"), office.context())
    with pytest.raises(NotNow):
        office.issue(problem=problem.pk)


def test_the_second_editor_of_a_problem_is_told(office: Office) -> None:
    problem = listed(office)
    seen = problem.row_version
    perform(SolveProblem(problem.pk, seen, "好了"), office.context())
    perform(SolveProblem(problem.pk, seen + 1, "没好", again=True), office.context())
    with pytest.raises(Conflict):
        perform(SolveProblem(problem.pk, seen, "好了吧"), office.context())


@pytest.mark.parametrize(
    ("role", "count"), [("supervision", 1), ("leader", 1), ("town", 1), ("lead", 0), ("village", 0)]
)
def test_everybody_sees_the_problems_of_their_own_units(office: Office, role: str, count: int) -> None:
    listed(office)
    assert len(rows(office, role)) == count


def test_the_list_is_filtered_and_counts_working_days(office: Office) -> None:
    problem = listed(office, due_on=datetime.date(2024, 6, 20))
    (row,) = rows(office)
    assert (row.days.value, row.overdue) == (8, 2)
    order = office.issue(problem=problem.pk)
    (row,) = rows(office, unit=office.unit("柳林镇"), plan=office.board.plan.pk, q="征地", state="open")
    assert row.orders == [order]
    assert rows(office, unit=office.unit("石门镇")) == []
    assert rows(office, state="solved") == []

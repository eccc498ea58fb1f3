"""What a step of a case costs, so that a county's desk is not slowed by a change that nobody noticed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.web.base.actions import perform
from guatu.web.cases.actions.move_case import MoveCase
from tests.web.cases.conftest import Desk, at, photo

pytestmark = pytest.mark.django_db
# Case, history, settings; version with summary, line of the history, audit line. What more there is: the unit's name, the
# rows of photos, the areas of a collector.
QUERIES = {
    "file": 6, "assign": 9, "handle back": 6, "handle": 11, "report_back": 6, "check": 6, "close": 7,
}  # fmt: skip


def cost(desk: Desk, role: str, action: MoveCase, minute: int) -> int:
    context = desk.context(role, at(3, 10, minute))
    with CaptureQueriesContext(connection) as queries:
        perform(action, context)
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN")) for query in queries)


def test_each_step_costs_the_queries_that_were_committed(desk: Desk) -> None:
    walk: list[tuple[str, str, dict[str, str]]] = [
        ("desk", "file", {"class_code": "C0101"}),
        ("desk", "assign", {"unit": str(desk.county.unit("县水利局").pk)}),
        ("lead", "handle back", {}),
        ("desk", "assign", {"unit": str(desk.county.unit("县水利局").pk)}),
        ("lead", "handle", {"result": "已更换井盖"}),
        ("desk", "report_back", {}),
        ("collector", "check", {}),
        ("desk", "close", {}),
    ]
    case, found = desk.report(), {}
    for n, (role, step, fields) in enumerate(walk):
        name, _, back = step.partition(" ")
        files = {"photo_after": [photo()]} if step == "handle" else {}
        move, reason = ("return", "不属本单位") if back else ("forward", "")
        found[step] = cost(desk, role, MoveCase(case.pk, n + 1, name, move, reason, fields, files), n)
    assert found == QUERIES


def test_a_step_costs_few_queries_however_long_the_history_is(desk: Desk) -> None:
    case = desk.assigned()
    unit = str(desk.county.unit("县水利局").pk)
    costs = []
    for _n in range(4):
        desk.move(case, "lead", "handle", at(3, 10), "return", "不属本单位")
        case.refresh_from_db()
        action = MoveCase(case.pk, case.row_version, "assign", "forward", fields={"unit": unit})
        costs.append(cost(desk, "desk", action, 0))
    assert set(costs) == {QUERIES["assign"]}

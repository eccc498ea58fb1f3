"""What a step of a case costs, so that a county's desk is not slowed by a change that nobody noticed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.web.base.actions import perform
from guatu.web.cases.actions.move_case import MoveCase
from tests.web.cases.conftest import Desk, at

pytestmark = pytest.mark.django_db
MOST = 11


def test_a_step_costs_few_queries_however_long_the_history_is(desk: Desk) -> None:
    case = desk.assigned()
    unit = str(desk.county.unit("县水利局").pk)
    costs = []
    for _n in range(4):
        desk.move(case, "lead", "handle", at(3, 10), "return", "不属本单位")
        case.refresh_from_db()
        action = MoveCase(case.pk, case.row_version, "assign", "forward", fields={"unit": unit})
        context = desk.context("desk", at(3, 10))
        with CaptureQueriesContext(connection) as queries:
            perform(action, context)
        costs.append(sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN")) for query in queries))
    assert len(set(costs)) == 1
    assert costs[0] <= MOST

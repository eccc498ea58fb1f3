"""How many queries each page costs, held to committed numbers; GUATU_RENEW=1 writes them anew. More rows cost no more queries."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guatu.web.ledger.models import Duty, Target, Task
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.conftest import board as board
from tests.web.dispatch.conftest import may as may

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("query_counts.json")
PAGES = (
    "home", "campaign_map", "task_list", "target_list", "report_list", "review_list", "order_list", "problem_list", "circular_list",
    "plan_list", "unit_list", "audit_list", "account",
)  # fmt: skip
ROLES = ("supervision", "lead")
DATABASE = connection.vendor


def counted(board: Board) -> dict[str, int]:
    found = {}
    for role in ROLES:
        client = Client()
        client.force_login(board.county.users[role])
        for name in PAGES:
            client.get(reverse(name))  # what is read once and kept
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(reverse(name))
            if answer.status_code == 200:
                found[f"{name} {role}"] = len(queries)
    return found


def grow(board: Board, count: int = 40) -> None:
    """More tasks with units, targets and reports."""
    unit = board.county.unit("县水利局")
    for n in range(count):
        row = Task.objects.create(
            plan=board.plan,
            version=board.pipes.version,
            title=f"新增任务{n}",
            domain=f"领域{n}",
            state="open",
            order=20 + n,
        )
        Duty.objects.create(task=row, role="lead", text="县水利局", unit=unit)
        Target.objects.create(
            plan=board.plan, task=row, version=row.version, metric=f"指标{n}", op=">=", value=5, due=board.length.due
        )
    board.open(at(7, 2))


def test_the_queries_of_each_page_are_those_that_were_committed(may: Board) -> None:
    grow(may)
    found = counted(may)
    if os.environ.get("GUATU_RENEW"):
        FILE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    wanted = json.loads(FILE.read_text(encoding="utf-8"))
    more = {page: (wanted.get(page, 0), n) for page, n in found.items() if n > wanted.get(page, 0)}
    assert more == {}, "pages that cost more queries than before"
    assert set(wanted) == set(found)


def test_more_rows_cost_no_more_queries(may: Board) -> None:
    grow(may, 5)
    few = counted(may)
    grow(may, 40)
    many = counted(may)
    assert {page: (n, many[page]) for page, n in few.items() if many.get(page, 0) > n + 2} == {}

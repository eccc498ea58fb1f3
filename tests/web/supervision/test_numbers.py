"""Numbers are given one after the other, however many ask at once."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.numbers import take_serial
from guatu.web.dispatch.models import NumberSeries, Order
from tests.web.dispatch.conftest import Board, at

NOW = at(6, 12)
CLERKS, EACH = 4, 5


@pytest.mark.django_db(transaction=True)
def test_clerks_who_issue_at_once_get_numbers_without_gaps_or_twins(on_disk: None, board: Board) -> None:
    user = board.county.users["supervision"]
    context = Context(Actor(user, NOW.date(), grants_of(user, NOW.date())), NOW)
    unit, task = board.county.unit("柳林镇").pk, board.pipes.pk

    def issue(clerk: int) -> int:
        """Every third attempt is refused and takes no number."""
        done = 0
        try:
            for n in range(EACH):
                due = datetime.date(2024, 1, 1) if n % 3 == 2 else None
                action = IssueOrder(unit, f"事项{clerk}-{n}", "要求", task=task, due_on=due, despite=True)
                try:
                    perform(action, context)
                    done += 1
                except Problem:
                    continue
        finally:
            connections.close_all()
        return done

    with ThreadPoolExecutor(CLERKS) as pool:
        issued = sum(pool.map(issue, range(CLERKS)))
    serials = sorted(Order.objects.values_list("serial", flat=True))
    assert serials == list(range(1, issued + 1))
    assert len(set(Order.objects.values_list("number", flat=True))) == issued == CLERKS * 4
    assert NumberSeries.objects.get(name="order").last == issued


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_gives_its_number_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        assert take_serial("order", 2024) == 1
        raise RuntimeError
    with transaction.atomic():
        assert take_serial("order", 2024) == 1
    with transaction.atomic():
        assert take_serial("circular", 2024) == 1
        assert take_serial("order", 2025) == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_with_one_key_make_one_order(on_disk: None, board: Board) -> None:
    user = board.county.users["supervision"]
    context = Context(Actor(user, NOW.date(), grants_of(user, NOW.date())), NOW, key="one-click")
    action = IssueOrder(board.county.unit("柳林镇").pk, "事项", "要求", task=board.pipes.pk, despite=True)

    def click(_n: int) -> Any:
        try:
            return perform(action, context).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        answers = set(pool.map(click, range(3)))
    assert len(answers) == 1
    assert Order.objects.count() == 1

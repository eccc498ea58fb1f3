"""What the evaluation asks the database does not grow with the cases that are open."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.web.base.actions import perform
from guatu.web.cases.actions.end_case import RevokeCase
from guatu.web.evaluation.selectors.counted import entries_of
from tests.web.cases.conftest import Desk, at
from tests.web.evaluation.conftest import JUNE

pytestmark = pytest.mark.django_db


def asked(desk: Desk) -> int:
    with CaptureQueriesContext(connection) as found:
        assert entries_of(desk.context("desk", at(28)).actor, "urban_management", JUNE, at(28))
    return len(found)


def test_ten_times_as_many_open_cases_cost_no_more_queries(desk: Desk) -> None:
    for n in range(2):
        desk.assigned(when=at(3, 9, 3 * n))
    few = asked(desk)
    for n in range(18):
        desk.assigned(when=at(4, 9, 3 * n))
    assert asked(desk) <= few


def test_a_case_that_was_taken_back_counts_in_no_rate(desk: Desk) -> None:
    case = desk.assigned()
    before = entries_of(desk.context("desk", at(28)).actor, "urban_management", JUNE, at(28))
    assert case.pk in {one.case for one in before}
    perform(RevokeCase(case.pk, case.row_version, "误登记"), desk.context("desk", at(3, 10)))
    after = entries_of(desk.context("desk", at(28)).actor, "urban_management", JUNE, at(28))
    assert case.pk not in {one.case for one in after}

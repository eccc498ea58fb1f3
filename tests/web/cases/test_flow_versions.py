"""Limits are kept with the version of the flow: a case runs to its end by those that it began with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.sections import clocks as clocks_section
from guatu.web.base.actions import perform
from guatu.web.base.problems import Problem
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.decide_clock import DecideClock
from guatu.web.cases.actions.flow_rows import current_version
from guatu.web.cases.history import SUMMARY, standing, summary
from guatu.web.cases.library import clocks_of, library
from guatu.web.cases.models import Case, FlowVersion
from tests.web.cases.conftest import Desk, at

pytestmark = pytest.mark.django_db
PACK = "urban_management"


@pytest.fixture
def new_clocks(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], Any]], None]:
    """The pack comes with other clocks from now on, as after a release."""

    def change(how: Callable[[ClockTable], ClockTable]) -> None:
        loaded = library().packs[PACK]
        pack = loaded.pack.with_part(clocks_section.SECTION, how(loaded.pack[clocks_section.SECTION]))
        monkeypatch.setitem(library().packs, PACK, msgspec.structs.replace(loaded, pack=pack))  # type: ignore[arg-type]

    return change


def doubled(table: ClockTable) -> ClockTable:
    limits = tuple(msgspec.structs.replace(entry, amount=entry.amount * 2) for entry in table.limit)
    return msgspec.structs.replace(table, limit=limits)


def nobody_decides(table: ClockTable) -> ClockTable:
    assert table.policy is not None
    return msgspec.structs.replace(table, policy=msgspec.structs.replace(table.policy, max_extensions=0))


def test_a_case_keeps_the_limits_it_began_with_and_a_new_one_has_the_new(desk: Desk, new_clocks: Any) -> None:
    old = desk.assigned(when=at(3, 9))
    due = old.due
    new_clocks(doubled)
    new = desk.assigned(when=at(3, 9))
    assert due is not None and new.due is not None
    assert (new.due - at(3, 9, 2)) == 2 * (due - at(3, 9, 2))
    old.refresh_from_db()
    assert old.due == due
    assert old.flow.version == new.flow.version
    assert old.flow.clocks_version != new.flow.clocks_version
    for case in (old, new):
        again = Case.objects.get(pk=case.pk)
        assert {name: getattr(again, name) for name in SUMMARY} == summary(standing(again))


def test_the_next_step_of_a_running_case_still_runs_by_its_own_limits(desk: Desk, new_clocks: Any) -> None:
    before, after = desk.assigned(when=at(3, 9)), desk.assigned(when=at(3, 9))
    expected = desk.move(before, "lead", "handle", at(3, 10), "return", "不属本单位").due
    new_clocks(doubled)
    assert desk.move(after, "lead", "handle", at(3, 10), "return", "不属本单位").due == expected


def test_an_extension_is_judged_by_the_rules_that_the_case_began_with(desk: Desk, new_clocks: Any) -> None:
    old = desk.assigned(when=at(3, 9))
    new_clocks(nobody_decides)
    new = desk.assigned(when=at(3, 9))
    asked = perform(
        AskClock(old.pk, old.row_version, "handle", "extend", "配件未到", 1), desk.context("lead", at(3, 9, 30))
    )
    event = asked.events.get(kind="ask")
    asked.refresh_from_db()
    perform(DecideClock(asked.pk, asked.row_version, event.pk, True, "同意"), desk.context("desk", at(3, 9, 40)))
    old.refresh_from_db()
    assert old.due == at(3, 12, 2)
    with pytest.raises(Problem, match="最多 0 次"):
        perform(
            AskClock(new.pk, new.row_version, "handle", "extend", "配件未到", 1), desk.context("lead", at(3, 9, 30))
        )


def test_lateness_and_the_appeal_against_it_go_by_the_limits_the_case_began_with(desk: Desk, new_clocks: Any) -> None:
    old = desk.assigned(when=at(3, 9))
    new_clocks(doubled)
    new = desk.assigned(when=at(3, 9))
    late = {case.pk: desk.handled(case, at(3, 12, 30)).late for case in (old, new)}
    assert late == {old.pk: True, new.pk: False}
    for case in (old, new):
        case.refresh_from_db()
    appeal = [AskClock(case.pk, case.row_version, "handle", "appeal-granted", "道路封闭") for case in (old, new)]
    assert perform(appeal[0], desk.context("lead", at(3, 15))).events.filter(kind="ask").exists()
    with pytest.raises(Problem):
        perform(appeal[1], desk.context("lead", at(3, 15)))


def test_clocks_that_are_kept_are_read_as_they_were_written(desk: Desk, new_clocks: Any) -> None:
    row = desk.report().flow
    table = library().packs[PACK].pack[clocks_section.SECTION]
    assert clocks_of(row) is table
    new_clocks(doubled)
    assert clocks_of(FlowVersion.objects.get(pk=row.pk)) == table


def test_a_row_of_before_clocks_were_kept_runs_by_those_of_the_pack(desk: Desk) -> None:
    row = desk.report().flow
    FlowVersion.objects.filter(pk=row.pk).update(clocks=None, clocks_version="")
    assert clocks_of(FlowVersion.objects.get(pk=row.pk)) is library().packs[PACK].pack[clocks_section.SECTION]


def test_which_version_new_cases_take_costs_one_query(desk: Desk) -> None:
    current_version(PACK, at(3))
    with CaptureQueriesContext(connection) as queries:
        current_version(PACK, at(3))
    assert len(queries) == 1

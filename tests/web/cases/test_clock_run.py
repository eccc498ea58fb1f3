"""Clocks that move cases: the hourly run makes their entries, nobody else does, and pages say what happened."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from guatu.core.cases.flow import TIMER
from guatu.web.base.actions import perform
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied, Invalid
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.publish_flow import PublishFlow
from guatu.web.cases.actions.run_clock import RunClock
from guatu.web.cases.actions.run_clocks import run_clocks
from guatu.web.cases.actions.save_flow_draft import SaveFlowDraft
from guatu.web.cases.library import library
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.selectors.ownerless import ownerless
from guatu.web.dispatch.system import system_context
from tests.web.cases.conftest import Desk, at

pytestmark = pytest.mark.django_db
PACK = "urban_management"
MORE = """
<bpmn:boundaryEvent id="overdue" name="超时收回" attachedToRef="handle">
  <bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:boundaryEvent id="remind" name="提醒" attachedToRef="handle" cancelActivity="false">
  <bpmn:timerEventDefinition><bpmn:timeDuration>PT4H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:boundaryEvent id="withdrawn" name="反映人撤回" attachedToRef="handle"><bpmn:messageEventDefinition/></bpmn:boundaryEvent>
<bpmn:intermediateCatchEvent id="cooling" name="静候一天">
  <bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
<bpmn:userTask id="urge" name="催办" guatu:role="dispatcher" guatu:clock="assign"/>
<bpmn:endEvent id="urged"/><bpmn:endEvent id="withdrawn_end"/>
<bpmn:sequenceFlow id="t1" sourceRef="overdue" targetRef="assign"/>
<bpmn:sequenceFlow id="t2" sourceRef="remind" targetRef="urge"/>
<bpmn:sequenceFlow id="t3" sourceRef="urge" targetRef="urged"/>
<bpmn:sequenceFlow id="t4" sourceRef="withdrawn" targetRef="cooling"/>
<bpmn:sequenceFlow id="t5" sourceRef="cooling" targetRef="withdrawn_end"/>
</bpmn:process>"""


def timed(desk: Desk) -> Case:
    """A case that waits for a unit, in a flow with clocks at that step; since 9:02 of the 3rd."""
    own = next(iter(library().packs[PACK].files.values()))
    from guatu.core.pack.sections import flows

    text = library().packs[PACK].pack[flows.SECTION][own].replace("</bpmn:process>", MORE)
    draft = perform(SaveFlowDraft(PACK, 0, text), desk.context("supervision", at(3, 8)))
    perform(PublishFlow(PACK, draft.row_version, "加上时限"), desk.context("supervision", at(3, 8)))
    return desk.assigned(when=at(3, 9))


def run(when: datetime.datetime) -> int:
    return run_clocks(system_context(when))


def test_the_hourly_run_moves_what_has_run_out_once_and_at_its_time(desk: Desk) -> None:
    case = timed(desk)
    assert run(at(3, 13)) == 0
    assert (run(at(3, 14)), run(at(3, 14))) == (1, 0)
    case.refresh_from_db()
    assert case.open_steps == "handle,urge"
    line = case.events.order_by("number").last()
    assert line is not None and line.at == at(3, 13, 2)
    assert (line.kind, line.post, line.step, line.move, line.user) == (
        CaseEvent.Kind.MOVE, TIMER, "handle", "remind", None,
    )  # fmt: skip
    assert run(at(5, 10)) == 1
    case.refresh_from_db()
    assert case.open_steps == "assign,urge" and case.events.order_by("number").last().at == at(5, 9, 2)  # type: ignore[union-attr]
    assert [line.action for line in AuditEntry.objects.filter(action="case.run-clock")] == ["case.run-clock"] * 2


def test_what_ran_out_while_nobody_asked_is_made_in_order(desk: Desk) -> None:
    case = timed(desk)
    assert run(at(7)) == 2
    assert [(one.move, one.at) for one in case.events.order_by("number") if one.post == TIMER] == [
        ("remind", at(3, 13, 2)), ("overdue", at(5, 9, 2)),
    ]  # fmt: skip


def test_nobody_does_what_a_clock_does(desk: Desk) -> None:
    case = timed(desk)
    with pytest.raises(Invalid) as found:
        desk.move(case, "lead", "handle", at(3, 10), "overdue")
    assert found.value.code == "case.not-your-step"
    with pytest.raises(Denied):
        perform(RunClock(case.pk), desk.context("supervision", at(7)))
    assert not case.events.filter(post=TIMER).exists()


def test_that_something_came_is_said_with_the_step_undone(desk: Desk, client_of: Any) -> None:
    case = timed(desk)
    page = client_of("lead").get(f"/cases/{case.pk}/").content.decode()
    assert 'value="withdrawn"' in page and 'value="overdue"' not in page
    # Before a clock takes the case away, its page says so.
    assert (
        "超时收回" in page and "2024-06-05 09:02 到点自动往下走" in page and "2024-06-03 13:02 到点自动往下走" in page
    )
    desk.move(case, "lead", "handle", at(3, 10), "withdrawn")
    case.refresh_from_db()
    assert case.open_steps == "cooling"
    # Nobody's turn, and nobody is missing: the desk, which takes care of posts that nobody declares, is no clock.
    assert not Case.objects.filter(ownerless(desk.context("admin", at(3, 11)).actor)).exists()
    with pytest.raises(Denied):
        perform(MoveCase(case.pk, case.row_version, "cooling", "forward"), desk.context("desk", at(3, 11)))
    assert run(at(4, 11)) == 1
    case.refresh_from_db()
    assert (case.open_steps, case.ended_at, case.late) == ("", at(4, 10), False)
    page = client_of("supervision").get(f"/cases/{case.pk}/").content.decode()
    assert "静候一天" in page and "计时到点" in page


def test_a_case_that_cannot_be_moved_keeps_no_other_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = timed(desk), desk.assigned(when=at(3, 9))
    real = RunClock.change

    def change(self: RunClock, context: Any) -> Any:
        if self.case_id == first.pk:
            raise Invalid("x")
        return real(self, context)

    monkeypatch.setattr(RunClock, "change", change)
    assert run(at(3, 14)) == 1
    second.refresh_from_db()
    assert second.open_steps == "handle,urge"

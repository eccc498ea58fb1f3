"""Random walks over all ready flows: SpiffWorkflow and the core's game of tokens agree at every step, and nothing is
lost."""

from datetime import datetime, time, timedelta
from functools import cache

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.stepping import open_case, step_case
from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import load_pack
from guatu.core.calendar.clock_limits import LimitRow
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.cases.case import Case, MoveEntry, replay, start_data
from guatu.core.cases.case_clocks import clocks
from guatu.core.cases.case_floors import Bounds, floor_of
from guatu.core.cases.flow import moves, turns_down
from guatu.core.cases.tokens import Tokens, begin, take
from guatu.core.kernel.explained import Explained
from guatu.core.pack.sections import clocks as clock_table
from guatu.core.pack.sections import flows
from tests.adapters.flows.field_values import values_of
from tests.adapters.flows.oracle import Oracle, oracle_of

WORK = WorkTime(WorkingCalendar(), (HoursRow((Shift(time(8), time(12)), Shift(time(14), time(18)))),))
Flows = list[tuple[str, FlowEngine, str, tuple[LimitRow, ...]]]


@cache
def ready() -> Flows:
    loaded = [
        load_pack(pack.folder)[0] for pack in find_packs(environment={}).values() if (pack.folder / "flows").is_dir()
    ]
    return [
        (flow, engine, one.pack[flows.SECTION][one.files[flow]], one.pack[clock_table.SECTION].limit_rows)
        for one in loaded
        if one is not None
        for flow, engine in one.engines.items()
    ]


class FlowWalk(RuleBasedStateMachine):
    """One case, moved by whoever may move it, returned as often as anybody likes."""

    @initialize(which=st.integers(0, 99))
    def open(self, which: int) -> None:
        self.name, self.engine, self.text, self.limits = ready()[which % len(ready())]
        self.now = datetime(2026, 3, 2, 9, tzinfo=CHINA)
        case = Case(id="1", flow=self.name, version=self.engine.version, opened_at=self.now)
        self.stepped = open_case(self.engine, case)
        self.oracle = Oracle(self.engine, self.text, start_data(case))

    @precondition(lambda self: hasattr(self, "stepped") and not self.stepped.state.ended)
    @rule(data=st.data(), minutes=st.integers(0, 5_000))
    def move(self, data: st.DataObject, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        flow, state = self.engine.flow, self.stepped.state
        step = flow.by_id[data.draw(st.sampled_from(state.open))]
        choice = data.draw(st.sampled_from(moves(flow, step.id)))
        asked = [self.engine.fields.field(need.name) for need in step.fields]
        fields = {one.name: data.draw(st.sampled_from(values_of(one))) for one in asked}
        entry = MoveEntry(
            at=self.now,
            actor="x",
            role=step.roles[0],
            step=step.id,
            move=choice.key,
            verb=choice.verb,
            reason="原因" if choice.verb == "return" or turns_down(flow, choice) else "",
            fields=fields,
        )
        before = self.stepped
        bounds = Bounds(self.limits, WORK)
        self.stepped = step_case(self.engine, before.case, entry, bounds=bounds)
        if [one.code for one in self.stepped.findings] == ["case.too-early"]:
            assert self.stepped.case == before.case
            floor = floor_of(clocks(flow, before.case, state, self.limits), step.id, self.now, WORK)
            assert isinstance(floor, Explained) and floor.value > self.now
            self.now = floor.value
            entry = msgspec.structs.replace(entry, at=self.now)
            self.stepped = step_case(self.engine, before.case, entry, bounds=bounds)
        assert self.stepped.findings == ()
        assert self.stepped.case.history[:-1] == before.case.history, "history only grows"
        kept = self.stepped.case.history[-1]
        assert isinstance(kept, MoveEntry)
        self.oracle.take(entry.step, entry.move, kept.fields)

    @precondition(lambda self: hasattr(self, "stepped"))
    @rule(step=st.integers(0, 20), role=st.sampled_from(["nobody", ""]))
    def somebody_without_the_role(self, step: int, role: str) -> None:
        steps = self.engine.flow.steps
        entry = MoveEntry(at=self.now, actor="x", role=role, step=steps[step % len(steps)].id, move="forward")
        refused = step_case(self.engine, self.stepped.case, entry)
        assert refused.findings and (refused.case, refused.state) == (self.stepped.case, self.stepped.state)

    @invariant()
    def the_oracle_and_the_replay_agree(self) -> None:
        if not hasattr(self, "stepped"):
            return
        state = replay(self.engine.flow, self.stepped.case, self.engine.decide)
        assert state == self.stepped.state
        if not self.oracle.in_doubt:
            assert (self.oracle.open, self.oracle.ended, self.oracle.data) == (state.open, state.ended, state.data)

    def teardown(self) -> None:
        if hasattr(self, "stepped"):
            again = oracle_of(self.engine, self.text, self.stepped.case)
            state = self.stepped.state
            if not again.in_doubt:
                assert (again.open, again.ended, again.data) == (state.open, state.ended, state.data)

    @invariant()
    def no_case_is_lost_and_no_state_is_without_an_owner_or_a_clock(self) -> None:
        if not hasattr(self, "stepped"):
            return
        state = self.stepped.state
        assert state.ended != bool(state.open)
        running = {one.step: one for one in clocks(self.engine.flow, self.stepped.case, state, self.limits) if one.open}
        for step in state.open:
            assert self.engine.flow.by_id[step].roles and moves(self.engine.flow, step)
            assert running[step].clock is not None, f"{self.name}: {step} has no limit"


TestFlowWalk = FlowWalk.TestCase
TestFlowWalk.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_all_ready_flows_are_walked() -> None:
    assert len({name for name, *_ in ready()}) >= 7


def test_a_join_waits_anew_for_all_its_parts_when_a_case_is_sent_back_through_them() -> None:
    """Both parts of a village project, the check that sends it back, and one part again: the other is not done yet."""
    _, engine, _, _ = next(one for one in ready() if {"watch", "show_result", "file_away"} <= set(one[1].flow.by_id))
    case = Case(id="1", flow=engine.flow.id, version=engine.version, opened_at=datetime(2026, 3, 2, 9, tzinfo=CHINA))
    tokens = begin(engine.flow, start_data(case), engine.decide)
    split = next(
        node for node in engine.flow.nodes if node.kind == "parallel" and len(engine.flow.leaving(node.id)) > 1
    )
    tokens = Tokens(tuple(sorted(arrow.id for arrow in engine.flow.leaving(split.id))), tokens.data)
    for step, move in (
        ("watch", "forward"),
        ("show_result", "forward"),
        ("file_away", "return"),
        ("carry_out", "forward"),
    ):
        tokens = take(engine.flow, tokens, step, move, {}, engine.decide)
    assert take(engine.flow, tokens, "show_result", "forward", {}, engine.decide).open(engine.flow) == ("watch",)

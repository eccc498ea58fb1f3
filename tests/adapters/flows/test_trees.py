"""Flows with sub-processes, inclusive gateways, events and clocks, made at random: the game of tokens on the flattened
flow comes to the same steps as a tree of parts that knows nothing of tokens; and no flow that is published gets stuck.
"""

import random
import re
from collections import deque
from datetime import datetime, time, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.layout import draw
from guatu.adapters.flows.publish import Declared, publish
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.cases.case import Case, MoveEntry, replay, replayed
from guatu.core.cases.case_timers import timers_due
from guatu.core.cases.flow import Flow, all_moves, moves
from guatu.core.cases.moving import admit_move
from guatu.core.cases.soundness import soundness
from guatu.core.cases.tokens import NoWay, Tokens, begin, take
from tests.adapters.flows.trees import TREES, Built, Scope

DECLARED = Declared(frozenset({"r"}), frozenset({"c"}))
SIZES = [1, 3, 6, 9]


def published(text: str) -> FlowEngine:
    engine, found = publish(text, "p.bpmn", DECLARED)
    assert engine is not None, ([one.text("en") for one in found], text)
    return engine


def possible(flow: Flow, now: Tokens) -> set[tuple[str, str]]:
    """Where something may be done or may happen, and what: each event at the step or part at whose edge it stands."""
    found = set()
    for place in (*now.open(flow), *now.parts(flow)):
        for move in all_moves(flow, place):
            if move.key not in now.barred(flow) and (not move.aside or flow.by_id[move.key].host == place):
                found.add((place, move.key))
    return found


@given(TREES, st.data())
@settings(max_examples=300, deadline=None)
def test_the_game_of_tokens_comes_to_the_same_steps_as_a_tree_of_parts(tree: Any, data: st.DataObject) -> None:
    built = Built(tree)
    flow = published(built.text).flow
    size = data.draw(st.sampled_from(SIZES))
    now, root = begin(flow, {"size": size}), built.root
    root.begin(size)
    for _ in range(30):
        assert sorted(now.open(flow)) == sorted(root.open()), built.text
        assert now.ended == (root.state == "done")
        if now.ended:
            break
        told = {(at, key) for at in root.open() for key in root.keys(at)} | {*root.events()}
        assert told == possible(flow, now), built.text
        at, key = data.draw(st.sampled_from(sorted(told)))
        size = data.draw(st.sampled_from(SIZES))
        now = take(flow, now, at, key, {"size": size})
        root.move(at, key, size)


@given(TREES)
@settings(max_examples=60, deadline=None)
def test_what_was_made_at_random_is_drawn(tree: Any) -> None:
    text = Built(tree).text
    assert publish(draw(text), "p.bpmn", DECLARED)[0] is not None


def spoilt(text: str, chance: random.Random) -> str:
    """The file with some gateways of another kind, ends that end all, or an arrow that leads elsewhere."""
    for _ in range(chance.randint(1, 3)):
        what = chance.choice(["gateway", "gateway", "arrow", "end"])
        if what == "gateway":
            tags = re.findall(r'<bpmn:(?:parallel|inclusive|exclusive)Gateway id="(n\d+)"', text)
            if tags:
                name, kind = chance.choice(tags), chance.choice(["parallel", "inclusive", "exclusive"])
                text = re.sub(
                    rf'<bpmn:\w+Gateway id="{name}"([^>]*)></bpmn:\w+>',
                    rf'<bpmn:{kind}Gateway id="{name}"\1></bpmn:{kind}Gateway>',
                    text,
                )
        elif what == "end":
            text = text.replace("</bpmn:endEvent>", "<bpmn:terminateEventDefinition/></bpmn:endEvent>", 1)
        else:
            targets = re.findall(r'targetRef="(n\d+)"', text)
            text = text.replace(f'targetRef="{chance.choice(targets)}"', f'targetRef="{chance.choice(targets)}"', 1)
    return text


def all_states(flow: Flow, most: int) -> None:
    """Plays every move from every state; fails where nothing is left to do, or where a token lies twice."""
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    queue: deque[Tokens] = deque(begin(flow, {"size": size}) for size in SIZES)
    while queue and len(seen) < most:
        now = queue.popleft()
        if (now.arrows, now.spent) in seen:
            continue
        seen.add((now.arrows, now.spent))
        assert len({*now.arrows}) == len(now.arrows), "a token lies twice on an arrow"
        moves = possible(flow, now)
        assert now.ended or moves, f"stuck at {now.arrows}"
        assert not now.ended or not now.spent
        for at, key in moves:
            queue.extend(take(flow, now, at, key, {"size": size}) for size in SIZES)


@given(TREES, st.integers(0, 10**6))
@settings(max_examples=300, deadline=None)
def test_no_flow_that_is_published_gets_stuck(tree: Any, seed: int) -> None:
    engine, _ = publish(spoilt(Built(tree).text, random.Random(seed)), "p.bpmn", DECLARED)
    if engine is not None:
        all_states(engine.flow, 400)


@given(TREES, st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_what_the_check_calls_stuck_can_be_come_to_where_every_way_is_free(tree: Any, seed: int) -> None:
    """A walk with a token in a join that waits is found by the check: it looks at no fewer states than cases have."""
    engine, found = publish(spoilt(Built(tree).text, random.Random(seed)), "p.bpmn", DECLARED)
    codes = {one.code for one in found}
    if engine is None or codes:
        return
    assert soundness(engine.flow).stuck == ()
    now = begin(engine.flow, {"size": 9})
    for _ in range(20):
        if now.ended:
            return
        at, key = min(possible(engine.flow, now))
        try:
            now = take(engine.flow, now, at, key, {"size": 1})
        except NoWay as error:
            raise AssertionError("a published flow has a default at each gateway") from error


OPENED = datetime(2026, 3, 2, 9, tzinfo=CHINA)
WORK = WorkTime(WorkingCalendar(years=[2026]), (HoursRow((Shift(time(8), time(18)),)),))


def run_out(flow: Flow, case: Case, root: Scope, now: datetime, size: int) -> Case:
    """As the hourly run: the first clock that ran out acts, then all are asked again."""
    while found := timers_due(flow, case, replay(flow, case), now, (), WORK):
        state = replay(flow, case)
        entry = found[0]
        assert admit_move(flow, case, state, entry) == []
        assert (entry.step, entry.move) in {(at, key) for at in root.open() for key in root.keys(at)} | {*root.events()}
        stays = [one for one in (*state.visits, *state.parts) if one.step == entry.step and one.left is None]
        # A day after the stay began, or with the last line where somebody acted after that.
        last = case.history[-1].at if case.history else case.opened_at
        assert entry.at == max(stays[-1].entered + timedelta(days=1), last) and entry.at <= now
        case = case.with_entry(entry)
        root.move(entry.step, entry.move, size)
    return case


@given(TREES, st.data())
@settings(max_examples=100, deadline=None)
def test_clocks_that_run_out_move_a_case_as_the_tree_says_and_its_history_gives_the_same_again(
    tree: Any, data: st.DataObject
) -> None:
    built = Built(tree)
    flow = published(built.text).flow
    size, now, root = data.draw(st.sampled_from(SIZES)), OPENED, built.root
    case = Case(id="1", flow="p", version="v", opened_at=OPENED, data={"size": size})
    root.begin(size)
    for _ in range(12):
        now += timedelta(hours=data.draw(st.integers(0, 40)))
        case = run_out(flow, case, root, now, size)
        state = replay(flow, case)
        assert sorted(state.open) == sorted(root.open()) and state.ended == (root.state == "done"), built.text
        people = [
            (at, move.key) for at in state.open for move in moves(flow, at, state.barred)
            if not move.aside or flow.by_id[move.key].host == at
        ]  # fmt: skip
        if not people:
            continue
        at, key = data.draw(st.sampled_from(people))
        size = data.draw(st.sampled_from(SIZES))
        entry = MoveEntry(at=now, actor="x", role="r", step=at, move=key, fields={"size": size})
        assert admit_move(flow, case, state, entry) == []
        case = case.with_entry(entry)
        root.move(at, key, size)
    one_by_one = replayed(flow, msgspec.structs.replace(case, history=()))
    for line in case.history:
        one_by_one = one_by_one.after(flow, line)
    assert one_by_one.state(flow) == replay(flow, case)

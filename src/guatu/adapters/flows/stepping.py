"""The two things a case desk does: open a case, and make an entry; both give the new case and its saved run."""

from collections.abc import Mapping
from typing import Any

import msgspec

from guatu.adapters.flows.engine import FlowEngine
from guatu.core.cases.case import Case, CaseState, MoveEntry, replay, replayed, start_data
from guatu.core.cases.moving import admit_move
from guatu.core.kernel.row_finding import RowFinding


class Stepped(msgspec.Struct, frozen=True):
    """The case, its state and its saved run after an entry; with findings nothing has changed."""

    case: Case
    state: CaseState
    saved: bytes
    findings: tuple[RowFinding, ...] = ()


def open_case(engine: FlowEngine, case: Case) -> Stepped:
    """A new case before its first step. Raises ValueError for a case of another flow, version, or with a history."""
    if (case.flow, case.version, case.history) != (engine.flow.id, engine.version, ()):
        raise ValueError(f"{case.flow} {case.version} is no new case of {engine.flow.id} {engine.version}")
    run = engine.start(start_data(case))
    return Stepped(case, replay(engine.flow, case, engine.decide), run.save())


def step_case(engine: FlowEngine, case: Case, saved: bytes, entry: MoveEntry) -> Stepped:
    """The case after an entry, or the case as it was and what stands against the entry."""
    played = replayed(engine.flow, case, engine.decide)
    before = played.state(engine.flow)
    findings = admit_move(engine.flow, case, before, entry)
    if findings:
        return Stepped(case, before, saved, tuple(findings))
    run = engine.load(saved)
    run.take(entry.step, entry.move, entry.fields)
    after = played.after(engine.flow, entry, engine.decide)
    return Stepped(case.with_entry(entry), after.state(engine.flow), run.save())


def rebuild(engine: FlowEngine, case: Case) -> bytes:
    """The saved run made again from the history, where it was lost."""
    run = engine.start(start_data(case))
    for entry in case.history:
        if isinstance(entry, MoveEntry):
            run.take(entry.step, entry.move, entry.fields)
    return run.save()


def explain_decision(engine: FlowEngine, decision: str, data: Mapping[str, Any]) -> str:
    """The rule by which a table decides, in its own words; "" where none fits."""
    return engine.decisions[decision].decide(data).description

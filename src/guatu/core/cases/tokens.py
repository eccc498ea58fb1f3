"""The flow as a game of tokens: what a case's history gives.

Tokens lie on arrows. Everything but a step fires by itself; a choice takes its first arrow whose condition holds, else
its default; an inclusive gateway takes every arrow whose condition holds, else its default; a parallel node waits for
all arrows into it. `board` has the rules of each kind of node; this game and an engine of another make must agree on
every walk (a test holds it), and the check of flows plays it in all ways at once.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec

from guatu.core.cases.board import Board
from guatu.core.cases.flow import MOVE, Arrow, Flow, Node, Outcome, holds

Decide = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""A decision table by its id, over the fields of the case: the fields it sets."""


class NoWay(ValueError):
    """No arrow of a choice holds; a checked flow has none such."""


class Tokens(msgspec.Struct, frozen=True):
    """Where a case stands: the arrows with a token (sorted), and its fields. `spent` are the boundary events that have
    opened their way in this stay, `entered` the steps and parts that the last move came to, `ends` those that it came
    to so far."""

    arrows: tuple[str, ...]
    data: dict[str, Any]
    spent: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    def open(self, flow: Flow) -> tuple[str, ...]:
        """The steps that wait for somebody, in the order of the file."""
        targets = {flow.arrow_by_id[arrow].target for arrow in self.arrows}
        return tuple(step.id for step in flow.steps if step.id in targets)

    def parts(self, flow: Flow) -> tuple[str, ...]:
        """The parts in which the case stands, in the order of the file."""
        if not flow.parts:
            return ()
        board = Board(flow, self.arrows)
        return tuple(part.id for part in flow.parts if board.stands_in(part.id))

    def barred(self, flow: Flow) -> tuple[str, ...]:
        """The boundary events beside steps that cannot happen where the case stands now."""
        if not flow.beside:
            return ()
        board = Board(flow, self.arrows, self.spent)
        return tuple(event for event in flow.beside if not board.may_happen(flow.by_id[event]))

    def without(self, names: Collection[str]) -> "Tokens":
        """The same case without what it was judged by besides its own fields."""
        if not names:
            return self
        return msgspec.structs.replace(self, data={k: v for k, v in self.data.items() if k not in names})

    def outcome(self, flow: Flow) -> Outcome | None:
        """How the case has ended, None while it goes on. What was turned down in one part was not done in the
        whole."""
        if not self.ended:
            return None
        found = [flow.by_id[end].outcome for end in self.ends]
        return next((one for one in reversed(found) if one != "done"), "done")

    @property
    def ended(self) -> bool:
        return not self.arrows


def no_decisions(decision: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """For flows without decision tables."""
    raise LookupError(f"no decision table {decision}")


def begin(flow: Flow, data: Mapping[str, Any], decide: Decide = no_decisions) -> Tokens:
    """A new case before its first step."""
    board = Board(flow)
    board.put(flow.leaving(flow.starts()[0].id))
    return _run(board, dict(data), decide)


def take(
    flow: Flow, tokens: Tokens, step: str, move: str, fields: Mapping[str, Any], decide: Decide = no_decisions
) -> Tokens:
    """The case after a move, which is also what a clock does that ran out. Raises ValueError for a step that is not
    open, and for an event that has happened already."""
    board = Board(flow, tokens.arrows, tokens.spent)
    event = next((one for one in flow.reachable_events(step) if one.id == move), None)
    if event is None:
        if step not in tokens.open(flow):
            raise ValueError(f"{step} is not open")
        board.leave(step, _taken(flow, step, move))
    else:
        if not board.stands_in(step) or not board.may_happen(event):
            raise ValueError(f"{move} cannot happen at {step}")
        board.happen(event)
    # An event at the edge of a step changes nothing of what was last chosen there.
    said = {MOVE: move} if event is None else {}
    after = _run(board, {**tokens.data, **fields, **said}, decide)
    return msgspec.structs.replace(after, ends=(*tokens.ends, *after.ends))


def _taken(flow: Flow, step: str, move: str) -> tuple[Arrow, ...]:
    """The ways out of a step; where it waits for one of several events, that of the event that came."""
    leaving = flow.leaving(step)
    if not any(arrow.move for arrow in leaving):
        return leaving
    taken = tuple(arrow for arrow in leaving if arrow.move == move)
    if not taken:
        raise ValueError(f"{step} does not wait for {move}")
    return taken


def _run(board: Board, data: dict[str, Any], decide: Decide) -> Tokens:
    while (ready := board.ready()) is not None:
        if ready.kind == "decision":
            data.update(decide(ready.decision, data))
        board.fire(ready, _ways(board.flow, ready, data))
    return Tokens(
        tuple(sorted(board.arrows)), data, tuple(sorted(board.spent)), tuple(board.entered), tuple(board.ends)
    )


def _ways(flow: Flow, node: Node, data: Mapping[str, Any]) -> tuple[Arrow, ...]:
    leaving = flow.leaving(node.id)
    if node.kind not in ("choice", "inclusive") or len(leaving) < 2:
        return leaving
    taken = tuple(arrow for arrow in leaving if _holds(flow, arrow, data))
    if taken:
        return taken if node.kind == "inclusive" else taken[:1]
    default = tuple(arrow for arrow in leaving if arrow.default)
    if not default:
        raise NoWay(node.id)
    return default[:1]


def _holds(flow: Flow, arrow: Arrow, data: Mapping[str, Any]) -> bool:
    if arrow.move:
        return bool(data.get(MOVE) == arrow.move)
    return bool(arrow.condition) and not arrow.default and holds(arrow.condition, data, flow.words)

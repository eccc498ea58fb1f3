"""The flow as a game of tokens: the plain form of what the flow engine does.

Tokens lie on arrows. Everything but a step fires by itself; a choice takes its first arrow whose condition holds, else
its default; a parallel node waits for all arrows into it. The BPMN engine and this game must agree on every walk (a
test holds it), and the check of flows plays it in all ways at once.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec

from guatu.core.cases.flow import MOVE, Arrow, Flow, Node, holds

Decide = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""A decision table by its id, over the fields of the case: the fields it sets."""


class NoWay(ValueError):
    """No arrow of a choice holds; a checked flow has none such."""


class Tokens(msgspec.Struct, frozen=True):
    """Where a case stands: the arrows with a token (sorted), and its fields."""

    arrows: tuple[str, ...]
    data: dict[str, Any]

    def open(self, flow: Flow) -> tuple[str, ...]:
        """The steps that wait for somebody, in the order of the file."""
        targets = {flow.arrow_by_id[arrow].target for arrow in self.arrows}
        return tuple(step.id for step in flow.steps if step.id in targets)

    def without(self, names: Collection[str]) -> "Tokens":
        """The same case without what it was judged by besides its own fields."""
        return Tokens(self.arrows, {k: v for k, v in self.data.items() if k not in names}) if names else self

    @property
    def ended(self) -> bool:
        return not self.arrows


def no_decisions(decision: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """For flows without decision tables."""
    raise LookupError(f"no decision table {decision}")


def begin(flow: Flow, data: Mapping[str, Any], decide: Decide = no_decisions) -> Tokens:
    """A new case before its first step."""
    start = next(node for node in flow.nodes if node.kind == "start")
    return _run(flow, [arrow.id for arrow in flow.leaving(start.id)], dict(data), decide)


def take(
    flow: Flow, tokens: Tokens, step: str, move: str, fields: Mapping[str, Any], decide: Decide = no_decisions
) -> Tokens:
    """The case after a move. Raises ValueError for a step that is not open."""
    if step not in tokens.open(flow):
        raise ValueError(f"{step} is not open")
    entering = {arrow.id for arrow in flow.entering(step)}
    kept = [arrow for arrow in tokens.arrows if arrow not in entering]
    data = {**tokens.data, **fields, MOVE: move}
    return _run(flow, [*kept, *(arrow.id for arrow in flow.leaving(step))], data, decide)


def _run(flow: Flow, arrows: list[str], data: dict[str, Any], decide: Decide) -> Tokens:
    while (ready := _ready(flow, arrows)) is not None:
        entering = [arrow.id for arrow in flow.entering(ready.id) if arrow.id in arrows]
        for arrow in entering if ready.kind == "parallel" else entering[:1]:
            arrows.remove(arrow)
        if ready.kind == "decision":
            data.update(decide(ready.decision, data))
        arrows += [arrow.id for arrow in _ways(flow, ready, data)]
    return Tokens(tuple(sorted(arrows)), data)


def _ready(flow: Flow, arrows: list[str]) -> Node | None:
    """The first node in the order of the file that fires; only where a token lies something can."""
    if len(arrows) == 1:
        node = flow.by_id[flow.arrow_by_id[arrows[0]].target]
        return node if _fires(flow, node, arrows) else None
    here = {flow.arrow_by_id[arrow].target for arrow in arrows}
    return next((node for node in flow.nodes if node.id in here and _fires(flow, node, arrows)), None)


def _fires(flow: Flow, node: Node, arrows: list[str]) -> bool:
    if node.kind in ("step", "start"):
        return False
    entering = [arrow.id in arrows for arrow in flow.entering(node.id)]
    return all(entering) if node.kind == "parallel" and entering else any(entering)


def _ways(flow: Flow, node: Node, data: Mapping[str, Any]) -> tuple[Arrow, ...]:
    leaving = flow.leaving(node.id)
    if node.kind != "choice" or len(leaving) < 2:
        return leaving
    for arrow in leaving:
        if arrow.condition and not arrow.default and holds(arrow.condition, data):
            return (arrow,)
    default = next((arrow for arrow in leaving if arrow.default), None)
    if default is None:
        raise NoWay(node.id)
    return (default,)

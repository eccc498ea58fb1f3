"""A flow as the core sees it: steps that people do, choices, decisions, parallel parts, and the arrows between them.

An adapter reads it from BPMN 2.0; every part keeps the line it came from. A Flow may be wrong: `flow_check` says how.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from guatu.core.cases.parameters import Parameters
from guatu.core.rules import RuleError, judge, parse, tree

NodeKind = Literal["start", "step", "choice", "parallel", "decision", "end"]
Verb = Literal["forward", "return"]
Rework = Literal["resume", "restart"]

MOVE = "move"
"""The name that conditions use for the move which was chosen in the step before."""
FORWARD = "forward"
"""The key of the only move of a step that has no choice after it."""


class FieldNeed(msgspec.Struct, frozen=True):
    """A field that a step asks for."""

    name: str
    required: bool = True


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a flow.

    A step says who may act, which fields it needs and which clock runs; `rework` says whether the clock goes on from
    where it stood or begins anew when the case is sent back to it. `decision` names a decision table.
    """

    id: str
    kind: NodeKind
    name: str = ""
    name_en: str = ""
    line: int = 0
    roles: tuple[str, ...] = ()
    fields: tuple[FieldNeed, ...] = ()
    clock: str = ""
    rework: Rework = "resume"
    decision: str = ""


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """A way from one node to another. `verb` is "" where the file does not say, or a word that is no Verb."""

    id: str
    source: str
    target: str
    name: str = ""
    name_en: str = ""
    line: int = 0
    condition: str = ""
    verb: str = ""
    default: bool = False


class Move(msgspec.Struct, frozen=True):
    """What whoever stands at a step may do: forward, or return, which needs a reason."""

    key: str
    verb: Verb
    name: str
    name_en: str
    arrow: str


class Flow(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Nodes and arrows in the order of the file; ids are unique over both."""

    id: str
    name: str = ""
    name_en: str = ""
    line: int = 0
    confidential: bool = False
    readers: tuple[str, ...] = ()
    """Roles that may read a confidential case from its beginning, and not only once it has come to a step of theirs."""
    nodes: tuple[Node, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    parameters: Parameters = Parameters()
    """Values that conditions and decision tables may name; each step is judged by those of its day."""

    @cached_property
    def by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def arrow_by_id(self) -> dict[str, Arrow]:
        return {arrow.id: arrow for arrow in self.arrows}

    @cached_property
    def _leaving(self) -> dict[str, tuple[Arrow, ...]]:
        return {node.id: tuple(arrow for arrow in self.arrows if arrow.source == node.id) for node in self.nodes}

    @cached_property
    def _entering(self) -> dict[str, tuple[Arrow, ...]]:
        return {node.id: tuple(arrow for arrow in self.arrows if arrow.target == node.id) for node in self.nodes}

    def leaving(self, node: str) -> tuple[Arrow, ...]:
        return self._leaving[node]

    def entering(self, node: str) -> tuple[Arrow, ...]:
        return self._entering[node]

    @cached_property
    def steps(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind == "step")

    def asks(self, field: str) -> bool:
        """Whether some step asks for a field."""
        return any(need.name == field for step in self.steps for need in step.fields)


def move_key(arrow: Arrow) -> str | None:
    """The move that an arrow of a choice stands for, or None where it asks something else."""
    try:
        asked = parse(arrow.condition) if arrow.condition else None
    except RuleError:
        return None
    if not isinstance(asked, tree.Comparison) or asked.op != "=" or not isinstance(asked.left, tree.Name):
        return None
    if asked.left.name != MOVE or not isinstance(asked.right, tree.Literal):
        return None
    return asked.right.value if isinstance(asked.right.value, str) else None


def holds(condition: str, data: Mapping[str, Any]) -> bool:
    """Whether a way is to be taken: what depends on a field that is not known is not, as the default is there for it.

    Raises RuleError for a condition that publication would have refused.
    """
    return judge(parse(condition), data).verdict == "yes"


def moves(flow: Flow, step: str) -> tuple[Move, ...]:
    """What may be done at a step, in the order of the file."""
    leaving = flow.leaving(step)
    if not leaving:
        return ()
    first = leaving[0]
    after = flow.by_id.get(first.target)
    choices = flow.leaving(after.id) if after is not None and after.kind == "choice" else ()
    keyed = [(key, arrow) for arrow in choices if (key := move_key(arrow)) is not None]
    return tuple(_move(key, arrow) for key, arrow in keyed) or (_move(FORWARD, first),)


def _move(key: str, arrow: Arrow) -> Move:
    return Move(key, "return" if arrow.verb == "return" else "forward", arrow.name, arrow.name_en, arrow.id)

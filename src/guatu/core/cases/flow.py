"""A flow as the core sees it: steps that people do, choices, decisions, parallel parts, and the arrows between them.

An adapter reads it from BPMN 2.0; every part keeps the line it came from. A Flow may be wrong: `flow_check` says how.
Sub-processes are flattened: their parts lie in the flow beside all others and name the node they are `inside` of.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from guatu.core.cases.parameters import Parameters
from guatu.core.rules import RuleError, Vocabulary, judge, parse, tree
from guatu.core.rules.vocabulary import NO_WORDS

NodeKind = Literal[
    "start", "step", "choice", "parallel", "inclusive", "decision", "pass", "part", "boundary", "end"
]  # fmt: skip
"""What tokens do at a node: `pass` lets them through, a `part` is a sub-process that is done when no token lies in it,
a `boundary` is an event at the edge of a step or part. `board` has the rules."""
By = Literal["person", "clock", "flow"]
"""Who lets an event happen: somebody says that it came, its clock runs out, or a part of the flow throws it."""
Verb = Literal["forward", "return"]
Rework = Literal["resume", "restart"]
Outcome = Literal["done", "refused", "failed", "revoked", "joined"]
"""How a case ended: what was asked was done; it was not taken up; it was and did not pass; it was taken back; another
case of the same matter goes on for it. An end of a flow is one of the first three."""

MOVE = "move"
"""The name that conditions use for the move which was chosen in the step before."""
FORWARD = "forward"
"""The key of the only move of a step that has no choice after it."""
TIMER = "@clock"
"""As what a clock acts that ran out. No post can be called so."""


class FieldNeed(msgspec.Struct, frozen=True):
    """A field that a step asks for."""

    name: str
    required: bool = True


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a flow.

    A step says who may act, which fields it needs and which clock runs; `rework` says whether the clock goes on from
    where it stood or begins anew when the case is sent back to it. `decision` names a decision table.

    `lane` is who acts in words of the drawing, where no role stands: publication makes a role of it. An event that its
    clock lets happen (`by`) has a declared `clock` or a `duration` as ISO 8601 writes it. A boundary event stands at
    its `host`, and `interrupts` it or opens a way beside it. `catcher` is the boundary event to which an end or a
    throwing event leads; an end that `halts` takes all tokens of its part (of the case, outside parts) away, `outcome`
    is how a case has ended that comes to it.
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
    lane: str = ""
    inside: str = ""
    by: By = "person"
    duration: str = ""
    host: str = ""
    interrupts: bool = True
    catcher: str = ""
    halts: bool = False
    outcome: Outcome = "done"


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """A way from one node to another. `verb` is "" where the file does not say, or a word that is no Verb.

    `move` is the move that it stands for where no condition says so: an event behind a gateway that waits for events,
    or a named way of a gateway where nobody wrote conditions. `language` is in what the file says the condition is
    written, "" where it says nothing.
    """

    id: str
    source: str
    target: str
    name: str = ""
    name_en: str = ""
    line: int = 0
    condition: str = ""
    verb: str = ""
    default: bool = False
    move: str = ""
    language: str = ""


class Move(msgspec.Struct, frozen=True):
    """What whoever stands at a step may do: forward, or return, which needs a reason.

    `arrow` is the arrow, or the boundary event, that it stands for. A move `aside` says that something happened and
    leaves the step undone: its fields are not asked for.
    """

    key: str
    verb: Verb
    name: str
    name_en: str
    arrow: str
    by: By = "person"
    aside: bool = False


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
    words: Vocabulary = NO_WORDS
    """What conditions and decisions speak of, with the types that the fields of the pack have: a day of a case is kept
    as text, and compared as a day."""
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
        return self._by_end([arrow.source for arrow in self.arrows])

    @cached_property
    def _entering(self) -> dict[str, tuple[Arrow, ...]]:
        return self._by_end([arrow.target for arrow in self.arrows])

    def _by_end(self, ends: list[str]) -> dict[str, tuple[Arrow, ...]]:
        found: dict[str, list[Arrow]] = {node.id: [] for node in self.nodes}
        for end, arrow in zip(ends, self.arrows, strict=True):
            if end in found:
                found[end].append(arrow)
        return {node: tuple(arrows) for node, arrows in found.items()}

    def leaving(self, node: str) -> tuple[Arrow, ...]:
        return self._leaving[node]

    def entering(self, node: str) -> tuple[Arrow, ...]:
        return self._entering[node]

    @cached_property
    def steps(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.kind == "step")

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each node stands in the file."""
        return {node.id: at for at, node in enumerate(self.nodes)}

    @cached_property
    def parts(self) -> tuple[Node, ...]:
        """The sub-processes."""
        return tuple(node for node in self.nodes if node.kind == "part")

    @cached_property
    def _around(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for node in self.nodes:
            parts: list[str] = []
            here = self.by_id.get(node.inside)
            while here is not None and here.id not in parts:
                parts.append(here.id)
                here = self.by_id.get(here.inside)
            found[node.id] = tuple(parts)
        return found

    def around(self, node: str) -> tuple[str, ...]:
        """The parts in which a node lies, the innermost first."""
        return self._around.get(node, ())

    @cached_property
    def _inside(self) -> dict[str, frozenset[str]]:
        return {
            part.id: frozenset(one.id for one in self.arrows if part.id in self.around(one.source))
            for part in self.parts
        }

    def inside(self, part: str) -> frozenset[str]:
        """The arrows within a part, however deep."""
        return self._inside.get(part, frozenset())

    @cached_property
    def _starts(self) -> dict[str, tuple[Node, ...]]:
        found: dict[str, tuple[Node, ...]] = {}
        for node in self.nodes:
            if node.kind == "start":
                found[node.inside] = (*found.get(node.inside, ()), node)
        return found

    def starts(self, part: str = "") -> tuple[Node, ...]:
        """Where a part begins; without a name, where the flow does."""
        return self._starts.get(part, ())

    @cached_property
    def _boundaries(self) -> dict[str, tuple[Node, ...]]:
        found: dict[str, tuple[Node, ...]] = {}
        for node in self.nodes:
            if node.kind == "boundary":
                found[node.host] = (*found.get(node.host, ()), node)
        return found

    def boundaries(self, host: str) -> tuple[Node, ...]:
        """The events at the edge of a step or part."""
        return self._boundaries.get(host, ())

    def reachable_events(self, step: str) -> tuple[Node, ...]:
        """The boundary events that may happen while a case stands at a step or in a part: its own, and those of the
        parts around it. What the flow throws itself is none of them."""
        if not self._boundaries:
            return ()
        hosts = (step, *self.around(step))
        return tuple(event for host in hosts for event in self.boundaries(host) if event.by != "flow")

    @cached_property
    def leading_to(self) -> dict[str, frozenset[str]]:
        """For each arrow into an inclusive gateway, the arrows from which a token may come to it without passing that
        gateway."""
        gates = [node.id for node in self.nodes if node.kind == "inclusive"]
        return {arrow.id: self._before(arrow, gate) for gate in gates for arrow in self.entering(gate)}

    def _before(self, goal: Arrow, gate: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [goal.id]
        while waiting:
            here = waiting.pop()
            earlier = [one for one in self._backwards.get(here, ()) if self.arrow_by_id[one].target != gate]
            waiting += [one for one in earlier if one not in found]
            found.update(earlier)
        return frozenset(found)

    @cached_property
    def _backwards(self) -> dict[str, list[str]]:
        """For each arrow, those from which a token may come onto it at once."""
        found: dict[str, list[str]] = {}
        for arrow in self.arrows:
            for after in self.after(arrow):
                found.setdefault(after.id, []).append(arrow.id)
        return found

    @cached_property
    def beside(self) -> dict[str, frozenset[str]]:
        """For each event that opens a way beside its host, the arrows to which nothing else leads."""
        found = {}
        for event in self.nodes:
            if event.kind == "boundary" and not event.interrupts:
                begun = [arrow for start in self.starts() for arrow in self._leaving.get(start.id, ())]
                opened = self._onwards(self._leaving.get(event.id, ()), "")
                found[event.id] = opened - self._onwards(begun, event.id)
        return found

    def _onwards(self, begun: Iterable[Arrow], without: str) -> frozenset[str]:
        """The arrows to which tokens on these may come, where an event does not happen."""
        found: set[str] = set()
        waiting = list(begun)
        while waiting:
            here = waiting.pop()
            if here.id not in found and here.source != without:
                found.add(here.id)
                waiting += self.after(here)
        return frozenset(found)

    def after(self, arrow: Arrow) -> tuple[Arrow, ...]:
        """The arrows onto which a token on this one may come next: the ways out of where it leads, into the part, out
        of the part that ends, to the event that catches, and the events at the edge of where it stands."""
        node = self.by_id.get(arrow.target)
        if node is None:
            return ()
        froms = [node.id, node.catcher]
        if node.kind == "part":
            froms = [start.id for start in self.starts(node.id)]
        elif node.kind == "end":
            froms = [node.catcher or node.inside]
        hosts = (node.id, *self.around(arrow.source))
        froms += [event.id for host in hosts for event in self.boundaries(host) if event.by != "flow"]
        return tuple(one for source in froms for one in self._leaving.get(source, ()))

    def asks(self, field: str) -> bool:
        """Whether some step asks for a field."""
        return any(need.name == field for step in self.steps for need in step.fields)


def move_key(arrow: Arrow) -> str | None:
    """The move that an arrow of a choice stands for, or None where it asks something else."""
    if arrow.move:
        return arrow.move
    try:
        asked = parse(arrow.condition) if arrow.condition else None
    except RuleError:
        return None
    if not isinstance(asked, tree.Comparison) or asked.op != "=" or not isinstance(asked.left, tree.Name):
        return None
    if asked.left.name != MOVE or not isinstance(asked.right, tree.Literal):
        return None
    return asked.right.value if isinstance(asked.right.value, str) else None


def holds(condition: str, data: Mapping[str, Any], words: Vocabulary) -> bool:
    """Whether a way is to be taken: what depends on a field that is not known is not, as the default is there for it.

    Raises RuleError for a condition that publication would have refused.
    """
    return judge(parse(condition), data, words).verdict == "yes"


def turns_down(flow: Flow, move: Move) -> bool:
    """Whether a move ends the case without what was asked: whoever makes it owes the reason, as one who sends it
    back."""
    arrow = flow.arrow_by_id.get(move.arrow)
    target = flow.by_id.get(arrow.target) if arrow is not None else None
    return target is not None and target.kind == "end" and target.outcome != "done"


def moves(flow: Flow, step: str, barred: Collection[str] = ()) -> tuple[Move, ...]:
    """What people may do at a step, in the order of the file; without the events that cannot happen."""
    return tuple(move for move in all_moves(flow, step) if move.by == "person" and move.key not in barred)


def all_moves(flow: Flow, step: str) -> tuple[Move, ...]:
    """What may happen at a step, also what only a clock does: the ways out of it, then the events at its edge and at
    that of the parts around it. At a part, its events."""
    events = (
        Move(one.id, "forward", one.name, one.name_en, one.id, one.by, True) for one in flow.reachable_events(step)
    )
    return (*_ways_out(flow, flow.by_id[step]), *events)


def _ways_out(flow: Flow, step: Node) -> tuple[Move, ...]:
    leaving = flow.leaving(step.id)
    if step.kind != "step" or not leaving:
        return ()
    if any(arrow.move for arrow in leaving):
        return tuple(_event(flow, arrow) for arrow in leaving)
    first = leaving[0]
    after = flow.by_id.get(first.target)
    choices = flow.leaving(after.id) if after is not None and after.kind == "choice" else ()
    keyed = [(key, arrow) for arrow in choices if (key := move_key(arrow)) is not None]
    by: By = step.by
    return tuple(_move(key, arrow, by) for key, arrow in keyed) or (_move(FORWARD, first, by),)


def _move(key: str, arrow: Arrow, by: By) -> Move:
    return Move(key, "return" if arrow.verb == "return" else "forward", arrow.name, arrow.name_en, arrow.id, by)


def _event(flow: Flow, arrow: Arrow) -> Move:
    """What came, where a step waits for one of several events: it is called as the event is."""
    came = flow.by_id.get(arrow.target)
    by: By = came.by if came is not None else "person"
    name, name_en = (came.name, came.name_en) if came is not None else ("", "")
    return Move(arrow.move, "forward", arrow.name or name, arrow.name_en or name_en, arrow.id, by)

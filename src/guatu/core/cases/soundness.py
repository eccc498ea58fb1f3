"""Whether a flow can always be brought to its end: all markings are walked, whatever anybody chooses, whatever happens.

Source: W. M. P. van der Aalst, "The Application of Petri Nets to Workflow Management" (1998), soundness of a workflow
net: the end can be reached from every marking, and no place ever holds two tokens. Every way out of a choice, every set
of ways out of an inclusive gateway, every event at the edge of a step and every clock that runs out is tried.
"""

from collections import deque
from collections.abc import Iterator
from itertools import combinations

import msgspec

from guatu.core.cases.board import Board, fires
from guatu.core.cases.flow import Arrow, Flow, Node

MOST_MARKINGS = 20_000
MOST_TRIED = 400_000
"""Moves over all markings: inclusive gateways side by side have many out of each."""
MOST_WAYS = 10
"""An inclusive gateway with more conditions has more than a thousand sets of ways: too large to be walked."""

Marking = frozenset[str]
"""Arrows with a token, and the boundary events that have opened their way; ids are unique over both."""


class Soundness(msgspec.Struct, frozen=True):
    """Ids of nodes: joins that can wait for ever, nodes that can be entered twice at once, steps with no way to
    an end."""

    stuck: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    endless: tuple[str, ...] = ()
    complete: bool = True


def soundness(flow: Flow) -> Soundness:
    """What a walk through all markings finds; `complete` is False where there are more than can be walked."""
    wide = any(node.kind == "inclusive" and len(flow.leaving(node.id)) > MOST_WAYS for node in flow.nodes)
    first = frozenset(arrow.id for arrow in flow.leaving(flow.starts()[0].id))
    before: dict[Marking, list[Marking]] = {first: []}
    doubled: set[str] = set()
    stuck: set[str] = set()
    queue = deque([] if wide else [first])
    tried = 0
    while queue and len(before) <= MOST_MARKINGS and tried <= MOST_TRIED:
        here = queue.popleft()
        successors = list(_successors(flow, here, doubled))
        tried += len(successors)
        if not successors and here and not doubled:
            stuck.update(flow.arrow_by_id[arrow].target for arrow in here if arrow in flow.arrow_by_id)
        for after in successors:
            if after not in before:
                before[after] = []
                queue.append(after)
            before[after].append(here)
    complete = not queue and not wide
    endless = _without_end(flow, before) if complete and not stuck and not doubled else set()
    return Soundness(tuple(sorted(stuck)), tuple(sorted(doubled)), tuple(sorted(endless)), complete)


def _successors(flow: Flow, marking: Marking, doubled: set[str]) -> Iterator[Marking]:
    """The markings that come next. What fires by itself does so first and in the order of the file, as in a case: so
    all markings of cases are walked, and no others that only differ in what is still to fire."""
    ready = _board(flow, marking).ready()
    for node in _touched(flow, marking):
        present = [arrow.id for arrow in flow.entering(node.id) if arrow.id in marking]
        # At an end tokens that come by different ways are gone one after the other.
        if node.kind not in ("parallel", "inclusive", "end") and len(present) > 1:
            doubled.add(node.id)
        if present and node.kind == "part" and not flow.inside(node.id).isdisjoint(marking):
            doubled.add(node.id)
        for board in _outcomes(flow, node, marking) if ready is None or node.id == ready.id else ():
            seen: set[str] = set()
            for arrow in board.arrows:
                if arrow in seen:
                    doubled.add(flow.arrow_by_id[arrow].target)
                seen.add(arrow)
            yield frozenset((*board.arrows, *board.spent))


def _touched(flow: Flow, marking: Marking) -> list[Node]:
    """The nodes before which a token lies, and the events at their edges and at those of the parts around them."""
    here = {flow.arrow_by_id[one].target for one in marking if one in flow.arrow_by_id}
    hosts = here.union(*(flow.around(node) for node in here))
    events = {event.id for host in hosts for event in flow.boundaries(host)}
    return [flow.by_id[one] for one in sorted(here | events, key=flow.place.__getitem__)]


def _outcomes(flow: Flow, node: Node, marking: Marking) -> Iterator[Board]:
    """The boards after whatever may happen at a node."""
    at = _board(flow, marking)
    if node.kind == "boundary":
        if at.may_happen(node):
            at.happen(node)
            yield at
    elif node.kind == "step" and any(arrow.id in marking for arrow in flow.entering(node.id)):
        for ways in _ways(flow, node):
            board = _board(flow, marking)
            board.leave(node.id, ways)
            yield board
    elif node.kind != "step" and fires(flow, node, marking):
        for ways in _ways(flow, node):
            board = _board(flow, marking)
            board.fire(node, ways)
            yield board


def _board(flow: Flow, marking: Marking) -> Board:
    arrows = (one for one in marking if one in flow.arrow_by_id)
    return Board(flow, arrows, (one for one in marking if one not in flow.arrow_by_id))


def _ways(flow: Flow, node: Node) -> list[tuple[Arrow, ...]]:
    """The sets of arrows out of a node of which one is taken."""
    leaving = flow.leaving(node.id)
    if node.kind == "choice" or (node.kind == "step" and any(arrow.move for arrow in leaving)):
        return [(arrow,) for arrow in leaving]
    if node.kind == "inclusive" and len(leaving) > 1:
        asked = [arrow for arrow in leaving if not arrow.default]
        sets = [chosen for count in range(1, len(asked) + 1) for chosen in combinations(asked, count)]
        return sets + [(arrow,) for arrow in leaving if arrow.default]
    return [leaving]


def _without_end(flow: Flow, before: dict[Marking, list[Marking]]) -> set[str]:
    """Nodes of markings from which the empty marking, the end, cannot be reached."""
    good: set[Marking] = {marking for marking in before if not marking}
    queue = deque(good)
    while queue:
        for earlier in before[queue.popleft()]:
            if earlier not in good:
                good.add(earlier)
                queue.append(earlier)
    lost = (arrow for marking in before.keys() - good for arrow in marking if arrow in flow.arrow_by_id)
    return {flow.arrow_by_id[arrow].target for arrow in lost}

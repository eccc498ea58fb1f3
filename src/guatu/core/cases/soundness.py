"""Whether a flow can always be brought to its end: all markings are walked, whatever anybody chooses.

Source: W. M. P. van der Aalst, "The Application of Petri Nets to Workflow Management" (1998), soundness of a workflow
net: the end can be reached from every marking, and no place ever holds two tokens.
"""

from collections import deque
from collections.abc import Iterator

import msgspec

from guatu.core.cases.flow import Flow, Node

MOST_MARKINGS = 20_000

Marking = frozenset[str]


class Soundness(msgspec.Struct, frozen=True):
    """Ids of nodes: joins that can wait for ever, nodes that can be entered twice at once, steps with no way to
    an end."""

    stuck: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    endless: tuple[str, ...] = ()
    complete: bool = True


def soundness(flow: Flow) -> Soundness:
    """What a walk through all markings finds; `complete` is False where there are more than can be walked."""
    start = next(node for node in flow.nodes if node.kind == "start")
    first = frozenset(arrow.id for arrow in flow.leaving(start.id))
    before: dict[Marking, list[Marking]] = {first: []}
    doubled: set[str] = set()
    stuck: set[str] = set()
    queue = deque([first])
    while queue and len(before) <= MOST_MARKINGS:
        here = queue.popleft()
        successors = list(_successors(flow, here, doubled))
        if not successors and here and not doubled:
            stuck.update(flow.arrow_by_id[arrow].target for arrow in here)
        for after in successors:
            if after not in before:
                before[after] = []
                queue.append(after)
            before[after].append(here)
    endless = set() if stuck or doubled or queue else _without_end(flow, before)
    return Soundness(tuple(sorted(stuck)), tuple(sorted(doubled)), tuple(sorted(endless)), not queue)


def _successors(flow: Flow, marking: Marking, doubled: set[str]) -> Iterator[Marking]:
    for node in flow.nodes:
        entering = [arrow.id for arrow in flow.entering(node.id)]
        present = [arrow for arrow in entering if arrow in marking]
        if not present or (node.kind == "parallel" and len(present) < len(entering)):
            continue
        if node.kind != "parallel" and len(present) > 1:
            doubled.add(node.id)
        taken = present if node.kind == "parallel" else present[:1]
        rest = marking - frozenset(taken)
        for made in _outcomes(flow, node):
            doubled.update(flow.arrow_by_id[arrow].target for arrow in rest & made)
            yield rest | made


def _outcomes(flow: Flow, node: Node) -> list[Marking]:
    leaving = [arrow.id for arrow in flow.leaving(node.id)]
    if node.kind == "choice":
        return [frozenset((arrow,)) for arrow in leaving]
    return [frozenset(leaving)]


def _without_end(flow: Flow, before: dict[Marking, list[Marking]]) -> set[str]:
    """Nodes of markings from which the empty marking, the end, cannot be reached."""
    good: set[Marking] = {marking for marking in before if not marking}
    queue = deque(good)
    while queue:
        for earlier in before[queue.popleft()]:
            if earlier not in good:
                good.add(earlier)
                queue.append(earlier)
    return {flow.arrow_by_id[arrow].target for marking in before.keys() - good for arrow in marking}

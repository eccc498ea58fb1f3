"""The rules of the game of tokens: where they lie, which node fires, and what it does to them.

The replay of a case (`tokens`) and the check of flows (`soundness`) play by these same rules; what differs is who says
which ways are taken. Source: OMG, Business Process Model and Notation 2.0.2, chapter 13, "BPMN Execution Semantics".
"""

from collections.abc import Collection, Iterable

from guatu.core.cases.flow import Arrow, Flow, Node


class Board:
    """Tokens on arrows while a case moves.

    `spent` are the boundary events that have opened a way beside their host and do so once in a stay. `entered` are the
    steps and parts that tokens have come to on this board, in order.
    """

    def __init__(self, flow: Flow, arrows: Iterable[str] = (), spent: Iterable[str] = ()) -> None:
        self.flow, self.arrows, self.spent = flow, list(arrows), set(spent)
        self.entered: list[str] = []
        self.ends: list[str] = []
        """The ends of the case, outside all parts, to which tokens came."""

    def ready(self) -> Node | None:
        """The first node in the order of the file that fires; only where a token lies something can."""
        if len(self.arrows) == 1:
            node = self._target(self.arrows[0])
            return node if fires(self.flow, node, self.arrows) else None
        here = {self.flow.arrow_by_id[arrow].target for arrow in self.arrows}
        return next((node for node in self.flow.nodes if node.id in here and fires(self.flow, node, self.arrows)), None)

    def _target(self, arrow: str) -> Node:
        return self.flow.by_id[self.flow.arrow_by_id[arrow].target]

    def put(self, arrows: Iterable[Arrow]) -> None:
        for arrow in arrows:
            self.arrows.append(arrow.id)
            if self.flow.by_id[arrow.target].kind in ("step", "part"):
                self.entered.append(arrow.target)

    def fire(self, node: Node, ways: Iterable[Arrow]) -> None:
        """A node that does something by itself; `ways` are those that it takes where it has a choice."""
        entering = [arrow.id for arrow in self.flow.entering(node.id) if arrow.id in self.arrows]
        for arrow in entering if node.kind in ("parallel", "inclusive") else entering[:1]:
            self.arrows.remove(arrow)
        if node.kind == "end":
            self._end(node)
        elif node.kind == "part":
            self.put(arrow for start in self.flow.starts(node.id) for arrow in self.flow.leaving(start.id))
        else:
            caught = self.flow.by_id.get(node.catcher)
            if caught is not None:
                self._catch(caught)
            # Where the part around it was interrupted, nothing is left that could go on.
            if caught is None or not caught.interrupts:
                self.put(ways)

    def leave(self, step: str, ways: Iterable[Arrow]) -> None:
        """Somebody has done a step."""
        entering = {arrow.id for arrow in self.flow.entering(step)}
        self.arrows = [arrow for arrow in self.arrows if arrow not in entering]
        self._forget(step)
        self.put(ways)

    def may_happen(self, event: Node) -> bool:
        """Whether an event may come from outside: the case is at its host. One that opens a way beside it does so once
        in a stay, and not while what it opened before is still under way: that would be one step for two matters."""
        if event.by == "flow" or event.id in self.spent or not self.stands_in(event.host):
            return False
        return event.interrupts or self.flow.beside[event.id].isdisjoint(self.arrows)

    def happen(self, event: Node) -> None:
        """A boundary event that came from outside: it interrupts its host, or opens its way beside it."""
        if event.interrupts:
            self._interrupt(event.host)
        else:
            self.spent.add(event.id)
        self.put(self.flow.leaving(event.id))

    def stands_in(self, host: str) -> bool:
        """Whether a token lies before a step, or within a part."""
        node = self.flow.by_id[host]
        if node.kind == "part":
            return not self.flow.inside(host).isdisjoint(self.arrows)
        return any(arrow.id in self.arrows for arrow in self.flow.entering(host))

    def _end(self, node: Node) -> None:
        caught = self.flow.by_id.get(node.catcher)
        if caught is not None:
            self._catch(caught)
            if caught.interrupts:
                return
        if not node.inside:
            self.ends.append(node.id)
        if node.halts:
            self._clear(node.inside)
        # A part is done when the last of its tokens is; 13.3.4.
        if node.inside and not self.stands_in(node.inside):
            self._forget(node.inside)
            self._go_on_after(node.inside)

    def _go_on_after(self, part: str) -> None:
        self.put(self.flow.leaving(part))

    def _catch(self, event: Node) -> None:
        if event.interrupts:
            self._interrupt(event.host)
        self.put(self.flow.leaving(event.id))

    def _interrupt(self, host: str) -> None:
        if self.flow.by_id[host].kind == "part":
            self._clear(host)
        else:
            entering = {arrow.id for arrow in self.flow.entering(host)}
            self.arrows = [arrow for arrow in self.arrows if arrow not in entering]
        self._forget(host)

    def _clear(self, part: str) -> None:
        """Takes away all tokens of a part, of the whole case without a name."""
        if not part:
            self.arrows, self.spent = [], set()
            return
        inside = self.flow.inside(part)
        self.arrows = [arrow for arrow in self.arrows if arrow not in inside]
        self.spent = {event for event in self.spent if part not in self.flow.around(self.flow.by_id[event].host)}

    def _forget(self, host: str) -> None:
        self.spent -= {event.id for event in self.flow.boundaries(host)}


def fires(flow: Flow, node: Node, arrows: Collection[str]) -> bool:
    """Whether a node does something by itself with the tokens on these arrows."""
    if node.kind in ("step", "start", "boundary"):
        return False
    entering = flow.entering(node.id)
    if node.kind == "parallel" and entering:
        return all(arrow.id in arrows for arrow in entering)
    return any(arrow.id in arrows for arrow in entering) and (
        node.kind != "inclusive" or not awaited(flow, node, arrows)
    )


def awaited(flow: Flow, gate: Node, arrows: Collection[str]) -> bool:
    """Whether an inclusive gateway that a token has come to waits for another.

    BPMN 2.0.2, 13.4.3: it goes on when some arrow into it has a token and, for every path from an arrow f with a token
    to an arrow into it that has none, without visiting the gateway, there is also a path from f to an arrow into it
    that has one, again without visiting the gateway. Paths are read over the flattened flow: into parts and out of
    them, and over boundary events, as a token may come by these too.
    """
    entering = flow.entering(gate.id)
    here = [flow.leading_to[arrow.id] for arrow in entering if arrow.id in arrows]
    lacking = [flow.leading_to[arrow.id] for arrow in entering if arrow.id not in arrows]
    return any(any(one in way for way in lacking) and not any(one in way for way in here) for one in arrows)

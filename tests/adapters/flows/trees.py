"""Flows made of parts that fit into each other, twice: as a BPMN file, and as a tree that plays itself.

The tree knows no tokens and no arrows. A part is begun, done, or stopped; what is inside tells what is around it when it
is done. It is written from what the parts mean, to be held against the game of tokens on the flattened flow.
"""

from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from tests.adapters.flows.models import HEAD, RUNS, el, event, step

STEP = st.just(("step",))
_WAITING = st.one_of(st.tuples(st.just("part"), STEP), st.tuples(st.just("catch")), st.tuples(st.just("events")))


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(st.just("all"), inner, inner),
        st.tuples(st.just("fork"), inner, inner),
        st.tuples(st.just("choice"), inner, inner),
        st.tuples(st.just("some"), inner, inner, inner),
        st.tuples(st.just("part"), inner),
        st.tuples(st.just("stopped"), st.sampled_from(["message", "timer"]), inner),
        st.tuples(st.just("beside"), st.sampled_from(["message", "timer"]), inner),
        st.tuples(st.just("thrown"), inner, inner),
        st.tuples(st.just("again"), inner),
    )


TREES = st.recursive(st.one_of(STEP, _WAITING), _grown, max_leaves=7)
"""One step or several: after each other, side by side, one of them, those of them that fit, within a sub-process, until
an event comes, with an event beside it, until an error is thrown, again and again."""


class Built:
    """The file of a tree, and the tree that plays itself."""

    def __init__(self, tree: Any) -> None:
        self.count = 0
        self.levels: list[list[str]] = [[]]
        self.root = Scope()
        self.scopes = [self.root]
        start, end = self.node("startEvent"), self.node("endEvent")
        first, last, self.root.main = self.part(tree)
        self.arrow(start, first)
        self.arrow(last, end)
        inner = "\n".join(self.levels[0])
        self.text = f'{HEAD}<bpmn:process id="p">{inner}</bpmn:process></bpmn:definitions>'

    # The file.

    def name(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def node(self, tag: str, **more: str) -> str:
        name = self.name()
        self.levels[-1].append(el(tag, name, **more))
        return name

    def human(self, tag: str = "userTask", inner: str = "") -> str:
        name = self.name()
        self.levels[-1].append(step(name, tag, inner, f'{RUNS} guatu:fields="size?"'))
        return name

    def arrow(self, source: str, target: str, condition: str = "") -> str:
        self.count += 1
        name = f"f{self.count}"
        inner = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        self.levels[-1].append(
            f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
        )
        return name

    def within(self, tree: Any, ends: Callable[[str], None]) -> tuple[str, "Scope"]:
        """A sub-process with a tree in it."""
        name, scope = self.name(), Scope()
        self.levels.append([])
        self.scopes.append(scope)
        start = self.node("startEvent")
        first, last, scope.main = self.part(tree)
        self.arrow(start, first)
        ends(last)
        inner = "".join(self.levels.pop())
        self.scopes.pop()
        self.levels[-1].append(el("subProcess", name, inner))
        return name, scope

    def at_edge(self, trigger: str, host: str, interrupts: bool) -> str:
        name = self.name()
        inner = "<bpmn:timeDuration>P1D</bpmn:timeDuration>" if trigger == "timer" else ""
        cancel = "true" if interrupts else "false"
        self.levels[-1].append(event("boundaryEvent", name, trigger, inner, attachedToRef=host, cancelActivity=cancel))
        return name

    # The parts: first node, last node, and how it plays.

    def part(self, tree: Any) -> tuple[str, str, "Play"]:
        return getattr(self, f"_{tree[0]}")(*tree[1:])  # type: ignore[no-any-return]

    def _step(self) -> tuple[str, str, "Play"]:
        name = self.human()
        return name, name, Step(name)

    def _catch(self) -> tuple[str, str, "Play"]:
        name = self.human("intermediateCatchEvent", "<bpmn:messageEventDefinition/>")
        return name, name, Step(name)

    def _events(self) -> tuple[str, str, "Play"]:
        gate, join = self.human("eventBasedGateway"), self.node("exclusiveGateway")
        keys, ways = [], []
        for trigger in ("message", "timer"):
            inner = "<bpmn:timeDuration>P1D</bpmn:timeDuration>" if trigger == "timer" else ""
            came = self.name()
            self.levels[-1].append(event("intermediateCatchEvent", came, trigger, inner))
            first, last, play = self._step()
            self.arrow(gate, came)
            self.arrow(came, first)
            self.arrow(last, join)
            keys.append(came)
            ways.append(play)
        return gate, join, Moves(gate, dict(zip(keys, ways, strict=True)))

    def _all(self, one: Any, other: Any) -> tuple[str, str, "Play"]:
        first, middle, play = self.part(one)
        then, last, later = self.part(other)
        self.arrow(middle, then)
        return first, last, All(play, later)

    def _fork(self, *trees: Any) -> tuple[str, str, "Play"]:
        fork, join = self.node("parallelGateway"), self.node("parallelGateway")
        plays = []
        for tree in trees:
            first, last, play = self.part(tree)
            self.arrow(fork, first)
            self.arrow(last, join)
            plays.append(play)
        return fork, join, Some(lambda _: [True] * len(plays), plays)

    def _choice(self, one: Any, other: Any) -> tuple[str, str, "Play"]:
        return self._split("exclusiveGateway", (one, other), ("size &gt; 5",), lambda size: [size > 5, size <= 5])

    def _some(self, *trees: Any) -> tuple[str, str, "Play"]:
        def opened(size: int) -> list[bool]:
            return [size > 5, size > 8 or size == 3, size <= 5 and size != 3]

        return self._split("inclusiveGateway", trees, ("size &gt; 5", "size &gt; 8 or size = 3"), opened)

    def _split(
        self, tag: str, trees: tuple[Any, ...], asked: tuple[str, ...], opened: Callable[[int], list[bool]]
    ) -> tuple[str, str, "Play"]:
        gate, join = self.name(), self.node(tag)
        plays = []
        for at, tree in enumerate(trees):
            first, last, play = self.part(tree)
            way = self.arrow(gate, first, asked[at] if at < len(asked) else "")
            self.arrow(last, join)
            plays.append(play)
        self.levels[-1].append(el(tag, gate, default=way))
        return gate, join, Some(opened, plays)

    def _part(self, tree: Any) -> tuple[str, str, "Play"]:
        name, scope = self.within(tree, lambda last: self._ends(last))
        return name, name, scope

    def _ends(self, last: str) -> None:
        self.arrow(last, self.node("endEvent"))

    def _host(self, tree: Any) -> tuple[str, "Play"]:
        """At whose edge an event stands: a single step, or a sub-process."""
        if tree == ("step",):
            name, _, play = self._step()
            return name, play
        return self.within(tree, self._ends)

    def _stopped(self, trigger: str, tree: Any) -> tuple[str, str, "Play"]:
        name, scope = self._host(tree)
        edge, join = self.at_edge(trigger, name, True), self.node("exclusiveGateway")
        first, last, play = self._step()
        self.arrow(name, join)
        self.arrow(edge, first)
        self.arrow(last, join)
        return name, join, Stopped(name, edge, scope, play)

    def _beside(self, trigger: str, tree: Any) -> tuple[str, str, "Play"]:
        name, scope = self._host(tree)
        edge = self.at_edge(trigger, name, False)
        first, last, play = self._step()
        self.arrow(edge, first)
        self._ends(last)
        around = self.scopes[-1]
        around.loose.append(play)
        return name, name, Beside(name, edge, scope, play)

    def _thrown(self, tree: Any, other: Any) -> tuple[str, str, "Play"]:
        """A part that ends in an error where the size is above five; what catches it leads to the other tree."""
        error = "<bpmn:errorEventDefinition/>"

        def ends(last: str) -> None:
            gate, thrown, plain = self.name(), self.name(), self.node("endEvent")
            asks = self.human()
            self.levels[-1].append(el("endEvent", thrown, error))
            self.arrow(last, asks)
            # Another gateway between, or the ways would be moves of the step.
            self.arrow(asks, gate)
            self.arrow(gate, thrown, "size &gt; 5")
            self.levels[-1].append(el("exclusiveGateway", gate, default=self.arrow(gate, plain)))
            self.asks = asks

        name, scope = self.within(tree, ends)
        asks = Step(self.asks)
        scope.main = All(scope.main, asks)
        edge, join = self.at_edge("error", name, True), self.node("exclusiveGateway")
        first, last, play = self.part(other)
        self.arrow(name, join)
        self.arrow(edge, first)
        self.arrow(last, join)
        return name, join, Thrown(asks, scope, play)

    def _again(self, tree: Any) -> tuple[str, str, "Play"]:
        into, end = self.node("exclusiveGateway"), self.node("exclusiveGateway")
        first, last, play = self.part(tree)
        asks, out = self.human(), self.node("exclusiveGateway")
        self.arrow(into, first)
        self.arrow(last, asks)
        self.arrow(asks, out)
        self.arrow(out, end, 'move = "on"')
        self.arrow(out, into, 'move = "back"')
        return into, end, Again(play, asks)


class Play:
    """A part that is played: idle, active, done."""

    state = "idle"

    def begin(self, size: int) -> None:
        self.state = "active"

    def stop(self) -> None:
        self.state = "idle"
        for one in self.inner():
            one.stop()

    def inner(self) -> "Iterator[Play]":
        return iter(())

    def open(self) -> Iterator[str]:
        for one in self.inner():
            yield from one.open()

    def events(self) -> Iterator[tuple[str, str]]:
        """What may happen besides: where, and which event."""
        for one in self.inner():
            yield from one.events()

    def keys(self, at: str) -> list[str]:
        """The moves of an open step."""
        return [key for one in self.inner() if at in one.open() for key in one.keys(at)]

    def move(self, at: str, key: str, size: int) -> None:
        for one in list(self.inner()):
            if one.state == "active":
                one.move(at, key, size)
        self.settle(size)

    def settle(self, size: int) -> None:
        """Looks what its inside has come to."""


class Step(Play):
    def __init__(self, name: str) -> None:
        self.id = name

    def open(self) -> Iterator[str]:
        if self.state == "active":
            yield self.id

    def keys(self, at: str) -> list[str]:
        return ["forward"]

    def move(self, at: str, key: str, size: int) -> None:
        if (at, key) == (self.id, "forward"):
            self.state = "done"


class Moves(Step):
    """A step with a way for each of its moves."""

    def __init__(self, name: str, ways: dict[str, Play]) -> None:
        super().__init__(name)
        self.ways, self.taken = ways, False

    def begin(self, size: int) -> None:
        super().begin(size)
        self.taken = False

    def inner(self) -> Iterator[Play]:
        return iter(self.ways.values())

    def open(self) -> Iterator[str]:
        if self.state == "active" and not self.taken:
            yield self.id
        yield from Play.open(self)

    def keys(self, at: str) -> list[str]:
        return list(self.ways) if at == self.id else Play.keys(self, at)

    def move(self, at: str, key: str, size: int) -> None:
        if at == self.id and not self.taken:
            self.taken = True
            self.ways[key].begin(size)
            return
        Play.move(self, at, key, size)
        if any(one.state == "done" for one in self.ways.values()):
            self.state = "done"
            for one in self.ways.values():
                one.stop()


class All(Play):
    """One after the other."""

    def __init__(self, one: Play, other: Play) -> None:
        self.one, self.other = one, other

    def inner(self) -> Iterator[Play]:
        return iter((self.one, self.other))

    def begin(self, size: int) -> None:
        super().begin(size)
        self.one.begin(size)
        self.settle(size)

    def settle(self, size: int) -> None:
        if self.one.state == "done":
            self.one.stop()
            self.other.begin(size)
        if self.other.state == "done":
            self.other.stop()
            self.state = "done"


class Some(Play):
    """Those of several that fit when it begins; done when they are."""

    def __init__(self, opened: Callable[[int], list[bool]], plays: list[Play]) -> None:
        self.opened, self.plays = opened, plays

    def inner(self) -> Iterator[Play]:
        return iter(self.plays)

    def begin(self, size: int) -> None:
        super().begin(size)
        for play, fits in zip(self.plays, self.opened(size), strict=True):
            if fits:
                play.begin(size)
        self.settle(size)

    def settle(self, size: int) -> None:
        if all(play.state != "active" for play in self.plays):
            self.state = "done"
            for play in self.plays:
                play.stop()


class Scope(Play):
    """A process or sub-process: what is opened beside its parts belongs to it, and it is done when all of it is."""

    def __init__(self) -> None:
        self.main: Play = Play()
        self.loose: list[Play] = []

    def inner(self) -> Iterator[Play]:
        return iter((self.main, *self.loose))

    def begin(self, size: int) -> None:
        super().begin(size)
        self.main.begin(size)
        self.settle(size)

    def settle(self, size: int) -> None:
        if self.state == "active" and self.main.state != "active" and all(one.state != "active" for one in self.loose):
            self.stop()
            self.state = "done"


class Stopped(Play):
    """A part that an event ends: another step is done then instead."""

    def __init__(self, host: str, event: str, scope: Play, instead: Play) -> None:
        self.host, self.event, self.scope, self.instead = host, event, scope, instead

    def inner(self) -> Iterator[Play]:
        return iter((self.scope, self.instead))

    def begin(self, size: int) -> None:
        super().begin(size)
        self.scope.begin(size)
        self.settle(size)

    def events(self) -> Iterator[tuple[str, str]]:
        if self.scope.state == "active":
            yield self.host, self.event
        yield from super().events()

    def move(self, at: str, key: str, size: int) -> None:
        if key == self.event:
            self.scope.stop()
            self.instead.begin(size)
        else:
            super().move(at, key, size)

    def settle(self, size: int) -> None:
        if "done" in (self.scope.state, self.instead.state):
            self.stop()
            self.state = "done"


class Beside(Play):
    """A part beside which an event opens another step, once; the step belongs to what is around."""

    def __init__(self, host: str, event: str, scope: Play, beside: Play) -> None:
        self.host, self.event, self.scope, self.beside, self.spent = host, event, scope, beside, False

    def inner(self) -> Iterator[Play]:
        return iter((self.scope,))

    def begin(self, size: int) -> None:
        super().begin(size)
        self.spent = False
        self.scope.begin(size)
        self.settle(size)

    def events(self) -> Iterator[tuple[str, str]]:
        # Not again while what it opened before, in a round or stay before this, is still under way.
        if self.scope.state == "active" and not self.spent and self.beside.state != "active":
            yield self.host, self.event
        yield from super().events()

    def move(self, at: str, key: str, size: int) -> None:
        if key == self.event:
            self.spent = True
            self.beside.begin(size)
        else:
            super().move(at, key, size)

    def settle(self, size: int) -> None:
        if self.scope.state == "done":
            self.scope.stop()
            self.state = "done"


class Thrown(Play):
    """A part whose last step throws an error where the size is above five, and what is done then instead."""

    def __init__(self, asks: Step, scope: Scope, instead: Play) -> None:
        self.asks, self.scope, self.instead = asks, scope, instead

    def inner(self) -> Iterator[Play]:
        return iter((self.scope, self.instead))

    def begin(self, size: int) -> None:
        super().begin(size)
        self.scope.begin(size)

    def move(self, at: str, key: str, size: int) -> None:
        if at == self.asks.id and self.asks.state == "active" and key == "forward" and size > 5:
            self.scope.stop()
            self.instead.begin(size)
            self.settle(size)
        else:
            super().move(at, key, size)

    def settle(self, size: int) -> None:
        if "done" in (self.scope.state, self.instead.state):
            self.stop()
            self.state = "done"


class Again(Play):
    def __init__(self, play: Play, asks: str) -> None:
        self.play, self.asks = play, Moves(asks, {"on": Play(), "back": Play()})

    def inner(self) -> Iterator[Play]:
        return iter((self.play, self.asks))

    def begin(self, size: int) -> None:
        super().begin(size)
        self.play.begin(size)
        self.settle(size)

    def settle(self, size: int) -> None:
        if self.play.state == "done":
            self.play.stop()
            self.asks.begin(size)
        ways = self.asks.ways
        if ways["back"].state == "active":
            self.asks.stop()
            self.begin(size)
        elif ways["on"].state == "active":
            self.asks.stop()
            self.state = "done"

"""Flows that nobody wrote: made at random, published, and played by the core and by SpiffWorkflow alike."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.adapters.flows.publish import Declared, publish
from guatu.core.cases.flow import moves
from guatu.core.cases.tokens import begin, take
from tests.adapters.flows.oracle import Oracle

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:guatu="https://guatu.example/flow/1">'
    '<process id="p" isExecutable="true">'
)
PARTS = st.recursive(
    st.just(("step",)),
    lambda inner: st.one_of(
        st.tuples(st.just("all"), inner, inner),
        st.tuples(st.just("fork"), inner, inner),
        st.tuples(st.just("choice"), inner, inner),
        st.tuples(st.just("some"), inner, inner),
        st.tuples(st.just("part"), inner),
        st.tuples(st.just("again"), inner),
    ),
    max_leaves=6,
)
"""Parts that fit into each other: one step, one after the other, side by side, one or the other by a field, those that
fit, within a sub-process, and again until somebody goes on."""


class Drawing:
    """A part as nodes and arrows; every part has one way in and one way out."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.arrows: list[str] = []

    def node(self, tag: str, more: str = "") -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(f'<{tag} id="{name}" {more}/>')
        return name

    def arrow(self, source: str, target: str, condition: str = "", more: str = "") -> str:
        name = f"f{len(self.arrows)}"
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        text = f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}" {more}>{inner}</sequenceFlow>'
        self.arrows.append(text)
        return name

    def part(self, part: Any) -> tuple[str, str]:
        """The first and the last node of what it draws."""
        return getattr(self, f"_{part[0]}")(*part[1:])  # type: ignore[no-any-return]

    def _step(self) -> tuple[str, str]:
        name = self.node("userTask", 'guatu:role="r" guatu:clock="c" guatu:fields="size?"')
        return name, name

    def _all(self, one: Any, other: Any) -> tuple[str, str]:
        first, middle = self.part(one)
        then, last = self.part(other)
        self.arrow(middle, then)
        return first, last

    def _fork(self, one: Any, other: Any) -> tuple[str, str]:
        fork, join = self.node("parallelGateway"), self.node("parallelGateway")
        for part in (one, other):
            first, last = self.part(part)
            self.arrow(fork, first)
            self.arrow(last, join)
        return fork, join

    def _choice(self, one: Any, other: Any) -> tuple[str, str]:
        # A step before it, so that the choice is none of the moves of what comes before.
        asks, gate = self.node("exclusiveGateway"), self.node("exclusiveGateway")
        large, small = self.part(one), self.part(other)
        self.arrow(asks, large[0], "size &gt; 5")
        default = self.arrow(asks, small[0])
        self.nodes[int(asks[1:])] = f'<exclusiveGateway id="{asks}" default="{default}"/>'
        self.arrow(large[1], gate)
        self.arrow(small[1], gate)
        return asks, gate

    def _some(self, one: Any, other: Any) -> tuple[str, str]:
        asks, gate = self.node("inclusiveGateway"), self.node("inclusiveGateway")
        large, any_ = self.part(one), self.part(other)
        self.arrow(asks, large[0], "size &gt; 5")
        self.arrow(asks, any_[0], "size &gt; 2")
        self.nodes[int(asks[1:])] = f'<inclusiveGateway id="{asks}" default="{self.arrow(asks, gate)}"/>'
        self.arrow(large[1], gate)
        self.arrow(any_[1], gate)
        return asks, gate

    def _part(self, one: Any) -> tuple[str, str]:
        part = self.node("subProcess")
        outer, arrows = len(self.nodes), len(self.arrows)
        start, end = self.node("startEvent"), self.node("endEvent")
        first, last = self.part(one)
        self.arrow(start, first)
        self.arrow(last, end)
        inner = "".join(self.nodes[outer:] + self.arrows[arrows:])
        # Names are places in the lists: what lies within is told with the sub-process alone.
        self.nodes[outer:] = [""] * (len(self.nodes) - outer)
        self.arrows[arrows:] = [""] * (len(self.arrows) - arrows)
        self.nodes[int(part[1:])] = f'<subProcess id="{part}">{inner}</subProcess>'
        return part, part

    def _again(self, one: Any) -> tuple[str, str]:
        into = self.node("exclusiveGateway")
        first, last = self.part(one)
        asks, out = self._step()[0], self.node("exclusiveGateway")
        end = self.node("exclusiveGateway")
        self.arrow(into, first)
        self.arrow(last, asks)
        self.arrow(asks, out)
        self.arrow(out, end, 'move = "on"')
        self.arrow(out, into, 'move = "back"', 'guatu:verb="return"')
        return into, end


def drawn(part: Any) -> str:
    drawing = Drawing()
    start, end = drawing.node("startEvent"), drawing.node("endEvent")
    first, last = drawing.part(part)
    drawing.arrow(start, first)
    drawing.arrow(last, end)
    return HEAD + "".join(drawing.nodes + drawing.arrows) + "</process></definitions>"


@given(PARTS, st.data())
@settings(max_examples=150, deadline=None)
def test_the_core_and_spiffworkflow_come_to_the_same_steps_and_fields(part: Any, data: st.DataObject) -> None:
    text = drawn(part)
    engine, found = publish(text, "p.bpmn", Declared(frozenset({"r"}), frozenset({"c"})))
    assert engine is not None, [one.text("en") for one in found]
    start = {"size": data.draw(st.sampled_from([1, 9]))}
    tokens, oracle = begin(engine.flow, start), Oracle(engine, text, start)
    for _ in range(25):
        if oracle.in_doubt:
            break
        assert (oracle.open, oracle.ended, oracle.data) == (tokens.open(engine.flow), tokens.ended, tokens.data), text
        if tokens.ended:
            break
        step = data.draw(st.sampled_from(tokens.open(engine.flow)))
        move = data.draw(st.sampled_from(moves(engine.flow, step))).key
        fields = data.draw(st.sampled_from([{}, {"size": 2}, {"size": 8}]))
        tokens = take(engine.flow, tokens, step, move, fields)
        oracle.take(step, move, fields)

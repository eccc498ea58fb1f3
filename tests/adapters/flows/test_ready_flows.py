"""The flows of the packs are what they were before files of other editors opened: the plain elements, nothing to be
said, the moves that their conditions name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.xml import GUATU
from guatu.adapters.packs.finder import find_packs
from guatu.core.cases.flow import Arrow, Node, moves
from guatu.core.cases.soundness import Soundness, soundness

KINDS = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "step",
    "exclusiveGateway": "choice",
    "parallelGateway": "parallel",
    "businessRuleTask": "decision",
}


def files() -> Iterator[Path]:
    for pack in find_packs(environment={}).values():
        yield from sorted(pack.folder.glob("flows/*.bpmn"))


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.stem)
def test_a_ready_flow_has_only_what_its_file_says(path: Path) -> None:
    text = path.read_text("utf-8")
    flow, found = read_flow(text, path.name)
    assert flow is not None and found == [] and soundness(flow) == Soundness()
    process = etree.fromstring(text.encode()).find("{*}process")
    assert process is not None
    told = [(etree.QName(one).localname, one.get("id")) for one in process if isinstance(one.tag, str)]
    assert [(node.id, node.kind) for node in flow.nodes] == [(id_, KINDS[tag]) for tag, id_ in told if tag in KINDS]
    assert [arrow.id for arrow in flow.arrows] == [id_ for tag, id_ in told if tag == "sequenceFlow"]
    new = ("lane", "inside", "by", "duration", "host", "interrupts", "catcher", "halts")
    assert all(getattr(node, name) == getattr(Node(id="", kind="end"), name) for node in flow.nodes for name in new)
    plain = Arrow(id="", source="", target="")
    assert all((arrow.move, arrow.language) == (plain.move, plain.language) for arrow in flow.arrows)


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.stem)
def test_its_moves_are_those_that_its_conditions_name(path: Path) -> None:
    text = path.read_text("utf-8")
    flow, _ = read_flow(text, path.name)
    assert flow is not None
    root = etree.fromstring(text.encode())
    arrows = list(root.iter("{*}sequenceFlow"))
    for step in flow.steps:
        (out,) = (one for one in arrows if one.get("sourceRef") == step.id)
        ways = [one for one in arrows if one.get("sourceRef") == out.get("targetRef")]
        keys = [
            (condition.text.partition('"')[2].partition('"')[0], way.get(f"{{{GUATU}}}verb") or "forward")
            for way in ways
            if (condition := way.find("{*}conditionExpression")) is not None
            and condition.text.strip().startswith("move =")
        ]
        assert [(move.key, move.verb) for move in moves(flow, step.id)] == (keys or [("forward", "forward")])

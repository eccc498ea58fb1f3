"""From an element to a node of the flow: steps, programs that somebody replaces, gateways, parts."""

from typing import Any

from lxml import etree

from guatu.adapters.flows.bpmn.elements import EVENTS, PROGRAMS, children, id_of, line_of, words
from guatu.adapters.flows.bpmn.events import event_node
from guatu.adapters.flows.bpmn.place import Placed, Reading
from guatu.adapters.flows.bpmn.problems import BAD_OUTCOME, BAD_REWORK, CODE, NOT_SUPPORTED
from guatu.adapters.flows.xml import local_name, own
from guatu.core.cases.flow import FieldNeed, Node, NodeKind, Rework

ENDS = ("done", "refused", "failed")
_GATEWAYS: dict[str, NodeKind] = {
    "exclusiveGateway": "choice",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    # Whoever stands there says which of the events behind it came.
    "eventBasedGateway": "step",
    "complexGateway": "pass",
    "businessRuleTask": "decision",
}
_COMPLEX = {
    "zh": "复杂网关",
    "en": "a complex gateway",
    "do": "请用包容网关或并行网关",
    "do_en": "use an inclusive or a parallel gateway",
}
_ALL_EVENTS = {
    "zh": "要等齐所有事件的网关",
    "en": "a gateway that waits for all of its events",
    "do": "请用并行网关",
    "do_en": "use a parallel gateway",
}


def node_of(reading: Reading, placed: Placed, parts: set[str], catchers: dict[str, str]) -> Node:
    """A node; `catchers` are the boundary events to which ends and throwing events lead, by the ids of these."""
    element, name = placed.element, local_name(placed.element)
    more: dict[str, Any] = {}
    if name in EVENTS:
        more = event_node(reading, element, catchers)
    else:
        kind: NodeKind = "part" if id_of(element) in parts else _GATEWAYS.get(name, "step")
        _said(reading, element, name)
        more = {"kind": kind, "decision": _decision(element) if kind == "decision" else ""}
    shown = {"name": words(element), "name_en": own(element, "name-en"), **more}
    return Node(
        id=id_of(element),
        line=line_of(element),
        lane=placed.lane if more["kind"] == "step" and "roles" not in more else "",
        inside=placed.inside,
        **{**_own(reading, element), **shown},
    )


def _own(reading: Reading, element: etree._Element) -> dict[str, Any]:
    """What our own attributes say of a node."""
    given = own(element, "rework")
    if given not in ("", "resume", "restart"):
        reading.say(BAD_REWORK, element, value=given)
    rework: Rework = "restart" if given == "restart" else "resume"
    ends = own(element, "outcome")
    if ends and (local_name(element) != "endEvent" or ends not in ENDS):
        reading.say(BAD_OUTCOME, element, value=ends)
    fields = tuple(FieldNeed(word.rstrip("?"), not word.endswith("?")) for word in own(element, "fields").split())
    return {
        "roles": tuple(own(element, "role").split()),
        "fields": fields,
        "clock": own(element, "clock"),
        "rework": rework,
        "outcome": ends if ends in ENDS else "done",
    }


def _said(reading: Reading, element: etree._Element, name: str) -> None:
    if name in PROGRAMS:
        reading.say(CODE, element, kind=name)
    elif name == "complexGateway":
        reading.say(NOT_SUPPORTED, element, **_COMPLEX)
    elif name == "eventBasedGateway" and element.get("eventGatewayType") == "Parallel":
        reading.say(NOT_SUPPORTED, element, **_ALL_EVENTS)


def _decision(element: etree._Element) -> str:
    """Our decision table, else that which another engine would have called: published only where it is there."""
    called = (one.get("decisionId") for inner in children(element, "extensionElements") for one in inner)
    foreign = (str(value) for key, value in element.attrib.items() if str(key).endswith("}decisionRef"))
    return own(element, "decision") or next((name for name in (*called, *foreign) if name), "")

"""The elements of BPMN 2.0 by what they are to us, and how one is looked at.

Source: OMG, Business Process Model and Notation 2.0.2, chapters 8 and 10; names as in its XML schema.
"""

from collections.abc import Iterator

from lxml import etree

from guatu.adapters.flows.xml import local_name, namespace

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

STEPS = frozenset({"task", "manualTask", "userTask", "sendTask", "receiveTask"})
"""What people do. Who sends or receives says so by doing the step."""
PROGRAMS = frozenset({"scriptTask", "serviceTask", "callActivity"})
"""Steps whose program, or called process, stays in the file: somebody does them by hand."""
PARTS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
NODES = STEPS | PROGRAMS | PARTS | GATEWAYS | EVENTS | {"businessRuleTask"}
ARROW = "sequenceFlow"

DRAWN_ONLY = frozenset(
    {
        "documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group", "dataObject",
        "dataObjectReference", "dataStoreReference", "ioSpecification", "property", "auditing", "monitoring",
        "performer", "humanPerformer", "potentialOwner", "resourceRole", "correlationSubscription", "supports",
        "incoming", "outgoing", "dataInputAssociation", "dataOutputAssociation", "ioBinding",
        "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "loopCharacteristics",
        "completionCondition", "supportedInterfaceRef", "rendering", "script",
    }
)  # fmt: skip
"""Kept in the drawing, and nothing to a case: data, artifacts, resources. Some are looked at where they matter."""


def is_bpmn(element: etree._Element, *names: str) -> bool:
    return namespace(element) == BPMN and local_name(element) in names


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The BPMN elements of these names right below an element."""
    return (child for child in element if is_bpmn(child, *names))


def has(element: etree._Element, *names: str) -> bool:
    return next(children(element, *names), None) is not None


def nodes_in(container: etree._Element) -> list[etree._Element]:
    """The flow nodes right below a process or sub-process."""
    return [child for child in container if namespace(child) == BPMN and local_name(child) in NODES]


def line_of(element: etree._Element) -> int:
    return element.sourceline or 0


def id_of(element: etree._Element) -> str:
    return (element.get("id") or "").strip()


def words(element: etree._Element, name: str = "name") -> str:
    """A name on one line: drawings break names where they please."""
    return " ".join((element.get(name) or "").split())


def named(element: etree._Element) -> str:
    """An element for a message: its id, or where it has none that of what it lies in."""
    here: etree._Element | None = element
    while here is not None and not id_of(here):
        here = here.getparent()
    return id_of(here) if here is not None else "?"


def local_reference(text: str | None) -> str:
    """A reference without its prefix: ids are unique in a file."""
    return (text or "").strip().rpartition(":")[2]

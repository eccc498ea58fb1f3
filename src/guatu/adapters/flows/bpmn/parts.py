"""Sub-processes flattened: their nodes and arrows lie in the flow beside all others and say in which part they are.

A part with nothing in it is a step. What begins by itself while a part runs (event sub-processes), what has no order
(ad hoc) and what undoes (compensation) is named and left out.
"""

from dataclasses import dataclass

from lxml import etree

from guatu.adapters.flows.bpmn.elements import ARROW, NODES, PARTS, children, has, id_of, nodes_in
from guatu.adapters.flows.bpmn.lanes import all_lanes
from guatu.adapters.flows.bpmn.place import Placed, Reading
from guatu.adapters.flows.bpmn.problems import EMPTY_PART, NO_ID, NO_ROLL_BACK, NOT_SUPPORTED, REPEATED, TOO_DEEP
from guatu.adapters.flows.bpmn.triggers import definitions, trigger
from guatu.adapters.flows.xml import local_name

MOST_DEEP = 20
_EVENT_PART = {
    "zh": "事件子流程",
    "en": "an event sub-process",
    "do": "请改用边界事件,或由人另立案件",
    "do_en": "use a boundary event, or let somebody open another case",
}
_AD_HOC = {
    "zh": "无序子流程",
    "en": "an ad hoc sub-process",
    "do": "请用连线写明先后",
    "do_en": "say by arrows what comes after what",
}
_UNDOING = {
    "zh": "补偿",
    "en": "for compensation",
    "do": "请画成普通的退回或另一条去向",
    "do_en": "draw it as a return or as another way",
}
_REPEATED_PART = {
    "zh": "循环或多实例的子流程",
    "en": "a sub-process that is repeated or for several",
    "do": "请用网关退回开头,或把它并成一个环节",
    "do_en": "lead back to its beginning by a gateway, or make one step of it",
}
_LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


@dataclass
class Flattened:
    """All nodes that may run, the arrows between them, and the parts among the nodes by their ids."""

    nodes: list[Placed]
    arrows: list[etree._Element]
    parts: set[str]


def flattened(reading: Reading, process: etree._Element) -> Flattened:
    """The nodes of a process and of its parts, in the order of the file, without what cannot run at all."""
    made = Flattened([], [], set())
    left_out: set[str] = set()
    _walk(reading, process, ("", ""), 0, made, left_out)
    made.arrows = [arrow for arrow in made.arrows if not {arrow.get("sourceRef"), arrow.get("targetRef")} & left_out]
    return made


def _walk(
    reading: Reading, container: etree._Element, at: tuple[str, str], deep: int, made: Flattened, left_out: set[str]
) -> None:
    inside, outer = at
    lanes = all_lanes(reading.root, container, outer)
    made.arrows += children(container, ARROW)
    for element in children(container, *NODES):
        id_ = id_of(element)
        if not id_:
            reading.say(NO_ID, element, kind=local_name(element))
        elif _cannot_run(reading, element):
            left_out.add(id_)
        else:
            made.nodes.append(Placed(element, inside, lanes.get(id_, "")))
            if _is_part(reading, element, deep):
                made.parts.add(id_)
                _walk(reading, element, (id_, lanes.get(id_, "")), deep + 1, made, left_out)
            elif has(element, *_LOOPS):
                # A person can do a step for several, or again, before they say that it is done.
                reading.say(REPEATED, element)


def _cannot_run(reading: Reading, element: etree._Element) -> bool:
    """Whether a node is left out with its arrows; it has been named then."""
    if element.get("triggeredByEvent") == "true":
        reading.say(NOT_SUPPORTED, element, **_EVENT_PART)
        return True
    undoes = local_name(element) == "boundaryEvent" and trigger(definitions(reading.root, element)) == "compensate"
    if undoes or element.get("isForCompensation") == "true":
        reading.say(NOT_SUPPORTED, element, **_UNDOING)
        return True
    return False


def _is_part(reading: Reading, element: etree._Element, deep: int) -> bool:
    """Whether a node has others in it that run; what it is instead has been said."""
    if local_name(element) not in PARTS:
        return False
    if not nodes_in(element):
        reading.say(EMPTY_PART, element)
    elif local_name(element) == "adHocSubProcess":
        reading.say(NOT_SUPPORTED, element, **_AD_HOC)
    elif deep >= MOST_DEEP:
        reading.say(TOO_DEEP, element, most=MOST_DEEP)
    else:
        if local_name(element) == "transaction":
            reading.say(NO_ROLL_BACK, element)
        if has(element, *_LOOPS):
            # A case has one token for it: what is to be done for each of several would be done for one.
            reading.say(NOT_SUPPORTED, element, **_REPEATED_PART)
        return True
    return False

"""Reads a file: the process, its nodes and arrows, and everything that is to be said about it."""

from lxml import etree

from guatu.adapters.flows.bpmn.arrows import arrows_of, with_named_ways, with_waiting
from guatu.adapters.flows.bpmn.elements import ARROW, BPMN, DRAWN_ONLY, NODES, PARTS, is_bpmn, line_of
from guatu.adapters.flows.bpmn.events import caught_by
from guatu.adapters.flows.bpmn.extensions import extensions, programs
from guatu.adapters.flows.bpmn.nodes import node_of
from guatu.adapters.flows.bpmn.parts import flattened
from guatu.adapters.flows.bpmn.place import Reading
from guatu.adapters.flows.bpmn.problems import NO_PROCESS, NOT_SUPPORTED
from guatu.adapters.flows.bpmn.processes import chosen, title
from guatu.adapters.flows.xml import local_name, namespace, own, parse_xml
from guatu.core.cases.flow import Flow
from guatu.core.kernel.file_finding import FileFinding, file_finding


def read_flow(text: str, file: str) -> tuple[Flow | None, list[FileFinding]]:
    """The flow of a file, and what is to be said about the file; errors keep it from being published. None where the
    file is no XML or has no process. The flow itself may still be wrong: `check_flow`."""
    root, found = parse_xml(text, file)
    if root is None:
        return None, found
    process, found = chosen(root, file)
    if process is None:
        return None, [file_finding(NO_PROCESS, file, 0)]
    reading = Reading(root, file, found)
    flow = _flow(reading, process)
    reading.found += [*programs(process, file), *extensions(root, file)]
    return flow, sorted(reading.found, key=lambda one: one.line)


def _flow(reading: Reading, process: etree._Element) -> Flow:
    _unknown(reading, process)
    made = flattened(reading, process)
    catchers = caught_by(reading, made.nodes)
    nodes = [node_of(reading, placed, made.parts, catchers) for placed in made.nodes]
    arrows = arrows_of(reading, made.arrows, made.nodes)
    nodes = with_waiting(nodes, arrows, made.nodes)
    return Flow(
        id=process.get("id") or "flow",
        name=title(reading.root, process),
        name_en=own(process, "name-en"),
        line=line_of(process),
        confidential=own(process, "confidential") == "true",
        readers=tuple(own(process, "readers").split()),
        nodes=tuple(nodes),
        arrows=tuple(with_named_ways(nodes, arrows)),
    )


def _unknown(reading: Reading, process: etree._Element) -> None:
    """Elements of BPMN beside the nodes that nobody here knows, a misspelt one for instance; in sub-processes too."""
    containers = [process, *(one for one in process.iter() if is_bpmn(one, *PARTS))]
    for element in (one for container in containers for one in container):
        name = local_name(element)
        if namespace(element) == BPMN and name not in NODES | DRAWN_ONLY | {ARROW}:
            params = {
                "zh": f" {name}",
                "en": name,
                "do": "请改用环节、网关或事件",
                "do_en": "use a step, a gateway or an event",
            }
            reading.say(NOT_SUPPORTED, element, **params)

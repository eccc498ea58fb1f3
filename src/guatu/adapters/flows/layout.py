"""Draws a flow: adds the BPMN diagram that bpmn-js shows, for files that were written by hand.

The process that runs is drawn, with everything in it that is a node or an arrow, also what cannot run. `placing` says
where.
"""

from lxml import etree

from guatu.adapters.flows.bpmn import BPMN, read_flow
from guatu.adapters.flows.bpmn.elements import ARROW, NODES, id_of, is_bpmn
from guatu.adapters.flows.bpmn.processes import chosen
from guatu.adapters.flows.placing import Plan, placed
from guatu.adapters.flows.xml import GUATU, local_name
from guatu.core.cases.flow import Flow

_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"


def draw(text: str) -> str:
    """The file with a diagram; one that it had is replaced. Raises ValueError for a text that is no flow."""
    flow, found = read_flow(text, "flow")
    if flow is None:
        raise ValueError("; ".join(one.text("en") for one in found))
    # Comments are the author's: this reading keeps them, and the text was read safely before.
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, remove_blank_text=True)
    root = etree.fromstring(text.encode("utf-8"), parser)
    for old in root.findall(f"{{{_DI}}}BPMNDiagram"):
        root.remove(old)
    whole = _with_namespaces(root)
    process, _several = chosen(whole, "flow")
    if process is not None:
        after = whole.find(f"{{{BPMN}}}relationship")
        diagram = _diagram(whole, process, flow.id)
        # What relates a file to others comes last in it.
        whole.insert(len(whole) if after is None else whole.index(after), diagram)
    etree.indent(whole)
    drawn: str = etree.tostring(whole, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'


def blank(flow: Flow) -> str:
    """A file with nothing in it but what a flow says as a whole, to be drawn from the beginning."""
    names = {"bpmn": BPMN, "bpmndi": _DI, "dc": _DC, "di": _DD, "guatu": GUATU}
    root = etree.Element(f"{{{BPMN}}}definitions", id="definitions", targetNamespace=GUATU, nsmap=names)
    process = etree.SubElement(root, f"{{{BPMN}}}process", id=flow.id, isExecutable="true")
    said = {"name-en": flow.name_en, "readers": " ".join(flow.readers), "confidential": "true" * flow.confidential}
    for name, value in {"name": flow.name, **{f"{{{GUATU}}}{key}": value for key, value in said.items()}}.items():
        if value:
            process.set(name, value)
    diagram = etree.SubElement(root, f"{{{_DI}}}BPMNDiagram", id="diagram")
    etree.SubElement(diagram, f"{{{_DI}}}BPMNPlane", id="plane", bpmnElement=flow.id)
    written: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _with_namespaces(root: etree._Element) -> etree._Element:
    """The root with the diagram's prefixes declared once, at the top."""
    names = {**root.nsmap, "bpmndi": _DI, "dc": _DC, "di": _DD}
    whole = etree.Element(root.tag, attrib=dict(root.attrib), nsmap=names)
    for child in root:
        whole.append(child)
    etree.cleanup_namespaces(whole, keep_ns_prefixes=[name for name in names if name])
    return whole


class _Ids:
    """Names for shapes that no part of the file has."""

    def __init__(self, root: etree._Element) -> None:
        self._taken = {id_of(one) for one in root.iter() if isinstance(one.tag, str)}

    def free(self, wanted: str) -> str:
        name, at = wanted, 1
        while name in self._taken:
            at += 1
            name = f"{wanted}_{at}"
        self._taken.add(name)
        return name


def _diagram(root: etree._Element, process: etree._Element, name: str) -> etree._Element:
    ids, plan = _Ids(root), placed(process)
    diagram = etree.Element(f"{{{_DI}}}BPMNDiagram", id=ids.free("diagram"))
    plane = etree.SubElement(diagram, f"{{{_DI}}}BPMNPlane", id=ids.free("plane"), bpmnElement=name)
    elements = [one for one in process.iter() if isinstance(one.tag, str)]
    for node in elements:
        if is_bpmn(node, *NODES) and id_of(node) in plan.middle:
            _shape(plane, node, plan, ids)
    for arrow in elements:
        if is_bpmn(arrow, ARROW) and id_of(arrow) in plan.ways:
            edge = etree.SubElement(
                plane, f"{{{_DI}}}BPMNEdge", id=ids.free(f"{id_of(arrow)}_edge"), bpmnElement=id_of(arrow)
            )
            for x, y in plan.ways[id_of(arrow)]:
                etree.SubElement(edge, f"{{{_DD}}}waypoint", x=str(x), y=str(y))
    return diagram


def _shape(plane: etree._Element, node: etree._Element, plan: Plan, ids: _Ids) -> None:
    name = id_of(node)
    shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", id=ids.free(f"{name}_shape"), bpmnElement=name)
    if local_name(node) == "exclusiveGateway":
        shape.set("isMarkerVisible", "true")
    elif name in plan.expanded:
        shape.set("isExpanded", "true")
    (x, y), (width, height) = plan.middle[name], plan.size[name]
    box = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
    etree.SubElement(shape, f"{{{_DC}}}Bounds", {key: str(value) for key, value in box.items()})

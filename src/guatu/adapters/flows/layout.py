"""Draws a flow: adds the BPMN diagram that bpmn-js shows, for files that were written by hand.

Nodes stand in columns by their distance from the start, in rows below each other within a column; arrows go at right
angles in the lanes between columns and rows, those that lead back run below everything.
"""

from collections import deque

from lxml import etree

from guatu.adapters.flows.bpmn import read_flow
from guatu.core.cases.flow import Arrow, Flow, Node

_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_SIZES = {"start": (36, 36), "end": (36, 36), "choice": (50, 50), "parallel": (50, 50)}
_TASK = (100, 80)
_COLUMN, _ROW, _MARGIN = 170, 130, 100
_LANE = 80

Point = tuple[int, int]


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
    whole.append(_diagram(flow, _Places(flow)))
    etree.indent(whole)
    drawn: str = etree.tostring(whole, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'


class _Places:
    """Where each node stands: its middle and its size."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        depth = _depths(flow)
        rows: dict[int, int] = {}
        self.middle: dict[str, Point] = {}
        for node in sorted(flow.nodes, key=lambda one: (depth[one.id], flow.nodes.index(one))):
            column = depth[node.id]
            row = rows.get(column, 0)
            rows[column] = row + 1
            self.middle[node.id] = (_MARGIN + column * _COLUMN, _MARGIN + row * _ROW)
        self._low = _MARGIN + max(rows.values()) * _ROW
        self._back = 0

    def size(self, node: Node) -> tuple[int, int]:
        return _SIZES.get(node.kind, _TASK)

    def way(self, arrow: Arrow) -> list[Point]:
        """The corners of an arrow; its long parts lie in the lanes between columns and rows."""
        source, target = self.flow.by_id[arrow.source], self.flow.by_id[arrow.target]
        (x1, y1), (x2, y2) = self.middle[source.id], self.middle[target.id]
        if x2 <= x1:
            return self._back_way(source, target)
        begin, end = (x1 + self.size(source)[0] // 2, y1), (x2 - self.size(target)[0] // 2, y2)
        lane = x2 - _LANE
        if not self._between(x1, x2, y1):
            return [begin, end] if y1 == y2 else [begin, (lane, y1), (lane, y2), end]
        above = min(y1, y2) - _ROW // 2
        return [begin, (x1 + _LANE, y1), (x1 + _LANE, above), (lane, above), (lane, y2), end]

    def _back_way(self, source: Node, target: Node) -> list[Point]:
        """Down beside the source's column, below everything, and up beside the target's."""
        (x1, y1), (x2, y2) = self.middle[source.id], self.middle[target.id]
        low, shift = self._low + 16 * self._back, 4 * (self._back % 5)
        self._back += 1
        from_y, to_y = y1 + self.size(source)[1] // 2, y2 + self.size(target)[1] // 2
        right, left = x1 + _LANE - shift, x2 - _LANE + shift
        under1, under2 = y1 + _TASK[1] // 2 + 8 + shift, y2 + _TASK[1] // 2 + 8 + shift
        return [
            (x1, from_y), (x1, under1), (right, under1), (right, low), (left, low), (left, under2), (x2, under2),
            (x2, to_y),
        ]  # fmt: skip

    def _between(self, x1: int, x2: int, y: int) -> bool:
        return any(x1 < x < x2 and here == y for x, here in self.middle.values())


def _depths(flow: Flow) -> dict[str, int]:
    """The column of each node: steps from the start by arrows that are no returns."""
    start = next((node.id for node in flow.nodes if node.kind == "start"), flow.nodes[0].id)
    depth = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for arrow in flow.leaving(here):
            if arrow.target in flow.by_id and arrow.target not in depth:
                depth[arrow.target] = depth[here] + 1
                queue.append(arrow.target)
    last = max(depth.values()) + 1
    return {node.id: depth.get(node.id, last) for node in flow.nodes}


def _with_namespaces(root: etree._Element) -> etree._Element:
    """The root with the diagram's prefixes declared once, at the top."""
    names = {**root.nsmap, "bpmndi": _DI, "dc": _DC, "di": _DD}
    whole = etree.Element(root.tag, attrib=dict(root.attrib), nsmap=names)
    for child in root:
        whole.append(child)
    etree.cleanup_namespaces(whole, keep_ns_prefixes=[name for name in names if name])
    return whole


def _diagram(flow: Flow, places: _Places) -> etree._Element:
    diagram = etree.Element(f"{{{_DI}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(diagram, f"{{{_DI}}}BPMNPlane", id="plane", bpmnElement=flow.id)
    for node in flow.nodes:
        shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", id=f"{node.id}_shape", bpmnElement=node.id)
        if node.kind == "choice":
            shape.set("isMarkerVisible", "true")
        (x, y), (width, height) = places.middle[node.id], places.size(node)
        box = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
        etree.SubElement(shape, f"{{{_DC}}}Bounds", {key: str(value) for key, value in box.items()})
    for arrow in flow.arrows:
        edge = etree.SubElement(plane, f"{{{_DI}}}BPMNEdge", id=f"{arrow.id}_edge", bpmnElement=arrow.id)
        for x, y in places.way(arrow):
            etree.SubElement(edge, f"{{{_DD}}}waypoint", x=str(x), y=str(y))
    return diagram

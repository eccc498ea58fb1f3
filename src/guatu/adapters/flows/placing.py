"""Where the parts of a drawing stand: nodes in columns by their distance from the start, in rows below each other
within a column; arrows at right angles in the lanes between columns and rows, those that lead back below everything.

A sub-process is placed for itself first and is then one large node of what is around it; events at an edge stand on the
lower edge of their host.
"""

from collections import deque
from dataclasses import dataclass, field

from lxml import etree

from guatu.adapters.flows.bpmn.elements import (
    ARROW,
    EVENTS,
    GATEWAYS,
    PARTS,
    children,
    id_of,
    local_reference,
    nodes_in,
)
from guatu.adapters.flows.xml import local_name

TASK, EVENT, GATEWAY, COLLAPSED = (100, 80), (36, 36), (50, 50), (100, 80)
GAP_X, GAP_Y, MARGIN = 70, 50, 100
"""Between columns and rows; the middle of the first node."""
LANE_X, LANE_Y = 30, 25
"""From the edge of a column or row to the lane beside it."""
MOST_DEEP = 20

Point = tuple[int, int]


@dataclass(frozen=True)
class Link:
    """An arrow of the drawing."""

    id: str
    source: str
    target: str


@dataclass
class Plan:
    """The inside of a process or sub-process, placed for itself."""

    middle: dict[str, Point] = field(default_factory=dict)
    size: dict[str, Point] = field(default_factory=dict)
    ways: dict[str, list[Point]] = field(default_factory=dict)
    expanded: set[str] = field(default_factory=set)
    extent: Point = (0, 0)

    def take_in(self, part: "Plan", corner: Point) -> None:
        """Puts what lies in a part at its place."""
        x, y = corner
        self.middle.update({name: (x + at[0], y + at[1]) for name, at in part.middle.items()})
        self.ways.update({name: [(x + px, y + py) for px, py in way] for name, way in part.ways.items()})
        self.size.update(part.size)
        self.expanded |= part.expanded


def placed(container: etree._Element, deep: int = 0) -> Plan:
    """All nodes and arrows below a process, each with its place in the whole drawing."""
    nodes = [node for node in nodes_in(container) if id_of(node)]
    inner = {
        id_of(node): placed(node, deep + 1)
        for node in nodes
        if local_name(node) in PARTS and nodes_in(node) and deep < MOST_DEEP
    }
    plan = Plan(expanded=set(inner))
    plan.size = {id_of(node): inner[id_of(node)].extent if id_of(node) in inner else _size(node) for node in nodes}
    links = [
        Link(id_of(one), local_reference(one.get("sourceRef")), local_reference(one.get("targetRef")))
        for one in children(container, ARROW)
        if id_of(one)
    ]
    grid = _Grid(plan, nodes, links)
    for link in links:
        if link.source in plan.middle and link.target in plan.middle:
            plan.ways[link.id] = grid.way(link)
    plan.extent = _extent(plan)
    for name, part in inner.items():
        (x, y), (width, height) = plan.middle[name], plan.size[name]
        plan.take_in(part, (x - width // 2, y - height // 2))
    return plan


def _size(node: etree._Element) -> Point:
    name = local_name(node)
    return EVENT if name in EVENTS else GATEWAY if name in GATEWAYS else TASK


def _extent(plan: Plan) -> Point:
    points = [point for way in plan.ways.values() for point in way]
    for name, (x, y) in plan.middle.items():
        points.append((x + plan.size[name][0] // 2, y + plan.size[name][1] // 2))
    return max((x for x, _ in points), default=0) + GAP_Y, max((y for _, y in points), default=0) + GAP_Y


class _Grid:
    """Columns and rows of the nodes of one container."""

    def __init__(self, plan: Plan, nodes: list[etree._Element], links: list[Link]) -> None:
        self.plan, self._back = plan, 0
        hosts = {id_of(one): local_reference(one.get("attachedToRef")) for one in nodes}
        ids = {id_of(one) for one in nodes}
        # An event that is attached to an event, or to itself, stands for itself: a drawing may be wrong in any way.
        self.host = {name: host for name, host in hosts.items() if host in ids and hosts[host] not in ids}
        standing = [one for one in nodes if id_of(one) not in self.host]
        depth = _depths(standing, links, self.host)
        self.cell: dict[str, Point] = {}
        rows: dict[int, int] = {}
        for name in sorted(depth, key=lambda one: depth[one]):
            self.cell[name] = depth[name], rows.get(depth[name], 0)
            rows[depth[name]] = rows.get(depth[name], 0) + 1
        self.column, self.row = _sizes(self.cell, plan.size)
        for name, (column, row) in self.cell.items():
            plan.middle[name] = _middle(self.column, column, TASK[0], GAP_X), _middle(self.row, row, TASK[1], GAP_Y)
        self._low = MARGIN - TASK[1] // 2 + sum(self.row) + (len(self.row) - 1) * GAP_Y + 90
        self._stand_on_hosts()

    def _stand_on_hosts(self) -> None:
        count: dict[str, int] = {}
        for name, host in self.host.items():
            (x, y), (width, height) = self.plan.middle[host], self.plan.size[host]
            at = count.get(host, 0)
            count[host] = at + 1
            self.plan.middle[name] = (x - width // 2 + 24 + (44 * at) % max(44, width - 24), y + height // 2)
            self.cell[name] = self.cell[host]

    def way(self, link: Link) -> list[Point]:
        """The corners of an arrow; its long parts lie in the lanes between columns and rows."""
        (x1, y1), (x2, y2) = self.plan.middle[link.source], self.plan.middle[link.target]
        if self.cell[link.target][0] <= self.cell[link.source][0]:
            return self._back_way(link)
        end, lane = (x2 - self.plan.size[link.target][0] // 2, y2), self._left(link.target)
        if link.source in self.host:
            under = y1 + LANE_Y
            return [(x1, y1 + EVENT[1] // 2), (x1, under), (lane, under), (lane, y2), end]
        begin = (x1 + self.plan.size[link.source][0] // 2, y1)
        if not any(x1 < x < x2 and here == y1 for x, here in self.plan.middle.values()):
            return [begin, end] if y1 == y2 else [begin, (lane, y1), (lane, y2), end]
        upper = min((link.source, link.target), key=lambda name: self.plan.middle[name][1])
        above = self.plan.middle[upper][1] - self.row[self.cell[upper][1]] // 2 - LANE_Y
        right = self._right(link.source)
        return [begin, (right, y1), (right, above), (lane, above), (lane, y2), end]

    def _left(self, name: str) -> int:
        column = self.cell[name][0]
        return _middle(self.column, column, TASK[0], GAP_X) - self.column[column] // 2 - LANE_X

    def _right(self, name: str) -> int:
        column = self.cell[name][0]
        return _middle(self.column, column, TASK[0], GAP_X) + self.column[column] // 2 + LANE_X

    def _back_way(self, link: Link) -> list[Point]:
        """Down beside the source's column, below everything, and up beside the target's."""
        (x1, y1), (x2, y2) = self.plan.middle[link.source], self.plan.middle[link.target]
        low, shift = self._low + 16 * self._back, 4 * (self._back % 5)
        self._back += 1
        from_y, to_y = y1 + self.plan.size[link.source][1] // 2, y2 + self.plan.size[link.target][1] // 2
        right, left = self._right(link.source) - shift, self._left(link.target) + shift
        under1, under2 = (self._below(name) + shift for name in (link.source, link.target))
        return [
            (x1, from_y), (x1, under1), (right, under1), (right, low), (left, low), (left, under2), (x2, under2),
            (x2, to_y),
        ]  # fmt: skip

    def _below(self, name: str) -> int:
        row = self.cell[name][1]
        return _middle(self.row, row, TASK[1], GAP_Y) + self.row[row] // 2 + 8


def _middle(sizes: list[int], at: int, usual: int, gap: int) -> int:
    return MARGIN - usual // 2 + sum(sizes[:at]) + at * gap + sizes[at] // 2


def _sizes(cell: dict[str, Point], size: dict[str, Point]) -> tuple[list[int], list[int]]:
    """The widths of columns and the heights of rows: at least those of a task."""
    widths = [TASK[0]] * (max((column for column, _ in cell.values()), default=0) + 1)
    heights = [TASK[1]] * (max((row for _, row in cell.values()), default=0) + 1)
    for name, (column, row) in cell.items():
        widths[column] = max(widths[column], size[name][0])
        heights[row] = max(heights[row], size[name][1])
    return widths, heights


def _depths(nodes: list[etree._Element], links: list[Link], host: dict[str, str]) -> dict[str, int]:
    """The column of each node: steps from the start by arrows that are no returns. An event at an edge leads on from
    its host."""
    ids = [id_of(node) for node in nodes]
    known, entered = set(ids), {link.target for link in links}
    begins = [id_of(node) for node in nodes if local_name(node) == "startEvent"]
    begins += [name for name in ids if name not in entered and name not in begins and _begins(name, links)]
    after: dict[str, list[str]] = {}
    for link in links:
        after.setdefault(host.get(link.source, link.source), []).append(link.target)
    depth = dict.fromkeys(begins or ids[:1], 0)
    queue = deque(depth)
    while queue:
        here = queue.popleft()
        for target in after.get(here, ()):
            if target in known and target not in depth:
                depth[target] = depth[here] + 1
                queue.append(target)
    last = max(depth.values(), default=0) + 1
    return {name: depth.get(name, last) for name in ids}


def _begins(name: str, links: list[Link]) -> bool:
    return any(link.source == name for link in links)

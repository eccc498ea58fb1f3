"""Who acts, in words of the drawing: the innermost lane in which a step lies, else the resource that is to perform
it."""

from lxml import etree

from guatu.adapters.flows.bpmn.elements import children, id_of, local_reference, nodes_in, words


def lanes_of(container: etree._Element) -> dict[str, str]:
    """The innermost named lane of each node of a process or sub-process, by the node's id."""
    found: dict[str, str] = {}
    waiting = [(lane, "") for lanes in children(container, "laneSet") for lane in children(lanes, "lane")]
    for lane, outer in waiting:
        name = words(lane) or outer
        # Lanes of a lane come later in the list: they write over what the outer one says.
        found.update((local_reference(one.text), name) for one in children(lane, "flowNodeRef") if name)
        waiting += [(inner, name) for lanes in children(lane, "childLaneSet") for inner in children(lanes, "lane")]
    return found


def performer(root: etree._Element, element: etree._Element) -> str:
    """The resource that a step names as its performer or as its possible owner, "" where it names none."""
    roles = children(element, "potentialOwner", "humanPerformer", "performer", "resourceRole")
    named = [local_reference(one.text) for role in roles for one in children(role, "resourceRef")]
    if not named:
        return ""
    resources = {id_of(one): words(one) for one in children(root, "resource")}
    return next((resources[name] for name in named if resources.get(name)), "")


def all_lanes(root: etree._Element, container: etree._Element, outer: str) -> dict[str, str]:
    """Who acts at each node right below a process or part; `outer` is the lane in which the part itself lies."""
    lanes = lanes_of(container)
    return {id_of(node): lanes.get(id_of(node)) or outer or performer(root, node) for node in nodes_in(container)}

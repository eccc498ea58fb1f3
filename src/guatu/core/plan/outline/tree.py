"""Numbered paragraphs nest into a tree."""

from collections.abc import Sequence

from guatu.core.plan.outline.model import Block, Marker, Node

_RANK = {
    "章": 0,
    "节": 1,
    "条": 2,
    "一、": 2,
    "项": 3,
    "(一)": 3,
    "1.": 4,
    "1.1": 5,
    "1.1.1": 6,
    "1.1.1.1": 7,
    "(1)": 8,
    "1)": 9,
    "①": 10,
    "一是": 11,
}


def _style(marker: Marker) -> str:
    """The kind of a number; of one with dots how many it has, for 4.2.1 stands below 4.2."""
    return "1" + ".1" * marker.label.count(".") if marker.kind == "1.1" else marker.kind


def nest(blocks: Sequence[Block]) -> list[Node]:
    """The numbered items among `blocks` as a forest; a paragraph without a number belongs to the item before it.

    A number of a kind that is open goes on that list. A number of a new kind goes one level down, except where its
    kind stands above by custom and the list that it would interrupt does not go on behind it.
    """
    roots: list[Node] = []
    stack: list[Node] = []
    numbered = [(i, b) for i, b in enumerate(blocks) if b.marker]
    later = _next_values(blocks)
    following = {i: later[i] for i, _ in numbered}
    for i, block in enumerate(blocks):
        if block.marker is None:
            if stack:
                stack[-1].blocks.append(block)
            continue
        _climb(stack, block.marker, following[i])
        _place(roots, stack, block, block.marker)
    return roots


def _place(roots: list[Node], stack: list[Node], block: Block, marker: Marker) -> None:
    parent = stack[-1] if stack else None
    path = (*(parent.path if parent else ()), marker.label)
    node = Node(marker, path, [block], parent=parent, children=[])
    (parent.children if parent else roots).append(node)
    stack.append(node)


def _climb(stack: list[Node], marker: Marker, later: dict[str, int]) -> None:
    """Closes the items that end where `marker` begins."""
    style = _style(marker)
    if any(_style(node.marker) == style for node in stack):
        while _style(stack[-1].marker) != style:
            stack.pop()
        stack.pop()
        return
    while stack and _RANK[_style(stack[-1].marker)] > _RANK[style]:
        top = stack[-1].marker
        if marker.value == 1 and later.get(_style(top)) == top.value + 1:
            return
        stack.pop()


def _next_values(blocks: Sequence[Block]) -> list[dict[str, int]]:
    """For each paragraph, the value of the next number of each kind behind it."""
    found: list[dict[str, int]] = [{}] * len(blocks)
    later: dict[str, int] = {}
    for i in range(len(blocks) - 1, -1, -1):
        found[i] = later
        marker = blocks[i].marker
        if marker:
            later = {**later, _style(marker): marker.value}
    return found

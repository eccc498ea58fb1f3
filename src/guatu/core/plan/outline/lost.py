"""An item that lost its number stands at the end of the item before it; the units named there are not that one's.

`2.减免房租。(责任单位:县税务局) 对承租户免收房租。(责任单位:县国资中心) 4.…`: number 3 is missing, so what names units again behind
the units of item 2 was item 3. It stays in the text, belongs to no item, and the gap is reported.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from guatu.core.plan.outline.assigned import UNITS
from guatu.core.plan.outline.model import Block, Node

_LONGEST_BRACKET: Final = 200
_WIDEST_GAP: Final = 3


def part_from_lost(siblings: Sequence[Node], norm: str) -> None:
    """Cuts off the end of every item behind which a number is missing, where that end names units of its own."""
    stack = [siblings]
    while stack:
        nodes = stack.pop()
        for node, behind in pairwise(nodes):
            gap = behind.marker.value - node.marker.value - 1
            if node.marker.kind == behind.marker.kind and 0 < gap <= _WIDEST_GAP and not node.children:
                _cut(node, norm)
        stack += [node.children for node in nodes if node.children]


def _cut(node: Node, norm: str) -> None:
    first = UNITS.search(norm, node.start, node.own_end)
    if first is None:
        return
    end = _end_of_units(first.start(), first.end(), node, norm)
    again = UNITS.search(norm, end, node.own_end)
    between = norm[end : again.start()] if again else ""
    # 牵头单位:A and 责任单位:B on lines of their own are units of one item: nothing stands between them.
    if between.strip(" \n。;([") and ("。" in between or "\n" in between):
        kept = [block for block in node.blocks if block.start < end]
        last = kept[-1]
        node.blocks[:] = [*kept[:-1], Block(last.start, min(last.end, end), last.marker, last.glued)]


def _end_of_units(start: int, at: int, node: Node, norm: str) -> int:
    """Behind the bracket that names the units, or else behind their paragraph."""
    block = next(block for block in reversed(node.blocks) if block.start <= start)
    opening = max(norm.rfind("(", block.start, start + 1), norm.rfind("[", block.start, start + 1))
    closing = norm.find(")" if opening >= 0 and norm[opening] == "(" else "]", max(at - 1, start + 1), block.end)
    if opening < 0 or closing < 0 or closing - opening > _LONGEST_BRACKET:
        return block.end
    return closing + 1

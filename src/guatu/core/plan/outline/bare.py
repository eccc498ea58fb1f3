"""Numbers of sections with nothing but a blank behind them: `1 总则`, told by the `1.1 编制目的` below.

Emergency plans and standards number so. A figure and a blank before words may be anything (12 个镇); it is the number
of a section where the numbers with dots below it begin with it, or where it goes on from such a one.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.model import Block, Marker

_SECTION: Final = regex(r"(?P<label>\d{1,2}) +(?=[\u4e00-\u9fff“]{2}[^。;:]{0,28}$)")
_DOTTED: Final = "1.1"
_LONGEST: Final = 40


def with_bare_numbers(norm: str, blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs, each section of such a list with its number."""
    found = list(blocks)
    if not any(block.marker and block.marker.kind == _DOTTED for block in blocks):
        return found
    below = _numbers_below(blocks)
    last = 0
    for i, block in enumerate(blocks):
        if block.marker or block.end - block.start > _LONGEST:
            continue
        match = _SECTION.match(norm, block.start, block.end)
        if match is None:
            continue
        value = int(match["label"])
        if below[i] == value or value == last + 1 > 1:
            marker = Marker("1.", value, match["label"], block.start, match.end())
            found[i] = msgspec.structs.replace(block, marker=marker)
            last = value
    return found


def _numbers_below(blocks: Sequence[Block]) -> list[int]:
    """For each paragraph the first part of the next number behind it, where that has dots; else 0."""
    found = [0] * len(blocks)
    first = 0
    for i in range(len(blocks) - 1, -1, -1):
        found[i] = first
        marker = blocks[i].marker
        if marker:
            first = int(marker.label.split(".", 1)[0]) if marker.kind == _DOTTED else 0
    return found

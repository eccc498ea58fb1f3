"""A sheet told apart into title lines, tables and notes."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

Kind = Literal["line", "table"]
_NOTE = re.compile(r"\s*(?:注|备注|说明|填表说明|填报|填表|制表|审核|联系|单位负责人|负责人)")


class Part(msgspec.Struct):
    """Rows that belong together: `line` rows have one text each; row numbers count from 0 in the values given."""

    kind: Kind
    rows: list[int]


def parts(values: Sequence[Sequence[str]]) -> list[Part]:
    """The parts of a sheet from top to bottom. An empty row ends a table only where a title line follows."""
    found: list[Part] = []
    for block in _blocks(values):
        head = 0
        while head < len(block) and _filled(values[block[head]]) == 1 and len(block) > 1:
            head += 1
        tail = len(block)
        while tail > head and _is_note(values[block[tail - 1]]):
            tail -= 1
        found.extend(Part("line", [row]) for row in block[:head])
        if block[head:tail]:
            found.append(Part("table" if _width(values, block[head:tail]) > 1 else "line", list(block[head:tail])))
        found.extend(Part("line", [row]) for row in block[tail:])
    return found


def _blocks(values: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    block: list[int] = []
    gap = False
    for number, row in enumerate(values):
        filled = _filled(row)
        if not filled:
            gap = True
            continue
        if gap and block and filled == 1 and _next_is_wider(values, number):
            yield block
            block = []
        gap = False
        block.append(number)
    if block:
        yield block


def _next_is_wider(values: Sequence[Sequence[str]], number: int) -> bool:
    return number + 1 < len(values) and _filled(values[number + 1]) > 1


def _filled(row: Sequence[str]) -> int:
    return sum(1 for text in row if text)


def _is_note(row: Sequence[str]) -> bool:
    texts = [text for text in row if text]
    return bool(texts) and bool(row[0]) and len(texts) <= 1 and bool(_NOTE.match(texts[0]))


def _width(values: Sequence[Sequence[str]], rows: Sequence[int]) -> int:
    return max(_filled(values[row]) for row in rows)

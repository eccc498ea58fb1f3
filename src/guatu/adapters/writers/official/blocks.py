"""Text as people type it, read as headings and paragraphs by the numbers that its lines begin with."""

import re
from typing import Literal

from guatu.adapters.writers.official.model import Block, Heading, Paragraph

# 7.3.3: 一、 (一) 1. (1)
_MARKS: tuple[tuple[Literal[1, 2, 3, 4], re.Pattern[str]], ...] = (
    (1, re.compile(r"[一二三四五六七八九十百]+、")),
    (2, re.compile(r"[(（][一二三四五六七八九十百]+[)）]")),
    (3, re.compile(r"\d{1,2}[.．](?!\d)")),
    (4, re.compile(r"[(（]\d{1,2}[)）]")),
)
_LONGEST_HEADING = 40


def blocks_of(text: str) -> tuple[Block, ...]:
    """One block for each line that is not empty. A heading ends at its first full stop; the rest follows in its
    line."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(_block(line) for line in lines if line)


def _block(line: str) -> Block:
    for level, mark in _MARKS:
        if mark.match(line):
            head, stop, rest = line.partition("。")
            if len(head) > _LONGEST_HEADING:
                break
            return Heading(level, head + stop, rest) if rest else Heading(level, line)
    return Paragraph(line)

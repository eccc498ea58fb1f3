"""Patterns that are tried only where they can begin.

A search tries a pattern of many forms at every character, which costs ten times as much as looking for the few
characters that it may begin with.
"""

import re
from collections.abc import Iterator
from typing import Final

from guatu.core.kernel.regex import regex

_ANY: Final = 2**62
"""Behind the end of every text."""


class Anchored:
    """A pattern, and the anchor at which alone it can begin.

    `anchor` is a pattern that begins with a character or a set of characters, by which most places are passed over; it
    holds wherever `pattern` does.
    """

    def __init__(self, anchor: str, pattern: str) -> None:
        self._anchor = regex(anchor)
        self.pattern = regex(pattern)

    def finditer(self, text: str, start: int = 0, end: int = _ANY) -> Iterator[re.Match[str]]:
        """The matches in `text[start:end]`, in order and disjoint, as those of the pattern alone."""
        match = self.pattern.match
        behind = start
        for anchor in self._anchor.finditer(text, start, end):
            at = anchor.start()
            if at >= behind and (found := match(text, at, end)):
                behind = found.end()
                yield found

    def search(self, text: str, start: int = 0, end: int = _ANY) -> re.Match[str] | None:
        """The first of them."""
        return next(self.finditer(text, start, end), None)

    def match(self, text: str, start: int = 0, end: int = _ANY) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self.pattern.match(text, start, end)

    def without(self, text: str) -> str:
        """`text` without its matches."""
        kept, behind = [], 0
        for found in self.finditer(text):
            kept.append(text[behind : found.start()])
            behind = found.end()
        return "".join((*kept, text[behind:]))

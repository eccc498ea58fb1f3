"""Many fixed strings looked up in one pass over a text."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

Value = TypeVar("Value")


class Lexicon(Generic[Value]):
    """Fixed strings with a value each; time is linear in the text, whatever their number."""

    def __init__(self, entries: Mapping[str, Value]) -> None:
        self._words = list(entries)
        self._values = list(entries.values())
        self._machine = AhoCorasick(self._words)

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Start, end and value of each occurrence, overlapping ones too, in order of their ends."""
        for index, start, end in self._machine.find_matches_as_indexes(text, overlapping=True):
            yield start, end, self._values[index]

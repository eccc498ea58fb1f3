"""Where clauses and sentences begin and end, looked for in windows of fixed width so that a line of any length is read
in linear time."""

from typing import Final

from guatu.core.kernel.regex import regex

CLAUSE_WIDTH: Final = 90
SENTENCE_WIDTH: Final = 220

_CLAUSE_STOPS: Final = regex(r"[,。;:!?\n\t]|(?<![\d.])\.(?=\s)")
_PLAIN_STOPS: Final = ",。;:!?\n\t"
_DOT: Final = regex(r"(?<![\d.])\.(?=\s)")
_SENTENCE_STOPS: Final = ("。", ";", "\n", "!", "?", ". ")


def sentence_start(norm: str, at: int, floor: int = 0) -> int:
    """Start of the sentence around `at`; a semicolon ends a sentence. Not before `floor`."""
    low = max(floor, at - SENTENCE_WIDTH)
    return max(low, *(norm.rfind(stop, low, at) + 1 for stop in _SENTENCE_STOPS))


def clause_start(norm: str, at: int, floor: int = 0) -> int:
    """Start of the clause around `at`: behind the last comma, colon or stop. Not before `floor`."""
    low = max(floor, at - CLAUSE_WIDTH)
    start = low
    for stop in _PLAIN_STOPS:
        found = norm.rfind(stop, start, at)
        if found >= 0:
            start = found + 1
    if norm.find(".", start, at) >= 0:
        for dot in _DOT.finditer(norm, start, at):
            start = dot.end()
    return start


def clause_end(norm: str, at: int, ceiling: int) -> int:
    """End of the clause around `at`, before its comma, colon or stop. Not behind `ceiling`."""
    high = min(ceiling, at + CLAUSE_WIDTH)
    stop = _CLAUSE_STOPS.search(norm, at, high)
    return stop.start() if stop else high

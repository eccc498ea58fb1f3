"""Titles in lines, and widths in characters."""

from datetime import date
from functools import cache
from itertools import pairwise

from guatu.adapters.writers.width import width

_OPENING, _CLOSING = "《〈（(“‘〔", "》〉）)”’〕、,，。：；"
_AFTER, _BEFORE = ("的", "和", "与", "及", "、", "》", "）", "期", "年", "月", "县", "于"), ("关于", "的通知", "通报")
_UNEVEN, _BAD, _GOOD = 1.0, 40.0, 6.0


def ems(text: str) -> float:
    """Width in characters: a Chinese one is 1, a Latin letter or digit half of it."""
    return width(text) / 2


def day(on: date) -> str:
    """7.3.5.4: 2026年7月8日, without leading zeros."""
    return f"{on.year}年{on.month}月{on.day}日"


def title_lines(title: str, most: float) -> list[str]:
    """The title in as few lines as it needs, each at most `most` characters wide, even in length and not cut inside a
    word.

    Lines that the author broke stay as they are. 7.3.1 asks for whole words and even lines; where a word ends is
    guessed from the characters beside the place.
    """
    given = [line.strip() for line in title.split("\n") if line.strip()]
    return [part for line in given for part in _parts(line, most)]


def _parts(line: str, most: float) -> list[str]:
    count = int(-(-ems(line) // most))
    while count > 1:
        cuts = _cuts(line, count, most)
        if cuts is not None:
            return [line[a:b] for a, b in pairwise([0, *cuts, len(line)])]
        count += 1
    return [line]


def _cuts(line: str, count: int, most: float) -> tuple[int, ...] | None:
    """The best places to cut a line into `count` parts; None where no such parts fit."""
    even = ems(line) / count

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 1:
            tail = ems(line[start:])
            return (abs(tail - even) * _UNEVEN, ()) if tail <= most else None
        found: tuple[float, tuple[int, ...]] | None = None
        for cut in range(start + 1, len(line)):
            size = ems(line[start:cut])
            if size > most:
                break
            rest = best(cut, left - 1)
            if rest is None:
                continue
            cost = abs(size - even) * _UNEVEN + _cost(line, cut) + rest[0]
            if found is None or cost < found[0]:
                found = (cost, (cut, *rest[1]))
        return found

    answer = best(0, count)
    return answer[1] if answer else None


def _cost(line: str, cut: int) -> float:
    """How bad a cut between two characters is; below 0 where it is good."""
    before, after = line[cut - 1], line[cut]
    if before in _OPENING or after in _CLOSING or (before.isascii() and after.isascii()):
        return _BAD
    if before.isdigit() or after.isdigit():
        return _GOOD
    if line[:cut].endswith(_AFTER) or line[cut:].startswith(_BEFORE):
        return -_GOOD
    return 0.0

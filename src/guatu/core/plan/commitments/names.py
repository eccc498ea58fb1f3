"""Where names of the county's own directory stand in a text.

A directory knows what no grammar can: that 县学校和社区体育办 is one office and 县林草局县水务站 are two. Its names are
looked up once a text; what it does not know is read by its form, as without it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from guatu.core.plan.source.normal import normalise

_SHORTEST = 3
"""A name of two characters (县委) stands inside too many others to be looked up."""


class KnownNames:
    """The places of known names in one text, disjoint and in order; of two that overlap the longer counts."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, places: Sequence[tuple[int, int]] = ()) -> None:
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def inside(self, at: int) -> bool:
        """Whether a known name goes on over `at`: what stands there separates nothing."""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and self._starts[i] < at < self._ends[i]

    def is_name(self, start: int, end: int) -> bool:
        """Whether exactly `[start, end)` is a known name."""
        i = bisect_left(self._starts, start)
        return i < len(self._starts) and self._starts[i] == start and self._ends[i] == end

    def seams(self, start: int, end: int) -> Iterator[int]:
        """Where one known name ends and the next begins, when known names fill `[start, end)` without a gap."""
        i = bisect_left(self._starts, start)
        at, found = start, []
        while i < len(self._starts) and self._starts[i] == at < end:
            at = self._ends[i]
            found.append(at)
            i += 1
        return iter(found[:-1] if at == end else ())


NOBODY = KnownNames()
"""No directory at hand."""


def find_names(norm: str, units: Iterable[str]) -> KnownNames:
    """The names and aliases of `units` in a text, in its working positions."""
    words = _words(units)
    if not words:
        return NOBODY
    machine = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
    return KnownNames([(start, end) for _, start, end in machine.find_matches_as_indexes(norm)])


def _words(units: Iterable[str]) -> Collection[str]:
    """As the working text has them: marks in one form, no blank at the ends."""
    return sorted({word for unit in units if len(word := normalise(unit).strip()) >= _SHORTEST})

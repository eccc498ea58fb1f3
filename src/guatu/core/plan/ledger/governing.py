"""The deadline under which a target stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from guatu.core.plan.commitments.deadlines import DeadlineDraft
from guatu.core.plan.model import SectionKind

_OPENING = 16


def governing_deadlines(
    norm: str, deadlines: Sequence[DeadlineDraft], spans: Sequence[tuple[int, int, SectionKind]]
) -> Callable[[int], str | None]:
    """A look-up from a position to the deadline that governs it, as the day, month or year in which it ends.

    It is the last one named before in the same sentence; else the one that opens the paragraph.
    """
    paragraph_starts = [start for start, _, _ in spans]
    deadline_starts = [deadline.start for deadline in deadlines]

    def governing(at: int) -> str | None:
        paragraph = bisect_right(paragraph_starts, at) - 1
        if paragraph < 0:
            return None
        start = paragraph_starts[paragraph]
        first, last = bisect_left(deadline_starts, start), bisect_right(deadline_starts, at)
        if first == last:
            return None
        chosen = deadlines[last - 1]
        if norm.find("。", chosen.start, at) >= 0:
            chosen = deadlines[first]
            if chosen.start - start > _OPENING:
                return None
        return chosen.iso.rsplit("/", 1)[-1]

    return governing

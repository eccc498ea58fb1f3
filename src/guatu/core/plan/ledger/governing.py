"""The deadline under which a target stands."""

from bisect import bisect_right
from collections.abc import Sequence

from guatu.core.plan.commitments.deadlines import DeadlineDraft
from guatu.core.plan.model import SectionKind


def governing_deadline(
    norm: str, at: int, deadlines: Sequence[DeadlineDraft], spans: Sequence[tuple[int, int, SectionKind]]
) -> str | None:
    """The last deadline named before position `at` in its sentence; else the one that opens its paragraph."""
    i = bisect_right([start for start, _, _ in spans], at) - 1
    if i < 0:
        return None
    start = spans[i][0]
    sentence = max(start, norm.rfind("。", start, at) + 1)
    before = [d for d in deadlines if start <= d.start <= at]
    near = [d for d in before if d.start >= sentence]
    chosen = near[-1] if near else next((d for d in before if d.start - start <= 16), None)
    if chosen is None:
        return None
    return chosen.iso.rsplit("/", 1)[-1]

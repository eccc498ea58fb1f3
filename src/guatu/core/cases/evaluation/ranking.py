"""Order of merit by one rate: equals share a place, the next place is left out, and who has no rate has no place."""

from collections.abc import Mapping
from fractions import Fraction

LOWER_IS_BETTER = frozenset(
    {"handling-late", "overdue", "extension", "closing-late", "not-closed", "rework", "return", "error"}
)


def ranks(values: Mapping[str, Fraction | None], code: str = "") -> dict[str, int | None]:
    """Places from 1 by exact values: 1, 2, 2, 4. `code` is the rate that is ranked by; a score has none."""
    sign = -1 if code in LOWER_IS_BETTER else 1
    known = sorted((sign * value for value in values.values() if value is not None), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(known, 1)))}
    return {key: None if value is None else first[sign * value] for key, value in values.items()}

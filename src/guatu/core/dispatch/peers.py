"""A place whose figure is unlike the others' in the same period, by the same robust measure as `checks/outlier.py`."""

from collections.abc import Mapping
from math import isfinite
from statistics import median

from guatu.core.dispatch.robust import OUTLYING, SMALLEST_SAMPLE, modified_z
from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

UNLIKE_PEERS = Kind(
    "figure.unlike-peers",
    "warning",
    "{place}“{name}”{value},{count} 个单位的中位数为 {middle},偏离度 {score} 超过 {limit};请复核",
    "{place}: “{name}” is {value} where the median of {count} is {middle}; its score {score} exceeds {limit}; "
    "have it checked",
)


def unlike_peers(name: str, figures: Mapping[str, float], unit: str = "", limit: float = OUTLYING) -> list[RowFinding]:
    """Places whose figure lies more than `limit` robust standard deviations from the median of all.

    Silent below six places. Figures of places of different size are to be made comparable (per head, per km) before.
    """
    if len(figures) <= SMALLEST_SAMPLE:
        return []
    sample = list(figures.values())
    middle = show(median(sample), unit)
    found = []
    for place, value in figures.items():
        score = modified_z(value, sample)
        if abs(score) > limit:
            shown = f"{score:.1f}" if isfinite(score) else "∞"
            numbers = {"value": show(value, unit), "middle": middle, "score": shown, "count": str(len(sample))}
            found.append(row_finding(UNLIKE_PEERS, place, name, None, place=place, name=name, limit=limit, **numbers))
    return found

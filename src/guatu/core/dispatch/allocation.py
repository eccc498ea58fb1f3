"""A county's target shared out to its towns, and the check that the parts still make the whole.

Sums are shared by the largest remainder method (`kernel/apportion.py`); a rate is not a sum, so its parts are checked
as a weighted mean.
"""

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from guatu.core.kernel.apportion import Weight, apportion, exact
from guatu.core.kernel.explained import Explained, Label, Rule
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

_TOTAL = Label("total", "总数", "total")
_WEIGHT = Label("weight", "权数", "weight")
_WEIGHTS = Label("weights", "权数合计", "sum of weights")
_QUOTA = Label("quota", "按权数应得", "exact quota")

_SHARE = Rule(
    "allocation.largest-remainder",
    "总数 {total} × 权数 {weight} ÷ {weights} = {quota},按最大余数法取 {value}",
    "total {total} × weight {weight} ÷ {weights} = {quota}; by the largest remainder {value}",
    "Balinski and Young, Fair Representation, 2001",
)

SUM_DIFFERS = Kind(
    "allocation.sum-differs",
    "error",
    "“{name}”各镇合计 {sum},与总数 {total} 相差 {difference};请调整到一致",
    "“{name}”: the towns add up to {sum}, {difference} away from the total {total}; make them equal",
)
MEAN_SHORT = Kind(
    "allocation.mean-short",
    "error",
    "“{name}”各镇加权平均 {mean},达不到 {total};请提高部分镇的指标",
    "“{name}”: the towns' weighted mean, {mean}, does not make {total}; raise the figure of some towns",
)
NO_WEIGHT = Kind(
    "allocation.no-weight",
    "error",
    "“{place}”没有权数,无法核对“{name}”;请填写权数",
    "“{place}” has no weight, so “{name}” cannot be checked; enter it",
)


class Share(msgspec.Struct, frozen=True):
    """What one place gets, in the target's unit."""

    place: str
    value: Explained[float]


def allocate(total: Weight, weights: Mapping[str, Weight], step: Weight = 1, unit: str = "") -> list[Share]:
    """`total` shared out in whole steps (1 household, 0.01 km), in the order of `weights`; the parts make the total.

    Raises ValueError for a total that is no whole number of steps, and for weights that divide nothing.
    """
    size, whole = exact(step), exact(total)
    if size <= 0 or whole % size:
        raise ValueError(f"{total} is no whole number of steps of {step}")
    parts = apportion(int(whole / size), list(weights.values()))
    all_weights = sum((exact(weight) for weight in weights.values()), Fraction(0))
    return [
        Share(place, _share(part * size, whole, exact(weight), all_weights, unit))
        for (place, weight), part in zip(weights.items(), parts, strict=True)
    ]


def check_sum(name: str, total: Weight, parts: Mapping[str, Weight]) -> list[RowFinding]:
    """A finding when the parts of a sum do not make the total; decimals count as written."""
    added = sum((exact(part) for part in parts.values()), Fraction(0))
    difference = added - exact(total)
    if not difference:
        return []
    away = float(difference)
    return [row_finding(SUM_DIFFERS, name, "total", name=name, sum=float(added), total=float(total), difference=away)]


def check_mean(
    name: str, total: Weight, parts: Mapping[str, Weight], weights: Mapping[str, Weight], falling: bool = False
) -> list[RowFinding]:
    """A finding when towns that all make their rates would still miss the county's; `falling` where less is better."""
    lacking = [place for place in parts if place not in weights]
    if lacking:
        return [row_finding(NO_WEIGHT, name, place, name=name, place=place) for place in lacking]
    by = sum((exact(weights[place]) for place in parts), Fraction(0))
    if not by:
        return [row_finding(NO_WEIGHT, name, place, name=name, place=place) for place in parts]
    mean = sum((exact(value) * exact(weights[place]) for place, value in parts.items()), Fraction(0)) / by
    if (mean > exact(total)) if falling else (mean < exact(total)):
        return [row_finding(MEAN_SHORT, name, "total", name=name, mean=float(mean), total=float(total))]
    return []


def _share(part: Fraction, total: Fraction, weight: Fraction, weights: Fraction, unit: str) -> Explained[float]:
    quota = float(total * weight / weights)
    parts = (_TOTAL.of(float(total), unit), _WEIGHT.of(float(weight)), _WEIGHTS.of(float(weights)))
    return _SHARE.gives(float(part), *parts, _QUOTA.of(quota, unit), unit=unit)

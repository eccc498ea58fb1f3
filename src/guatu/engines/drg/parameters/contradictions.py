"""Parameters that are each right and do not fit each other: a rule would never hold, or hold for everything.

Each row of `FITS` is one condition between parameters of the same day. A condition whose parameters are not all there
is not asked.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters.findings import CONTRADICTION
from guatu.engines.drg.parameters.values import MONTHS, shown_value

Values = Mapping[str, Any]
FULL_SCORE = 100


class Fit(msgspec.Struct, frozen=True):
    """The parameters, what must hold of their values, and how it is said."""

    of: tuple[str, ...]
    holds: Callable[..., bool]
    zh: str
    en: str


def _trimmed(rule: str, low: Decimal, high: Decimal) -> bool:
    return {"rank": low + high < 1, "median": low <= 1 <= high}.get(rule, True)


def _high_rows(by: str, rows: Any) -> bool:
    if by == "flat":
        return len(rows) == 1 and not rows[0].level and rows[0].up_to is None
    return all(row.up_to is None for row in rows) if by == "level" else all(not row.level for row in rows)


def _bands_inside(bands: Any, rows: Any) -> bool:
    return not bands or bands[-1].end <= min(row.value for row in rows)


FITS = (
    Fit(("trim_rule", "trim_low", "trim_high"), _trimmed,
        "rank 裁剪两端比例之和须小于 1；median 裁剪下界不大于 1、上界不小于 1",
        "rank leaves something only where both shares are below 1 in sum; median takes a lower bound of at most 1 and "
        "an upper one of at least 1"),
    Fit(("base_years",), lambda years: years >= 1, "基期至少一年", "the base period has at least one year"),
    Fit(("year_weights", "base_years"),
        lambda weights, years: not weights or (len(weights) == years and sum(weights) > 0),
        "各年权重的个数须等于基期年数，且不全为 0", "there is one weight for each year of the base period, not all 0"),
    Fit(("coefficient_min", "coefficient_max"), lambda low, high: low <= high, "下限不能高于上限",
        "the lowest is not above the highest"),
    Fit(("high_by", "high_thresholds"), _high_rows, "flat 只写一个数，level 按等级写，tier 按基准点数写",
        "flat takes one number, level rows with level, tier rows with up_to"),
    Fit(("low_threshold", "high_thresholds"), lambda low, rows: low <= min(row.value for row in rows),
        "低倍率界限不能高于高倍率界限", "a low threshold is not above a high one"),
    Fit(("ratio_bands", "high_thresholds"), _bands_inside, "区间不能越过高倍率界限", "no band passes a high threshold"),
    Fit(("outside_up_to_days", "outside_from_days"), lambda low, high: not high or low < high,
        "不足天数须小于超长天数，否则没有病例入组", "the short limit is below the long one, or no stay would be left"),
    Fit(("edge_width", "low_threshold"), lambda width, low: width <= low, "边缘宽度不能大于低倍率界限",
        "the edge is not wider than the low threshold"),
    Fit(("incentive_score",), lambda score: score <= FULL_SCORE, "起评分不能高于 100", "the score is at most 100"),
    Fit(("month_spread", "month_weights"),
        lambda spread, weights: (len(weights) == MONTHS and sum(weights) > 0) if spread == "weights" else not weights,
        "weights 须写十二个月的权重且不全为 0，其他口径不写", "weights takes twelve weights, not all 0; "
        "the others take none"),
)  # fmt: skip


def contradictions(values: Values) -> Iterator[Fit]:
    """The conditions that values of one day do not meet."""
    for fit in FITS:
        if all(name in values for name in fit.of) and not fit.holds(*(values[name] for name in fit.of)):
            yield fit


def finding_of(fit: Fit, where: str, values: Values) -> RowFinding:
    shown = "; ".join(f"{name} = {shown_value(values[name])}" for name in fit.of)
    return row_finding(CONTRADICTION, where, fit.of[0], None, key=", ".join(fit.of), values=shown, zh=fit.zh, en=fit.en)

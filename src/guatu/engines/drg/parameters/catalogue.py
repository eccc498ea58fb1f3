"""Which parameters there are, what kind of value each takes, and what it is called. No number stands here."""

from typing import Literal

import msgspec

# rate: at least 0, at most four decimals; share: a rate of at most 1; count: a whole number; money: yuan;
# thresholds: by level or by tier of base points; bands: of the ratio of claims to entitlement; the others that are
# lists of tables say their columns in `values.py`.
ValueKind = Literal[
    "rate", "share", "count", "counts", "choice", "codes", "money", "thresholds", "bands", "discounts", "shares",
    "ratio-bands",
]  # fmt: skip


class Spec(msgspec.Struct, frozen=True):
    """One parameter: its key in files, its names, its kind, its unit ("1": a ratio)."""

    name: str
    zh: str
    en: str
    kind: ValueKind
    unit: str = ""
    choices: tuple[str, ...] = ()


_WEIGHTS = (
    Spec("base_years", "基期年数", "years of the base period", "count", "year"),
    Spec("year_weights", "基期各年权重", "weights of the years of the base period", "counts", "1"),
    Spec("trim_rule", "裁剪办法", "trimming", "choice", choices=("none", "rank", "median", "iqr")),
    Spec("trim_low", "裁剪下界", "lower bound of trimming", "rate", "1"),
    Spec("trim_high", "裁剪上界", "upper bound of trimming", "rate", "1"),
    Spec("min_cases", "稳定病组最少病例数", "fewest cases of a stable group", "count", "stay"),
    Spec("cv_limit", "变异系数上限", "limit of the coefficient of variation", "rate"),
    Spec("cv_denominator", "变异系数分母", "denominator of the variance", "choice", choices=("population", "sample")),
    Spec("coefficient_by", "系数口径", "what has a coefficient", "choice", choices=("hospital", "level")),
    Spec("coefficient_exempt", "不用系数的病组", "groups without coefficient", "codes"),
    Spec("coefficient_min", "系数下限", "lowest coefficient", "rate"),
    Spec("coefficient_max", "系数上限", "highest coefficient", "rate"),
    Spec("coefficient_min_cases", "计算系数最少病例数", "fewest cases for a coefficient", "count", "stay"),
    Spec("bed_day_groups", "床日病组", "groups paid by the bed-day", "codes"),
)
_POINTS = (
    Spec("low_threshold", "低倍率界限", "threshold of a low stay", "rate"),
    Spec("low_rule", "低倍率点数", "points of a low stay", "choice", choices=("cost", "coefficient-cost")),
    Spec("high_rule", "高倍率点数", "points of a high outlier", "choice", choices=("trimmed", "less-one")),
    Spec(
        "high_by", "高倍率界限口径", "what the high threshold depends on", "choice", choices=("flat", "level", "tier")
    ),
    Spec("high_thresholds", "高倍率界限", "thresholds of a high outlier", "thresholds"),
    Spec("ratio_bands", "按实际比例计点区间", "bands paid at the actual ratio", "ratio-bands", "1"),
    Spec("cost_discount", "按费用折点折扣", "discount of points from cost", "discounts", "1"),
    Spec("outside_up_to_days", "住院不足天数不入组", "stays of at most so many days are outside", "count", "day"),
    Spec("outside_from_days", "住院超长天数不入组", "stays of at least so many days are outside", "count", "day"),
    Spec("readmission_days", "再入院天数", "days of a readmission", "count", "day"),
    Spec("readmission_share", "再入院前次点数比例", "share left of the previous stay", "share", "1"),
    Spec("readmission_scope", "再入院范围", "where a readmission counts", "choice", choices=("hospital", "region")),
    Spec("readmission_exempt", "再入院除外病组", "groups exempt from readmission", "codes"),
    Spec("review_cap", "特病单议申请比例上限", "cap of applications for special review", "share", "1"),
)
_SETTLEMENT = (
    Spec("budget", "年度预算", "budget of the year", "money", "yuan"),
    Spec("month_spread", "月度预算口径", "how the budget is spread over months", "choice", choices=("even", "weights")),
    Spec("month_weights", "各月预算权重", "weights of the twelve months", "counts", "1"),
    Spec("reserve_share", "调剂金比例", "share kept back as reserve", "share", "1"),
    Spec("prepay_share", "月预付比例", "share prepaid each month", "shares", "1"),
    Spec("value_basis", "点值口径", "basis of the point value", "choice", choices=("fund", "gross")),
    Spec("value_cap", "点值上限", "cap of the point value (0: none)", "rate", "yuan"),
    Spec("deposit_share", "考核保证金比例", "share that depends on the assessment", "share", "1"),
    Spec("incentive_share", "激励金发放比例", "share of the pool paid as incentive", "share", "1"),
    Spec("incentive_score", "激励金起评分", "score from which incentive is paid", "rate", "score"),
    Spec("claim_bands", "结余超支分担", "bands of surplus and overspend", "bands"),
)
_QUALITY = (
    Spec("signal_z", "显著性界限", "standard errors that make a signal", "rate"),
    Spec("signal_min_cases", "提示最少病例数", "fewest cases of a signal", "count", "stay"),
    Spec("split_days", "疑似分解住院间隔", "days between parts of a split stay", "count", "day"),
    Spec("severe_weight", "高权重界限", "weight from which a case is severe", "rate"),
    Spec("time_index_limit", "时间消耗指数界限", "limit of the time index", "rate"),
    Spec("edge_width", "倍率边缘宽度", "width of the edge beside a threshold", "rate"),
)

PARAMETERS: dict[str, Spec] = {spec.name: spec for spec in (*_WEIGHTS, *_POINTS, *_SETTLEMENT, *_QUALITY)}

# A change of one of these needs the weights computed anew.
OF_WEIGHTS = frozenset(spec.name for spec in _WEIGHTS)

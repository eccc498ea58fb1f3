"""A year's settlement from sums by hospital. Reference, items 10 to 15.

The order: budget less reserve; entitlement by points; surplus and overspend by bands; deposit by the assessment;
incentive from what was withheld; clearing against what was prepaid. What the fund pays and what the pool keeps sum to
the budget to the fen.
"""

from collections.abc import Sequence
from decimal import Decimal

from guatu.core.kernel.explained import Explained, Label, Part, Rule, Unknown
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters.sources import S6
from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.points.model import RULE_NAMES, RULES
from guatu.engines.drg.settlement.assess import incentives, released, withheld
from guatu.engines.drg.settlement.figures import NOTHING, HospitalFigures, HospitalTerms, Pool, Settlement
from guatu.engines.drg.settlement.partial import MONTHS, Partial
from guatu.engines.drg.settlement.prepay import PREPAID_GIVEN, prepaid_of_year
from guatu.engines.drg.settlement.sharing import shared
from guatu.engines.drg.settlement.value import capped, distributable, month_budgets, point_value, spread
from guatu.engines.drg.weights.model import SCALE

POINTS = Label("points", "点数", "points")
VALUE = Label("value_of_point", "点值", "value of a point")
TOTAL_POINTS = Label("all_points", "全市总点数", "points of the region")
WHOLE = Label("distributable", "可分配预算", "distributable budget")
OWN_PATIENTS = Label("own_patients", "本院个人及其他支付", "payments of the own patients and others")
CASES = Label("cases", "病例数", "stays")
RELEASED = Label("released", "考核后应付", "due after assessment")
SHARING = Label("sharing", "结余超支分担", "surplus and overspend")
INCENTIVE = Label("incentive", "激励金", "incentive")
PREPAID = Label("prepaid", "已预付", "prepaid")
ADVANCE = Label("advance", "预付金（年初）", "advance")

SUM_OF_POINTS = Rule("drg.points-of-hospital", "{cases}病例的点数合计 {value}", "{value} in all, of {cases}")
BY_FUND = Rule("drg.entitlement-fund", "点数 {points} × 点值 {value_of_point}，按最大余数取到分 = {value}",
               "points {points} x value {value_of_point}, to the fen by largest remainder = {value}", S6)  # fmt: skip
BY_GROSS = Rule("drg.entitlement-gross", "点数 {points} × 点值 {value_of_point} − 本院个人及其他支付 {own_patients}，按最大余数取到分 = "
    "{value}",
                "points {points} x value {value_of_point} - payments of the own patients {own_patients}, to the "
                "fen by largest remainder"
                " = {value}")  # fmt: skip
CLAIMS = Rule("drg.claims", "{cases}病例按项目计的基金申报额 {value}", "fund claims by item of {cases}: {value}")
CLEARING = Rule("drg.clearing", "考核后应付 {released} + 分担 {sharing} + 激励金 {incentive} − 已预付 {prepaid} − 预付金 "
    "{advance} = {value}",
                "due {released} + sharing {sharing} + incentive {incentive} - prepaid {prepaid} - advance "
                "{advance} = {value}")  # fmt: skip
OPEN = Rule("drg.clearing-open", "清算额未定：有构成项尚不能计算", "not cleared yet: a part of it cannot be computed")
_RULE_LABELS = {name: Label(name.replace("-", "_"), *RULE_NAMES[name]) for name in RULES}
_RULE_CASES = {
    name: Label(f"{name.replace('-', '_')}_cases", f"{RULE_NAMES[name][0]}病例", f"{RULE_NAMES[name][1]}: stays")
    for name in RULES
}

_OF_WEIGHT = ("trim_rule", "trim_low", "trim_high", "cv_limit", "cv_denominator")
_OF_COEFFICIENT = ("coefficient_by", "coefficient_min", "coefficient_max", "coefficient_min_cases")
# The parameters that the points of a rule depend on.
_USED_BY: dict[str, tuple[str, ...]] = {
    "normal": (*_OF_WEIGHT, *_OF_COEFFICIENT, "min_cases"),
    "low": ("low_threshold", "low_rule"),
    "high": ("high_rule", "high_by", "high_thresholds"),
    "bed-day": ("bed_day_groups",),
    "cost": ("cost_discount",),
    "review": ("review_cap",),
    "outside": ("outside_up_to_days", "outside_from_days"),
}

Figure = Explained[Money] | Unknown


def settle(
    partial: Partial,
    terms: Terms,
    hospitals: Sequence[HospitalTerms],
    months: Sequence[Terms] = (),
    through: int = MONTHS,
) -> Settlement:
    """The settlement of all hospitals of `partial`, which `hospitals` describes in the same order.

    `months` are the terms of each month's last day, by which it was prepaid; without them, `terms` all year.
    `through` is the last month that the stays reach: only the budget up to it is spread.

    Raises ValueError where they differ, or where there are no points at all.
    """
    if tuple(row.code for row in hospitals) != partial.hospitals:
        raise ValueError("the hospitals are not those of the sums")
    paid = partial.paid
    units = partial.units[:, paid].sum(1).tolist()
    claims = [Money(fen) for fen in partial.fund[:, paid].sum(1).tolist()]
    costs = [Money(fen) for fen in partial.cost[:, paid].sum(1).tolist()]
    patient = [cost - claim for cost, claim in zip(costs, claims, strict=True)]
    budget = total(month_budgets(terms.budget, terms)[:through])
    whole = capped(distributable(terms, through), sum(units), total(patient), terms)
    value = point_value(whole, sum(units), total(patient), terms)
    entitled = spread(whole.value, units, patient, terms.value_basis)
    scores = [row.score for row in hospitals]
    taken = [withheld(entitlement, score, terms) for entitlement, score in zip(entitled, scores, strict=True)]
    reserve = budget - whole.value
    in_pool = reserve + _sum(taken)
    bonus = incentives(_sum(taken), units, scores, terms)
    sharing = shared(entitled, claims, in_pool - _sum(bonus), terms)
    rows = []
    for at, row in enumerate(hospitals):
        points = _points(partial, at, terms)
        entitlement = _entitlement(entitled[at], points, value, patient[at], terms)
        due = released(entitled[at], taken[at])
        prepaid = _prepaid(partial, at, row, months or [terms] * MONTHS)
        clearing = _clearing(due, sharing[at], bonus[at], prepaid, row.advance)
        claimed = CLAIMS.gives(claims[at], CASES.of(int(partial.cases[at, paid].sum())))
        rows.append(
            HospitalFigures(
                row.code, row.name, row.level, int(partial.cases[at].sum()), points, entitlement, claimed,
                sharing[at], taken[at], due, bonus[at], prepaid, clearing,
            )
        )  # fmt: skip
    pool = _pool(reserve, taken, sharing, bonus, entitled, terms)
    return Settlement(budget, whole, _decimal(sum(units)), value, tuple(rows), pool)


def _points(partial: Partial, at: int, terms: Terms) -> "Explained[Decimal]":
    """The points of a hospital by rule, each with its stays; unverified parameters of these rules are named."""
    parts: list[Part] = [CASES.of(int(partial.cases[at].sum()), "stay")]
    for n, name in enumerate(RULES):
        if partial.cases[at, n]:
            parts.append(_RULE_CASES[name].of(int(partial.cases[at, n]), "stay"))
            parts.append(_RULE_LABELS[name].of(_decimal(int(partial.units[at, n])), "drg-point"))
            parts += [terms.part(used) for used in _USED_BY[name] if used in terms.unverified]
    return SUM_OF_POINTS.gives(_decimal(int(partial.units[at].sum())), *parts, unit="drg-point")


def _entitlement(
    amount: Money, points: "Explained[Decimal]", value: "Explained[Decimal] | Unknown", patient: Money, terms: Terms
) -> "Explained[Money]":
    parts = [POINTS.of(points), VALUE.of(value)]
    if terms.value_basis == "fund":
        return BY_FUND.gives(amount, *parts)
    return BY_GROSS.gives(amount, *parts, OWN_PATIENTS.of(patient.yuan, "yuan"))


def _prepaid(partial: Partial, at: int, row: HospitalTerms, months: Sequence[Terms]) -> "Explained[Money]":
    if row.prepaid is not None:
        return PREPAID_GIVEN.gives(row.prepaid)
    return prepaid_of_year(partial.month_fund[at].tolist(), months, row.code, row.level)


def _clearing(due: Figure, sharing: Figure, bonus: Figure, prepaid: "Explained[Money]", advance: Money) -> Figure:
    """Item 14: what is still to be paid, or below 0 what comes back."""
    labels = zip((RELEASED, SHARING, INCENTIVE, PREPAID), (due, sharing, bonus, prepaid), strict=True)
    parts = [label.of(figure) for label, figure in labels]
    parts.append(ADVANCE.of(advance.yuan, "yuan"))
    known = [figure.value for figure in (due, sharing, bonus) if isinstance(figure, Explained)]
    if len(known) < 3:
        return OPEN.lacks(*parts)
    return CLEARING.gives(total(known) - prepaid.value - advance, *parts)


def _pool(
    reserve: Money, taken: list[Figure], sharing: list[Figure], bonus: list[Figure], entitled: list[Money], terms: Terms
) -> Pool:
    changes = [figure.value for figure in sharing if isinstance(figure, Explained)]
    returned = -total([change for change in changes if change.fen < 0])
    borne = total([change for change in changes if change.fen > 0])
    open_ = [
        entitlement.at_rate(terms.deposit_share)
        for entitlement, figure in zip(entitled, taken, strict=True)
        if isinstance(figure, Unknown) and entitlement.fen > 0
    ]
    left = reserve + _sum(taken) + returned - borne - _sum(bonus)
    return Pool(reserve, _sum(taken), returned, borne, _sum(bonus), total(open_), left)


def _sum(figures: Sequence[Figure]) -> Money:
    """Of the figures that are known."""
    return sum((figure.value for figure in figures if isinstance(figure, Explained)), NOTHING)


def _decimal(units: int) -> Decimal:
    return Decimal(units) / SCALE

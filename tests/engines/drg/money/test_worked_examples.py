"""The worked examples of the reference on settlement come out as they stand there, to the cent."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from guatu.core.kernel.explained import Explained
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters import Terms
from guatu.engines.drg.points import Case, Review, points_of, points_of_many
from guatu.engines.drg.points.readmission import readmitted
from guatu.engines.drg.points.review import accepted, review_units
from guatu.engines.drg.quality.indicators import indicators
from guatu.engines.drg.settlement.assess import released, withheld
from guatu.engines.drg.settlement.prepay import monthly_values, prepayment
from guatu.engines.drg.settlement.settle import CLEARING, _clearing
from guatu.engines.drg.settlement.sharing import adjustment
from guatu.engines.drg.settlement.value import distributable, point_value, spread
from guatu.engines.drg.weights import Coefficient, GroupWeight, Weights, weigh
from guatu.engines.drg.weights.compute import base_points
from guatu.engines.drg.weights.sums import moments_by
from tests.engines.drg.money.rows import row, stays_of, yuan

Bend = Callable[..., Terms]
PNEUMONIA, PCI = "ES19", "FM19"
LEVEL = "三级"


def weights(k_of_pci: str = "1.05") -> Weights:
    """C0 8,000; pneumonia 6,000 (A 1.1, B 0.8), PCI 24,000; a bed-day group at 320 a day."""
    groups = (
        GroupWeight(PNEUMONIA, 100, 0, yuan("6000"), Decimal("0.3"), Decimal("75.0000"), "stable"),
        GroupWeight(PCI, 100, 0, yuan("24000"), Decimal("0.3"), Decimal("300.0000"), "stable"),
        GroupWeight("TR19", 100, 0, yuan("320"), Decimal(0), Decimal("4.0000"), "bed-day", 3000),
        GroupWeight("ZZ19", 3, 0, yuan("9000"), Decimal("0.1"), Decimal("112.5"), "few"),
    )
    factors = (("甲", PNEUMONIA, "1.1"), ("乙", PNEUMONIA, "0.8"), ("丙", PCI, k_of_pci))
    coefficients = tuple(Coefficient(of, group, 9, 1, Decimal(k), Decimal(k)) for of, group, k in factors)
    return Weights(yuan("8000"), groups, coefficients, "hospital", Decimal(8), 303, ("甲", "乙", "丙"))


def points(terms: Terms, group: str, hospital: str, cost: str, days: int = 5, **more: object) -> Decimal:
    """Of one stay by the readable form, which the fast form must repeat."""
    case = Case("S", hospital, LEVEL, group, yuan(cost), days)
    found = points_of(case, weights(), terms, **more)  # type: ignore[arg-type]
    assert isinstance(found, Explained)
    if not more:
        admitted, discharged = "2026-03-01", np.datetime_as_string(np.datetime64("2026-03-01") + days)
        made = row(1, drg=group, hospital=hospital, cost=cost, fund="0", admitted=admitted, discharged=discharged)
        fast = points_of_many(stays_of([made]), weights(), terms, {hospital: LEVEL})
        assert Decimal(int(fast.units[0])) / 10000 == found.value
    return found.value


def test_1_the_base_points_are_the_weight_times_one_hundred() -> None:
    region = Fraction(yuan("8000"))
    found = [base_points(Fraction(yuan(mean)), region) for mean in ("6000", "24000", "10000")]
    assert found == [Decimal("75.0000"), Decimal("300.0000"), Decimal("125.0000")]


def test_2_the_coefficient_is_the_mean_of_the_hospital_over_that_of_the_group(terms: Bend) -> None:
    rows = [row(n, hospital="甲", cost="6600") for n in range(6)] + [
        row(9 + n, hospital="乙", cost="4800") for n in range(3)
    ]
    rows += [row(20 + n, hospital="丁", cost="6000") for n in range(3)]
    table = weigh(stays_of(rows), terms(trim_rule="none", coefficient_min_cases=1), {})
    assert table.by_group["AA11"].mean == yuan("6000")
    assert {row.of: row.value for row in table.coefficients} == {"甲": Decimal("1.1"), "乙": Decimal("0.8"), "丁": 1}


def test_3_a_normal_stay_has_base_points_times_coefficient(terms: Bend) -> None:
    assert points(terms(), PNEUMONIA, "甲", "6600") == Decimal("82.5")
    assert points(terms(), PNEUMONIA, "乙", "4800") == Decimal("60")


def test_4_a_low_stay_has_points_by_its_cost_in_two_variants(terms: Bend) -> None:
    assert points(terms(low_rule="cost"), PNEUMONIA, "乙", "2100") == Decimal("26.25")
    assert points(terms(low_rule="coefficient-cost"), PNEUMONIA, "乙", "2100") == Decimal("21.0")


def test_4_no_low_stay_has_more_than_the_base_points(terms: Bend) -> None:
    bent = terms(low_rule="coefficient-cost", low_threshold="0.95")
    assert points(bent, PNEUMONIA, "甲", "5640") == Decimal("75")


def test_5_a_high_outlier_has_points_in_two_variants(terms: Bend) -> None:
    assert points(terms(high_by="flat", high_thresholds="2.5"), PCI, "丙", "96000") == Decimal("765")
    assert points(terms(high_rule="less-one", high_by="flat", high_thresholds="2"), PCI, "丙", "96000") == Decimal(
        "900"
    )


def test_5_the_threshold_goes_by_level_or_by_tier_of_base_points(terms: Bend) -> None:
    by_level = terms(high_by="level", high_thresholds=[{"value": 3, "level": "三级"}, {"value": 2, "level": "二级"}])
    assert [by_level.high_threshold(level, Decimal(75)) for level in ("三级", "二级", "一级")] == [3, 2, None]
    tiers = [{"value": 3, "up_to": 100}, {"value": Decimal("2.5"), "up_to": 300}, {"value": 2}]
    by_tier = terms(high_by="tier", high_thresholds=tiers)
    found = [by_tier.high_threshold("", Decimal(base)) for base in (100, 101, 300, 301)]
    assert found == [3, Decimal("2.5"), Decimal("2.5"), 2]


def test_6_a_stay_paid_by_the_day_has_points_of_the_day_times_days(terms: Bend) -> None:
    assert base_points(Fraction(yuan("320")), Fraction(yuan("8000"))) == Decimal("4.0000")
    assert points(terms(), "TR19", "甲", "9600", days=30) == Decimal("120")


def test_7_a_stay_of_an_unstable_group_has_points_from_its_cost(terms: Bend) -> None:
    assert points(terms(), "ZZ19", "甲", "12000") == points(terms(), "0000", "甲", "12000") == Decimal("150")


@pytest.mark.parametrize(
    ("denominator", "shown", "state"), [("population", 0.9055, "stable"), ("sample", 1.0124, "spread")]
)
def test_7_the_denominator_of_the_variance_decides_whether_a_group_is_stable(
    terms: Bend, denominator: str, shown: float, state: str
) -> None:
    rows = [row(n, cost=f"{cost}000") for n, cost in enumerate((4, 5, 6, 7, 28))]
    table = weigh(stays_of(rows), terms(cv_denominator=denominator, cv_limit="1", trim_rule="none"), {})
    assert (float(table.groups[0].cv), table.groups[0].state) == (shown, state)


def test_8_special_review_adds_the_reasonable_cost_above_the_normal_points(terms: Bend) -> None:
    units = review_units(Review("S", yuan("6000")), yuan("96000"), 300_0000, yuan("24000"), 1_0500)
    assert units / 10000 - 315 == 810
    assert points(terms(), PCI, "丙", "96000", review=Review("S", yuan("6000"))) == Decimal("1125")


def test_8_applications_are_capped_at_a_share_of_the_discharges() -> None:
    asked = [Review(f"S{n}") for n in range(4)]
    taken, found = accepted(asked, {f"S{n}": "甲" for n in range(4)}, {"甲": 60}, Decimal("0.05"))
    assert list(taken) == ["S0", "S1", "S2"]
    assert [finding.code for finding in found] == ["drg.review-over-cap"]


def test_9_the_stay_before_a_readmission_keeps_half_of_its_points(terms: Bend) -> None:
    assert points(terms(), PNEUMONIA, "甲", "6600", readmitted=True) == Decimal("41.25")
    first = row(1, patient="P", drg=PNEUMONIA, admitted="2026-03-01", discharged="2026-03-05", cost="6600")
    again = row(2, patient="P", drg=PNEUMONIA, admitted="2026-03-20", discharged="2026-03-25", cost="6600")
    stays = stays_of([again, first])
    made = points_of_many(stays, weights(), terms(), {"甲": LEVEL}, readmitted(stays, terms()))
    assert made.units.tolist() == [82_5000, 41_2500]


def test_10_the_reserve_is_kept_back_from_the_budget(terms: Bend) -> None:
    found = distributable(terms(budget=6_000_000, reserve_share="0.05"))
    assert found.value == Money.of_yuan("5700000")


def test_11_a_month_is_prepaid_by_the_share_of_its_claims(terms: Bend) -> None:
    assert prepayment(Money.of_yuan("1200000"), terms(prepay_share="0.85")) == Money.of_yuan("1020000")


UNITS = [42_000_0000, 10_500_0000, 4_500_0000]
PATIENT = [Money.of_yuan(amount) for amount in ("1650000", "450000", "200000")]
WHOLE = Money.of_yuan("5700000")


def test_12_the_budget_is_spread_by_points_on_the_fund_basis(terms: Bend) -> None:
    found = point_value(distributable(terms(budget=6_000_000)), sum(UNITS), total(PATIENT), terms())
    assert isinstance(found, Explained) and found.value == Decimal("100")
    assert spread(WHOLE, UNITS, PATIENT, "fund") == [Money.of_yuan(a) for a in ("4200000", "1050000", "450000")]


def test_12_the_budget_is_spread_by_points_on_the_gross_basis_to_the_fen(terms: Bend) -> None:
    bent = terms(budget=6_000_000, value_basis="gross")
    value = point_value(distributable(bent), sum(UNITS), total(PATIENT), bent)
    assert isinstance(value, Explained) and value.value == Decimal("140.350877")
    parts = spread(WHOLE, UNITS, PATIENT, "gross")
    assert parts == [Money.of_yuan(amount) for amount in ("4244736.84", "1023684.21", "431578.95")]
    assert total(parts) == WHOLE


def test_12_a_rounded_point_value_would_not_sum_to_the_budget() -> None:
    rounded_value = Decimal("140.3509")
    sums = sum((Decimal(units) / 10000 * rounded_value).quantize(Decimal("0.01")) for units in UNITS)
    assert sums - total(PATIENT).yuan == Decimal("5700001.30")


def test_12_the_monthly_value_is_the_monthly_budget_over_the_monthly_points() -> None:
    assert monthly_values(Money.of_yuan("1200").split([1, 1, 1]), [1_0000, 0, 2_0000]) == [
        Decimal("400"),
        None,
        Decimal("200"),
    ]


ENTITLED = [Money.of_yuan(amount) for amount in ("4200000", "1050000", "450000")]
SCORES = [Decimal(score) for score in (96, 88, 100)]
RELEASED = [Money.of_yuan(amount) for amount in ("4191600", "1043700", "450000")]


def test_13_the_deposit_is_released_by_the_score(terms: Bend) -> None:
    taken = [
        withheld(amount, score, terms(deposit_share="0.05")) for amount, score in zip(ENTITLED, SCORES, strict=True)
    ]
    found = [released(amount, part) for amount, part in zip(ENTITLED, taken, strict=True)]
    assert [figure.value for figure in found if isinstance(figure, Explained)] == RELEASED
    assert total([part.value for part in taken if isinstance(part, Explained)]) == Money.of_yuan("14700")


def test_14_clearing_is_what_is_due_less_what_was_prepaid() -> None:
    def figure(money: Money) -> Explained[Money]:
        return Explained(money, "test", "", "")

    prepaid = [Money.of_yuan(amount) for amount in ("3900000", "1100000", "380000")]
    none = figure(Money(0))
    found = [
        _clearing(figure(due), none, none, figure(paid), Money(0)) for due, paid in zip(RELEASED, prepaid, strict=True)
    ]
    wanted = [Money.of_yuan(amount) for amount in ("291600", "-56300", "70000")]
    assert [made.value for made in found if isinstance(made, Explained)] == wanted
    assert {made.rule for made in found} == {CLEARING.code}


BANDS = [{"from": 0, "to": Decimal("0.85"), "share": 1}, {"from": Decimal("0.85"), "to": 1, "share": 0},
         {"from": 1, "to": Decimal("1.1"), "share": Decimal("0.5")}]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "change"), [("80", "-5"), ("90", "0"), ("100", "0"), ("104", "2"), ("110", "5"), ("130", "5")]
)
def test_15_surplus_is_kept_and_overspend_shared_by_bands(terms: Bend, claims: str, change: str) -> None:
    found = adjustment(Money.of_yuan("100"), Money.of_yuan(claims), terms(claim_bands=BANDS))
    assert found == Money.of_yuan(change)


def test_16_the_case_mix_index_is_the_mean_weight_and_ungrouped_stays_lower_the_grouping_rate() -> None:
    groups = [PNEUMONIA, PCI, "0000", "FQY"]
    stays = stays_of([row(n, drg=group) for n, group in enumerate(groups)])
    found = indicators(stays, weights())[0]
    assert found.cmi.value == Decimal("1.8750")
    assert found.grouping_rate.value == Decimal("0.5000")


def test_sums_of_squares_that_do_not_fit_in_a_word_are_exact() -> None:
    costs = np.array([10**11, 10**11 - 1, 3], np.int64)
    found = moments_by(np.zeros(3, np.int64), costs, 1)[0]
    assert found.squares == sum(int(cost) ** 2 for cost in costs)

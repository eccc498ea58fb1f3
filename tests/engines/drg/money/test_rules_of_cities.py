"""Rules of cities as data, each with a worked example; and files of parameters of which nothing is silently lost."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters import ParameterSet, Terms, digest_of, load_set
from guatu.engines.drg.points.model import Case
from guatu.engines.drg.points.one import points_of
from guatu.engines.drg.settlement.prepay import prepaid_of_year
from guatu.engines.drg.settlement.value import capped, distributable, month_budgets
from guatu.engines.drg.simulation.change import changed
from guatu.engines.drg.weights import Weights
from guatu.engines.drg.weights.compute import weigh
from guatu.engines.drg.weights.model import GroupWeight
from guatu.engines.drg.weights.trim import kept
from tests.engines.drg.money.rows import row, stays_of

Bend = Callable[..., Terms]
EXAMPLE = Path("src/guatu/packs/drg/parameters/example.toml").read_text(encoding="utf-8")


def weights() -> Weights:
    """A group of mean 6,000 in a region of mean 8,000: 75 points."""
    group = GroupWeight("AA11", 10, 0, 600_000, Decimal(0), Decimal(75), "stable")
    return Weights(800_000, (group,), (), "hospital", Decimal(5), 10, ("甲",))


def points(terms: Terms, cost: int, group: str = "AA11", *, again: bool = False) -> Decimal:
    case = Case("S", "甲", "三级", group, cost, 5)
    found = points_of(case, weights(), terms, readmitted=again)
    assert isinstance(found, Explained)
    return found.value


def test_trimming_by_the_interquartile_range(terms: Bend) -> None:
    bent = terms(trim_rule="iqr", trim_low="1.5", trim_high="1.5")
    cost = np.array([1, 2, 3, 4, 100], np.int64) * 100_000
    # Q1 2,000, Q3 4,000: kept is what lies from -1,000 to 7,000.
    assert kept(np.zeros(5, np.int64), cost, bent).tolist() == [True, True, True, True, False]


def test_years_weigh_two_three_five(terms: Bend) -> None:
    bent = terms(base_years=3, year_weights=[2, 3, 5], trim_rule="none", min_cases=1)
    rows = [
        row(n, admitted=f"{year}-03-01", discharged=f"{year}-03-06", cost=cost)
        for n, (year, cost) in enumerate(((2023, "5000"), (2024, "6000"), (2025, "7000"), (2025, "9000")))
    ]
    # 0.2 x 5,000 + 0.3 x 6,000 + 0.5 x 8,000.
    assert weigh(stays_of(rows), bent, {"甲": "三级"}).groups[0].mean == 680_000


def test_groups_without_coefficient_have_none(terms: Bend) -> None:
    rows = [row(n, drg=group, hospital=place, cost=cost)
            for n, (group, place, cost) in enumerate([(g, h, c) for g in ("AA11", "AA13") for h, c in (("甲", "4000"), ("乙", "6000"))])]  # fmt: skip
    bent = terms(coefficient_exempt=["AA13"], trim_rule="none", min_cases=1, coefficient_min_cases=1)
    found = weigh(stays_of(rows), bent, {"甲": "三级", "乙": "三级"}).coefficients
    assert {(one.of, one.group): one.value for one in found} == {
        ("甲", "AA11"): Decimal("0.8000"), ("乙", "AA11"): Decimal("1.2000"),
    }  # fmt: skip


def test_ambiguous_and_ungrouped_stays_have_discounts_of_their_own(terms: Bend) -> None:
    bent = terms(cost_discount=[{"of": "QY", "value": "0.8"}, {"of": "0000", "value": "0.6"}, {"value": 1}])
    found = [points(bent, 1_200_000, group) for group in ("AQY", "0000", "ZZ19")]
    assert found == [Decimal("120.0000"), Decimal("90.0000"), Decimal("150.0000")]


def test_a_band_is_paid_at_the_actual_ratio_and_what_it_adds(terms: Bend) -> None:
    bent = terms(ratio_bands=[{"from": "0.4", "to": "0.8", "add": "0.2"}])
    # 75 x (0.6 + 0.2), and above the band the whole.
    assert (points(bent, 360_000), points(bent, 480_000)) == (Decimal("60.0000"), Decimal("75.0000"))


def test_a_capped_value_leaves_the_rest_in_the_reserve(terms: Bend) -> None:
    bent = terms(budget=6_000_000, value_cap=95)
    found = capped(distributable(bent), 57_000_0000, Money(0), bent)
    assert found.value == Money.of_yuan("5415000")


def test_the_share_prepaid_varies_by_hospital_level_and_month(terms: Bend) -> None:
    shares = [{"level": "三级", "value": "0.9"}, {"hospital": "乙", "value": "0.8"}, {"value": "0.85"}]
    months = [terms(prepay_share="0.95")] * 6 + [terms(prepay_share=shares)] * 6
    claims = [100_000] * 12
    found = [prepaid_of_year(claims, months, *who).value for who in (("甲", "三级"), ("乙", "三级"), ("丙", "一级"))]
    assert found == [Money.of_yuan(amount) for amount in ("11100", "10500", "10800")]


@given(st.lists(st.integers(0, 50), min_size=12, max_size=12).filter(any), st.integers(0, 10**12))
def test_the_budgets_of_months_sum_to_that_of_the_year(terms: Bend, declared: list[int], fen: int) -> None:
    bent = terms(month_spread="weights", month_weights=declared)
    assert total(month_budgets(Money(fen), bent)) == Money(fen)


def test_a_quarter_is_not_paid_with_the_money_of_the_year(terms: Bend) -> None:
    bent = terms(budget=12_000_000, reserve_share="0.05")
    assert distributable(bent, 3).value == Money.of_yuan("2850000")
    assert distributable(bent, 12).value == Money.of_yuan("11400000")


@given(st.integers(1, 1_199_999))
def test_points_that_a_readmission_halves_are_rounded_once(terms: Bend, cost: int) -> None:
    bent = terms(low_rule="cost", low_threshold="0.9", readmission_share="0.5", high_thresholds=3, high_by="flat")
    x = Fraction(cost, 600_000)
    exact = (75 if x >= Fraction(9, 10) else 75 * x) / 2 * 10_000
    assert points(bent, cost, again=True) * 10_000 == (exact + Fraction(1, 2)).__floor__()


KEYS = [match.start(1) for match in re.finditer(r"(?:^|[{,] )([a-z_]+) =", EXAMPLE, re.M)]


@given(st.sampled_from(KEYS), st.sampled_from("xqz"))
def test_a_misspelt_key_is_refused_at_its_line(at: int, letter: str) -> None:
    text = f"{EXAMPLE[:at]}{letter}{EXAMPLE[at:]}"
    found, problems = load_set(text, "p.toml")
    line = EXAMPLE[:at].count("\n") + 1
    assert found is None
    assert (f"p.toml:{line}", "drg.parameter-key-unknown") in {(one.row, one.code) for one in problems}


VALUES = [match.span(1) for match in re.finditer(r"(?:value|from|to) = ([0-9.]+)", EXAMPLE)]


@given(st.sampled_from(VALUES), st.integers(0, 90_000))
def test_a_changed_number_is_refused_or_ends_the_approvals(
    parameters: ParameterSet, where: tuple[int, int], value: int
) -> None:
    number = str(Decimal(value) / 1000)
    found, problems = load_set(f"{EXAMPLE[: where[0]]}{number}{EXAMPLE[where[1] :]}", "p.toml")
    if found is None:
        assert problems
        assert all(re.fullmatch(r"p\.toml:[0-9]+", one.row) for one in problems)
    elif Decimal(EXAMPLE[where[0] : where[1]]) != Decimal(number):
        assert digest_of(found) != digest_of(parameters)


@pytest.mark.parametrize(
    "change",
    ["trim_rule=median", "coefficient_min=2", "incentive_score=101", "outside_up_to_days=60", "month_spread=weights",
     "year_weights=[1]", "high_by=flat", "low_threshold=2.5"],
)  # fmt: skip
def test_a_change_that_contradicts_another_parameter_is_told(parameters: ParameterSet, change: str) -> None:
    assert [one.code for one in changed(parameters, [change])[1]] == ["drg.parameter-contradiction"]


def test_changes_are_judged_together(parameters: ParameterSet) -> None:
    assert not changed(parameters, ["trim_rule=median", "trim_low=0.3", "trim_high=3"])[1]


def test_a_year_is_the_year_of_its_days() -> None:
    found = load_set(EXAMPLE.replace("year = 2026", "year = 2025", 1), "p.toml")[1]
    assert [one.code for one in found] == ["drg.parameter-dates"]
    assert date(2026, 1, 1).isoformat() in found[0].message("en")

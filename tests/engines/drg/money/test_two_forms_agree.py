"""The readable and the fast form of points give the same digits; parts of a settlement add up to the whole."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained
from guatu.engines.drg.parameters import Terms
from guatu.engines.drg.points import RULES, Case, Review, points_of, points_of_many, points_over_time
from guatu.engines.drg.points.exact import rounded
from guatu.engines.drg.points.readmission import readmitted
from guatu.engines.drg.settlement import partial_of
from guatu.engines.drg.stays import Stays
from guatu.engines.drg.weights import Weights, weigh
from guatu.engines.drg.weights.model import to_places
from tests.engines.drg.money.rows import row, stays_of

Bend = Callable[..., Terms]
HOSPITALS = ("甲", "乙", "丙")
LEVELS = {"甲": "三级", "乙": "二级", "丙": "一级"}
GROUPS = ("AA11", "BB13", "CC15", "TR19", "0000", "DQY", "XX99")


def made_stays(seed: int, size: int) -> Stays:
    """Stays whose costs spread over all rules, with readmissions."""
    random = np.random.default_rng(seed)
    rows = []
    for n in range(size):
        cost = int(random.choice([3, 40, 400, 6000, 6000, 6100, 9000, 20_000, 90_000])) * 100 + int(
            random.integers(0, 100)
        )
        begin = np.datetime64("2026-02-01") + int(random.integers(0, 90))
        end = begin + int(random.choice([0, 1, 3, 8, 20, 61]))
        rows.append(
            row(
                n, hospital=random.choice(HOSPITALS), patient=f"P{random.integers(0, size // 3 + 1)}",
                drg=random.choice(GROUPS), admitted=begin, discharged=end,
                cost=f"{cost // 100}.{cost % 100:02}", fund="1.00" if cost > 100 else "0",
            )
        )  # fmt: skip
    return stays_of(rows)


@pytest.fixture(scope="module")
def table(terms: Bend) -> Weights:
    return weigh(made_stays(5, 600), terms(min_cases=3, cv_limit="9"), LEVELS)


def readable(stays: Stays, at: int, weights: Weights, terms: Terms, again: bool, reviews: dict[str, Review]) -> Decimal:
    hospital = stays.hospital[at]
    case = Case(
        stays.id[at], hospital, LEVELS[hospital], stays.group[at], int(stays.cost[at]), int(stays.days[at])
    )  # fmt: skip
    found = points_of(case, weights, terms, readmitted=again, review=reviews.get(case.id))
    if not isinstance(found, Explained):
        return Decimal(0)
    if found.rule != "drg.points-review":
        assert computed(found) == found.value, found.sentence("en")
    return found.value


TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?%?| x | [-+/] |[()]")


def computed(found: Explained[Decimal]) -> Decimal:
    """The points as a reader computes them from the sentence: its numbers and signs, and the base that caps a low stay."""
    left, _, _ = found.sentence("en").rpartition(" = ")
    tokens = TOKEN.findall(left.partition(": ")[2] or left)
    signs = {"x": "*", "/": "/", "+": "+", "-": "-", "(": "(", ")": ")"}
    value: Fraction = eval("".join(signs.get(one.strip()) or number(one) for one in tokens))
    low = found.rule.startswith("drg.points-low")
    return to_places(min(value, Fraction(found.part("base").value)) if low else value, 4)


def number(text: str) -> str:
    plain = text.replace(",", "").removesuffix("%")
    return f"Fraction('{plain}')" + ("/100" if text.endswith("%") else "")


VARIANTS = [
    {},
    {"low_rule": "cost", "high_rule": "less-one", "high_by": "flat", "high_thresholds": "2"},
    {"high_by": "tier", "high_thresholds": [{"value": 3, "up_to": 60}, {"value": 2}], "readmission_scope": "region"},
    {"outside_up_to_days": 1, "outside_from_days": 0, "cost_discount": "0.9137", "readmission_share": "0.3333"},
    {
        "ratio_bands": [{"from": "0.3", "to": "0.9", "add": "0.2"}],
        "cost_discount": [{"of": "0000", "value": "0.6"}, {"of": "QY", "value": "0.8"}, {"value": "0.9"}],
    },
]


@pytest.mark.parametrize("variant", VARIANTS, ids=["example", "costs", "tiers", "odd shares", "bands"])
def test_both_forms_agree_on_random_stays_in_every_variant(
    terms: Bend, table: Weights, variant: dict[str, object]
) -> None:
    bent, stays = terms(**variant), made_stays(11, 500)
    again = readmitted(stays, bent)
    reviews = {stays.id[n]: Review(stays.id[n], 5000, None if n % 2 else Decimal("12.5")) for n in range(0, 500, 50)}
    fast = points_of_many(stays, table, bent, LEVELS, again, reviews)
    slow = [readable(stays, n, table, bent, bool(again[n]), reviews) for n in range(len(stays))]
    assert [Decimal(int(units)) / 10000 for units in fast.units] == slow
    assert (
        again.any()
        and set(np.unique(fast.rule)) >= {0, 1, 2, 4, 5}
        and set(np.unique(fast.rule)) <= set(range(len(RULES)))
    )


def test_the_level_can_have_the_coefficient_instead_of_the_hospital(terms: Bend) -> None:
    bent = terms(coefficient_by="level", min_cases=3, cv_limit="9")
    table, stays = weigh(made_stays(5, 600), bent, LEVELS), made_stays(12, 200)
    assert {coefficient.of for coefficient in table.coefficients} <= set(LEVELS.values())
    fast = points_of_many(stays, table, bent, LEVELS)
    slow = [readable(stays, n, table, bent, False, {}) for n in range(len(stays))]
    assert [Decimal(int(units)) / 10000 for units in fast.units] == slow


costs = st.integers(0, 10**11 - 1)


@settings(max_examples=40)
@given(cost=costs, days=st.integers(0, 90), group=st.sampled_from(GROUPS), hospital=st.sampled_from(HOSPITALS))
def test_both_forms_agree_on_any_cost(
    terms: Bend, table: Weights, cost: int, days: int, group: str, hospital: str
) -> None:
    end = np.datetime64("2026-02-01") + days
    made = row(
        1,
        hospital=hospital,
        drg=group,
        admitted="2026-02-01",
        discharged=end,
        cost=f"{cost // 100}.{cost % 100:02}",
        fund="0",
    )
    stays, bent = stays_of([made]), terms()
    fast = points_of_many(stays, table, bent, LEVELS)
    assert Decimal(int(fast.units[0])) / 10000 == readable(stays, 0, table, bent, False, {})


@given(
    above=st.lists(st.integers(-(2**40), 2**40), min_size=3, max_size=3),
    below=st.lists(st.integers(1, 2**40), min_size=2, max_size=2),
)
def test_a_quotient_is_rounded_exactly_whatever_its_size(above: list[int], below: list[int]) -> None:
    exact = Fraction(above[0] * above[1] * above[2], below[0] * below[1])
    size = int(abs(exact) + Fraction(1, 2))
    assume(size < 2**63)
    found = rounded([np.array([n]) for n in above], [np.array([n]) for n in below])
    assert found.tolist() == [size if exact >= 0 else -size]


@settings(max_examples=40)
@given(low=costs, more=st.integers(0, 10**9), hospital=st.sampled_from(HOSPITALS))
def test_within_one_rule_a_dearer_stay_never_has_fewer_points(
    terms: Bend, table: Weights, low: int, more: int, hospital: str
) -> None:
    costs_ = [low, min(low + more, 10**11 - 1)]
    rows = [row(n, hospital=hospital, cost=f"{cost // 100}.{cost % 100:02}", fund="0") for n, cost in enumerate(costs_)]
    fast = points_of_many(stays_of(rows), table, terms(), LEVELS)
    if fast.rule[0] == fast.rule[1]:
        assert fast.units[0] <= fast.units[1]


@settings(max_examples=25)
@given(cuts=st.lists(st.integers(0, 300), max_size=4), seed=st.integers(0, 5))
def test_sums_of_any_parts_are_those_of_the_whole(terms: Bend, table: Weights, cuts: list[int], seed: int) -> None:
    bent, stays = terms(), made_stays(21, 300)
    again = readmitted(stays, bent)
    groups = tuple(table.by_group)
    whole = partial_of(stays, points_of_many(stays, table, bent, LEVELS, again), HOSPITALS, groups)
    order = np.random.default_rng(seed).permutation(300)
    total = None
    for rows in np.split(order, sorted(cuts)):
        part = stays.take(rows)
        made = partial_of(part, points_of_many(part, table, bent, LEVELS, again[rows]), HOSPITALS, groups)
        total = made if total is None else total + made
    assert total is not None and total.same_as(whole)


def test_a_stay_has_the_points_of_the_terms_that_held_when_it_was_discharged(terms: Bend, table: Weights) -> None:
    stays = made_stays(31, 300)
    early, late = terms(low_rule="cost"), terms(high_rule="less-one", cost_discount="0.5")
    middle = date(2026, 3, 10)
    times = [(date(2026, 1, 1), middle, early), (date(2026, 3, 11), date(2026, 12, 31), late)]
    found = points_over_time(stays, table, times, LEVELS)
    before = stays.discharged <= (middle - date(1970, 1, 1)).days
    assert before.any() and not before.all()
    wanted = np.where(
        before, points_of_many(stays, table, early, LEVELS).units, points_of_many(stays, table, late, LEVELS).units
    )
    assert found.units.tolist() == wanted.tolist()

"""Grids are rated by the first rule that holds; a figure that is missing gives no colour and no money."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.grids.rating import PayTier, RatingRule, check_rules, pay, rate_grid
from guatu.core.kernel.explained import Explained, Rule, Unknown

MAY = date(2026, 5, 1)
RULES = (
    RatingRule("red", "有超期未处置案件", "a case is overdue", "overdue > 0"),
    RatingRule("yellow", "巡查不足九成", "less than nine tenths patrolled", "patrolled < 0.9"),
    RatingRule("green", "各项正常", "all is well"),
)
TIERS = tuple(
    PayTier(colour, f"{name}档", f"tier {at}", fen, date(2026, 1, 1))
    for at, (colour, name, fen) in enumerate([("green", "一", 60_000), ("yellow", "二", 40_000), ("red", "三", 20_001)], 1)
)  # fmt: skip
NOTHING = Rule("none", "本月没有巡查任务", "no patrol was due").lacks()


@pytest.mark.parametrize(
    ("overdue", "patrolled", "colour"), [(1, 0.5, "red"), (0, 0.89, "yellow"), (0, 0.9, "green"), (2, 1, "red")]
)
def test_the_first_rule_that_holds_gives_the_colour(overdue: int, patrolled: float, colour: str) -> None:
    rated = rate_grid("1-01", MAY, {"overdue": overdue, "patrolled": patrolled}, RULES)
    assert isinstance(rated, Explained) and rated.value == colour


def test_the_rating_says_why() -> None:
    rated = rate_grid("1-01", MAY, {"overdue": 0, "patrolled": 0.8}, RULES)
    assert rated.sentence("zh") == "网格“1-01”2026-05 评为黄牌: 巡查不足九成"


def test_the_figures_that_decided_are_told_by_their_words() -> None:
    rules = (RatingRule("red", "差", "bad", "open_late > 5 or in_time < 0.7"),)
    rated = rate_grid("1-01", MAY, {"open_late": 9, "in_time": 0.9}, rules)
    assert isinstance(rated, Explained)
    assert [(part.zh, part.value) for part in rated.parts[4:]] == [("月末超期未结", 9)]


def test_rules_are_checked_before_they_are_used() -> None:
    bad = (
        RatingRule("red", "差", "bad", "in_time < 70%"),
        RatingRule("yellow", "中", "fair", "in_tme < 0.7 and due"),
        RatingRule("green", "好", "good"),
    )
    found = check_rules(bad)
    assert [(one.row, one.field, one.code) for one in found] == [
        ("1", "when", "rule.syntax"),
        ("2", "when", "rule.unknown-name"),
        ("2", "when", "rule.no-truth-value"),
    ]
    assert found[1].params["nearest"] == "in_time"


@pytest.mark.parametrize("figures", [{"overdue": 0}, {"overdue": 0, "patrolled": NOTHING}])
def test_a_missing_figure_is_not_passed_over_for_a_kinder_rule(figures: dict[str, int | Unknown]) -> None:
    rated = rate_grid("1-01", MAY, figures, RULES)
    assert isinstance(rated, Unknown)
    assert rated.sentence("en") == "grid “1-01” cannot be rated for 2026-05 without “patrolled”; supply the figure"
    assert isinstance(pay(rated, MAY, 31, 31, TIERS), Unknown)


def test_rules_that_leave_a_grid_out_are_said() -> None:
    rated = rate_grid("1-01", MAY, {"overdue": 0, "patrolled": 1}, RULES[:2])
    assert isinstance(rated, Unknown) and rated.rule == "grid.rating-no-rule"


@pytest.mark.parametrize(("overdue", "days", "fen"), [(0, 31, 60_000), (1, 31, 20_001), (1, 10, 6_452), (0, 0, 0)])
def test_pay_is_the_tier_by_days_served_to_the_nearest_fen(overdue: int, days: int, fen: int) -> None:
    found = pay(rate_grid("1-01", MAY, {"overdue": overdue, "patrolled": 1}, RULES), MAY, days, 31, TIERS)
    assert isinstance(found, Explained) and found.value == fen
    assert f"{fen:,} 分" in found.sentence("zh")


def test_a_month_before_the_table_of_pay_has_no_pay() -> None:
    found = pay(rate_grid("1-01", MAY, {"overdue": 0, "patrolled": 1}, RULES), date(2025, 5, 1), 31, 31, TIERS)
    assert isinstance(found, Unknown) and found.rule == "grid.pay-no-tier"


@given(st.integers(0, 31))
def test_who_leaves_and_who_replaces_get_the_tier_together_within_a_fen(days: int) -> None:
    rated = rate_grid("1-01", MAY, {"overdue": 1, "patrolled": 1}, RULES)
    parts = [pay(rated, MAY, n, 31, TIERS) for n in (days, 31 - days)]
    assert abs(sum(part.value for part in parts if isinstance(part, Explained)) - 20_001) <= 1

"""Money that a plan spends, and money that it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.commitments.funds import FundDraft, find_funds


def funds(text: str) -> list[FundDraft]:
    return find_funds(text, text, [(0, len(text), "task")])


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("总投资2.56亿元。", 25600000000),
        ("安排资金3000万元。", 3000000000),
        ("补助774909.5元。", 77490950),
        ("列支1,408,300元。", 140830000),
        ("最高奖励5千元。", 500000),
        ("补助0.01元。", 1),
    ],
)
def test_an_amount_is_exact_in_fen(text: str, fen: int) -> None:
    assert [f.amount_fen for f in funds(text)] == [fen]


@pytest.mark.parametrize(
    "text",
    [
        "蔬菜产值突破50亿元。",
        "农民人均可支配收入达到2.5万元。",
        "实施500万元以上的项目。",
        "近年来,我县先后投入4.7亿元整修渠道。",
        "拆除多元化商铺,推进一元公交。",
        "引进投资超10亿元的企业。",
        "水价每立方米不超过3.5元。",
    ],
)
def test_results_sizes_and_past_spending_are_no_funds(text: str) -> None:
    assert funds(text) == []


def test_of_a_raised_rate_only_the_new_one_counts() -> None:
    assert [f.amount_fen for f in funds("补助标准由每亩800元提高到每亩1000元。")] == [100000]


def test_the_purpose_names_the_rate() -> None:
    [fund] = funds("聘请管水员35人,每人每月报酬400元。")
    assert fund.purpose == "报酬(每人每月)"


def test_the_purpose_comes_from_the_clause_before_where_the_own_one_has_none() -> None:
    [fund] = funds("实施渠道衬砌一期工程,总投资2.56亿元。")
    assert fund.purpose == "渠道衬砌一期工程"


def test_the_heading_of_the_paragraph_is_the_purpose_where_no_clause_names_one() -> None:
    [fund] = funds("2.配齐管水设施。年内购置水泵26台,投资1860万元。")
    assert fund.purpose == "配齐管水设施"


def test_amounts_in_a_row_share_one_purpose() -> None:
    assert {f.purpose for f in funds("前三名渠系各奖励2万元、1万元、5000元。")} == {"前三名渠系各"}


def test_a_fund_that_is_set_up_is_money_though_its_size_is_named() -> None:
    [fund] = funds("设立规模5亿元的灌溉引导基金。")
    assert (fund.amount_fen, fund.purpose) == (50_000_000_000, "灌溉引导基金")


def test_the_source_is_read() -> None:
    sources = [f.source for f in funds("申请中央财政资金200万元,县级财政配套50万元,群众自筹30万元。")]
    assert sources == ["中央财政资金", "县级财政配套", "群众自筹"]


def test_each_part_of_a_split_is_a_fund() -> None:
    found = funds("奖补500万元,其中基础设施300万元、产业发展200万元。")
    assert [f.amount_fen // 10**8 for f in found] == [5, 3, 2]
    assert [f.purpose for f in found[1:]] == ["基础设施", "产业发展"]


@given(st.decimals(min_value="0.01", max_value="99999", places=2))
def test_no_fen_is_lost(yuan: object) -> None:
    [fund] = funds(f"补助{yuan}元。")
    assert fund.amount_fen == int(str(yuan).replace(".", ""))

"""Rules in words."""

import pytest

from guatu.core.dispatch.vocabulary import FACTS
from guatu.core.rules import parse, said


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("attainment < 0.8", "完成率 < 80%", "attainment < 80%"),
        ("met", "已达目标 = 是", "target met = yes"),
        ("not(met) or late_reports in [1..3]", "并非(已达目标 = 是) 或 迟报 属于 [1项..3项]", "not (target met = yes) or late reports in [1 items..3 items]"),
        ("is defined(met) and met = false", "已达目标 已知 且 已达目标 = 否", "target met known and target met = no"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words_without_the_figures_of_a_day(rule: str, zh: str, en: str) -> None:
    node = parse(rule, FACTS)
    assert (said(node, FACTS, "zh"), said(node, FACTS, "en")) == (zh, en)

"""Values as people write them."""

import pytest

from guatu.adapters.writers import words
from guatu.adapters.writers.phrases import iso_phrase, limit_phrase, money_phrase, target_phrase, target_value
from guatu.core.kernel.span import Span
from guatu.core.plan.model import Deadline, Target

HERE = Span(0, 0)


@pytest.mark.parametrize(
    ("iso", "zh", "en"),
    [
        ("2025-06-30", "2025年6月30日", "2025-06-30"),
        ("2025-06", "2025年6月", "2025-06"),
        ("2025", "2025年", "2025"),
        ("2021-04-01/2021-05-31", "2021年4月1日—5月31日", "2021-04-01/2021-05-31"),
        ("2025/2027", "2025年—2027年", "2025/2027"),
        ("--12-31", "12月31日（年份未写明）", "12-31 (year not said)"),
        ("2025-W3", "2025-W3", "2025-W3"),
        ("P30D", "30日内", "within 30 days"),
        ("P10WD", "10个工作日内", "within 10 working days"),
        ("P2M", "2个月内", "within 2 months"),
    ],
)
def test_a_time_limit_is_written_as_a_date_in_chinese_and_as_iso_in_english(iso: str, zh: str, en: str):
    assert (iso_phrase(iso, "zh"), iso_phrase(iso, "en")) == (zh, en)


def test_a_limit_without_a_day_says_what_it_counts_from():
    limit = Deadline("d1", "P30D", HERE, since="方案印发")
    assert limit_phrase(limit, "zh") == "方案印发后30日内"
    assert limit_phrase(limit, "en") == "within 30 days of 方案印发"
    assert limit_phrase(Deadline("d1", "2026-06-30", HERE), "zh") == "2026年6月30日"


@pytest.mark.parametrize(
    ("op", "value", "unit", "zh", "en"),
    [
        (">=", 90, "%", "≥90%", "≥90%"),
        ("<=", 300, "米", "≤300米", "≤300 米"),
        ("=", 9, "处", "9处", "9 处"),
        ("=", 0, "", "=0", "=0"),
        ("~", 20, "辆", "约20辆", "about 20 辆"),
        ("range", [3, 5], "座", "3–5座", "3–5 座"),
        ("+", 20.0, "%", "增加20%", "plus 20%"),
        ("=", 11.19, "万亩", "11.19万亩", "11.19 万亩"),
    ],
)
def test_a_target_is_written_with_its_comparison_and_unit(op, value, unit, zh, en):
    target = Target("t", "指标", op, value, unit, HERE)
    assert (target_value(target, "zh"), target_value(target, "en")) == (zh, en)


def test_a_target_names_its_scope_and_time():
    target = Target("t", "绿化覆盖率", ">=", 38, "%", HERE, "县城", deadline="2025")
    assert target_phrase(target, "zh") == "县城 · 绿化覆盖率 ≥38%（2025年）"


@pytest.mark.parametrize(
    ("fen", "zh"),
    [
        (60_000, "600元"),
        (5_000_000, "5万元"),
        (256_000_000_000, "25.6亿元"),
        (1_234_567, "1.234567万元"),
        (10_000_000_000, "1亿元"),
        (0, "0元"),
    ],
)
def test_money_is_exact_and_in_the_unit_a_reader_expects(fen: int, zh: str):
    assert money_phrase(fen, "zh") == zh


def test_every_word_exists_in_both_languages_with_the_same_blanks():
    for key in words.known():
        chinese, english = (words.word(key, language) for language in ("zh", "en"))
        assert chinese and english
        assert sorted(blanks(chinese)) == sorted(blanks(english)), key


def blanks(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]

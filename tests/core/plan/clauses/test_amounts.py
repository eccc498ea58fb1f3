"""Number expressions: value, unit and place."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.clauses.amounts import Amount, scan
from guatu.core.plan.source.normal import normalise


def amounts(text: str) -> list[Amount]:
    return list(scan(normalise(text), text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("整修梯田11.19万亩", 11.19, "万亩"),
        ("覆盖率≥90%", 90, "%"),
        ("覆盖率达到９０％以上", 90, "%"),
        ("密度不低于4座/平方公里", 4, "座/平方公里"),
        ("每人补助450元/人·月", 450, "元/人·月"),
        ("栽植1.6万余株", 1.6, "万株"),
        ("完成率百分之八十", 80, "%"),
        ("新建十二个驿站", 12, "个"),
        ("新建两处码头", 2, "处"),
        ("火灾起数为零", 0, ""),
        ("产值翻两番", 4, "倍"),
        ("输水管线12,600米", 12600, "米"),
        ("入户管线 1103公里", 1103, "公里"),
        ("装机45万千瓦", 45, "万千瓦"),
        ("办结时间3个工作日", 3, "个工作日"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    assert [(a.value, a.unit) for a in amounts(text)] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "low", "high"), [("建3-5个", 3, 5), ("建3至5个", 3, 5), ("建10%～15%", 10, 15), ("建三到五个", 3, 5)]
)
def test_a_range_has_both_ends(text: str, low: int, high: int) -> None:
    [amount] = amounts(text)
    assert (amount.value, amount.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["C30米", "第三个", "第3个", "GB/T 30428", "12345热线", "5G网络", "千亩荷塘", "3户籍", "5部门", "8条例", "S210项"],
)
def test_names_and_codes_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


def test_a_full_width_comma_does_not_join_two_numbers() -> None:
    assert [(a.value, a.unit) for a in amounts("在第20，300米处")] == [(300, "米")]


@given(st.text(alphabet="0123456789一二十百万亿.,-个处亩%元至百分之翻番为零年月", max_size=60))
def test_amounts_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = amounts(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))


@given(st.integers(0, 10**6), st.sampled_from(["亩", "万株", "公里", "%", "座", "户", "平方米"]))
def test_a_written_amount_is_found_where_it_stands(number: int, unit: str) -> None:
    text = f"计划完成{number}{unit}。"
    [amount] = amounts(text)
    assert (amount.value, amount.unit, text[amount.start : amount.end]) == (number, unit, f"{number}{unit}")

import re
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown, explain, show

DONE = Label("done", "完成", "done")
DUE = Label("due", "应完成", "due")
RATE = Rule("rate", "完成 {done},应完成 {due},完成率 {value}", "{done} of {due} done: {value}", "办法第三条")
NOTHING = Rule("rate.nothing-due", "应完成为 {due},无法计算", "nothing was due ({due})")


def test_an_explained_figure_prints_its_sentence_its_rule_and_its_parts_in_both_languages() -> None:
    rate = RATE.gives(0.85, DONE.of(17, "公里"), DUE.of(20, "公里"), unit="1")
    assert explain(rate) == (
        "完成 17 公里,应完成 20 公里,完成率 85% [rate]\n  依据: 办法第三条\n  完成: 17 公里\n  应完成: 20 公里"
    )
    assert explain(rate, "en") == (
        "17 公里 of 20 公里 done: 85% [rate]\n  Source: 办法第三条\n  done: 17 公里\n  due: 20 公里"
    )


def test_a_part_that_is_itself_explained_is_printed_below_its_place() -> None:
    inner = NOTHING.lacks(DUE.of(0))
    outer = RATE.gives(1.0, DONE.of(2), DUE.of(inner), unit="1")
    assert explain(outer).splitlines()[-3:] == [
        "  应完成: 未知",
        "    应完成为 0,无法计算 [rate.nothing-due]",
        "      应完成: 0",
    ]


def test_a_figure_survives_json_with_all_its_parts() -> None:
    inner = RATE.gives(0.5, DONE.of(1), DUE.of(2), unit="1")
    for figure in (RATE.gives(0.25, DONE.of(inner), DUE.of(NOTHING.lacks(DUE.of(0)))), NOTHING.lacks(DUE.of(0))):
        line = msgspec.json.encode(figure)
        assert msgspec.json.decode(line, type=Explained[float] | Unknown) == figure


def test_a_sentence_that_names_a_missing_part_fails_where_the_figure_is_made() -> None:
    with pytest.raises(KeyError, match="due"):
        RATE.gives(0.5, DONE.of(1))
    with pytest.raises(KeyError, match="value"):
        RATE.lacks(DONE.of(1), DUE.of(2))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_no_figure(number: float) -> None:
    with pytest.raises(ValueError, match="Unknown"):
        DONE.of(number)
    with pytest.raises(ValueError, match="Unknown"):
        RATE.gives(number, DONE.of(1), DUE.of(2))


def test_an_unchecked_coefficient_is_marked_and_found_however_deep_it_lies() -> None:
    inner = RATE.gives(0.5, DONE.of(1, unverified="JTG 5210 table 7"), DUE.of(2))
    outer = RATE.gives(0.5, DONE.of(inner), DUE.of(2))
    assert outer.unverified == ("JTG 5210 table 7",)
    assert "完成: 1 (系数未与标准原文核对: JTG 5210 table 7)" in explain(outer)
    assert "(coefficient not checked against the standard: JTG 5210 table 7)" in explain(outer, "en")


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (0.8333333, "1", "83.3333%", "83.3333%"),
        (95.5, "%", "95.5%", "95.5%"),
        (1234567, "亩", "1,234,567 亩", "1,234,567 亩"),
        (12.0, "公里", "12 公里", "12 公里"),
        (0.00001, "公里", "0.00001 公里", "0.00001 公里"),
        (-0.0, "", "0", "0"),
        (3, "working-day", "3个工作日", "3 working days"),
        (True, "", "是", "yes"),
        ("2026-03", "", "2026-03", "2026-03"),
    ],
)
def test_a_value_is_shown_as_its_readers_write_it(value: object, unit: str, zh: str, en: str) -> None:
    assert show(value, unit, "zh") == zh
    assert show(value, unit, "en") == en


def test_the_parts_are_found_by_key() -> None:
    rate = RATE.gives(0.5, DONE.of(1), DUE.of(2))
    assert rate.part("due").value == 2
    with pytest.raises(KeyError):
        rate.part("planned")


_TIMES = Rule("a.product", "{weight} x {points} = {value}", "{weight} x {points} = {value}")
_WEIGHT, _POINTS = Label("weight", "权重", "weight"), Label("points", "点数", "points")


@given(
    st.decimals(min_value=0, max_value=999, places=5),
    st.decimals(min_value=0, max_value=99_999, places=5),
)
def test_who_computes_it_again_from_what_is_printed_comes_to_what_is_printed(a: Decimal, b: Decimal) -> None:
    figure = _TIMES.gives(a * b, _WEIGHT.of(a), _POINTS.of(b))
    left, right, result = re.findall(r"[\d.]+", figure.sentence("zh").replace(",", ""))
    assert abs(Decimal(left) * Decimal(right) - Decimal(result)) <= Decimal("0.00005")


def test_what_goes_in_is_printed_with_all_of_its_digits_and_what_a_division_left_is_rounded() -> None:
    assert _TIMES.gives(8381.58025, _WEIGHT.of(1.23456), _POINTS.of(6789.12345)).sentence() == (
        "1.23456 x 6,789.12345 = 8,381.5803"
    )
    assert _WEIGHT.of(0.57123, "1").text() == "57.123%"
    assert _WEIGHT.of(1 / 3).text() == "0.3333" and _WEIGHT.of(2 / 3, "1").text() == "66.6667%"

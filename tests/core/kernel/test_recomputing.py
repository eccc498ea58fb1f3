"""Whoever computes a figure again from what is printed of it comes to what is printed."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import reduce
from operator import add, mul, truediv

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown, show

KEYS = ("a", "b", "c")
SIGNS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "×": mul, "÷": truediv}
WRITTEN = st.decimals(Decimal("0.00001"), 10**6, places=5)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def figure(sign: str, values: list[Decimal]) -> Explained[float]:
    """A rule as the program has them: exact parts, the result rounded to a binary fraction once at the end."""
    sentence = f" {sign} ".join(f"{{{key}}}" for key in KEYS[: len(values)]) + " = {value}"
    rule = Rule("a.figure", sentence, sentence)
    result = reduce(SIGNS[sign], map(Fraction, values))
    parts = [
        Label(key, key, key).of(value, unit) for key, value, unit in zip(KEYS, values, ("公里", "", ""), strict=False)
    ]
    return rule.gives(float(result), *parts)


def rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    near = exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return near if near or abs(exact) < Decimal("1e-9") else Decimal(f"{exact:.2g}")


@pytest.mark.parametrize("sign", SIGNS)
@given(values=st.lists(WRITTEN, min_size=2, max_size=3))
def test_a_sum_product_or_quotient_is_what_its_printed_parts_give(sign: str, values: list[Decimal]) -> None:
    *parts, result = NUMBER.findall(figure(sign, values).sentence().replace(",", ""))
    again = reduce(SIGNS[sign], map(Fraction, parts))
    assume(
        again < 10**7
    )  # a binary fraction has sixteen digits: of larger figures the fourth decimal may be rounded twice
    assert Decimal(result) == rounded(again) + 0, (parts, result)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
def test_no_digit_of_a_decimal_is_lost_on_its_way_to_the_page(value: Decimal) -> None:
    part = Label("a", "数", "number").of(value)
    again = msgspec.json.decode(msgspec.json.encode(part), type=type(part))
    assert Decimal(again.text().replace(",", "")) == Decimal(part.text().replace(",", "")) == value


def test_a_decimal_of_many_digits_survives_json() -> None:
    many = Decimal("12345678901.2345678901")
    whole = Rule("a.one", "{a} = {value}", "{a} = {value}").gives(1.0, Label("a", "数", "number").of(many, "yuan"))
    again = msgspec.json.decode(msgspec.json.encode(whole), type=Explained[float] | Unknown)
    assert again.sentence() == "12,345,678,901.2345678901 元 = 1"


@pytest.mark.parametrize(
    ("value", "text"), [(1.00005, "1.0001"), (2.00005, "2.0001"), (-1.00005, "-1.0001"), (0.12345, "0.1235")]
)
def test_halves_are_rounded_as_everybody_rounds_them(value: float, text: str) -> None:
    assert show(value) == text


def test_what_a_rule_has_rounded_to_six_decimals_is_shown_with_them() -> None:
    assert show(Decimal("7.123457"), "yuan") == "7.123457 元"
    assert show(Decimal("7.100000"), "yuan") == "7.1 元"

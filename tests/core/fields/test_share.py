"""Shares: what is written with a sign of per cent, as a decimal or as a fraction is one share; what is unclear is none."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.fields.share import Share


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("70%", "0.7"), ("0.7", "0.7"), ("７０％", "0.7"), ("7成", "0.7"), ("七成", "0.7"), ("2/3", "0.666667"),
        ("三分之二", "0.666667"), ("百分之七十", "0.7"), ("1", "1"), ("100%", "1"), ("0", "0"), (" 66.67 % ", "0.6667"),
        ("⅔", "0.666667"), ("5‰", "0.005"),
    ],
)  # fmt: skip
def test_one_share_is_written_in_many_ways(text: str, value: str) -> None:
    found = Share().read(text)
    assert (found.value, found.findings) == (Decimal(value), ())


@pytest.mark.parametrize("text", ["70", "1.5", "120%", "-0.1", "4/3", "七十", "大部分", "3/0", "0.7 亩"])
def test_what_is_no_share_is_refused(text: str) -> None:
    found = Share().read(text)
    assert found.value is None and found.error is not None and found.error.code == "field.no-share"


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_heads_over_heads_are_their_ratio(part: int, whole: int) -> None:
    found = Share().read(f"{part}/{whole}").value
    if part > whole:
        assert found is None
    else:
        assert found is not None and abs(Fraction(found) - Fraction(part, whole)) <= Fraction(1, 2_000_000)

"""Units as written resolve to a base unit and a factor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.units import names, resolve


@pytest.mark.parametrize(
    ("value", "unit", "expected", "base"),
    [
        (90, "%", 0.9, "1"),
        (0.9, "‰", 0.0009, "1"),
        (5, "个百分点", 0.05, "1"),
        (3, "亩", 2000, "m2"),
        (11.19, "万亩", 74600000, "m2"),
        (2.5, "公顷", 25000, "m2"),
        (4, "座/平方公里", 4e-6, "piece/m2"),
        (450, "元/人·月", 450, "yuan/person/month"),
        (40, "万元/公里", 400, "yuan/m"),
        (1.2, "亿元", 120000000, "yuan"),
        (12, "里", 6000, "m"),
        (488, "延米", 488, "m"),
        (45, "万千瓦", 450000000, "W"),
        (2, "百万吨", 2e9, "kg"),
        (150, "万人次", 1500000, "occurrence"),
        (8, "公里/平方公里", 0.008, "m/m2"),
        (34, "微克/立方米", 3.4e-8, "kg/m3"),
        (3, "户", 3, "household"),
    ],
)
def test_a_value_is_turned_into_its_base_unit(value: float, unit: str, expected: float, base: str) -> None:
    measure = resolve(unit)
    assert measure is not None
    assert measure.in_base(value) == pytest.approx(expected, rel=1e-12)
    assert measure.base == base


def test_a_percentage_is_exact_in_its_base_unit() -> None:
    measure = resolve("%")
    assert measure is not None
    assert [measure.in_base(v) for v in (7, 29, 57, 90, 97.35)] == [0.07, 0.29, 0.57, 0.9, 0.9735]


def test_fifteen_mu_are_one_hectare() -> None:
    mu, hectare = resolve("亩"), resolve("公顷")
    assert mu is not None and hectare is not None
    assert mu.in_base(15) == hectare.in_base(1)


@pytest.mark.parametrize("word", ["青禾", "万", "座/青禾", "万%", "公里/"])
def test_what_is_no_unit_is_not_resolved(word: str) -> None:
    assert resolve(word) is None


@given(
    st.sampled_from([n for n in names("area", "length", "mass", "people", "count") if n.isalpha() and not n.isascii()])
)
def test_a_multiplier_multiplies_any_unit(unit: str) -> None:
    plain, many = resolve(unit), resolve("万" + unit)
    assert plain is not None and many is not None
    assert many.factor == plain.factor * 10000
    assert many.base == plain.base


def test_longer_names_come_before_the_names_they_contain() -> None:
    listed = names()
    assert listed.index("平方公里") < listed.index("公里") < listed.index("里")

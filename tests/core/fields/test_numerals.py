"""Numbers in both scripts have the values that people read in them."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.fields.numerals import arabic, chinese, value_of


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_agree_with_the_library_for_them(number: int) -> None:
    assert chinese(cn2an.an2cn(number)) == number


@given(st.integers(min_value=1000, max_value=9999))
def test_digits_read_out_one_by_one_are_a_number(number: int) -> None:
    assert chinese("".join("〇一二三四五六七八九"[int(d)] for d in str(number))) == number


@pytest.mark.parametrize(
    ("text", "value"), [("两", 2), ("十", 10), ("十二", 12), ("两百", 200), ("一百零五", 105), ("三千六百", 3600)]
)
def test_a_spoken_numeral_has_its_value(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize("text", ["十百", "百千", "二三十", "零十"])
def test_what_nobody_would_say_has_no_value(text: str) -> None:
    assert chinese(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("12,000", 12000), ("11.19", 11.19), ("3.0", 3), ("0.9", 0.9), ("1,234.5", 1234.5)]
)
def test_an_arabic_number_is_whole_where_it_can_be(text: str, value: float) -> None:
    found = arabic(text)
    assert found == value
    assert isinstance(found, int) == float(value).is_integer()


def test_either_script_is_told_by_its_first_character() -> None:
    assert (value_of("26"), value_of("二十六")) == (26, 26)

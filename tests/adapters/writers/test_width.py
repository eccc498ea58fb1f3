"""Columns of a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.writers.width import cut, fold, pad, width

TEXTS = st.text(alphabet="县林业局，。（）abc 12%·①\u0301", max_size=60)


def test_a_chinese_character_takes_two_columns_and_a_combining_mark_none():
    assert width("县a") == 3
    assert width("e\u0301") == 1


@given(TEXTS, st.integers(2, 40))
def test_folding_keeps_every_character_but_blanks_at_line_ends(text: str, columns: int):
    assert "".join(fold(text, columns)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="县林业局abc 12·", max_size=60), st.integers(2, 40))
def test_no_folded_line_is_wider_than_asked(text: str, columns: int):
    assert all(width(line) <= columns for line in fold(text, columns))


@given(TEXTS, st.integers(3, 40))
def test_a_cut_text_fits_and_begins_like_the_whole(text: str, columns: int):
    short = cut(text, columns)
    assert width(short) <= columns
    assert text.startswith(short.removesuffix("…"))


def test_a_line_does_not_begin_with_a_closing_sign():
    assert fold("县林业局、县水利局", 8) == ["县林业", "局、县水", "利局"]


def test_padding_counts_columns_not_characters():
    assert pad("县", 4) == "县  "

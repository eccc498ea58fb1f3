"""What looks the same is the same, and nothing that is seen gets lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.fields.normal import INVISIBLE, compared, line, lines, repaired, typed, visible

INVISIBLE_ONES = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u2066\ufe0f"


@pytest.mark.parametrize("odd", INVISIBLE_ONES)
def test_an_invisible_character_inside_a_name_changes_nothing(odd: str) -> None:
    assert line(f"青禾县水{odd}利局") == compared(f"青禾县水{odd}利局") == "青禾县水利局"


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("县⽔利局", "县水利局"), ("⻓安镇⼈⺠政府", "长安镇人民政府"), ("⻔⻋⻛⻢⻚⻅", "门车风马页见"),
        ("\uf9b5泉", "例泉"), ("\U0002f81f", "㓟"),
    ],
)  # fmt: skip
def test_radicals_and_compatibility_ideographs_become_the_characters_they_look_like(odd: str, plain: str) -> None:
    assert repaired(odd) == plain


@given(st.text())
def test_repairing_moves_no_position(text: str) -> None:
    assert len(repaired(text)) == len(text)


def test_every_kangxi_radical_is_repaired() -> None:
    assert not [c for c in map(chr, range(0x2F00, 0x2FD6)) if unicodedata.name(repaired(c)).startswith("KANGXI")]


@given(st.text())
def test_making_alike_twice_is_making_alike_once(text: str) -> None:
    assert line(line(text)) == line(text)
    assert lines(lines(text)) == lines(text)
    assert typed(typed(text)) == typed(text)


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    assert not INVISIBLE.search(visible(text))


def test_blanks_of_every_kind_part_words_as_one_blank() -> None:
    assert line("县水利局\u3000\u00a0县财政局\u2009") == "县水利局 县财政局"


def test_punctuation_that_was_typed_is_kept() -> None:
    assert line("柳林镇（街道）、Ａ区") == "柳林镇（街道）、Ａ区"


def test_names_that_differ_in_width_or_blanks_alone_are_equal() -> None:
    assert compared("柳林镇（街道） Ａ区") == compared("柳林镇(街道)A区")


def test_a_text_of_several_lines_keeps_them() -> None:
    assert lines("  甲\r\n乙\r丙\u00a0丁\0") == "甲\n乙\n丙 丁"


def test_an_emoji_keeps_what_holds_it_together() -> None:
    family = "👨\u200d👩\u200d👧"
    assert line(f"{family}水\u200d利") == f"{family}水利"

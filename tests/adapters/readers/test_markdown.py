"""Markdown: words without the marks that set them off, tables, and each character at its place in the file."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.readers import SourceText, read_bytes

WHERE: dict[str, Callable[[str], str]] = {
    "paragraph": lambda inner: f"（一）植树。{inner}。",
    "heading": lambda inner: f"### （一）{inner}",
    "cell": lambda inner: f"| 序号 | 事项 |\n|---|---|\n| 1 | {inner} |",
    "item": lambda inner: f"- {inner}\n- 其他",
}
MARKS = {
    "bold": ("改造**5座**水厂", "改造5座水厂"),
    "bold with a colon": ("**牵头单位：** 县水利局", "牵头单位： 县水利局"),
    "bold up to a character": ("**改造水厂。**5座", "改造水厂。5座"),
    "two bolds": ("**甲**和**乙**", "甲和乙"),
    "bold of a part": ("（**牵头单位**：县水利局）", "（牵头单位：县水利局）"),
    "underlined": ("办 __县水利局__ 等", "办 县水利局 等"),
    "masks": ("张**、李**等", "张**、李**等"),
    "a product": ("长5*3*2米", "长5*3*2米"),
    "a blank to fill": ("由____负责", "由____负责"),
    "an escaped mark": ("改造\\*\\*5座", "改造**5座"),
    "code": ("用`**a**`表示", "用`**a**`表示"),
    "a power": ("节水5×10<sup>4</sup>立方米", "节水5×10⁴立方米"),
    "an index": ("PM<sub>2.5</sub>", "PM2.5"),
}


def read(text: str) -> SourceText:
    return read_bytes(text.encode(), "a.md")


@pytest.mark.parametrize("place", WHERE)
@pytest.mark.parametrize("name", MARKS)
def test_marks_go_and_words_stay(name: str, place: str) -> None:
    marked, plain = MARKS[name]
    source = read(f"# 方案\n\n{WHERE[place](marked)}\n")
    assert source.text == f"# 方案\n\n{WHERE[place](plain)}\n"
    assert source.remarks == ()
    if place == "cell":
        assert source.tables[0].rows[1][1].text == plain


@pytest.mark.parametrize("place", WHERE)
@pytest.mark.parametrize(
    ("marked", "plain", "code", "told"),
    [
        ("改造~~9~~5座", "改造5座", "read.struck-text", "9"),
        ("改造<del>9</del>5座", "改造5座", "read.struck-text", "9"),
        ("改造**~~9~~5**座", "改造5座", "read.struck-text", "9"),
        ("县水利局<sup>[1]</sup>", "县水利局", "read.note-marks", "[1]"),
        ("县水利局[^1]", "县水利局", "read.note-marks", "[^1]"),
    ],
)
def test_what_is_struck_or_points_to_a_note_is_told(marked: str, plain: str, code: str, told: str, place: str) -> None:
    source = read(f"# 方案\n\n{WHERE[place](marked)}\n")
    assert source.text == f"# 方案\n\n{WHERE[place](plain)}\n"
    assert [(one.code, one.sample) for one in source.remarks] == [(code, told)]
    assert source.remarks[0].place is not None
    assert source.remarks[0].place.line == (5 if place == "cell" else 3)


@given(
    st.lists(
        st.sampled_from(["**", "~~", "甲", "5", " ", "\n", "`", "\\", "*", "__", "<br>", "|", "<sup>2</sup>"]),
        max_size=25,
    )
)
def test_each_character_that_stays_is_found_at_its_place_in_the_file(parts: list[str]) -> None:
    written = "始" + "".join(parts) + "终"
    lines = written.split("\n")
    source = read(written)
    assert source.text.count("\n") == written.count("\n")
    assert [char for char in source.text if char in "甲5始终"] == [
        char for char in _unstruck(source, written) if char in "甲5始终"
    ]
    for position, char in enumerate(source.text):
        place = source.places.at(position)
        if char in "甲5始终":
            assert lines[place.line - 1][place.column - 1] == char


def _unstruck(source: SourceText, written: str) -> str:
    """The characters of a file that are not told to be struck: as many of them as the remark counts."""
    struck = sum(one.characters for one in source.remarks if one.code == "read.struck-text")
    return written if not struck else source.text


@pytest.mark.parametrize(
    "piece", ["**甲", "~~甲 ", "__甲 ", "<del>", "[^", "\\\\", "|", " |", "|-", "**甲 **", "`甲", "<sup>", "*甲*"]
)
def test_marks_without_an_end_cost_no_more_than_other_words(piece: str) -> None:
    begun = time.process_time()
    read(piece * (300_000 // len(piece)))
    read(" " * 300_000 + piece + "\n" + piece)
    assert time.process_time() - begun < 10

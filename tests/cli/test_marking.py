"""Source lines with marks below them."""

from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.writers.width import width
from guatu.cli.marking import lines_left, marked_lines
from guatu.core.kernel.span import Span


def shown(text: str, start: int, end: int, first: int, room: int = 40) -> list[str]:
    return list(marked_lines(text, Span(start, end), first, room, 30))


def test_the_line_before_is_shown_and_the_span_is_marked():
    assert shown("一二\n三四五\n六", 4, 6, 2) == [" 1 | 一二", " 2 | 三四五", "   |   ^^^^"]


def test_a_span_over_two_lines_is_marked_on_both():
    assert shown("甲乙\n丙丁", 1, 4, 1) == [" 1 | 甲乙", "   |   ^^", " 2 | 丙丁", "   | ^^"]


def test_a_place_without_characters_is_marked_with_one_sign():
    assert shown("甲\n乙", 3, 3, 2) == [" 1 | 甲", " 2 | 乙", "   |   ^"]


def test_a_long_line_is_folded_and_marked_on_each_piece():
    lines = shown("县" * 30, 10, 25, 1, room=25)
    assert max(map(width, lines)) <= 25
    assert sum(line.count("^") for line in lines) == 2 * 15


def test_lines_beyond_the_most_are_counted():
    assert lines_left("a\n" * 40, Span(0, 80), 30) == 10
    assert lines_left("abc", Span(0, 3), 30) == 0


@given(st.text(alphabet="县a1 \n", min_size=1, max_size=40), st.data())
def test_as_many_columns_are_marked_as_the_span_covers(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first = text.count("\n", 0, start) + 1
    lines = list(marked_lines(text, Span(start, end), first, 60, 100))
    marks = sum(line.split(" | ", 1)[1].count("^") for line in lines if " | " in line)
    assert marks == sum(width(char) for char in text[start:end] if char != "\n")

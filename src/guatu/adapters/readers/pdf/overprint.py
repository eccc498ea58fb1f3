"""Letters printed twice or more at one place, to look bold or to throw a shadow, count once.

Two glyphs are prints of one letter if they stand for the same characters and their boxes cover each other nearly whole.
Letters that follow each other never do, however tightly they are set: 11 and 00 stay what they are.
"""

from collections import defaultdict
from collections.abc import Sequence

from guatu.adapters.readers.pdf.frame import Glyph
from guatu.core.fields.normal import visible

_OFFSET = 0.15
"""Share of a letter's own width by which its next print may stand off.

Bold type is printed 0.3 to 0.5 points off, a shadow up to a point; a digit of 12 points is 6 points wide. Two digits of
which the second is moved on by less than this cannot be read as two by anybody.
"""

_SLOPE = 0.618
"""Letters are put in order along a slanting line, on which lines and columns of a page do not fall together."""


def once(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs, each letter once, in their order; and the further prints of them."""
    alike: dict[str, list[int]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        if visible(glyph.text):  # joiners without width lie on each other and print nothing
            alike[glyph.text].append(index)
    copies = {index for found in alike.values() if len(found) > 1 for index in _copies(glyphs, found)}
    if not copies:
        return list(glyphs), []
    kept = [glyph for index, glyph in enumerate(glyphs) if index not in copies]
    return kept, [glyphs[index] for index in sorted(copies)]


def _copies(glyphs: Sequence[Glyph], alike: Sequence[int]) -> list[int]:
    """Those of some glyphs of one text that are prints of an earlier one, or of a print of it."""
    reach = (1 + _SLOPE) * _OFFSET * max([glyphs[index].right - glyphs[index].left for index in alike])
    ordered = sorted([(glyphs[index].left + _SLOPE * glyphs[index].top, index) for index in alike])
    letters: dict[int, list[int]] = {}
    last = -reach
    for at, (along, _) in enumerate(ordered):
        if along - last <= reach and at:
            _join(glyphs, ordered, at, reach, letters)
        last = along
    return [copy for letter in {id(found): found for found in letters.values()}.values() for copy in sorted(letter)[1:]]


def _join(
    glyphs: Sequence[Glyph], ordered: Sequence[tuple[float, int]], at: int, reach: float, letters: dict[int, list[int]]
) -> None:
    """Put a glyph to the letter that it prints again, if there is one within reach before it."""
    along, index = ordered[at]
    for before in range(at - 1, -1, -1):
        there, other = ordered[before]
        if along - there > reach:
            return
        if _covers(glyphs[index], glyphs[other]):
            letters[index] = letters.setdefault(other, [other])
            letters[index].append(index)
            return


def _covers(one: Glyph, other: Glyph) -> bool:
    """Whether two boxes cover each other nearly whole."""
    offset = _OFFSET * min(one.right - one.left, other.right - other.left)
    return (
        abs(one.left - other.left) <= offset
        and abs(one.right - other.right) <= offset
        and abs(one.top - other.top) <= offset
        and abs(one.bottom - other.bottom) <= offset
    )

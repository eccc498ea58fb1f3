"""A text that the grammar can scan, and the way back from each of its characters to the source."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from guatu.core.fields.normal import INVISIBLE, repaired
from guatu.core.kernel.regex import regex
from guatu.core.kernel.span import Span
from guatu.core.plan.source.bars import without_bars
from guatu.core.plan.source.blanks import vanishing
from guatu.core.plan.source.breaks import cuts, merged
from guatu.core.plan.source.normal import normalise
from guatu.core.plan.source.sharing import furniture, page_marks


class Reading:
    """The working copy of a source text.

    `text` is the source. `written` is the source without what has no width, without page marks and without blanks and
    line breaks inside words and sentences; `raw` is `written` with characters for the radicals that look like them;
    `norm` is `raw` with like characters made alike and the bars of tables made tabs. The three have the same length;
    every stage counts positions in them, and `source_span` leads back to the source. `page_marks` and `furniture` are
    what a site for sharing documents put into the source; both are left out.
    """

    __slots__ = ("_origins", "_shifts", "_starts", "furniture", "norm", "page_marks", "raw", "text", "written")

    def __init__(self, text: str, *, markdown: bool = False) -> None:
        """`markdown` says that stars around words make them bold; in other texts they may stand for what is masked."""
        self.text = text
        shown = _Shown(text, markdown=markdown)
        self.page_marks = [Span(*mark) for mark in shown.page_marks]
        self.furniture = [Span(*part) for part in shown.furniture]
        self.written, self._starts, self._shifts = _remove(text, shown.removed())
        self._origins = [start + shift for start, shift in zip(self._starts, self._shifts, strict=True)]
        self.raw = repaired(self.written)
        norm = shown.norm if self.written == shown.shown else normalise(self.raw)
        self.norm = without_bars(norm)

    def position(self, at: int) -> int:
        """Source position of working position `at`."""
        if len(self._starts) == 1:
            return at + self._shifts[0]
        return at + self._shifts[bisect_right(self._starts, at) - 1]

    def working(self, at: int) -> int:
        """Working position of source position `at`; of one that is cut out, that of what stands behind."""
        i = max(0, bisect_right(self._origins, at) - 1)
        limit = self._starts[i + 1] if i + 1 < len(self._starts) else len(self.norm)
        return max(self._starts[i], min(at - self._shifts[i], limit))

    def source_span(self, start: int, end: int) -> Span:
        """Source span of the working range `[start, end)`."""
        if end <= start:
            return Span(self.position(start), self.position(start))
        return Span(self.position(start), self.position(end - 1) + 1)


_EMPHASIS: Final = regex(
    r"(?P<mark>\*\*\*|\*\*|\*|__|`)(?=[^\s*_`])(?:(?!(?P=mark)).){1,200}?(?<=[^\s])(?P<end>(?P=mark))"
)


class _Shown:
    """The source without what has no width, and what the working copy does without of the rest."""

    def __init__(self, text: str, *, markdown: bool) -> None:
        self.hidden = [match.span() for match in INVISIBLE.finditer(text)]
        if markdown:
            self.hidden = merged([*self.hidden, *_marks(text)])
        self.shown, self._starts, self._shifts = _remove(text, self.hidden)
        self.norm = normalise(self.shown)
        self.furniture = self._back(furniture(self.norm))
        self.page_marks = self._back(page_marks(self.norm))

    def removed(self) -> list[tuple[int, int]]:
        """Ranges of the source, in order and disjoint."""
        inner = self._back([*cuts(self.norm), *vanishing(self.shown, self.norm)])
        return merged([*self.hidden, *inner, *self.furniture, *self.page_marks])

    def _back(self, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(self._at(start), self._at(end - 1) + 1) for start, end in ranges if end > start]

    def _at(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._starts, at) - 1]


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """The marks of Markdown around words that stand out."""
    for match in _EMPHASIS.finditer(text):
        yield match.span("mark")
        yield match.span("end")


def _remove(text: str, removed: Sequence[tuple[int, int]]) -> tuple[str, list[int], list[int]]:
    """`text` without the ranges, and for each kept piece its start in the result and its shift to the source."""
    pieces, starts, shifts = [], [0], [0]
    length, at = 0, 0
    for start, end in removed:
        pieces.append(text[at:start])
        length += start - at
        at = end
        if starts[-1] == length:
            shifts[-1] = at - length
        else:
            starts.append(length)
            shifts.append(at - length)
    pieces.append(text[at:])
    return "".join(pieces), starts, shifts


_NEWLINE = regex("\n")


class Lines:
    """Line and column (both from 1) of positions in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in _NEWLINE.finditer(text))]

    def at(self, position: int) -> tuple[int, int]:
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1

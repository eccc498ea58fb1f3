"""A bracket or quotation mark without its partner in the paragraph.

The reader cannot tell what belongs to the bracket, and programs read units and citations wrongly.
"""

from collections.abc import Iterator, Sequence

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, shortened

KIND = Kind(
    "plan.unpaired-mark",
    "warning",
    zh="“{text}”中的 {mark} 没有配对，请补全或删去",
    en="{mark} in “{text}” has no partner: add it or delete the mark",
)

_MARKS = regex(r"[()\[\]《》“”\n]")
_PARTNER = {")": "(", "]": "[", "》": "《", "”": "“"}
_ITEM = regex(r"(?:^|[\n。;:,、 ])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,2})$")
_AROUND = 8
_MOST = 5


def check(view: LintView) -> Iterator[Finding]:
    places = sorted(_unpaired(view.norm))
    for position in places if len(places) <= _MOST + len(view.norm) // 2000 else places[:_MOST]:
        around = view.raw[max(0, position - _AROUND) : position + _AROUND]
        yield view.at(KIND, position, position + 1, text=shortened(around), mark=view.raw[position])


def _unpaired(norm: str) -> Iterator[int]:
    """Positions of marks without partner; a title may run over two short lines."""
    open_marks: list[tuple[str, int]] = []
    for mark, at in _marks(norm, open_marks):
        if mark == "\n":
            lost = [position for _, position in open_marks if not _in_title(norm, position, at)]
            open_marks = [entry for entry in open_marks if entry[1] not in lost]
            yield from lost
        elif mark not in _PARTNER:
            open_marks.append((mark, at))
        elif _is_of_another_shape(norm, mark, at, open_marks):
            yield open_marks.pop()[1]
        elif any(opened == _PARTNER[mark] for opened, _ in open_marks[-_DEEPEST:]):
            while open_marks[-1][0] != _PARTNER[mark]:
                yield open_marks.pop()[1]
            open_marks.pop()
        elif not _is_right(norm, mark, at):
            yield at
    yield from (position for _, position in open_marks)


def _is_of_another_shape(norm: str, mark: str, at: int, open_marks: Sequence[tuple[str, int]]) -> bool:
    """The second mark of (青政发[2024)5号): it closes the inner bracket wrongly, for another one closes the outer."""
    shapes = "".join(opened for opened, _ in open_marks[-2:])
    if shapes not in ("([", "[(") or _PARTNER[mark] != shapes[0]:
        return False
    behind = _MARKS.search(norm, at + 1)
    return behind is not None and behind[0] == mark


def _marks(norm: str, open_marks: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Marks and line breaks, without those of lines in which all marks are paired while none is open."""
    start = 0
    while start < len(norm):
        end = norm.find("\n", start) + 1 or len(norm)
        if open_marks or not _is_even(norm, start, end):
            for match in _MARKS.finditer(norm, start, end):
                yield match[0], match.start()
        start = end


def _is_even(norm: str, start: int, end: int) -> bool:
    """Whether as many marks close as open, the first of them opening and the last one closing."""
    for closing, opening in _PARTNER.items():
        first, close = norm.find(opening, start, end), norm.find(closing, start, end)
        if first < 0 and close < 0:
            continue
        if first < 0 or close < first or norm.rfind(opening, start, end) > norm.rfind(closing, start, end):
            return False
        if norm.count(opening, start, end) != norm.count(closing, start, end):
            return False
    return True


def _in_title(norm: str, position: int, line_end: int) -> bool:
    """Whether the line break at `line_end` is the first behind a mark in a short line."""
    return line_end - position <= _TITLE_LINE and "\n" not in norm[position:line_end]


def _is_right(norm: str, mark: str, at: int) -> bool:
    """`1)` is a number, `》》` an arrow."""
    if mark == ")" and _ITEM.search(norm, max(0, at - 3), at):
        return True
    return mark in (norm[at - 1 : at], norm[at + 1 : at + 2])


_DEEPEST = 8
_TITLE_LINE = 40

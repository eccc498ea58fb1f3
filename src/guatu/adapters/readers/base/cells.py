"""The text of a table cell on one line, and tables whose cells are merged."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from guatu.adapters.readers.base.limits import TABLE_CELLS

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—〔〕]")
_ITEM = re.compile(
    r"(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．)）](?!\d)|[①-⑳])"
)
_UNIT_END = re.compile(r"[\u4e00-\u9fff]{2,}(?:局|委|办|镇|乡|街道|公司|中心|院|站|队|府|厅|处|所|会|联|银行)$")
_LONGEST_NAME = 18
_PARTY_END = re.compile(r"[省市区县镇乡党工]委$")
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_SPACED_BREAK = re.compile(r"[ \t\r\f\v\u00a0]*\n\s*")

WIDEST = 256
"""Columns a table may have; spans beyond it are cut."""
LONGEST = 65_536
"""Rows a merged cell may reach down."""


def squeeze(text: str) -> str:
    """`text` with each run of white space as one space, none at its ends."""
    return _SPACE.sub(" ", text).strip()


def unwrap(text: str) -> str:
    """`text` as a browser shows it: line feeds of the source are spaces, and nothing between Chinese characters."""

    def between(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if _WIDE.match(before) and _WIDE.match(after) else " "

    return _SPACE.sub(" ", _SPACED_BREAK.sub(between, text))


def one_line(lines: Iterable[str]) -> str:
    """The lines of a cell in one: joined inside words, with a space between units, items and Latin words."""
    joined = ""
    for line in lines:
        line = squeeze(line)
        if joined and line:
            joined += _between(joined, line)
        joined += line
    return joined


def _between(before: str, after: str) -> str:
    if not (_WIDE.match(before[-1]) and _WIDE.match(after[0])):
        return "" if _goes_on(before, after) else " "
    if _ITEM.match(after):
        return " "
    if max(len(before), len(after)) > _LONGEST_NAME:
        return ""
    names = _UNIT_END.search(before) and not _PARTY_END.search(before) and _UNIT_END.search(after)
    return " " if names and after not in ("办公室", "办事处") else ""


def _goes_on(before: str, after: str) -> bool:
    """Whether a number and a word at a line break are parts of one phrase: 新建 / 3座, 2026年9 / 月底; but not 1 / 县水利局."""
    if _WIDE.match(before[-1]):
        return after[0].isdigit() and not _ITEM.match(after)
    number = before[-1].isdigit() and _WIDE.search(before) and _WIDE.match(after[0])
    return bool(number) and not _ITEM.match(after) and not _UNIT_END.search(after)


class Cell(msgspec.Struct):
    """A cell as a source has it: its text and how many columns and rows it covers.

    In a grid `rows` is 0 where the cell of another field reaches.
    """

    text: str
    columns: int = 1
    rows: int = 1
    paragraph: int | None = None


class TooManyCells(Exception):
    """The merged cells of a table cover more than any table of a document has."""


def grid(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Rows of equal length: a merged cell is its first cell with the text and empty ones for the rest.

    Raises:
        TooManyCells: a span costs a few letters and makes hundreds of cells, of which a file of 200 kB can ask for 200
            million.
    """
    covered: dict[int, int] = {}
    laid: list[list[Cell]] = []
    widest = 0
    for row in rows:
        line: list[Cell] = []
        for cell in row:
            _fill(line, covered)
            if len(line) >= WIDEST:
                break
            # Where a span runs into a cell from above it ends: two cells in one field would be one too many.
            width = _free(len(line), min(cell.columns, WIDEST - len(line)), covered)
            for column in range(len(line), len(line) + width):
                covered[column] = min(cell.rows, LONGEST) - 1
            line.append(msgspec.structs.replace(cell, columns=width))
            line.extend(Cell("", rows=0, paragraph=cell.paragraph) for _ in range(width - 1))
        _fill(line, covered)
        laid.append(line)
        widest = max(widest, len(line))
        if widest * len(laid) > TABLE_CELLS:
            raise TooManyCells
    for line in laid:
        line.extend(Cell("") for _ in range(widest - len(line)))
    return laid


def _free(first: int, wanted: int, covered: dict[int, int]) -> int:
    """How many of the wanted columns, at least one, no cell of a row above reaches down to."""
    return next((n for n in range(1, wanted) if covered.get(first + n, 0) > 0), max(1, wanted))


def _fill(line: list[Cell], covered: dict[int, int]) -> None:
    """Empty fields where a cell of a row above reaches down to the next position of `line`."""
    while covered.get(len(line), 0) > 0 and len(line) < WIDEST:
        covered[len(line)] -= 1
        line.append(Cell("", rows=0))

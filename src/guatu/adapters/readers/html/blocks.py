"""The blocks of a page in reading order: paragraphs and tables."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from guatu.adapters.readers.base.cells import Cell, one_line, unwrap
from guatu.adapters.readers.base.numerals import numeral
from guatu.adapters.readers.base.raised import is_note_mark, lowered, raised
from guatu.adapters.readers.html.looks import Looks, formula
from guatu.adapters.readers.html.main import Page, is_data_table, rows_of
from guatu.adapters.readers.html.tree import (
    BLOCKS,
    DEEPEST,
    attribute,
    children,
    is_shown,
    is_text,
    text_of,
    unshown,
    whole_text,
)

_NUMBERED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,4}[)）、.．]|[①-⑳]|第[一二三四五六七八九十\d]+[章节条])"
)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLES = {
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting", "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")


Aside = tuple[str, str]
"""What is no text of a block, under the code of the remark that tells of it."""


class Block(msgspec.Struct):
    """A paragraph, or the rows of a table, whose caption is a paragraph before it and its `text` as well."""

    text: str = ""
    rows: list[list[Cell]] | None = None
    head_rows: int = 0
    asides: list[Aside] = []


class Blocks:
    """Collects the blocks below an element. `page` says what is furniture; inside a cell nothing is."""

    def __init__(self, page: Page | None, looks: Looks) -> None:
        self._page = page
        self._looks = looks
        self._line: list[str] = []
        self._depth = 0
        self._prefix = ""
        self.found: list[Block] = []
        self.asides: list[tuple[int, Aside]] = []
        """What is no text, with the number of the block that it stands in."""

    def read(self, element: Any) -> list[Block]:
        self._children(element)
        self._flush()
        for number, aside in self.asides if self.found else ():
            block = self.found[min(number, len(self.found) - 1)]
            block.asides = [*block.asides, aside]
        return self.found

    def _children(self, element: Any) -> None:
        self._depth += 1
        for node in children(element):
            if is_text(node):
                self._line.append(text_of(node))
            elif self._depth > DEEPEST:
                self._line.append(str(node.text(deep=True, separator="")))
            elif not is_shown(node):
                self._aside(*unshown(node))
            elif self._page and self._page.is_dropped(node):
                self._aside("read.site-text", whole_text(node))
            else:
                self._element(node)
        self._depth -= 1

    def _aside(self, code: str, text: str) -> None:
        if text:
            self.asides.append((len(self.found), (code, text)))

    def _element(self, element: Any) -> None:
        tag = element.tag
        if self._looks.is_struck(element):
            self._aside("read.struck-text", whole_text(element))
        elif tag in BLOCKS:
            self._block(element)
        elif tag == "math":
            self._line.append(formula(element))
        elif tag == "img":
            self._aside("read.unread-pictures", tag)
        elif height := self._looks.height(element):
            self._set_off(whole_text(element), height)
        else:
            self._children(element)

    def _set_off(self, letters: str, height: str) -> None:
        """Raised or lowered letters."""
        before = next((part for part in reversed(self._line) if part.strip()), "").rstrip()
        if height == "sub":
            self._line.append(lowered(letters, before))
        elif is_note_mark(letters, before):
            self._aside("read.note-marks", letters)
        else:
            self._line.append(raised(letters, before))

    def _block(self, element: Any) -> None:
        self._flush()
        tag = element.tag
        if tag == "table" and is_data_table(element):
            self._table(element)
            return
        if tag == "li":
            self._prefix = _number(element)
        elif tag == "pre":
            self._preformatted(element)
            return
        self._children(element)
        self._flush()

    def _table(self, table: Any) -> None:
        caption = next((node for node in children(table) if node.tag == "caption" and is_shown(node)), None)
        above = Blocks(self._page, self._looks)
        blocks = above.read(caption) if caption is not None else []
        self.found += blocks
        rows = [(row, cells) for row in rows_of(table) if self._is_seen(row) and (cells := self._cells(row))]
        heads = [_is_head(row, cells) for row, cells in rows]
        head_rows = heads.index(False) if False in heads else 0
        laid = [[self._cell(cell) for cell in cells] for _, cells in rows]
        self.found.append(Block(one_line(block.text for block in blocks), laid, head_rows))

    def _is_seen(self, element: Any) -> bool:
        if shown := is_shown(element):
            return shown
        self._aside(*unshown(element))
        return False

    def _cells(self, row: Any) -> list[Any]:
        return [cell for cell in children(row) if cell.tag in ("td", "th") and self._is_seen(cell)]

    def _cell(self, element: Any) -> Cell:
        inside = Blocks(None, self._looks)
        lines = [line for block in inside.read(element) for line in _lines(block)]
        for _, (code, text) in inside.asides:
            self._aside(code, text)
        return Cell(one_line(lines), columns=_span(element, "colspan"), rows=_span(element, "rowspan"))

    def _preformatted(self, element: Any) -> None:
        for line in str(element.text(deep=True, separator="")).split("\n"):
            self._line.append(line)
            self._flush()

    def _flush(self) -> None:
        text = unwrap("".join(self._line)).strip()
        self._line = []
        if text:
            prefix = "" if _NUMBERED.match(text) else self._prefix
            self._prefix = ""
            self.found.append(Block(prefix + text))


def _is_head(row: Any, cells: Sequence[Any]) -> bool:
    """Whether a row is a head: it stands in the head of its table, or all its cells are heads."""
    return (row.parent is not None and row.parent.tag == "thead") or all(cell.tag == "th" for cell in cells)


def _lines(block: Block) -> list[str]:
    """A block inside a cell: each row of a table in it is one line."""
    if block.rows is None:
        return [block.text]
    return [" ".join(cell.text for cell in row if cell.text) for row in block.rows]


def _span(element: Any, name: str) -> int:
    text = attribute(element, name).strip()
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


def _number(item: Any) -> str:
    """The number that a browser shows in front of an item of an ordered list."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return ""
    style = _LIST_STYLE.search(attribute(item, "style") + ";" + attribute(parent, "style"))
    form = _LIST_FORMS.get(attribute(parent, "type"), "decimal")
    form = _LIST_STYLES.get(style[1], form) if style else form
    start = attribute(parent, "start")
    position = int(start) if start.isdecimal() and len(start) < 6 else 1
    before = item.prev
    while before is not None:
        position += before.tag == "li"
        before = before.prev
    text = numeral(position, form)
    return text + ("、" if form == "chineseCounting" else ".") if text else ""

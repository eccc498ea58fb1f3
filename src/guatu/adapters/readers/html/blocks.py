"""The blocks of a page in reading order: paragraphs and tables."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from guatu.adapters.readers.base.cells import Cell, one_line, unwrap
from guatu.adapters.readers.base.numerals import numeral
from guatu.adapters.readers.html.main import Page, is_data_table
from guatu.adapters.readers.html.tree import BLOCKS, DEEPEST, attribute, children, is_shown, is_text, text_of

_NUMBERED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,4}[)）、.．]|[①-⑳]|第[一二三四五六七八九十\d]+[章节条])"
)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLES = {
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting", "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")


class Block(msgspec.Struct):
    """A paragraph, or the rows of a table, whose caption is a paragraph before it and its `text` as well."""

    text: str = ""
    rows: list[list[Cell]] | None = None
    head_rows: int = 0


class Blocks:
    """Collects the blocks below an element. `page` says what is furniture; inside a cell nothing is."""

    def __init__(self, page: Page | None) -> None:
        self._page = page
        self._line: list[str] = []
        self._depth = 0
        self._prefix = ""
        self.found: list[Block] = []

    def read(self, element: Any) -> list[Block]:
        self._children(element)
        self._flush()
        return self.found

    def _children(self, element: Any) -> None:
        self._depth += 1
        for node in children(element):
            if is_text(node):
                self._line.append(text_of(node))
            elif self._depth > DEEPEST:
                self._line.append(str(node.text(deep=True, separator="")))
            elif is_shown(node) and not (self._page and self._page.is_dropped(node)):
                self._element(node)
        self._depth -= 1

    def _element(self, element: Any) -> None:
        tag = element.tag
        if tag not in BLOCKS:
            self._children(element)
            return
        self._flush()
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
        blocks = Blocks(self._page).read(caption) if caption is not None else []
        self.found += blocks
        rows = [(row, cells) for row in table.css("tr") if (cells := _cells(row))]
        heads = [_is_head(row, cells) for row, cells in rows]
        head_rows = heads.index(False) if False in heads else 0
        laid = [[_cell(cell) for cell in cells] for _, cells in rows]
        self.found.append(Block(one_line(block.text for block in blocks), laid, head_rows))

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


def _cells(row: Any) -> list[Any]:
    return [cell for cell in children(row) if cell.tag in ("td", "th") and is_shown(cell)]


def _is_head(row: Any, cells: Sequence[Any]) -> bool:
    """Whether a row is a head: it stands in the head of its table, or all its cells are heads."""
    return (row.parent is not None and row.parent.tag == "thead") or all(cell.tag == "th" for cell in cells)


def _cell(element: Any) -> Cell:
    lines = [block.text for block in Blocks(None).read(element)]
    return Cell(one_line(lines), columns=_span(element, "colspan"), rows=_span(element, "rowspan"))


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

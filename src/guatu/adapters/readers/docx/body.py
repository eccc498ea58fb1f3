"""The body of a Word document in reading order: paragraphs, tables, text boxes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from guatu.adapters.readers.base.builder import Field, Fragment, TextBuilder
from guatu.adapters.readers.base.cells import Cell, grid, one_line
from guatu.adapters.readers.base.places import Piece, Place, cell_name
from guatu.adapters.readers.base.remarks import Remarks
from guatu.adapters.readers.docx.looks import Looks
from guatu.adapters.readers.docx.names import W, child, local, number, switched_on, value
from guatu.adapters.readers.docx.numbering import Numbering
from guatu.adapters.readers.docx.runs import Inline, alternative, letters, mark_is_deleted

_TRANSPARENT = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
_NOTES = {"footnotes": "read.notes", "endnotes": "read.notes", "comments": "read.comments"}
_COUNTED = frozenset(("read.unread-parts", "read.unread-pictures", "read.unknown-characters"))
"""Remarks that count cases, not letters."""
_CONTENTS_STYLES = ("toc ", "table of figures")


class Beside(msgspec.Struct):
    """What a document has beside its body: the looks of its styles, its notes by kind and id, remarks on all of it."""

    looks: Looks
    notes: dict[tuple[str, str], str]
    remarks: Remarks


class Body:
    """Walks a document once; paragraphs are counted as they come, those of tables and contents lists too."""

    def __init__(self, numbering: Numbering, builder: TextBuilder, beside: Beside) -> None:
        self._numbering = numbering
        self._builder = builder
        self._beside = beside
        self._paragraphs = 0
        self._carried: list[Fragment] = []
        """Text of paragraphs whose end was deleted: it goes in front of the next one."""

    def read(self, body: Any) -> None:
        self._blocks(body)
        self._builder.paragraph(self._carried)
        self._carried = []

    def _blocks(self, parent: Any) -> None:
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "sdt" and _is_contents_list(element):
                for paragraph in element.iter(W + "p"):
                    self._paragraphs += 1
                    self._remark("read.contents-list", Inline(paragraph).text)
            elif name == "AlternateContent":
                self._blocks(alternative(element))
            elif name in ("altChunk", "subDoc"):
                self._remark("read.unread-parts", name, 1)
            elif name in _TRANSPARENT:
                self._blocks(element)

    def _paragraph(self, paragraph: Any) -> None:
        self._paragraphs += 1
        piece = Piece(paragraph=self._paragraphs)
        inline = self._inline(paragraph)
        label = self._label(paragraph, inline)
        if self._is_contents_line(paragraph):
            self._remark("read.contents-list", inline.text)
        else:
            if mark_is_deleted(paragraph):
                self._carried.append((inline.text, piece))
            else:
                self._builder.paragraph([(label, piece), *self._carried, (inline.text.strip(), piece)])
                self._carried = []
        for box in inline.boxes:
            self._blocks(box)

    def _inline(self, paragraph: Any) -> Inline:
        """What a paragraph holds; what is left out of it is told."""
        inline = Inline(paragraph, self._beside.looks)
        for code, text in inline.asides:
            if code.startswith("read."):
                self._remark(code, text, 1 if code in _COUNTED else None)
            else:
                code, text = _NOTES[code], self._beside.notes.get((code, text), "")
                self._remark(code, text)
        return inline

    def _remark(self, code: str, text: str, count: int | None = None) -> None:
        self._beside.remarks.add(code, text, Place(1, 1, paragraph=max(1, self._paragraphs)), count)

    def _label(self, paragraph: Any, inline: Inline) -> str:
        """The automatic number; an empty paragraph counts, but its number is no text."""
        if mark_is_deleted(paragraph):
            return ""
        label = self._numbering.label(child(paragraph, "pPr"))
        return label if inline.text.strip() or self._carried else ""

    def _is_contents_line(self, paragraph: Any) -> bool:
        style = self._numbering.style_name(value(paragraph, "pPr", "pStyle"))
        return style.lower().startswith(_CONTENTS_STYLES)

    def _table(self, table: Any) -> None:
        rows = [row for row in _rows(table) if self._is_kept(row)]
        if _is_frame(table, rows):
            for row in rows:
                for cell in _cells(row):
                    self._blocks(cell)
            return
        heads = [switched_on(row, "trPr", "tblHeader") for row in rows]
        laid = grid(_merged_down([self._row(row) for row in rows]))
        grid_of_fields = [
            [
                Field(
                    [(cell.text, Piece(paragraph=cell.paragraph, row=r, cell=cell_name(c, r)))], cell.rows, cell.columns
                )
                for c, cell in enumerate(row, 1)
            ]
            for r, row in enumerate(laid, 1)
        ]
        self._builder.table(grid_of_fields, head_rows=heads.index(False) if False in heads else 0)

    def _is_kept(self, row: Any) -> bool:
        """Whether a row is neither deleted nor hidden; of one that is, this is told."""
        deleted = child(row, "trPr", "del") is not None
        if deleted or switched_on(row, "trPr", "hidden"):
            self._paragraphs += sum(1 for _ in row.iter(W + "p"))
            words = letters(row, "delText") + letters(row)
            self._remark("read.deleted-text" if deleted else "read.hidden-text", words)
            return False
        return True

    def _row(self, row: Any) -> list[tuple[Cell, bool]]:
        """The cells of a row, and whether each only goes on the one above."""
        before = number(row, "trPr", "gridBefore") or 0
        cells = [(Cell(""), False) for _ in range(min(before, 64))]
        for element in _cells(row):
            first = self._paragraphs + 1
            text = one_line(self._lines(element))
            properties = child(element, "tcPr")
            columns = number(properties, "gridSpan") or 1
            if _continues(properties, "hMerge") and cells:
                self._remark("read.hidden-text", text)
                cells[-1][0].columns += columns
                continue
            down = _continues(properties, "vMerge")
            if down:  # Word keeps what stood there before the cells were merged, and does not show it
                self._remark("read.hidden-text", text)
            cells.append((Cell("" if down else text, columns, paragraph=first), down))
        return cells

    def _lines(self, cell: Any) -> Iterator[str]:
        """The lines of a cell: its paragraphs and line breaks, each row of a table inside it as one line."""
        for element in cell:
            name = local(element)
            if name == "p":
                self._paragraphs += 1
                inline = self._inline(element)
                yield from (self._numbering.label(child(element, "pPr")) + inline.text).split("\n")
                for box in inline.boxes:
                    yield from self._lines(box)
            elif name == "tbl":
                for row in filter(self._is_kept, _rows(element)):
                    yield " ".join(filter(None, (one_line(self._lines(inner)) for inner in _cells(row))))
            elif name == "AlternateContent":
                yield from self._lines(alternative(element))
            elif name in _TRANSPARENT:
                yield from self._lines(element)


def _is_frame(table: Any, rows: Sequence[Any]) -> bool:
    """Whether a table only lays out what stands in it: its rows have one cell, or most of it is a table inside."""
    if all(len(list(_cells(row))) <= 1 for row in rows):
        return True
    inner = sum(len(letters(nested)) for nested in table.iterfind(f".//{W}tc/{W}tbl"))
    return 2 * inner > len(letters(table))


def _merged_down(rows: Iterable[Sequence[tuple[Cell, bool]]]) -> list[list[Cell]]:
    """The rows without the cells that go on the one above, which reaches down over them instead."""
    found: list[list[Cell]] = []
    above: dict[int, Cell] = {}
    for row in rows:
        kept: list[Cell] = []
        begun: dict[int, Cell] = {}
        column = 0
        for cell, goes_on in row:
            owner = above.get(column) if goes_on else None
            # Word shows what goes on above only under a cell of the same width; elsewhere it is a cell of its own.
            if owner is not None and owner.columns == cell.columns:
                owner.rows += 1
            else:
                owner = cell
                kept.append(cell)
            begun[column] = owner
            column += cell.columns
        above = begun
        found.append(kept)
    return found


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        name = local(element)
        if name == "tr":
            yield element
        elif name in _TRANSPARENT:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        name = local(element)
        if name == "tc":
            yield element
        elif name in _TRANSPARENT:
            yield from _cells(element)


def _continues(properties: Any, merge: str) -> bool:
    """Whether a cell continues the merged cell above (`vMerge`) or to the left (`hMerge`)."""
    found = child(properties, merge)
    return found is not None and found.get(W + "val", "continue") == "continue"


def _is_contents_list(element: Any) -> bool:
    return value(element, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"

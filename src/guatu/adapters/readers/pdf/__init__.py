"""PDF documents with a text layer: lines joined into paragraphs, ruled tables, no page numbers or running heads."""

import threading
from collections.abc import Sequence
from typing import Any

from guatu.adapters.readers.base.builder import TextBuilder
from guatu.adapters.readers.base.limits import PDF_PAGES
from guatu.adapters.readers.base.places import Place
from guatu.adapters.readers.base.remarks import Remark, Remarks
from guatu.adapters.readers.base.source import RawFile, SourceText, built
from guatu.adapters.readers.pdf.columns import parts
from guatu.adapters.readers.pdf.flow import PageContent, write
from guatu.adapters.readers.pdf.frame import Glyph
from guatu.adapters.readers.pdf.glyphs import PageGlyphs, glyphs, has_pictures
from guatu.adapters.readers.pdf.lines import Line, number_lines
from guatu.adapters.readers.pdf.rules import of_tables, rules
from guatu.adapters.readers.pdf.strokes import annotations, unstruck
from guatu.adapters.readers.pdf.tables import tables

SUFFIXES = (".pdf",)
CONTENTS = frozenset({"pdf"})

_ONE_AT_A_TIME = threading.Lock()
"""PDFium keeps state of its own and must not be entered twice."""
_FEW_PER_PAGE = 8
"""Characters a page of a scan may have: a stamp, a page number."""
_GARBLED = 0.3


def read(file: RawFile) -> SourceText:
    """The text of a PDF; places are page and line on the page.

    Raises:
        ReadError: `read.encrypted`, `read.scanned-pdf`, `read.garbled-pdf`, `read.broken`.
    """
    remarks = Remarks()
    with _ONE_AT_A_TIME:
        document = _open(file)
        try:
            pages, unread = _pages(file, document, remarks)
        finally:
            document.close()
    builder = TextBuilder()
    write(pages, builder, remarks)
    columns = tuple(number for number, page in enumerate(pages, 1) if any(part.column for part in page.parts))
    beside: tuple[Remark, ...] = (Remark("read.columns", pages=columns),) if columns else ()
    spaced = tuple(number for number, page in enumerate(pages, 1) if any(part.tables for part in page.parts))
    beside += (Remark("read.spaced-tables", pages=spaced),) if spaced else ()
    pictures = (Remark("read.unread-pages", pages=tuple(unread)),) if unread else ()
    return built(file, builder, "pdf", remarks=(*pictures, *beside, *remarks.all()))


def _open(file: RawFile) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        code = "read.encrypted" if "password" in str(error).lower() else "read.broken"
        raise file.error(code, reason="pdf") from error


def _pages(file: RawFile, document: Any, remarks: Remarks) -> tuple[list[PageContent], list[int]]:
    """What stands on the pages, and the numbers of the pages that are pictures."""
    found: list[PageContent] = []
    unread: list[int] = []
    characters = unknown = 0
    if len(document) > PDF_PAGES:
        raise file.error("read.too-large", size=f"{len(document):,} p", limit=f"{PDF_PAGES:,} p")
    for index in range(len(document)):
        page = document[index]
        content, count, strange = _page(page, index + 1, remarks)
        characters, unknown = characters + count, unknown + strange
        if count <= _FEW_PER_PAGE and has_pictures(page):
            unread.append(index + 1)
        found.append(content)
        page.close()
    if unread and characters <= _FEW_PER_PAGE * len(found):
        raise file.error("read.scanned-pdf", pages=len(found))
    if unknown > _GARBLED * characters:
        raise file.error("read.garbled-pdf")
    return found, unread


def _page(page: Any, number: int, remarks: Remarks) -> tuple[PageContent, int, int]:
    """What stands on a page, how many glyphs that is, and how many characters of it nobody knows."""
    found = glyphs(page)
    beside = list(annotations(page, found.frame))
    marked = [box for boxes, _ in beside for box in boxes]
    standing, struck, drawn = unstruck(found.glyphs, rules(page, found.frame), marked)
    ruled, rest = tables(of_tables(drawn, found.frame.letter), standing, found.frame.letter)
    outside = parts(rest, found.frame.letter)
    text = [line for part in outside for line in part.lines]
    spaced = [table for part in outside for table in part.tables]
    every = [*text, *(line for table in (*ruled, *spaced) for row in table.rows for box in row for line in box.lines)]
    number_lines(every, number)
    _remark(found, every, number, remarks)
    for glyph in struck[:1]:
        remarks.add("read.struck-text", "".join(each.text for each in struck), _place(glyph, every, number))
    for line in every:
        remarks.add("read.note-marks", line.marks, Place(line.number, 1, number))
    remarks.add("read.comments", "".join(words for _, words in beside), Place(1, 1, number))
    return PageContent(outside, ruled, found.frame.width, found.frame.height), len(found.glyphs), found.unknown


def _remark(found: PageGlyphs, placed: Sequence[Line], number: int, remarks: Remarks) -> None:
    """What of the text of a page is not among its lines, or may be wrong in them."""
    for copy in found.copies[:1]:
        remarks.add("read.printed-twice", "".join(glyph.text for glyph in found.copies), _place(copy, placed, number))
    remarks.add("read.slanting-text", found.slanting, Place(1, 1, number))
    if found.first_unknown is not None:
        first = found.first_unknown
        remarks.add("read.unknown-characters", first.text, _place(first, placed, number), found.unknown)


def _place(glyph: Glyph, placed: Sequence[Line], number: int) -> Place:
    """The line of a page on which a glyph stands."""
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    if not placed:
        return Place(1, 1, number)
    near = min(placed, key=lambda line: (not line.left <= x <= line.right, abs(line.middle - y)))
    return Place(near.number, 1, number)

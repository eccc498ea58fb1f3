"""PDF documents with a text layer: lines joined into paragraphs, ruled tables, no page numbers or running heads."""

import threading
from typing import Any

import msgspec

from guatu.adapters.readers.base.builder import TextBuilder
from guatu.adapters.readers.base.source import RawFile, SourceText, built
from guatu.adapters.readers.pdf.flow import PageContent, write
from guatu.adapters.readers.pdf.glyphs import glyphs, has_pictures, rules
from guatu.adapters.readers.pdf.lines import lines, number_lines
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
    with _ONE_AT_A_TIME:
        document = _open(file)
        try:
            pages, unread = _pages(file, document)
        finally:
            document.close()
    builder = TextBuilder()
    write(pages, builder)
    return msgspec.structs.replace(built(file, builder, "pdf"), unread_pages=tuple(unread))


def _open(file: RawFile) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        return pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        code = "read.encrypted" if "password" in str(error).lower() else "read.broken"
        raise file.error(code, reason="pdf") from error


def _pages(file: RawFile, document: Any) -> tuple[list[PageContent], list[int]]:
    """What stands on the pages, and the numbers of the pages that are pictures."""
    found: list[PageContent] = []
    unread: list[int] = []
    characters = unknown = 0
    for index in range(len(document)):
        page = document[index]
        content, count, strange = _page(page, index + 1)
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


def _page(page: Any, number: int) -> tuple[PageContent, int, int]:
    characters, unknown, shape = glyphs(page)
    ruled = tables(rules(page, shape), characters)
    outside = lines([glyph for glyph in characters if not any(table.holds(glyph) for table in ruled)])
    number_lines([*outside, *(line for table in ruled for row in table.rows for cell in row for line in cell)], number)
    return PageContent(outside, ruled, shape.width, shape.height), len(characters), unknown

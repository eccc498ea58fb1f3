"""Web pages (.html): the main text of a page of a government site, with its tables."""

import re
from typing import Any

from guatu.adapters.readers.base.builder import Field, TextBuilder
from guatu.adapters.readers.base.cells import grid
from guatu.adapters.readers.base.encoding import decode
from guatu.adapters.readers.base.places import Piece, Place, cell_name
from guatu.adapters.readers.base.remarks import Remarks
from guatu.adapters.readers.base.source import RawFile, SourceText, built
from guatu.adapters.readers.html.blocks import Block, Blocks
from guatu.adapters.readers.html.looks import Looks
from guatu.adapters.readers.html.main import Page
from guatu.adapters.readers.html.meta import document_number, is_card, notes, title
from guatu.adapters.readers.html.tree import is_too_deep, texts_outside

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")
CONTENTS = frozenset({"html"})

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD_BYTES = 4096
_TITLE_WITHIN = 600
"""Characters of the text within which its title is looked for."""


def read(file: RawFile) -> SourceText:
    """The main text of a page; places are its blocks (paragraphs and tables), counted from 1.

    Raises:
        ReadError: `read.binary`, `read.broken`.
    """
    from selectolax.lexbor import LexborHTMLParser

    charset = _CHARSET.search(file.data[:_HEAD_BYTES])
    decoded = decode(file, charset[1].decode("ascii") if charset else None)
    if is_too_deep(decoded.text):
        raise file.error("read.broken", reason="html: nested too deep")
    tree = LexborHTMLParser(decoded.text)
    builder, remarks = TextBuilder(), Remarks()
    if tree.body is not None:
        page = Page(tree.body)
        main = page.main()
        looks = Looks("".join(str(sheet.text(deep=True)) for sheet in tree.css("style")))
        outside = "".join(texts_outside(tree.body, main))
        remarks.add("read.site-text", outside, Place(1, 1))
        _write(_own(Blocks(page, looks).read(main), remarks), tree, builder, remarks)
    return built(file, builder, "html", decoded.encoding, remarks.all())


def _own(blocks: list[Block], remarks: Remarks) -> list[Block]:
    """The blocks without what the site added to the document."""
    cards = {id(block) for block in blocks if block.rows is not None and is_card(_text(block))}
    others = [block for block in blocks if id(block) not in cards]
    dropped = notes([block.text if block.rows is None else "" for block in others])
    own = [block for index, block in enumerate(others) if index not in dropped]
    kept = {id(block) for block in own}
    for block in blocks:
        if id(block) not in kept:
            remarks.add("read.site-text", _text(block), Place(1, 1))
    return own


def _write(blocks: list[Block], tree: Any, builder: TextBuilder, remarks: Remarks) -> None:
    beginning = "".join(_text(block) for block in blocks[:20])[:_TITLE_WITHIN]
    heading, number = title(tree), document_number(tree)
    if blocks and heading and "".join(heading.split()) not in beginning:
        builder.paragraph([(heading, Piece())])
    if blocks and number and number not in beginning:
        builder.paragraph([(number, Piece())])
    for count, block in enumerate(blocks, 1):
        for code, text in block.asides:
            remarks.add(code, text, Place(1, 1, paragraph=count), 1 if code.startswith("read.unread-") else None)
        if block.rows is None:
            builder.paragraph([(block.text, Piece(paragraph=count))])
            continue
        rows = [
            [
                Field([(cell.text, Piece(paragraph=count, row=r, cell=cell_name(c, r)))], cell.rows, cell.columns)
                for c, cell in enumerate(row, 1)
            ]
            for r, row in enumerate(grid(block.rows), 1)
        ]
        builder.table(rows, block.text, block.head_rows)


def _text(block: Block) -> str:
    """The block's characters without white space."""
    cells = [cell.text for row in block.rows for cell in row] if block.rows is not None else [block.text]
    return "".join("".join(cells).split())

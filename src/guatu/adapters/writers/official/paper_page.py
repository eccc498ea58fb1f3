"""An official document as the parts of a page that looks like the paper it will be."""

from __future__ import annotations

from dataclasses import dataclass

from guatu.adapters.writers.official import Block, CellValue, DataTable, Heading, OfficialDocument, shown

NUMERIC = ("count", "number", "share")


@dataclass(frozen=True)
class PaperCell:
    text: str
    number: bool
    light: str = ""
    link: str = ""


@dataclass(frozen=True)
class PaperTable:
    key: str
    title: str
    heads: list[PaperCell]
    rows: list[list[PaperCell]]
    total: list[PaperCell]
    note: str
    empty: str


@dataclass(frozen=True)
class PaperBlock:
    """A heading with its level, a paragraph, or a table."""

    level: int = 0
    text: str = ""
    rest: str = ""
    table: PaperTable | None = None


@dataclass(frozen=True)
class Paper:
    document: OfficialDocument
    blocks: list[PaperBlock]
    annexes: list[tuple[str, str, list[PaperBlock]]]
    """Label, title and blocks of each."""


def paper(document: OfficialDocument) -> Paper:
    several = len(document.annexes) > 1
    annexes = [
        (f"附件{at if several else ''}", annex.title, [_block(block) for block in annex.blocks])
        for at, annex in enumerate(document.annexes, start=1)
    ]
    return Paper(document, [_block(block) for block in document.blocks], annexes)


def _block(block: Block) -> PaperBlock:
    if isinstance(block, DataTable):
        return PaperBlock(table=table(block))
    if isinstance(block, Heading):
        return PaperBlock(level=block.level, text=block.text, rest=block.rest)
    return PaperBlock(text=block.text)


def table(given: DataTable) -> PaperTable:
    """The cells with the very words of the docx."""
    heads = [PaperCell(column.head, column.kind in NUMERIC) for column in given.columns]
    return PaperTable(
        given.key,
        given.title,
        heads,
        [_row(given, row) for row in given.rows],
        _row(given, given.total) if given.total else [],
        given.note,
        given.empty,
    )


def _row(given: DataTable, row: tuple[CellValue, ...]) -> list[PaperCell]:
    cells = []
    for column, value in zip(given.columns, row, strict=True):
        text = shown(value, column.kind)
        light = str(value) if column.kind == "light" and value else ""
        # The place of a unit leads to its reason, which stands below the paper.
        link = f"#why-{row[1]}" if column.key == "rank" and value is not None else ""
        cells.append(PaperCell(text, column.kind in NUMERIC, light, link))
    return cells

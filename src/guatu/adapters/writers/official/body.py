"""Headings, paragraphs and tables (7.3.3, 8)."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from guatu.adapters.writers.clean import printable
from guatu.adapters.writers.official import measures as m
from guatu.adapters.writers.official.breaking import ems
from guatu.adapters.writers.official.model import Block, CellValue, Column, DataTable, Heading, Kind
from guatu.adapters.writers.official.paper import BOTH, CENTRE, Paper, indent, run
from guatu.adapters.writers.official.shown import shown

_FONTS = {1: m.HEI, 2: m.KAI, 3: m.FANGSONG, 4: m.FANGSONG}
_RIGHT: frozenset[Kind] = frozenset(("count", "number", "share"))
_MIDDLE: frozenset[Kind] = frozenset(("light", "date"))
_LONGEST_CELL = 4000
_CELL_MARGIN = 60
_NARROWEST, _WIDEST = 2.5, 16.0
"""Bounds of a column's width in characters; what is longer goes on in the next line of its cell."""


def write_blocks(paper: Paper, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, DataTable):
            _table(paper, block)
        elif isinstance(block, Heading):
            _heading(paper, block)
        else:
            indent(paper.line(block.text, align=BOTH), first=2 * m.EM)


def _heading(paper: Paper, heading: Heading) -> None:
    paragraph = paper.line(heading.text, font=_FONTS[heading.level], align=BOTH, keep=not heading.rest)
    indent(paragraph, first=2 * m.EM)
    if heading.rest:
        run(paragraph, heading.rest, m.FANGSONG, m.BODY_POINTS)


def _table(paper: Paper, table: DataTable) -> None:
    if table.title:
        paper.line(table.title, font=m.HEI, points=m.SMALL_POINTS, align=CENTRE, keep=True)
    if not table.rows:
        paper.line(table.empty or "（无）", points=m.SMALL_POINTS, align=CENTRE)
        return
    paper.document.element.body.insert(len(paper.document.element.body) - 1, parse_xml(_table_xml(table)))
    # Two tables that touch would become one.
    paper.line(table.note, points=m.TABLE_POINTS, height=m.LINE if table.note else round(m.LINE / 2))


def _table_xml(table: DataTable) -> str:
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    sides = "".join(f'<w:{side} w:w="{_CELL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    rows = [_head(table.columns, widths)]
    rows += [_row(row, table.columns, widths, m.FANGSONG) for row in table.rows]
    if table.total:
        rows.append(_row(table.total, table.columns, widths, m.HEI))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar>'
        f"</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _widths(table: DataTable) -> list[int]:
    """Widths in twentieths of a point that share the whole line in proportion to what the columns hold."""
    wanted = []
    for n, column in enumerate(table.columns):
        longest = max((ems(shown(row[n], column.kind)) for row in (*table.rows, table.total) if row), default=0)
        head = ems(column.head)
        wanted.append(min(max(longest + 1, min(head, 4) + 1, _NARROWEST), _WIDEST))
    share = m.TEXT_WIDTH / sum(wanted)
    widths = [int(one * share) for one in wanted]
    widths[-1] += m.TEXT_WIDTH - sum(widths)
    return widths


def _head(columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = "".join(_cell(c.head, w, m.HEI, "center") for c, w in zip(columns, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: Sequence[CellValue], columns: Sequence[Column], widths: Sequence[int], font: str) -> str:
    cells = "".join(
        _cell(shown(value, c.kind), w, font, _alignment(c.kind))
        for value, c, w in zip(row, columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _alignment(kind: Kind) -> str:
    return "right" if kind in _RIGHT else "center" if kind in _MIDDLE else "left"


def _cell(text: str, width: int, font: str, align: str) -> str:
    height = round(m.TABLE_POINTS * 1.4 * 20)
    size = round(m.TABLE_POINTS * 2)
    paragraphs = "".join(
        f'<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="{height}" '
        f'w:lineRule="atLeast"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{m.LATIN}" w:hAnsi="{m.LATIN}"'
        f' w:eastAsia="{font}" w:hint="eastAsia"/><w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in printable(text, _LONGEST_CELL).split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'

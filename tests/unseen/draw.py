"""Draws the documents of `own` from `sources`, as offices draw them: `python -m tests.unseen.draw`.

A source is a list of lines `kind: text`, and tables whose cells lie between strokes: `^` is the cell above it merged
down, `<` the cell left of it merged to the right, `//` a new line inside a cell, `@2024-06-30` a real date of a workbook.
The drawn files are kept beside the references, so that a new version of a library does not change what is scored.
"""

import datetime
import html
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import openpyxl
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as WordTable
from openpyxl.styles import Alignment, Border, Side

HERE = Path(__file__).resolve().parent
SOURCES, OWN = HERE / "sources", HERE / "own"
CENTRED = {"title", "caption"}


class Cell(msgspec.Struct):
    """A cell with the rows and columns over which it reaches."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


class Table(msgspec.Struct):
    """Its cells, and how it is ruled: `all` lines, or `rules` above and below alone."""

    ruled: str
    rows: list[list[str]] = []

    def cells(self) -> Iterator[Cell]:
        for row, line in enumerate(self.rows):
            for column, text in enumerate(line):
                if text not in ("^", "<"):
                    yield self._grown(Cell(row, column, text.replace("//", "\n")))

    def _grown(self, cell: Cell) -> Cell:
        line = self.rows[cell.row]
        while cell.column + cell.columns < len(line) and line[cell.column + cell.columns] == "<":
            cell.columns += 1
        while cell.row + cell.rows < len(self.rows) and self.rows[cell.row + cell.rows][cell.column] == "^":
            cell.rows += 1
        return cell


class Source(msgspec.Struct):
    """What a source says, in order; `options` holds its format and what is particular about its layout."""

    options: dict[str, str]
    parts: list[tuple[str, str] | Table]


OPTIONS = {"format", "dates", "sheet", "small", "repeat", "landscape", "numbered"}


def read_source(text: str) -> Source:
    source = Source({}, [])
    for line in text.splitlines():
        if line.startswith("|"):
            table = source.parts[-1]
            assert isinstance(table, Table)
            table.rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        kind, _, said = line.partition(": ")
        if kind in OPTIONS:
            source.options[kind] = said
        elif kind == "table":
            source.parts.append(Table(said, []))
        else:
            source.parts.append((kind, said))
    return source


def draw_html(source: Source, path: Path) -> None:
    body = []
    for part in source.parts:
        if isinstance(part, Table):
            body.append(_html_table(part))
        else:
            kind, said = part
            side = "center" if kind in CENTRED else "right" if kind == "sign" else "left"
            words = f"<strong>{html.escape(said)}</strong>" if kind in ("title", "h") else html.escape(said)
            body.append(f'<p style="text-align:{side}"><span>{words}</span></p>')
    title = next(said for kind, said in (part for part in source.parts if isinstance(part, tuple)) if kind == "title")
    head = f'<head><meta charset="utf-8"><title>{html.escape(title)}</title></head>'
    path.write_text(f"<!DOCTYPE html>\n<html>{head}<body>\n" + "\n".join(body) + "\n</body></html>\n", encoding="utf-8")


def _html_table(table: Table) -> str:
    lines = ['<table border="1" cellspacing="0"><tbody>']
    cells = list(table.cells())
    for row in range(len(table.rows)):
        inside = [_html_cell(cell) for cell in cells if cell.row == row]
        lines.append("<tr>" + "".join(inside) + "</tr>")
    return "\n".join([*lines, "</tbody></table>"])


def _html_cell(cell: Cell) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    return f"<td{spans}><p>{html.escape(cell.text).replace(chr(10), '<br>')}</p></td>"


def draw_docx(source: Source, path: Path) -> None:
    word = Document()
    normal = word.styles["Normal"]
    normal.font.name = "WenQuanYi Micro Hei"
    normal.font.size = Pt(9 if source.options.get("small") else 10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "WenQuanYi Micro Hei")
    if source.options.get("landscape"):
        page = word.sections[0]
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, page.page_height, page.page_width
    if source.options.get("numbered"):
        _number_pages(word)
    for part in source.parts:
        if isinstance(part, Table):
            _word_table(word, part, bool(source.options.get("repeat")))
        else:
            _word_paragraph(word, *part)
    word.save(str(path))


def _number_pages(word: Word) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    foot.add_run(" —")


def _word_paragraph(word: Word, kind: str, said: str) -> None:
    paragraph = word.add_paragraph()
    run = paragraph.add_run(said)
    run.bold = kind in ("title", "h", "caption")
    if kind in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind == "sign":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        paragraph.paragraph_format.first_line_indent = Pt(21)


def _word_table(word: Word, table: Table, repeat: bool) -> None:
    drawn = word.add_table(len(table.rows), len(table.rows[0]))
    if table.ruled == "all":
        drawn.style = "Table Grid"
    for cell in table.cells():
        here = drawn.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            here = here.merge(drawn.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        here.text = cell.text
    if table.ruled == "rules":
        _rule(drawn)
    if repeat:
        row = drawn.rows[0]._tr.get_or_add_trPr()
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row.append(mark)


def _rule(drawn: WordTable) -> None:
    """Lines above, below and between rows, and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    drawn._tbl.tblPr.append(borders)


def draw_pdf(source: Source, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{path.stem}.docx"
        draw_docx(source, word)
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(word)]
        subprocess.run(command, check=True, capture_output=True)


def draw_xlsx(source: Source, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = source.options["sheet"]
    line = Side(style="thin")
    for table in (part for part in source.parts if isinstance(part, Table)):
        for cell in table.cells():
            here = sheet.cell(cell.row + 1, cell.column + 1, _value(cell.text))
            here.alignment = Alignment(wrap_text=True, vertical="center")
            here.border = Border(line, line, line, line)
            if isinstance(here.value, datetime.date):
                here.number_format = source.options["dates"]
            if cell.rows > 1 or cell.columns > 1:
                reach = {"end_row": cell.row + cell.rows, "end_column": cell.column + cell.columns}
                sheet.merge_cells(start_row=cell.row + 1, start_column=cell.column + 1, **reach)
    book.save(path)


def _value(text: str) -> str | int | datetime.date:
    if text.startswith("@"):
        return datetime.date.fromisoformat(text[1:])
    return int(text) if text.isdigit() else text


DRAWERS = {"html": draw_html, "docx": draw_docx, "xlsx": draw_xlsx, "pdf": draw_pdf}


def main() -> int:
    for path in sorted(SOURCES.glob("*.txt")):
        source = read_source(path.read_text(encoding="utf-8"))
        kind = source.options["format"]
        DRAWERS[kind](source, OWN / f"{path.stem}.{kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

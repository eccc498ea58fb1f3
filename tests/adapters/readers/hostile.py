"""Small files that cost much: each is made here, by the kind of trick that it plays on its reader."""

import io
import zipfile
from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
_RUN = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    whole = {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'}
    return zipped(
        whole | {f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>' for name, inner in parts.items()}
    )


def xlsx(sheet: str, strings: str = "") -> bytes:
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{P}"><Relationship Id="r1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{R}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}">{sheet}</worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
            "_rels/.rels": f'<Relationships xmlns="{P}"><Relationship Id="r1" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        }
    )


def cell(reference: str, text: str = "甲") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def spans() -> bytes:
    """Rows of one cell that says it covers 256 columns."""
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="256"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>'
    return docx(f"<w:tbl>{row * 12_000}</w:tbl>")


def spans_by_the_million() -> bytes:
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc><w:tc/></w:tr>'
    return docx(f"<w:tbl>{row * 5_000}</w:tbl>")


def nested_tables() -> bytes:
    depth = 60
    return docx(("<w:tbl><w:tr><w:tc>" + _RUN + "</w:tc><w:tc>") * depth + _RUN + "</w:tc></w:tr></w:tbl>" * depth)


def deep() -> bytes:
    return docx("<w:sdt>" * 5_000 + _RUN + "</w:sdt>" * 5_000)


def chained_styles() -> bytes:
    """Each style is based on the next one, and every paragraph has the first."""
    count = 4_000
    styles = "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(count))
    return docx('<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>' * 20_000, styles=styles)


def many_levels() -> bytes:
    """A list of thousands of levels, looked through at each paragraph."""
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="decimal"/></w:lvl>' for n in range(8_000))
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    number = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return docx(f"<w:p>{number}<w:r><w:t>甲</w:t></w:r></w:p>" * 20_000, numbering=numbering)


def many_runs() -> bytes:
    return docx("<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * 600_000 + "</w:p>")


def attributes() -> bytes:
    return docx("<w:p " + " ".join(f'a{n}="1"' for n in range(400_000)) + "/>" + _RUN)


def entities(encoding: str) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";"}">' for n in range(1, 10))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY e0 "哈哈">{levels}]>'
    text += f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>'
    return zipped({"word/document.xml": text.encode(encoding)})


def far_cell(quote: str = '"') -> bytes:
    """One value in the first cell and one in the last."""
    cells = (cell("A1") + cell("XFD1048576")).replace('"', quote)
    return xlsx(f"<sheetData><row>{cells}</row></sheetData>")


def far_cell_in_entities() -> bytes:
    return xlsx(f"<sheetData><row>{cell('A1')}</row><row>{cell('&#88;FD1048576')}</row></sheetData>")


def merged() -> bytes:
    """Thousands of merged ranges, each over a million cells."""
    ranges = "".join(f'<mergeCell ref="A{n}:T{n + 49_000}"/>' for n in range(1, 2_000))
    rows = "".join(f'<row r="{n}">{cell(f"A{n}")}{cell(f"T{n}")}</row>' for n in range(1, 1_000))
    return xlsx(f"<sheetData>{rows}</sheetData><mergeCells>{ranges}</mergeCells>")


def shared_string() -> bytes:
    """One text of a megabyte, in thousands of cells."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    return xlsx(f"<sheetData>{rows}</sheetData>", f"<si><t>{'甲' * 300_000}</t></si>")


def bomb() -> bytes:
    return docx(_RUN, filler=" " * 50_000_000)


def parts() -> bytes:
    return zipped({"word/document.xml": "x"} | {f"word/media/{n}": b"" for n in range(6_000)})


def directory() -> bytes:
    """A zip whose directory alone is larger than any honest one."""
    data = zipped({"word/document.xml": "x"})
    at = data.rfind(b"PK\x01\x02")
    entry, end = data[at : data.rfind(b"PK\x05\x06")], bytearray(data[data.rfind(b"PK\x05\x06") :])
    count = 65_000
    end[8:12] = count.to_bytes(2, "little") * 2
    end[12:16] = (len(entry) * count).to_bytes(4, "little")
    return data[:at] + entry * count + bytes(end)


def lying() -> bytes:
    """A part that unpacks to more than it declares."""
    data = bytearray(docx("<w:p/>" * 200_000))
    size = len(f'<w:document xmlns:w="{W}"><w:body>{"<w:p/>" * 200_000}</w:body></w:document>')
    return bytes(data).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def list_items() -> bytes:
    return ("<html><body><ol>" + "<li>甲" * 60_000 + "</ol></body></html>").encode()


def html_depth() -> bytes:
    return ("<html><body>" + "<div>" * 100_000 + "甲").encode()


def pages() -> bytes:
    """A pdf whose tree of pages names one page ten thousand times."""
    kids = " ".join(["3 0 R"] * 10_000)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count 10000 /Kids [{kids}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    at = len(out)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return (
        out
        + f"xref\n0 4\n0000000000 65535 f \n{table}trailer << /Size 4 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF".encode()
    )


def brackets() -> bytes:
    return ("一、" + "（" * 150_000 + "\n" + "到2025年，" * 20_000).encode()


Maker = Callable[[], bytes]
EXPANDING: dict[str, tuple[str, Maker, str]] = {
    "rows that span": ("a.docx", spans, "read.too-large"),
    "spans by the million": ("a.docx", spans_by_the_million, "read.too-large"),
    "a part of blanks": ("a.docx", bomb, "read.expands"),
    "thousands of parts": ("a.docx", parts, "read.too-many-parts"),
    "a directory of millions": ("a.docx", directory, "read.too-many-parts"),
    "a part that lies about its size": ("a.docx", lying, "read.broken"),
    "entities": ("a.docx", lambda: entities("utf-8"), "read.entities"),
    "entities in UTF-16": ("a.docx", lambda: entities("utf-16"), "read.entities"),
    "depth": ("a.docx", deep, "read.broken"),
    "a cell far away": ("a.xlsx", far_cell, "read.too-large"),
    "a cell far away in other quotes": ("a.xlsx", lambda: far_cell("'"), "read.too-large"),
    "merged ranges": ("a.xlsx", merged, "read.too-large"),
    "depth of a page": ("a.html", html_depth, "read.broken"),
    "pages of a pdf": ("a.pdf", pages, "read.too-large"),
}
"""What is refused by what it would expand to, before it does."""

WORKING: dict[str, tuple[str, Maker, tuple[str, ...]]] = {
    "styles that are based on each other": ("a.docx", chained_styles, ("read.time",)),
    "levels by the thousand": ("a.docx", many_levels, ("read.time",)),
    "runs by the hundred thousand": ("a.docx", many_runs, ("read.time",)),
    "a long text in thousands of cells": ("a.xlsx", shared_string, ("read.memory", "read.time")),
    "a list of a page": ("a.html", list_items, ("read.time",)),
    "brackets that never close": ("a.txt", brackets, ("read.time",)),
}
"""What only costs time or memory while it is worked on."""
CHEAP: dict[str, tuple[str, Maker]] = {
    "tables in tables": ("a.docx", nested_tables),
    "attributes by the hundred thousand": ("a.docx", attributes),
    "a cell far away, written in entities": ("a.xlsx", far_cell_in_entities),
}
"""What looks like a trick and costs little: it is read, or refused for another reason."""

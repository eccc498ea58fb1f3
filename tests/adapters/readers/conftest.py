"""Makes the files that the tests read: Word, PDF and Excel files of a fictional county, byte by byte where that matters."""

import io
import zipfile
from collections.abc import Callable, Sequence

import pytest

from tests.adapters.readers.pdfs import assembled

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def make_zip() -> Callable[[dict[str, str | bytes]], bytes]:
    return zipped


@pytest.fixture(scope="session")
def make_docx() -> Callable[..., bytes]:
    """`make_docx(body, numbering="", styles="", **parts)`: the XML inside w:body, w:numbering and w:styles."""

    def make(body: str, numbering: str = "", styles: str = "", namespace: str = W, **parts: str) -> bytes:
        def wrapped(root: str, inner: str) -> str:
            return f'<w:{root} xmlns:w="{namespace}">{inner}</w:{root}>'

        files: dict[str, str | bytes] = {
            "_rels/.rels": _RELS,
            "word/document.xml": wrapped("document", f"<w:body>{body}</w:body>"),
        }
        if numbering:
            files["word/numbering.xml"] = wrapped("numbering", numbering)
        if styles:
            files["word/styles.xml"] = wrapped("styles", styles)
        for name, inner in parts.items():
            files[f"word/{name}.xml"] = wrapped("hdr", inner)
        return zipped(files)

    return make


Text = tuple[float, float, str]
Stroke = tuple[float, float, float, float]


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """`make_pdf([page, ...])`: a page, A4, is a list of (x, y from the top, text), of strokes (x0, y0, x1, y1) and of
    operators as they are. `turn` draws everything turned counter-clockwise; `rotate` is what the page says of itself.
    """

    def make(pages: Sequence[Sequence[Text | Stroke | str]], size: float = 16, rotate: int = 0, turn: int = 0) -> bytes:
        count = len(pages)
        kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(count))
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
            b"/Supplement 4>>/DW 1000/FontDescriptor 5 0 R>>",
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
            b"/Descent -120/CapHeight 880/StemV 80>>",
        ]
        for index, page in enumerate(pages):
            stream = _TURNS[turn] + _stream(page, size)
            objects.append(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_BOX[turn]}]/Rotate {rotate}/Resources<</Font<</F1 3 0 R>>>>"
                f"/Contents {7 + 2 * index} 0 R>>".encode()
            )
            objects.append(f"<</Length {len(stream)}>>stream\n".encode() + stream + b"\nendstream")
        return assembled(objects)

    return make


_BOX = {0: "595 842", 90: "842 595", 180: "595 842", 270: "842 595"}
_TURNS = {0: b"", 90: b"0 1 -1 0 842 0 cm\n", 180: b"-1 0 0 -1 595 842 cm\n", 270: b"0 -1 1 0 0 595 cm\n"}


def _stream(page: Sequence[Text | Stroke | str], size: float) -> bytes:
    drawn = []
    for item in page:
        if isinstance(item, str):
            drawn.append(item)
        elif len(item) == 3:
            x, y, text = item
            drawn.append(f"BT /F1 {size} Tf {x} {842 - y} Td <{text.encode('utf-16-be').hex()}> Tj ET")
        else:
            x0, y0, x1, y1 = item
            drawn.append(f"{x0} {842 - y0} m {x1} {842 - y1} l S")
    return "\n".join(drawn).encode()


@pytest.fixture(scope="session")
def assemble_pdf() -> Callable[[Sequence[bytes]], bytes]:
    return assembled

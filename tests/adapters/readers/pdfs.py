"""Pdf files written operator by operator, as programs of many kinds write them, and another library's reading of them.

The kinds differ in how letters come to their size and place; what they say is the same.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guatu.adapters.readers import SourceText, read_bytes

WIDTH, HEIGHT = 595, 842
Run = tuple[float, float, str]
"""A run of letters: x, y of its baseline from the top of the page, in points."""


def assembled(objects: Sequence[bytes]) -> bytes:
    """A file of these objects, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(content: bytes | str, extra: str = "") -> bytes:
    data = content.encode() if isinstance(content, str) else content
    return f"<<{extra}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def code(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex()}>"


def advance(char: str) -> float:
    """Width of a character in letters, as the fonts F1 here have it."""
    return 0.5 if char.isascii() else 1.0


_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
4 beginbfchar <0001> <006600660069> <0002> <00310031> <0003> <d842dfb7> <0004> <53bf> endbfchar
endcmap end end"""
LIGATURES = {"ffi": "0001", "11": "0002", "𠮷": "0003", "县": "0004"}
"""Glyphs of the font F3 by the characters that they stand for."""

_GB1 = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
    "/Descent -120/CapHeight 880/StemV 80>>"
)
_DESCENDANT = "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000"
_TYPE0 = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light"
RESOURCES = "/Resources<</Font<</F1 3 0 R/F2 6 0 R/F3 8 0 R/F4 11 0 R>>/XObject<</I 12 0 R/X 13 0 R>>>>"


def document(pages: Sequence[str], page: str = "", box: str = f"0 0 {WIDTH} {HEIGHT}", form: str = "") -> bytes:
    """A file of pages, each given by its operators. F1 has letters of half width, F2 says that all its glyphs are
    as wide as a Chinese one, F3 has ligatures, F4 is a Latin font; I is a picture, X a form."""
    first = 14
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        f"{_TYPE0}/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        f"{_DESCENDANT}{_GB1}/W[1 95 500]>>",
        _DESCRIPTOR,
        f"{_TYPE0}/Encoding/UniGB-UCS2-H/DescendantFonts[7 0 R]>>",
        f"{_DESCENDANT}{_GB1}>>",
        f"{_TYPE0}/Encoding/Identity-H/DescendantFonts[9 0 R]/ToUnicode 10 0 R>>",
        f"{_DESCENDANT}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        stream(_TO_UNICODE),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        stream(b"\0", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"),
        stream(form, f"/Type/XObject/Subtype/Form/BBox[0 0 99999 99999]/Matrix[.1 0 0 .1 0 0]{RESOURCES}"),
    ]
    for operators in pages:
        number = len(objects) + 2
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]{page}{RESOURCES}/Contents {number} 0 R>>")
        objects.append(stream(operators))
    return assembled([item.encode() if isinstance(item, str) else item for item in objects])


Set = Callable[[Sequence[Run], float, float], bytes]


@dataclass(frozen=True)
class Way:
    """A way to set runs of letters: given the runs, their size and the space between letters, in points."""

    name: str
    set: Set


def _shown(text: str, spacing: float, font: str = "F1", size: float = 1) -> str:
    return f"/{font} {size:.6g} Tf {spacing:.6g} Tc {code(text)} Tj"


def _by(matrix: str, unit: float = 1.0, before: str = "", size: float = 0.0, **page: str) -> Set:
    """Letters set by a matrix: `unit` is the part of a point that the page counts in, `size` what Tf says."""

    def made(runs: Sequence[Run], points: float, spacing: float) -> bytes:
        told = size or points / unit
        scale = points / unit / told
        drawn = [before]
        for x, y, text in runs:
            a, b, c, d = (scale * float(part) for part in matrix.split())
            at = f"{x / unit:.6f} {(HEIGHT - y) / unit:.6f}"
            drawn.append(
                f"BT {a:.8f} {b:.8f} {c:.8f} {d:.8f} {at} Tm {_shown(text, spacing / unit / scale, size=told)} ET"
            )
        return document(["\n".join(drawn)], **page)

    return made


def _turned(runs: Sequence[Run], points: float, spacing: float) -> bytes:
    drawn = [f"BT /F1 {-points:.6g} Tf {-spacing:.6g} Tc" for _ in runs]
    texts = [f"-1 0 0 -1 {x:.6f} {HEIGHT - y:.6f} Tm {code(text)} Tj ET" for x, y, text in runs]
    return document(["\n".join(f"{begun} {text}" for begun, text in zip(drawn, texts, strict=True))])


def _upside_down(runs: Sequence[Run], points: float, spacing: float) -> bytes:
    drawn = [f"BT 1 0 0 -1 {x:.6f} {y:.6f} Tm {_shown(text, spacing, size=points)} ET" for x, y, text in runs]
    return document([f"1 0 0 -1 0 {HEIGHT} cm\n" + "\n".join(drawn)])


def _one_by_one(font: str, told: float = 0.0) -> Set:
    """Each letter a piece of its own at its own place, as converters write them."""

    def made(runs: Sequence[Run], points: float, spacing: float) -> bytes:
        size = told or points
        drawn = []
        for x, y, text in runs:
            for char in text:
                matrix = f"{points / size:.8f} 0 0 {points / size:.8f} {x:.6f} {HEIGHT - y:.6f} Tm"
                drawn.append(f"BT {matrix} {_shown(char, 0, font, size)} ET")
                x += advance(char) * points + spacing
        return document(["\n".join(drawn)])

    return made


def _in_form(runs: Sequence[Run], points: float, spacing: float) -> bytes:
    """In a form that is drawn at a tenth of its size on a page that doubles it."""
    drawn = [
        f"BT 1 0 0 1 {5 * x:.6f} {5 * (HEIGHT - y):.6f} Tm {_shown(text, 5 * spacing, size=5 * points)} ET"
        for x, y, text in runs
    ]
    return document(["2 0 0 2 0 0 cm /X Do"], form="\n".join(drawn))


_SIDEWAYS = {90: f"0 1 -1 0 {HEIGHT} 0 cm", 180: f"-1 0 0 -1 {WIDTH} {HEIGHT} cm", 270: f"0 -1 1 0 0 {WIDTH} cm"}
_UPRIGHT = "1 0 0 1"

WAYS = [
    Way("size in the font operator", _by(_UPRIGHT)),
    Way("size 1, scaled by the text matrix", _by(_UPRIGHT, size=1)),
    Way("size 240, scaled by the text matrix", _by(_UPRIGHT, size=240)),
    Way("all scaled by the page's matrix", _by(_UPRIGHT, unit=0.05, before=".05 0 0 .05 0 0 cm")),
    Way("a page that counts in ten points", _by(_UPRIGHT, unit=10, box="0 0 59.5 84.2", page="/UserUnit 10")),
    Way("a page that counts in pixels of a scan", _by(_UPRIGHT, unit=0.24, box=f"0 0 {WIDTH / 0.24} {HEIGHT / 0.24}")),
    Way("a negative size", _turned),
    Way("a page drawn upside down", _upside_down),
    Way("a face slanted by the matrix", _by("1 0 .33 1")),
    Way("letters half as wide", _by("0.5 0 0 1")),
    Way("letters one by one", _one_by_one("F1")),
    Way("letters one by one in a font without widths", _one_by_one("F2")),
    Way("letters one by one, size 240", _one_by_one("F1", 240)),
    Way("in a form", _in_form),
    *(Way(f"a page filed at {turn} degrees", _by(_UPRIGHT, page=f"/Rotate {turn}")) for turn in _SIDEWAYS),
    *(
        Way(f"text at {turn} degrees, size 240", _by(_UPRIGHT, before=before, size=240, box=f"0 0 {HEIGHT} {HEIGHT}"))
        for turn, before in _SIDEWAYS.items()
    ),
]


_ON_THE_LINE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉", "0123456789+-=()n0123456789")
"""A raised figure is the figure that the file has, set where its letters stand."""


def squashed(text: str) -> str:
    return "".join(text.split())


def text_layer(data: bytes) -> str:
    """All characters of a pdf but white space, as pdfminer reads them: glyph by glyph, none merged, none left out."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)  # no layout is guessed at
    interpreter = PDFPageInterpreter(manager, device)
    found: list[str] = []
    for page in PDFPage.get_pages(io.BytesIO(data)):
        interpreter.process_page(page)
        found.extend(_characters(device.get_result()))
    return squashed("".join(found))


def _characters(item: Any) -> Iterator[str]:
    from pdfminer.layout import LTChar

    if isinstance(item, LTChar):
        yield item.get_text()
    elif hasattr(item, "__iter__"):
        for part in item:
            yield from _characters(part)


def accounted(data: bytes, name: str = "方案.pdf") -> SourceText:
    """A pdf as our reader has it, of which it is held that no character came or went without being told."""
    source = read_bytes(data, name)
    inside, out = (
        Counter(text_layer(data).translate(_ON_THE_LINE)),
        Counter(squashed(source.text).translate(_ON_THE_LINE)),
    )
    assert not out - inside, "characters that are not in the file"
    told = sum(remark.left_out for remark in source.remarks)
    assert sum((inside - out).values()) == told, f"lost: {dict(inside - out)}, told: {source.remarks}"
    return source

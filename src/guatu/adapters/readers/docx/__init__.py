"""Word documents (.docx): the text that Word shows, without headers, footers, contents lists and deletions."""

import posixpath
import re
from typing import Any

from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.builder import TextBuilder
from guatu.adapters.readers.base.cells import one_line
from guatu.adapters.readers.base.places import Piece, Place
from guatu.adapters.readers.base.remarks import Remarks
from guatu.adapters.readers.base.source import RawFile, SourceText, built
from guatu.adapters.readers.base.xml import parse_xml
from guatu.adapters.readers.docx.body import Beside, Body
from guatu.adapters.readers.docx.looks import Looks
from guatu.adapters.readers.docx.names import W, child, transitional
from guatu.adapters.readers.docx.numbering import Numbering
from guatu.adapters.readers.docx.runs import Inline

SUFFIXES = (".docx", ".docm", ".dotx")
CONTENTS = frozenset({"docx"})

_OFFICE_DOCUMENT = "/officeDocument"
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}\s?[〔\[［【（(]\s?(?:19|20)\d{2}\s?[〕\]］】）)]\s?第?\s?\d{1,5}\s?号"
)


def read(file: RawFile) -> SourceText:
    """The text of a Word document; places are its paragraphs, counted from 1 with those in tables.

    Raises:
        ReadError: `read.encrypted`, `read.broken`, `read.too-large`.
    """
    archive = Archive(file)
    main = _main_part(file, archive)
    root = _part(file, archive, main)
    body = None if root is None else child(root, "body")
    if body is None:
        raise file.error("read.broken", reason=main)
    folder = posixpath.dirname(main)
    numbering = Numbering(
        _part(file, archive, posixpath.join(folder, "numbering.xml")),
        _part(file, archive, posixpath.join(folder, "styles.xml")),
    )
    beside = Beside(Looks(_part(file, archive, posixpath.join(folder, "styles.xml"))), {}, Remarks())
    for kind in ("footnotes", "endnotes", "comments"):
        beside.notes |= _notes(kind, _part(file, archive, posixpath.join(folder, f"{kind}.xml")))
    content = TextBuilder()
    numbers, furniture = _headers(file, archive, folder, body)
    beside.remarks.add("read.page-furniture", furniture, Place(1, 1, page=1))
    for line in numbers:
        content.paragraph([(line, Piece())])
    Body(numbering, content, beside).read(body)
    return built(file, content, "docx", remarks=beside.remarks.all())


def _notes(kind: str, root: Any) -> dict[tuple[str, str], str]:
    """The notes of a kind by their id."""
    found: dict[tuple[str, str], str] = {}
    for note in () if root is None else root:
        lines = (Inline(paragraph).text for paragraph in note.iter(W + "p"))
        found[kind, note.get(W + "id", "")] = one_line(lines)
    return found


def _part(file: RawFile, archive: Archive, name: str) -> Any:
    data = archive.part(name)
    return None if data is None else parse_xml(file, transitional(data), name)


def _main_part(file: RawFile, archive: Archive) -> str:
    data = archive.part("_rels/.rels")
    if data is not None:
        for relation in parse_xml(file, data, "_rels/.rels"):
            if str(relation.get("Type", "")).endswith(_OFFICE_DOCUMENT):
                return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    return "word/document.xml"


def _headers(file: RawFile, archive: Archive, folder: str, body: Any) -> tuple[list[str], str]:
    """Document numbers (青政发〔2021〕5号) that stand in a header and nowhere in the body; what else is in heads and feet."""
    found: list[str] = []
    left = ""
    for name in archive.names():
        if not name.startswith((posixpath.join(folder, "header"), posixpath.join(folder, "footer"))):
            continue
        for paragraph in _part(file, archive, name).iter(W + "p"):
            words = Inline(paragraph).text
            match = _DOCUMENT_NUMBER.search(words) if "header" in name else None
            number = "".join(match[0].split()) if match else ""
            left += words.replace(match[0], "") if match else words
            if number and number not in found:
                found.append(number)
    if found:
        text = "".join("".join(Inline(paragraph).text.split()) for paragraph in body.iter(W + "p"))
        found = [number for number in found if number not in text]
    return found, left

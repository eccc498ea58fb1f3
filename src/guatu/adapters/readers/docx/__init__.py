"""Word documents (.docx): the text that Word shows, without headers, footers, contents lists and deletions."""

import posixpath
import re
from typing import Any

from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.builder import TextBuilder
from guatu.adapters.readers.base.places import Piece
from guatu.adapters.readers.base.source import RawFile, SourceText, built
from guatu.adapters.readers.base.xml import parse_xml
from guatu.adapters.readers.docx.body import Body
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
    content = TextBuilder()
    for line in _document_numbers(file, archive, folder, body):
        content.paragraph([(line, Piece())])
    Body(numbering, content).read(body)
    return built(file, content, "docx")


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


def _document_numbers(file: RawFile, archive: Archive, folder: str, body: Any) -> list[str]:
    """Document numbers (青政发〔2021〕5号) that stand in a header and nowhere in the body."""
    found: list[str] = []
    for name in archive.names():
        if not name.startswith(posixpath.join(folder, "header")):
            continue
        header = _part(file, archive, name)
        for paragraph in header.iter(W + "p"):
            match = _DOCUMENT_NUMBER.search(Inline(paragraph).text)
            number = "".join(match[0].split()) if match else ""
            if number and number not in found:
                found.append(number)
    if not found:
        return []
    text = "".join("".join(Inline(paragraph).text.split()) for paragraph in body.iter(W + "p"))
    return [number for number in found if number not in text]

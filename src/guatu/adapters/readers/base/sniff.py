"""What a file is by its first bytes: names lie, above all those of .doc files from web pages."""

import re
from typing import Literal

Content = Literal["pdf", "docx", "xlsx", "zip", "ole", "rtf", "html", "image"]

_MAGIC: tuple[tuple[bytes, Content], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div)[\s>]", re.IGNORECASE)
_LOOKS: dict[str, str] = {
    "pdf": " (PDF)",
    "zip": " (zip)",
    "docx": " (docx)",
    "xlsx": " (xlsx)",
    "ole": " (doc / xls / wps)",
    "image": " (png / jpeg / gif / tiff)",
}


def sniff(data: bytes) -> Content | None:
    """The kind of content, or None where the first bytes do not say."""
    head = data[:1024]
    for magic, content in _MAGIC:
        if head.startswith(magic):
            return _office(data) if content == "zip" else content
    if b"%PDF-" in head:
        return "pdf"
    if _HTML.search(head.replace(b"\x00", b"")) and head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return "html"
    return None


def _office(data: bytes) -> Content:
    if b"word/" in data:
        return "docx"
    return "xlsx" if b"xl/" in data else "zip"


def is_encrypted_office(data: bytes) -> bool:
    """Whether an OLE file is the wrapping of a docx or xlsx with a password."""
    return "EncryptedPackage".encode("utf-16-le") in data


def looks(data: bytes) -> str:
    """What binary content looks like, for a message; empty where nothing is known."""
    return _LOOKS.get(sniff(data) or "", "")

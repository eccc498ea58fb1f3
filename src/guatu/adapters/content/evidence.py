"""Which files are taken as evidence: pictures, recordings and documents, each by its ending and by its bytes.

What can run or hides what is in it (programs, web pages, archives) is none, whatever it is called; nor is a file whose
bytes say nothing, under an ending that always has a mark.
"""

from pathlib import PurePath
from typing import Literal

from guatu.adapters.content.endings import HOLDS
from guatu.adapters.content.kinds import Content, is_encrypted_office, sniff

Refused = Literal["", "ending", "content"]
_DOCUMENTS = (".pdf", ".rtf", ".odt", ".ods", ".pptx", ".docx", ".xlsx", ".doc", ".wps", ".xls", ".et")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".mp4", ".mov")
_NEVER: tuple[Content | None, ...] = (None, "html", "script", "program", "archive")
_OFFICE_BOX = {".docx", ".xlsx", ".pptx"}
# An .ofd (GB/T 33190) is a zip; the others are older than the formats above.
_OWN: dict[str, tuple[Content, ...]] = {
    ".ofd": ("zip",),
    ".ppt": ("ole",),
    ".dps": ("ole",),
    ".m4a": ("audio", "video"),
}
EVIDENCE: dict[str, tuple[Content | None, ...]] = {
    **{ending: tuple(one for one in HOLDS[ending] if one not in _NEVER) for ending in (*_PICTURES, *_DOCUMENTS)},
    **_OWN,
    ".txt": (None,),
    ".csv": (None,),
}


def refused_as_evidence(data: bytes, name: str) -> Refused:
    """Why a file is no evidence: its ending is none of them, or its content is another; "" where it is taken."""
    ending = PurePath(name).suffix.lower()
    held = EVIDENCE.get(ending)
    if held is None:
        return "ending"
    content = sniff(data)
    if ending in _OFFICE_BOX and content == "ole" and is_encrypted_office(data):
        return ""
    if content not in held or (content is None and not _is_text(data)):
        return "content"
    return ""


def _is_text(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return b"\0" not in data and any(_reads(data, name) for name in ("utf-8", "gb18030"))


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True

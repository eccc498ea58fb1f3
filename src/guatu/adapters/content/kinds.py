"""What a file is by its first bytes: names lie, above all those of .doc files from web pages."""

import re
from typing import Literal

Language = Literal["zh", "en"]
Content = Literal[
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "zip", "ole", "rtf", "html", "jpeg", "png", "gif", "tiff", "webp",
    "bmp", "heic", "video", "audio", "parquet", "archive", "program", "script",
]  # fmt: skip

_MAGIC: tuple[tuple[bytes, Content], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"PAR1", "parquet"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"MSCF", "archive"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"#!/", "script"),
)
_BOXED: tuple[tuple[bytes, Content], ...] = ((b"hei", "heic"), (b"mif1", "heic"), (b"avif", "heic"), (b"M4A", "audio"))
"""ISO base media files (ISO/IEC 14496-12) by their brand; the others are video."""
_RIFF: dict[bytes, Content] = {b"WEBP": "webp", b"AVI ": "video", b"WAVE": "audio"}
_OPEN_DOCUMENT: tuple[tuple[bytes, Content], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
_OFFICE: tuple[tuple[bytes, Content], ...] = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"))
_ENTRY, _NAME_AT = b"PK\x01\x02", 46
"""An entry of the directory at the end of a zip, and where in it its name begins."""
_DIRECTORY = 1 << 22
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div)[\s>]", re.IGNORECASE)
_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}

_NAMES: dict[Content, tuple[str, str]] = {
    "pdf": ("PDF 文件", "a PDF"),
    "docx": ("Word 文档（docx）", "a Word document (docx)"),
    "xlsx": ("Excel 工作簿（xlsx）", "an Excel workbook (xlsx)"),
    "pptx": ("演示文稿（pptx）", "a presentation (pptx)"),
    "odt": ("OpenDocument 文档（odt）", "an OpenDocument text (odt)"),
    "ods": ("OpenDocument 表格（ods）", "an OpenDocument spreadsheet (ods)"),
    "zip": ("zip 压缩包", "a zip"),
    "ole": ("旧版 Office 文件（doc、xls、wps）", "an old office file (doc, xls, wps)"),
    "rtf": ("RTF 文档", "an RTF document"),
    "html": ("网页（html）", "a web page (html)"),
    "jpeg": ("JPEG 图片", "a JPEG picture"),
    "png": ("PNG 图片", "a PNG picture"),
    "gif": ("GIF 图片", "a GIF picture"),
    "tiff": ("TIFF 图片", "a TIFF picture"),
    "webp": ("WebP 图片", "a WebP picture"),
    "bmp": ("BMP 图片", "a BMP picture"),
    "heic": ("HEIC 图片", "a HEIC picture"),
    "video": ("视频", "a video"),
    "audio": ("音频", "a sound recording"),
    "parquet": ("Parquet 数据文件", "a Parquet file"),
    "archive": ("压缩包（rar、7z 等）", "an archive (rar, 7z or the like)"),
    "program": ("可执行程序", "a program"),
    "script": ("脚本程序", "a script"),
}


def kind_name(content: Content | None, language: Language = "zh") -> str:
    """A kind of content in words; for None, text or something unknown."""
    unknown = ("文本或无法识别的内容", "text, or something unknown")
    return (_NAMES[content] if content else unknown)[0 if language == "zh" else 1]


def sniff(data: bytes) -> Content | None:
    """The kind of content, or None where the first bytes do not say: text, and what is not known here."""
    head = data[:1024]
    for magic, content in _MAGIC:
        if head.startswith(magic):
            return _zipped(data) if content == "zip" else content
    return _without_magic(head)


def _without_magic(head: bytes) -> Content | None:
    if b"%PDF-" in head:
        return "pdf"
    if head[4:8] == b"ftyp":
        return next((content for brand, content in _BOXED if head[8:12].startswith(brand)), "video")
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS:
        return "bmp"
    if head[:2] == b"MZ" and b"\x00" in head:
        return "program"
    if _HTML.search(head.replace(b"\x00", b"")) and head.lstrip(_BLANK).startswith(b"<"):
        return "html"
    return None


def _zipped(data: bytes) -> Content:
    """An office file by the folders that its directory names; the whole file is looked at where it has none any
    more."""
    for mark, content in _OPEN_DOCUMENT:
        if mark in data[:256]:
            return content
    names = _entry_names(data)
    for folder, content in _OFFICE:
        if any(name.startswith(folder) for name in names) or (not names and folder in data):
            return content
    return "zip"


def _entry_names(data: bytes) -> list[bytes]:
    """The first letters of the names in a zip's directory, which is looked for in the last megabytes."""
    tail = data[-_DIRECTORY:]
    return [part[_NAME_AT - 4 : _NAME_AT + 8].lstrip(b"/") for part in tail.split(_ENTRY)[1:]]


def is_encrypted_office(data: bytes) -> bool:
    """Whether an OLE file is the wrapping of a docx or xlsx with a password."""
    return "EncryptedPackage".encode("utf-16-le") in data
